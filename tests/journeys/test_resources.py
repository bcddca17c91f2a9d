"""Trainers, venues and equipment made and changed in the window, and everything bad that can be typed there."""

import pytest

from tests.factories import at, make_equipment, make_person, make_scheduled, make_venue, prepared
from tests.journeys.catalogue import Hands
from tests.journeys.conftest import Workplace
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.planning.resource_list import load_equipment, load_trainer, load_venue
from trainer_desk.services.rows.catalogue import Thing


def venue(place: Workplace, venue_id: int) -> Thing:
    return place.store.read(load_venue, venue_id)


def test_a_trainer_is_made_and_tied_to_a_person(place: Workplace) -> None:
    with prepared(place.store) as db:
        make_person(db, "Mia Weber", employee_no="E77")
    hands = Hands(place, "trainers")
    hands.make(name="Mia Weber", code="A")
    assert hands.refused_new("code") == (
        '"A" is already the code of a venue. Trainers, venues and equipment share their codes. Choose another one.'
    )
    hands.panel.newcomer.form.fields["code"].show_value(None)
    place.type("MW")
    hands.create()
    place.until(lambda: hands.panel.facts)
    key = hands.panel.thing_id
    assert key is not None
    hands.type("weekly_hours", "169")
    assert "169 is out of range. Set a number from 0 to 168." in hands.said("weekly_hours")
    hands.type("weekly_hours", "20")
    hands.type("employee_no", "E78")
    assert "E78" in hands.said("employee_no")
    hands.type("employee_no", "E77")
    assert not hands.said("employee_no")
    assert hands.row(key) == ["MW", "Mia Weber", "20 h", "Nothing booked in 6 weeks", "0 courses", "E77", "Mia Weber"]
    hands.undo()
    assert place.store.read(load_trainer, key).values["employee_no"] is None


def test_a_venue_with_parts(place: Workplace) -> None:
    centre = place.centre
    hands = Hands(place, "venues")
    hands.make(name="Hall", code="H")
    place.until(lambda: hands.panel.facts)
    hall = hands.panel.thing_id
    assert hall is not None
    hands.choose("kind", "site")
    hands.type("turnaround_minutes", "15")
    hands.type("presence_seconds", "120")
    values = venue(place, hall).values
    assert (values["kind"], values["turnaround_minutes"], values["presence_seconds"]) == ("site", 15, 120)
    for room in (centre.room_a, centre.room_b):
        hands.show(room)
        hands.choose("part_of", "hall")
    assert place.store.read(check_database) == []
    hands.show(hall)
    place.until(lambda: hands.panel.more is not None and hands.panel.more.isVisible())
    assert venue(place, hall).notes["part_names"] == ("Training Room A", "Training Room B")
    hands.choose("part_of", "Hall")
    assert "cannot" in hands.said("part_of") or "leads back" in hands.said("part_of")
    hands.choose("part_of", "Training Room A")
    assert "leads back to where it began" in hands.said("part_of")
    assert venue(place, hall).values["part_of"] is None


def test_parts_whose_sessions_would_clash_are_refused_at_the_field(place: Workplace) -> None:
    centre = place.centre
    with prepared(place.store) as db:
        hall = make_venue(db, "H", name="Hall")
        start = at("2026-07-07 10:00")
        make_scheduled(db, course=centre.fire, trainer=centre.aisha, venue=hall, starts_at=start)
    hands = Hands(place, "venues")
    hands.show(centre.room_a)
    hands.choose("part_of", "hall")
    assert "would stand there at one time. Move one of them first." in hands.said("part_of")
    assert venue(place, centre.room_a).values["part_of"] is None
    assert place.store.read(check_database) == []


BAD = {
    "negative capacity": ("capacity", "-3", "-3 is out of range", "12"),
    "no seat at all": ("capacity", "0", "0 is out of range. Set a number from 1", "12"),
    "code of a trainer": ("code", "JS", '"JS" is already the code of a trainer', "A2"),
    "code of a venue": ("code", "B", 'There is a venue "B" already', "A2"),
    "no name": ("name", "", "The name is empty", "Room 1"),
    "turnaround of days": ("turnaround_minutes", "2000", "Set a number from 0 to 1440", "30"),
    "a list in a code": ("code", "A|B", "|", "A2"),
}


@pytest.mark.parametrize(("field", "bad", "reason", "good"), BAD.values(), ids=BAD)
def test_what_is_refused_stays_at_its_field(place: Workplace, field: str, bad: str, reason: str, good: str) -> None:
    room = place.centre.room_a
    hands = Hands(place, "venues")
    hands.show(room)
    before = venue(place, room)
    hands.type(field, bad)
    assert reason in hands.said(field)
    assert venue(place, room) == before
    hands.type(field, good)
    assert not hands.said(field)
    assert str(venue(place, room).values[field]) == good


def test_equipment_is_made_renamed_and_undone(place: Workplace) -> None:
    with prepared(place.store) as db:
        make_equipment(db, "B1", name="Beamer 1")
    hands = Hands(place, "equipment")
    assert hands.listed() == ["Beamer 1"]
    hands.make(name="Ladder", code="B1")
    assert hands.refused_new("code") == 'There is a piece of equipment "B1" already. Choose another one.'
    hands.panel.newcomer.form.fields["code"].show_value(None)
    place.type("LAD")
    hands.create()
    place.until(lambda: hands.panel.facts)
    key = hands.panel.thing_id
    assert key is not None
    hands.type("name", "Long ladder")
    assert hands.listed() == ["Beamer 1", "Long ladder"]
    hands.undo()
    assert place.store.read(load_equipment, key).name == "Ladder"
