"""The sheet that retires something: it lists what is coming, proposes a way for each, and does all of it at once."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.factories import (
    MONDAY,
    make_course,
    make_draft,
    make_enrollment,
    make_person,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import DeskError
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.settling import Way
from trainer_desk.services.store.engine import Store
from trainer_desk.views.desk import Backend, Desk
from trainer_desk.views.retiring.sheet import RetireSheet

NOW = MONDAY - dt.timedelta(days=3)
LEFT = Qt.MouseButton.LeftButton


@dataclass
class Room:
    """A window over a small plan: Ann teaches on Monday and Tuesday and stands in a draft; Bo is free."""

    qtbot: QtBot
    store: Store
    desk: Desk
    window: QWidget
    ann: int
    person: int
    monday: int
    tuesday: int
    draft: int
    said: list[str] = field(default_factory=list)
    failed: list[DeskError] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    def open(self, kind: str, thing: int) -> RetireSheet:
        directory = self.store.read(load_directory)
        sheet = RetireSheet(self.window, self.desk, kind, thing, directory, FixedClock(NOW))
        sheet.retired.connect(self.said.append)
        sheet.failed.connect(self.failed.append)
        sheet.ask()
        self.rest()
        return sheet

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.is_busy)
        assert self.crashes == []

    def press(self, button: QWidget) -> None:
        QTest.mouseClick(button, LEFT)
        self.rest()

    def status(self, session: int) -> SessionStatus:
        return self.store.read(load_card, session).status


@pytest.fixture
def room(qtbot: QtBot, sqlite_store: Store) -> Iterator[Room]:
    store = sqlite_store
    store.clock = FixedClock(NOW)
    with prepared(store) as db:
        course = make_course(db, "LOTO", title="Lockout–Tagout")
        ann, bo = (make_trainer(db, name, name=name, courses=[course]) for name in ("Ann", "Bo"))
        venue = make_venue(db, "A", name="Room A")
        monday = make_scheduled(db, course=course, trainer=ann, venue=venue, starts_at=MONDAY, co_trainers=[bo])
        tuesday = make_scheduled(db, course=course, trainer=ann, venue=venue, starts_at=MONDAY + dt.timedelta(days=1))
        draft = make_draft(db, course=course, trainer=ann)
        person = make_person(db, "Cy Leaver")
        for session in (monday, tuesday):
            make_enrollment(db, session, person)
    desk, window = Desk(cast(Backend, store), "frank"), QWidget()
    qtbot.addWidget(window)
    window.resize(1100, 760)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = Room(qtbot, store, desk, window, ann, person, monday, tuesday, draft)
    desk.crashed.connect(made.crashes.append)
    yield made
    desk.close()


def shown(sheet: RetireSheet) -> list[tuple[str, str]]:
    return [(line.when.whole(), line.ways.currentText()) for line in sheet.settling.lines]


def test_it_proposes_a_way_for_each_session_and_does_all_at_once(room: Room) -> None:
    sheet = room.open("trainer", room.ann)
    assert sheet.title.text() == "Retire Ann"
    assert shown(sheet) == [
        ("Mon 6 Jul · 09:00–10:00", "Back to draft"),
        ("Tue 7 Jul · 09:00–10:00", "Bo (1h booked this week)"),
        ("No date yet", "No trainer for now"),
    ]
    assert not sheet.reason.isVisible()
    room.press(sheet.go)
    assert room.said == ["Ann retired; 3 sessions settled."]
    assert (room.status(room.monday), room.status(room.tuesday)) == (SessionStatus.DRAFT, SessionStatus.SCHEDULED)
    assert not room.store.read(load_directory).trainers[room.ann].active


def test_a_way_for_all_and_the_reason_that_cancelling_needs(room: Room) -> None:
    sheet = room.open("trainer", room.ann)
    place = sheet.for_all.findData(Way.CANCEL)
    sheet.for_all.setCurrentIndex(place)
    sheet.for_all.activated.emit(place)
    assert [way for _when, way in shown(sheet)] == ["Cancel the session"] * 2 + ["No trainer for now"]
    assert sheet.reason.isVisible()
    room.press(sheet.go)
    assert "Say why" in sheet.trouble.sentence.text()
    assert room.status(room.monday) is SessionStatus.SCHEDULED
    assert sheet.reason.hasFocus()
    QTest.keyClicks(sheet.reason, "Ann has left")
    QTest.keyClick(sheet.reason, Qt.Key.Key_Return)
    room.rest()
    assert {room.status(room.monday), room.status(room.tuesday)} == {SessionStatus.CANCELLED}


def test_a_refusal_is_told_and_the_sheet_stays(room: Room) -> None:
    sheet = room.open("trainer", room.ann)
    with prepared(room.store) as db:  # Bo is taken meanwhile
        bo = sheet.settling.lines[1].choice.substitute_id
        make_scheduled(db, trainer=bo, starts_at=MONDAY + dt.timedelta(days=1))
    room.press(sheet.go)
    assert sheet.isVisible()
    assert sheet.trouble.sentence.text()
    assert room.status(room.monday) is SessionStatus.SCHEDULED
    assert sheet.go.isEnabled()


def test_a_session_that_came_meanwhile_is_shown_before_anything_is_done(room: Room) -> None:
    sheet = room.open("trainer", room.ann)
    with prepared(room.store) as db:
        make_draft(db, trainer=room.ann)
    room.press(sheet.go)
    assert len(sheet.settling.lines) == 4
    assert "changed meanwhile" in sheet.trouble.sentence.text()
    room.press(sheet.go)
    assert room.said == ["Ann retired; 4 sessions settled."]


def test_a_person_gives_up_the_places_that_are_listed(room: Room) -> None:
    sheet = room.open("person", room.person)
    assert sheet.title.text() == "Cy Leaver leaves"
    assert "2 coming places are given up." in sheet.question.text()
    assert [line.words for line in sheet.places.lines.rows] == ["Confirmed", "Confirmed"]
    room.press(sheet.go)
    assert room.said == ["Cy Leaver has left; 2 places given up."]


def test_escape_changes_nothing_and_what_is_retired_already_is_told(room: Room) -> None:
    sheet = room.open("trainer", room.ann)
    QTest.keyClick(sheet.go, Qt.Key.Key_Escape)
    assert room.store.read(load_directory).trainers[room.ann].active
    room.open("trainer", 999)
    assert [error.code for error in room.failed] == ["not_found"]
