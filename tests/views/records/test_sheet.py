"""The sheet that records a training, for one person or many, and corrects one (N2)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import at, make_course, make_person, make_record, prepared
from trainer_desk.models.enums import AttachmentOwner
from trainer_desk.services.attachments.looking import list_attachments
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration.training import correct_training
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.people.records import records_of
from trainer_desk.services.rows.comparing import Side
from trainer_desk.services.rows.records import Training
from trainer_desk.services.store.engine import Store
from trainer_desk.views.desk import Backend, Desk
from trainer_desk.views.records.sheet import RecordSheet

NOW = at("2026-07-06 07:30")
HELD = dt.date(2026, 5, 4)


@dataclass
class Place:
    """A window, two people, a course that is valid for a year and one that is no longer in use."""

    qtbot: QtBot
    store: Store
    desk: Desk
    window: QWidget
    ada: int
    bo: int
    fire: int
    old: int
    said: list[str] = field(default_factory=list)

    def ask(self, *people: int, **more: Any) -> RecordSheet:
        sheet = RecordSheet(self.window, self.desk, NOW.date, people, **more)
        sheet.done.connect(self.said.append)
        sheet.ask()
        self.qtbot.waitUntil(sheet.isVisible)
        return sheet

    def type(self, line: QLineEdit, text: str) -> None:
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Tab)

    def press(self, button: QWidget) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.is_busy, timeout=8000)

    def trainings(self, person: int) -> list[Training]:
        return [record.training for record in self.store.read(records_of, person)]


@pytest.fixture
def place(qtbot: QtBot, sqlite_store: Store) -> Iterator[Place]:
    sqlite_store.clock = FixedClock(NOW)
    with prepared(sqlite_store) as db:
        ada, bo = make_person(db, "Ada Boss"), make_person(db, "Bo Led")
        fire = make_course(db, "FIRE", title="Fire Warden", validity_months=12)
        old = make_course(db, "OLD", title="Old Course", active=False)
    desk = Desk(cast(Backend, sqlite_store), sqlite_store.actor)
    crashes: list[str] = []
    desk.crashed.connect(crashes.append)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield Place(qtbot, sqlite_store, desk, window, ada, bo, fire, old)
    desk.close()
    assert not crashes, crashes[0]


def test_a_training_is_recorded_with_its_card(place: Place, tmp_path: Path) -> None:
    sheet = place.ask(place.ada, course_id=place.fire)
    card = tmp_path / "card.pdf"
    card.write_bytes(b"%PDF-1.7")
    assert sheet.subtitle.whole() == "Ada Boss"
    place.type(sheet.fields.held_on, "4 May 2026")
    assert sheet.fields.validity.text() == "By the course: valid to 04 May 2027."
    place.type(sheet.fields.provider, "Red Cross")
    place.type(sheet.fields.number, "FA-17")
    sheet.waiting.take([card])
    place.press(sheet.go)
    (record,) = place.store.read(records_of, place.ada)
    assert record.training == Training(HELD, "Red Cross", None, "FA-17")
    assert [row.name for row in place.store.read(list_attachments, AttachmentOwner.RECORD, record.id)] == ["card.pdf"]
    assert place.said == ["Recorded Fire Warden for Ada Boss."]
    assert undo_last(place.store).value == "Record Fire Warden for Ada Boss"
    assert not place.trainings(place.ada)
    assert not place.store.read(list_attachments, AttachmentOwner.RECORD, record.id)


def test_a_bad_file_keeps_the_whole_record_back(place: Place, tmp_path: Path) -> None:
    sheet = place.ask(place.ada, course_id=place.fire)
    program = tmp_path / "run.exe"
    program.write_bytes(b"MZ")
    place.type(sheet.fields.held_on, "4 May 2026")
    sheet.waiting.take([program])
    place.press(sheet.go)
    assert "run.exe" in sheet.trouble.sentence.text()
    assert sheet.isVisible()
    assert not place.trainings(place.ada)
    sheet.waiting.files.choose(0)
    QTest.keyClick(sheet.waiting.files, Qt.Key.Key_Delete)
    place.press(sheet.go)
    assert place.trainings(place.ada)


def test_several_people_get_the_same_training_and_who_had_it_is_told(place: Place) -> None:
    with prepared(place.store) as db:
        make_record(db, place.bo, place.fire, HELD)
    sheet = place.ask(place.ada, place.bo, course_id=place.fire)
    assert sheet.subtitle.whole() == "2 people: Ada Boss, Bo Led"
    place.type(sheet.fields.held_on, "4 May 2026")
    place.press(sheet.go)
    assert place.said == ["Recorded Fire Warden for 1 person. 1 person had it on record already."]
    again = place.ask(place.ada, place.bo, course_id=place.fire)
    place.type(again.fields.held_on, "4 May 2026")
    place.press(again.go)
    assert "on record already" in again.trouble.sentence.text()


BAD = {
    "no day": ("", "", "day of the training is missing"),
    "no readable day": ("soon", "", "soon"),
    "a day to come": ("7 July 2026", "", "still to come"),
    "run out before": ("4 May 2026", "3 May 2026", "before the training was held"),
}


@pytest.mark.parametrize(("held_on", "expires_on", "words"), BAD.values(), ids=BAD)
def test_what_cannot_be_is_told_and_the_sheet_stays(place: Place, held_on: str, expires_on: str, words: str) -> None:
    sheet = place.ask(place.ada, course_id=place.fire)
    place.type(sheet.fields.held_on, held_on)
    place.type(sheet.fields.expires_on, expires_on)
    place.press(sheet.go)
    assert words in sheet.trouble.sentence.text()
    assert sheet.isVisible()
    assert not place.trainings(place.ada)


def test_a_course_is_asked_for_and_a_retired_one_is_told(place: Place) -> None:
    sheet = place.ask(place.ada)
    place.type(sheet.fields.held_on, "4 May 2010")
    place.press(sheet.go)
    assert "course is missing" in sheet.trouble.sentence.text()
    assert not sheet.fields.retired.isVisible()
    line = sheet.fields.course.lineEdit()
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, "Old Course")
    QTest.keyClick(sheet.fields.course, Qt.Key.Key_Return)
    assert sheet.fields.retired.isVisible()
    place.press(sheet.go)
    assert place.trainings(place.ada) == [Training(dt.date(2010, 5, 4))]


def test_a_record_is_corrected_and_taken_back(place: Place) -> None:
    with prepared(place.store) as db:
        key = make_record(db, place.ada, place.fire, HELD, number="1")
    sheet = place.ask(record_id=key)
    assert (sheet.fields.course.isEnabled(), sheet.fields.number.text()) == (False, "1")
    place.type(sheet.fields.number, "2")
    QTest.keyClick(sheet.fields.number, Qt.Key.Key_Return)
    place.qtbot.waitUntil(lambda: place.said == ["Corrected the record of Ada Boss."])
    assert place.trainings(place.ada) == [Training(HELD, None, None, "2")]
    again = place.ask(record_id=key)
    place.press(again.take_back)
    assert place.said[-1] == "Took back a record of Ada Boss."
    assert not place.trainings(place.ada)


def test_a_record_that_somebody_else_corrected_is_not_overwritten(place: Place) -> None:
    with prepared(place.store) as db:
        key = make_record(db, place.ada, place.fire, HELD, number="1")
    first, second = place.ask(record_id=key), place.ask(record_id=key)
    place.type(first.fields.number, "2")
    place.press(first.go)
    place.type(second.fields.number, "3")
    place.press(second.go)
    assert second.trouble.isVisible()
    assert place.trainings(place.ada)[0].number == "2"


def test_what_somebody_else_corrected_meanwhile_is_laid_beside(place: Place) -> None:
    """The provider of both is asked about, and nothing is overwritten unasked (U5)."""
    with prepared(place.store) as db:
        record = make_record(db, place.ada, place.fire, held_on=HELD)
    sheet = place.ask(place.ada, record_id=record)
    place.type(sheet.fields.provider, "Mine")
    theirs = Training(HELD, "Theirs", number="7")
    place.store.write("Correct", correct_training, record, theirs, version=1)
    place.press(sheet.go)
    asked = sheet.asking.sheet
    assert asked is not None
    assert [asked.contested[0].buttons[side].value for side in (Side.MINE, Side.THEIRS)] == ["Mine", "Theirs"]
    assert place.trainings(place.ada)[0].provider == "Theirs"
    place.press(asked.contested[0].buttons[Side.MINE])
    place.press(asked.save)
    [stored] = place.trainings(place.ada)
    assert (stored.provider, stored.number) == ("Mine", "7")
    assert place.said == ["Corrected the record of Ada Boss."]
