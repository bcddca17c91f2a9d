"""Requirements in the window: who must hold what, in words and numbers, exempt with a reason, deleted and undone."""

import datetime as dt
from typing import cast

import pytest
from PySide6.QtWidgets import QCheckBox

from tests.factories import make_course, make_person, make_requirement, prepared
from tests.journeys.catalogue import Hands
from tests.journeys.conftest import Workplace
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.people.requirement_list import list_requirements, load_requirement
from trainer_desk.services.rows.catalogue import Asked
from trainer_desk.views.catalogue.fields import ComboField, LineField

LEEDS = {"job_role": "Electrician", "site": "Leeds"}


@pytest.fixture
def electricians(place: Workplace) -> list[int]:
    """Make two electricians at Leeds and one at York."""
    with prepared(place.store) as db:
        made = [make_person(db, name, employee_no=f"E{name[0]}", **LEEDS) for name in ("Mia", "Noa")]
        return [*made, make_person(db, "Yan", employee_no="EY", job_role="Electrician", site="York")]


def fill(hands: Hands, **values: str) -> None:
    """Type into the fields of a new requirement."""
    hands.come_back()
    for name, text in values.items():
        edit = cast(LineField, hands.panel.newcomer.form.fields[name]).edit
        edit.setFocus()
        hands.place.type(text)
    hands.create()


def new(place: Workplace, **values: str) -> Hands:
    """Make a requirement of Fire Warden."""
    hands = Hands(place, "requirements")
    place.press(hands.page.new)
    place.settled()
    cast(ComboField, hands.panel.newcomer.form.fields["course"]).combo.set_value("FIRE")
    fill(hands, **values)
    return hands


def test_a_rule_is_made_counted_exempted_deleted_and_undone(place: Workplace, electricians: list[int]) -> None:
    hands = new(place, job_role="Electrician", site="Leeds")
    place.until(lambda: hands.panel.facts)
    assert place.toast == "Added Fire Warden."
    key = hands.panel.thing_id
    assert key is not None
    place.until(lambda: key in hands.page.things)
    assert hands.row(key) == ["Fire Warden", "Every Electrician at Leeds", "at once", "", "", "2", "2"]
    hands.type("grace_days", "-1")
    assert "-1 is out of range" in hands.said("grace_days")
    hands.type("grace_days", "30")
    place.until(lambda: hands.row(key)[2:] == ["30 days", "", "", "2", ""])
    box = cast(QCheckBox, hands.panel.form.fields["exempt"].first_editor())
    place.press(box)
    place.settled()
    assert "reason" in hands.said("exempt")
    reason = hands.panel.form.fields["reason"].first_editor()
    reason.setFocus()
    place.type("Trained by the fire brigade")
    hands.panel.form.fields["until"].first_editor().setFocus()
    place.until(lambda: not hands.said("exempt"))
    stored = place.store.read(load_requirement, key).values
    assert (stored["exempt"], stored["reason"]) == (True, "Trained by the fire brigade")
    place.until(lambda: hands.row(key)[3] == "without end")
    place.press(hands.panel.header.retire)
    place.until(lambda: not hands.page.things)
    assert place.toast == "Deleted the requirement for Fire Warden."
    hands.undo()
    place.until(lambda: key in hands.page.things)
    assert place.store.read(check_database) == []


def test_what_cannot_be_made(place: Workplace, electricians: list[int]) -> None:
    with prepared(place.store) as db:
        make_requirement(db, place.centre.fire, site="Leeds")
        make_course(db, "OLD", title="Old Ways", active=False)
    hands = Hands(place, "requirements")
    place.press(hands.page.new)
    place.settled()
    assert not hands.panel.newcomer.is_filled, "closing does not ask while nothing was filled in"
    hands.create()
    assert hands.refused_new("course") == "The course is empty. Fill it in."
    combo = cast(ComboField, hands.panel.newcomer.form.fields["course"]).combo
    assert "Old Ways" not in combo.texts()
    combo.set_value("FIRE")
    fill(hands, site="Leeds")
    assert "already. Change that one instead." in hands.refused_new("course")
    fill(hands, employee_no="E99")
    assert "E99" in hands.refused_new("employee_no")
    assert place.store.read(list_requirements, Asked()).total == 1


def test_how_many_lack_it_on_a_day(place: Workplace, electricians: list[int]) -> None:
    mia = electricians[0]
    with prepared(place.store) as db:
        role = make_requirement(db, place.centre.fire, job_role="Electrician", grace_days=10, since=dt.date(2026, 7, 1))
        one = make_requirement(db, place.centre.loto, person_id=mia, since=dt.date(2026, 7, 1))
        recompute(db)

    def counted(day: dt.date) -> dict[int, tuple[int, int]]:
        found = place.store.read(list_requirements, Asked(day=day)).things
        return {thing.id: (thing.notes["people"], thing.notes["red"]) for thing in found}

    assert counted(dt.date(2026, 7, 11)) == {role: (3, 0), one: (1, 1)}
    assert counted(dt.date(2026, 7, 12)) == {role: (3, 3), one: (1, 1)}
    hands = Hands(place, "requirements")
    place.until(lambda: one in hands.page.things)
    assert hands.row(one)[1] == "Mia (EM)"
    hands.show(one)
    assert not hands.panel.form.fields["course"].first_editor().isEnabled()
