"""Courses made, changed and looked for in the window, and everything bad that can be typed there (N3)."""

from typing import cast

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.factories import make_course, make_person, prepared
from tests.journeys.catalogue import Hands
from tests.journeys.conftest import Workplace
from trainer_desk.models import Account, Contact, ContactLook, Person
from trainer_desk.models.enums import Role
from trainer_desk.services.changes import Changes
from trainer_desk.services.directory import load_directory
from trainer_desk.services.orchestration.catalogue import change
from trainer_desk.services.people.people_list import load_person
from trainer_desk.services.planning.course_list import load_course
from trainer_desk.services.rows.catalogue import Thing
from trainer_desk.services.rows.comparing import Side
from trainer_desk.views.catalogue.contact import ContactSection
from trainer_desk.views.catalogue.fields import ComboField, LineField
from trainer_desk.views.catalogue.swatches import SwatchField
from trainer_desk.views.parts.confirm import Confirm
from trainer_desk.views.retiring.sheet import RetireSheet

BOSS = sa.select(Person.id).where(Person.employee_no == "Z001")


class Catalogue(Hands):
    """A page that is full, and what is stored of its courses."""

    def __init__(self, place: Workplace, kind: str = "courses") -> None:
        super().__init__(place, kind)
        place.until(lambda: self.page.table.model.rowCount())

    def stored(self, course: int) -> Thing:
        return self.place.store.read(load_course, course)


@pytest.fixture
def desk(place: Workplace) -> Catalogue:
    return Catalogue(place)


def test_a_course_is_made_and_filled_in(desk: Catalogue) -> None:
    place = desk.place
    place.press(desk.page.new)
    place.settled()
    place.type("Gas Testing")
    place.press(desk.panel.newcomer.go)
    place.settled()
    said = desk.panel.newcomer.form.fields["code"].verdict.verdict.text
    assert said == "The code is empty. Fill it in."
    place.type("LOTO")
    place.key(Qt.Key.Key_Return)
    place.press(desk.panel.newcomer.go)
    place.settled()
    said = desk.panel.newcomer.form.fields["code"].verdict.verdict.text
    assert said == 'There is a course "LOTO" already. Choose another one.'
    place.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    place.type("GAS")
    place.press(desk.panel.newcomer.go)
    place.until(lambda: desk.panel.facts)
    assert place.toast == "Added Gas Testing."
    gas = desk.panel.thing_id
    assert gas is not None
    assert "Gas Testing" in desk.listed()
    desk.type("short_code", "G")
    desk.type("category", "Permits")
    swatches = cast(SwatchField, desk.panel.form.fields["hue"])
    place.press(swatches.buttons[3])
    place.settled()
    desk.type("validity_months", "24")
    values = desk.stored(gas).values
    assert (values["short_code"], values["category"], values["hue"], values["validity_months"]) == (
        "G",
        "Permits",
        3,
        24,
    )
    row = desk.page.table.model.keys().index(gas)
    shown = [desk.page.table.model.index(row, column).data() for column in range(6)]
    assert shown == ["GAS", "Gas Testing", "G", "Permits", "1 h", "24 months"]
    place.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    place.until(lambda: desk.stored(gas).values["validity_months"] is None)


BAD = {
    "doubled code": ("code", "LOTO", "There is a course", "FIRE2"),
    "no title": ("title", "", "The title is empty", "Fire Wardens"),
    "negative capacity": ("default_capacity", "-3", "-3 is out of range", "12"),
    "validity of zero months": ("validity_months", "0", "0 is out of range. Set a number from 1 to 1200.", "6"),
    "words for a number": ("minimum", "a few", "is not a whole number", "2"),
    "absurd duration": ("duration_minutes", "99999999", "Set a number from 1 to 1440.", "90"),
    "absurd length": ("short_code", "x" * 501, "is too long: 501 characters", "FW2"),
}


