"""The sheet that cancels a session or lowers a capacity and finds everybody another date, line by line (R7, K6)."""

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
    make_compliance,
    make_course,
    make_enrollment,
    make_person,
    make_scheduled,
    make_venue,
    prepared,
)
from trainer_desk.models.enums import ComplianceStatus, EnrollmentState, SessionStatus, WaitlistMode
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.directory import load_directory
from trainer_desk.services.orchestration.scheduling import cancel
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.rehoming import NewPlace
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.services.store.engine import Store
from trainer_desk.views.desk import Backend, Desk
from trainer_desk.views.rehoming.sheet import RehomeSheet
from trainer_desk.views.rehoming.words import Task

NOW = MONDAY - dt.timedelta(days=3)
DAY = dt.timedelta(days=1)


@dataclass
class Room:
    """Ann, who lacks the course, and Bo lose Monday; Tuesday has one seat, Wednesday two, Thursday is full."""

    qtbot: QtBot
    store: Store
    desk: Desk
    window: QWidget
    lost: int
    tuesday: int
    wednesday: int
    thursday: int
    ann: int
    bo: int
    cy: int
    said: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    def open(self, capacity: int | None = None, people: int = 2) -> RehomeSheet:
        directory = self.store.read(load_directory)
        task = Task((self.lost,), "Lockout", people, capacity)
        sheet = RehomeSheet(self.window, self.desk, task, directory, lambda: NOW)
        sheet.settled.connect(self.said.append)
        sheet.ask()
        self.rest()
        return sheet

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.is_busy)
        assert self.crashes == []

    def press(self, button: QWidget) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.rest()

    def give_reason(self, sheet: RehomeSheet, reason: str = "Storm") -> None:
        sheet.reason.setFocus()
        QTest.keyClicks(sheet.reason, reason)
        QTest.keyClick(sheet.reason, Qt.Key.Key_Return)
        self.rest()

    def choose(self, sheet: RehomeSheet, row: int, text: str) -> None:
        """Pick a choice by its text with the keyboard, as somebody would."""
        dates = sheet.people.lines[row].dates
        dates.setFocus()
        dates.lineEdit().selectAll()  # type: ignore[union-attr]
        QTest.keyClicks(dates, text)
        QTest.keyClick(dates, Qt.Key.Key_Return)
        self.rest()

    def status(self) -> SessionStatus:
        return self.store.read(load_card, self.lost).status

    def seated(self, session: int) -> set[int]:
        seats = self.store.read(load_seats, session)
        return {seat.person_id for seat in seats if seat.state is EnrollmentState.CONFIRMED}


@pytest.fixture
def room(qtbot: QtBot, sqlite_store: Store) -> Iterator[Room]:
    store = sqlite_store
    store.clock = FixedClock(NOW)
    with prepared(store) as db:
        course = make_course(db, "LOTO", title="Lockout")
        lost, tuesday, wednesday, thursday = (
            make_scheduled(
                db,
                course=course,
                venue=make_venue(db, name=f"Room {n}"),
                starts_at=MONDAY + n * DAY,
                capacity=seats,
                waitlist=WaitlistMode.ENROL,
            )
            for n, seats in enumerate((4, 1, 2, 1))
        )
        ann, bo, cy = (make_person(db, name, employee_no=name) for name in ("Ann", "Bo", "Cy"))
        make_compliance(db, ann, course, ComplianceStatus.NON_COMPLIANT)
        for session, person in ((lost, bo), (lost, ann), (thursday, cy)):
            make_enrollment(db, session, person)
    desk, window = Desk(cast(Backend, store), "frank"), QWidget()
    qtbot.addWidget(window)
    window.resize(1100, 760)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = Room(qtbot, store, desk, window, lost, tuesday, wednesday, thursday, ann, bo, cy)
    desk.crashed.connect(made.crashes.append)
    yield made
    desk.close()


def shown(sheet: RehomeSheet) -> list[tuple[str, str, str]]:
    return [(line.pill.words(), line.name.whole(), line.dates.currentText()) for line in sheet.people.lines]


def test_it_proposes_by_urgency_and_does_all_at_once(room: Room) -> None:
    sheet = room.open()
    assert sheet.title.text() == "Cancel Lockout?"
    assert shown(sheet) == [
        ("Never trained", "Ann", "Tue 7 Jul · 09:00–10:00 · Room 1"),
        ("Nothing on record", "Bo", "Wed 8 Jul · 09:00–10:00 · Room 2"),
    ]
    assert sheet.counts.text() == "2 get another date"
    room.press(sheet.go)
    assert sheet.missing.isVisible()
    assert room.status() is SessionStatus.SCHEDULED
    room.give_reason(sheet)
    assert room.said == ["Lockout cancelled. 2 people have another date."]
    assert room.status() is SessionStatus.CANCELLED
    assert (room.seated(room.tuesday), room.seated(room.wednesday)) == ({room.ann}, {room.bo})


def test_each_line_can_be_changed_and_one_may_wait(room: Room) -> None:
    sheet = room.open()
    room.choose(sheet, 0, "Waitlist: Thu 9 Jul")
    room.choose(sheet, 1, "No other date")
    assert sheet.counts.text() == "0 get another date · 1 waits there · 1 gets none"
    assert sheet.for_all.currentIndex() == -1
    room.give_reason(sheet)
    assert room.said == ["Lockout cancelled. 1 waits on another date."]
    assert room.store.read(load_card, room.thursday).waiting == 1
    assert room.seated(room.wednesday) == set()