@pytest.mark.parametrize(("field", "bad", "reason", "good"), BAD.values(), ids=BAD)
def test_what_is_refused_stays_at_its_field_with_the_reason(
    desk: Catalogue, field: str, bad: str, reason: str, good: str
) -> None:
    fire = desk.place.centre.fire
    desk.show(fire)
    before = desk.stored(fire).values[field]
    desk.type(field, bad)
    assert reason in desk.said(field)
    assert cast(QLineEdit, desk.panel.form.fields[field].first_editor()).text() == bad
    assert desk.stored(fire).values[field] == before
    desk.type("category", "Safety")
    assert desk.stored(fire).values["category"] == "Safety"
    desk.type(field, good)
    assert not desk.said(field)
    assert str(desk.stored(fire).values[field]) == good


def test_a_prerequisite_in_a_circle_is_refused(desk: Catalogue) -> None:
    place, centre = desk.place, desk.place.centre
    place.store.write("Change", change, "courses", centre.loto, {"prerequisite": "FIRE"}, version=1)
    desk.show(centre.fire)
    combo = cast(ComboField, desk.panel.form.fields["prerequisite"]).combo
    desk.pick(combo, "lock")
    place.until(lambda: desk.said("prerequisite"))
    assert "leads back to where it began: FIRE → LOTO → FIRE" in desk.said("prerequisite")
    assert desk.stored(centre.fire).values["prerequisite"] is None
    place.press(desk.panel.form.fields["prerequisite"].verdict.buttons[-1])
    assert (combo.value, desk.said("prerequisite")) == (None, "")


def test_a_newer_version_is_told_and_theirs_can_be_shown(desk: Catalogue) -> None:
    place, fire = desk.place, desk.place.centre.fire
    desk.show(fire)
    edit = cast(QLineEdit, desk.panel.form.fields["title"].first_editor())
    edit.setFocus()
    edit.selectAll()
    place.type("Mine")
    place.store.write("Change", change, "courses", fire, {"title": "Theirs"}, version=1)
    place.key(Qt.Key.Key_Return)
    place.until(lambda: desk.said("title"))
    assert "Your edit was not saved." in desk.said("title")
    assert (edit.text(), desk.stored(fire).name) == ("Mine", "Theirs")
    place.until(lambda: desk.panel.comparing.sheet is not None)
    sheet = desk.panel.comparing.sheet
    assert sheet is not None
    assert [sheet.contested[0].buttons[side].value for side in (Side.MINE, Side.THEIRS)] == ["Mine", "Theirs"]
    place.key(Qt.Key.Key_Escape)
    theirs = desk.panel.form.fields["title"].verdict.buttons[-1]
    assert theirs.words() == "Show theirs"
    place.press(theirs)
    assert (edit.text(), desk.said("title")) == ("Theirs", "")


def test_closing_asks_before_it_gives_up_what_is_pending(desk: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    place = desk.place
    desk.show(place.centre.fire)
    desk.type("validity_months", "0")
    answers = [Confirm.DialogCode.Rejected, Confirm.DialogCode.Accepted]
    monkeypatch.setattr(Confirm, "exec", lambda _self: answers.pop(0))
    place.press(desk.panel.header.close_button)
    assert place.window.panel.current == "courses"
    place.press(desk.panel.header.close_button)
    assert place.window.panel.current == ""
    assert not answers


def test_retired_courses_are_apart_and_come_back(desk: Catalogue) -> None:
    place = desk.place
    with prepared(place.store) as db:
        old = make_course(db, "OLD", title="Old Ways", active=False)
    place.press(desk.page.segment.buttons["retired"])
    place.until(lambda: desk.listed() == ["Old Ways"])
    desk.show(old)
    place.press(desk.panel.header.bring_back)
    place.until(lambda: desk.listed() == [])
    assert place.toast == "Old Ways is in use again."
    assert place.store.read(load_directory).courses[old].active


def test_the_list_is_searched_and_its_keys_ask_for_more(desk: Catalogue) -> None:
    place, centre = desk.place, desk.place.centre
    place.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    place.type("ward")
    place.until(lambda: desk.listed() == ["Fire Warden"])
    retired: list[tuple[str, int]] = []
    place.assembly.catalogue.retire_wanted.connect(lambda kind, key: retired.append((kind, key)))
    place.key(Qt.Key.Key_Down)
    place.key(Qt.Key.Key_Delete)
    assert retired == [("courses", centre.fire)]
    place.until(lambda: place.window.findChildren(RetireSheet))
    place.key(Qt.Key.Key_Escape)
    place.until(desk.page.table.table.hasFocus)
    place.key(Qt.Key.Key_Space)
    place.until(lambda: desk.panel.form.fields["title"].first_editor().hasFocus())
    place.key(Qt.Key.Key_Escape)
    assert place.window.panel.current == ""
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.window.page == "dossier")


def test_people_are_added_found_and_changed(place: Workplace) -> None:
    with prepared(place.store) as db:
        for number in range(120):
            make_person(db, f"Zed {number:03}", employee_no=f"Z{number:03}", site="North")
    desk = Catalogue(place, "people")
    place.until(lambda: len(desk.listed()) == 100)
    assert desk.page.table.count.text() == "123 rows"
    desk.page.table.table.scrollToBottom()
    place.until(lambda: len(desk.listed()) == 123)
    place.press(desk.page.new)
    place.settled()
    place.type("Eve New")
    place.key(Qt.Key.Key_Tab)
    place.type("E100")
    place.press(desk.panel.newcomer.go)
    place.until(lambda: desk.panel.facts)
    eve = desk.panel.thing_id
    assert eve is not None
    desk.type("site", "South")
    desk.type("manager_no", "Z001")
    desk.pick(desk.page.filters["site"], "South")
    place.until(lambda: desk.listed() == ["Eve New"])
    values = place.store.read(load_person, eve).values
    assert (values["employee_no"], values["site"], values["manager_no"]) == ("E100", "South", "Z001")
    assert cast(LineField, desk.panel.form.fields["manager_no"]).told.text() == "Zed 001"
    boss = next(key for (key,) in place.store.read(lambda db: db.execute(BOSS).all()))
    place.store.write("Renumber", change, "people", boss, {"employee_no": "Z999"}, version=1)
    place.desk.changed.emit(Changes(everything=True))
    place.until(lambda: cast(QLineEdit, desk.panel.form.fields["manager_no"].first_editor()).text() == "Z999")


def test_a_trainer_reads_and_a_supervisor_brings_no_files_in(desk: Catalogue) -> None:
    place, page = desk.place, desk.page
    desk.show(place.centre.fire)
    with prepared(place.store) as db:
        db.execute(sa.update(Account).values(role=Role.SUPERVISOR.value, version=Account.version + 1))
    place.desk.changed.emit(Changes(everything=True))
    place.until(lambda: not page.bring.isVisible())
    assert page.new.isVisible()
    assert desk.panel.header.retire.isVisible()
    with prepared(place.store) as db:
        db.execute(sa.update(Account).values(role=Role.TRAINER.value, version=Account.version + 1))
    place.desk.changed.emit(Changes(everything=True))
    place.until(lambda: not page.new.isVisible())
    assert not desk.panel.header.retire.isVisible()
    assert not desk.panel.form.fields["title"].first_editor().isEnabled()


def test_an_emergency_contact_is_shown_on_asking_and_each_look_is_kept(place: Workplace) -> None:
    with prepared(place.store) as db:
        ada = make_person(db, "Ada Lind", employee_no="A1")
        db.execute(sa.insert(Contact).values(person_id=ada, name="Bo Lind", phone="555"))
    desk = Catalogue(place, "people")
    desk.show(ada)
    section = desk.panel.findChildren(ContactSection)[0]
    name, phone = section.fields
    assert not name.isVisible()
    place.press(section.show_button)
    place.until(name.isVisible)
    assert (name.value, phone.value) == ("Bo Lind", "555")
    phone.edit.setFocus()
    phone.edit.selectAll()
    place.type("777")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.toast == "Changed the emergency contact of Ada Lind.")
    with place.store.reading() as connection:
        assert connection.execute(sa.select(Contact.phone)).scalar_one() == "777"
        assert connection.execute(sa.select(ContactLook.person_id)).scalars().all() == [ada]
    others = [key for key in desk.page.things if key != ada]
    desk.show(others[0])
    assert not name.isVisible()