def test_nobody_is_put_on_a_date_beyond_its_seats(room: Room) -> None:
    sheet = room.open()
    room.choose(sheet, 1, "Tue 7 Jul")
    assert sheet.trouble.sentence.text() == (
        "Tue 7 Jul · 09:00–10:00 has only 1 spot left. Choose another date for the others."
    )
    assert [line.dates.property("invalid") for line in sheet.people.lines] == [True, True]
    room.give_reason(sheet)
    assert room.status() is SessionStatus.SCHEDULED
    room.choose(sheet, 0, "Wed 8 Jul")
    assert not sheet.trouble.isVisible()
    QTest.keyClick(sheet.reason, Qt.Key.Key_Return)
    room.rest()
    assert (room.seated(room.tuesday), room.seated(room.wednesday)) == ({room.bo}, {room.ann})


def test_a_seat_that_somebody_else_takes_meanwhile_is_proposed_anew(room: Room) -> None:
    """The list follows what is changed from here; what comes from elsewhere in the same moment is refused and told."""
    sheet = room.open()
    room.choose(sheet, 1, "No other date")
    room.choose(sheet, 0, "Wed 8 Jul")
    room.choose(sheet, 0, "Tue 7 Jul")
    room.desk.write(room.window, "Enrol", enroll, room.tuesday, [room.cy])
    room.rest()
    room.qtbot.waitUntil(lambda: sheet.people.lines[0].place == NewPlace(room.wednesday))
    room.rest()
    assert sheet.trouble.sentence.text().startswith("The date chosen for Ann is no longer free.")
    assert sheet.people.lines[1].place is None
    room.store.write("Enrol", enroll, room.wednesday, [room.cy], actor="other")
    with prepared(room.store) as db:
        make_enrollment(db, room.wednesday, make_person(db, "Di"))
    room.give_reason(sheet)
    assert room.status() is SessionStatus.SCHEDULED
    assert sheet.isVisible()
    assert sheet.trouble.sentence.text().startswith("No seat is left for Ann on Wed 8 Jul 2026 09:00")
    assert sheet.go.isEnabled()
    room.qtbot.waitUntil(lambda: sheet.people.lines[0].place is None)
    QTest.keyClick(sheet.reason, Qt.Key.Key_Return)
    room.rest()
    assert room.said == ["Lockout cancelled."]


def test_whoever_comes_meanwhile_is_shown_before_anything_is_cancelled(room: Room) -> None:
    sheet = room.open()
    room.store.write("Enrol", enroll, room.lost, [room.cy], actor="other")
    room.give_reason(sheet)
    assert room.status() is SessionStatus.SCHEDULED
    assert sheet.trouble.sentence.text() == (
        "Somebody came or left meanwhile. Nothing was changed. Look at the people again."
    )
    room.qtbot.waitUntil(lambda: len(sheet.people.lines) == 3)
    assert sheet.people.lines[2].note.whole() == "Cy · has a place on Thu 9 Jul"
    assert sheet.people.lines[2].dates.currentText() == "Keeps the place on Thu 9 Jul"


def test_for_all_nobody_gets_another_date(room: Room) -> None:
    sheet = room.open()
    sheet.for_all.setCurrentIndex(1)
    sheet.for_all.activated.emit(1)
    assert sheet.counts.text() == "0 get another date · 2 get none"
    sheet.for_all.activated.emit(0)
    assert sheet.counts.text() == "2 get another date"


def test_without_another_date_only_the_reason_is_asked(room: Room) -> None:
    for session in (room.tuesday, room.wednesday, room.thursday):
        with prepared(room.store) as db:
            cancel_plainly(db, session)
    sheet = room.open()
    assert sheet.nowhere.text() == "No other date of Lockout is coming on which anybody could have a place."
    assert not sheet.people.isVisible()
    room.give_reason(sheet)
    assert room.said == ["Lockout cancelled."]


def test_a_return_before_the_proposals_are_there_waits_for_them(room: Room) -> None:
    task = Task((room.lost,), "Lockout", 2)
    sheet = RehomeSheet(room.window, room.desk, task, room.store.read(load_directory), lambda: NOW)
    sheet.settled.connect(room.said.append)
    sheet.ask()
    QTest.keyClicks(sheet.reason, "Storm")
    QTest.keyClick(sheet.reason, Qt.Key.Key_Return)
    room.rest()
    room.qtbot.waitUntil(lambda: bool(room.said))
    assert room.seated(room.tuesday) == {room.ann}


def test_a_lowered_capacity_sends_the_newest_elsewhere(room: Room) -> None:
    sheet = room.open(capacity=1, people=1)
    assert sheet.title.text() == "Another date for 1 person"
    assert not sheet.reason.isVisible()
    assert shown(sheet)[0][1:] == ("Ann", "Tue 7 Jul · 09:00–10:00 · Room 1")
    room.press(sheet.go)
    assert room.said == ["Lockout now has 1 seat. 1 person has another date."]
    assert (room.seated(room.lost), room.seated(room.tuesday)) == ({room.bo}, {room.ann})


def cancel_plainly(db: object, session: int) -> None:
    """Cancel a session without anything else."""
    cancel(db, session, "Rain", actor="other", now=NOW)  # type: ignore[arg-type]
