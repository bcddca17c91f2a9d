"""The picker at a session with a waitlist, held seats, a run, busy people and missing intakes: from click to row."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.factories import (
    at,
    make_compliance,
    make_course,
    make_enrollment,
    make_hold,
    make_people,
    make_person,
    make_run,
    make_scheduled,
    prepared,
)
from tests.views.accessibility import audit
from tests.views.picker.rooms import NON_COMPLIANT, NOW, Room, chosen, press, rest
from trainer_desk.models import Person
from trainer_desk.models.enums import EnrollmentState, OverlapPolicy, WaitlistMode
from trainer_desk.services.planning.lifecycle import cancel
from trainer_desk.services.seats.enrolling import withdraw
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.views.parts.meter_paint import ADDED, HELD, OFFERED
from trainer_desk.views.picker.sheet import PickerSheet
from trainer_desk.views.theme import Look

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
START = at("2026-11-25 09:00")


def make_session(room: Room, taken: int = 0, **columns: Any) -> int:
    """Make a session with a waitlist on the day after, of the same course unless told otherwise."""
    plan: dict[str, Any] = {"course": room.course, "starts_at": START, "waitlist": WaitlistMode.ENROL} | columns
    with prepared(room.store) as db:
        session = make_scheduled(db, **plan)
        for person in make_people(db, taken):
            make_enrollment(db, session, person)
    return session


def choose(qtbot: QtBot, room: Room, sheet: PickerSheet, number: int) -> None:
    """Choose the first so many people by keys."""
    for _ in range(number):
        press(sheet, Qt.Key.Key_Return)
        press(sheet, Qt.Key.Key_Down)
    rest(qtbot, room.desk, sheet)


def stands(room: Room, session: int, name: str) -> str:
    seats = {seat.name: seat for seat in room.store.read(load_seats, session)}
    return seats[name].state.value if name in seats else ""


def row_of(sheet: PickerSheet, name: str) -> str:
    rows = [str(sheet.model.index(row).data()) for row in range(sheet.model.rowCount())]
    return next(row for row in rows if row.startswith(name))


def test_at_a_full_session_add_becomes_add_to_the_waitlist(qtbot: QtBot, room: Room) -> None:
    session = make_session(room, 2, capacity=2)
    sheet = room.open(qtbot, session)
    assert sheet.foot_part.full.sentence.text() == "Session Full (2/2)."
    assert sheet.foot_part.full.remark.text() == "Whoever is added will wait."
    choose(qtbot, room, sheet, 2)
    assert sheet.foot_part.full.remark.text() == "2 people will wait (places 1–2)."
    assert sheet.foot_part.full.property("tone") == "warn"
    assert sheet.foot_part.add.words() == "Add 2 to the waitlist"
    assert sheet.foot_part.add.isEnabled()
    with qtbot.waitSignal(sheet.added) as added, qtbot.waitSignal(sheet.closed):
        QTest.mouseClick(sheet.foot_part.add, Qt.MouseButton.LeftButton)
    assert added.args[0].sentence == "2 people on the waitlist."
    assert [stands(room, session, f"Red {letter}") for letter in "AB"] == ["waitlisted"] * 2


def test_some_are_added_and_the_others_wait_behind_those_before(qtbot: QtBot, room: Room) -> None:
    session = make_session(room, 3, capacity=3)
    with prepared(room.store) as db:
        for person in make_people(db, 3):
            make_enrollment(db, session, person, EnrollmentState.WAITLISTED)
    sheet = room.open(qtbot, session)
    choose(qtbot, room, sheet, 2)
    assert sheet.foot_part.full.remark.text() == "2 people will wait (places 4–5)."
    roomy = make_session(room, 1, capacity=3, starts_at=START + dt.timedelta(days=1))
    sheet.finish()
    sheet = room.open(qtbot, roomy)
    choose(qtbot, room, sheet, 3)
    assert sheet.foot_part.full.remark.text() == "2 people will be added; 1 will wait (place 1)."
    assert sheet.foot_part.add.words() == "Add 3 people"
    assert sheet.foot_part.meter.figure == "3/3"


def test_a_seat_freed_elsewhere_shows_at_once(qtbot: QtBot, room: Room) -> None:
    session = make_session(room, 2, capacity=2)
    sheet = room.open(qtbot, session)
    choose(qtbot, room, sheet, 1)
    assert sheet.foot_part.add.words() == "Add 1 to the waitlist"
    leaver = room.store.read(load_seats, session)[0].person_id
    with qtbot.waitSignal(room.desk.changed):
        room.desk.write(room.window, "Elsewhere", withdraw, session, leaver)
    qtbot.waitUntil(lambda: sheet.foot_part.add.words() == "Add 1 person" and not sheet.foot_part.full.isVisible())


def test_the_meter_tells_held_and_offered_seats_apart(qtbot: QtBot, room: Room) -> None:
    session = make_session(room, 3, capacity=10)
    with prepared(room.store) as db:
        make_hold(db, session, 2, until_at=NOW + dt.timedelta(days=1))
        make_hold(db, session, 1, until_at=NOW)
        make_enrollment(db, session, make_person(db), EnrollmentState.OFFERED)
    sheet = room.open(qtbot, session)
    choose(qtbot, room, sheet, 2)
    foot = sheet.foot_part
    assert [foot.meter.amount(kind) for kind in (HELD, OFFERED, ADDED)] == [2, 1, 2]
    assert foot.meter.accessibleName() == "8 of 10 seats, 2 held, 1 offered, 2 to be added"
    said = [key.words() for key in foot.keys.values() if key.isVisible()]
    assert said == ["3 enrolled", "2 held", "1 offered", "2 to be added"]


def test_a_run_with_a_limit_shows_as_a_meter_and_alerts_beyond_it(qtbot: QtBot, room: Room) -> None:
    with prepared(room.store) as db:
        run = make_run(db, name="July batch", course=room.course, max_people=4)
    session = make_session(room, 2, run_id=run)
    sheet = room.open(qtbot, session)
    choose(qtbot, room, sheet, 2)
    foot = sheet.foot_part
    assert foot.run_words.text() == "Run July batch: 4 of 4 people"
    assert foot.run_meter.isVisible()
    assert not foot.run.isVisible()
    choose(qtbot, room, sheet, 1)
    assert foot.run.isVisible()
    assert foot.run.sentence.text() == "Run July batch: 2 of 4 people."
    assert foot.run.remark.text() == "1 person would go beyond it and will wait."
    assert not foot.run_meter.isVisible()
    with qtbot.waitSignal(sheet.added):
        press(sheet, Qt.Key.Key_Return, held=CTRL)
    assert sheet.report.lines()[2].endswith("On the waitlist, place 1: The run is full (4/4).")
    assert stands(room, session, "Red C") == "waitlisted"


@pytest.fixture
def busy(room: Room) -> int:
    """A session of a course that blocks overlaps; Red A has a seat at that time."""
    with prepared(room.store) as db:
        strict = make_course(db, "FW", title="Fire Warden", overlap_policy=OverlapPolicy.BLOCK)
        clash = make_scheduled(db, course=strict, starts_at=START)
        make_enrollment(db, clash, db.execute(sa.select(Person.id).where(Person.name == "Red A")).scalar_one())
    return make_session(room, capacity=9)


def test_who_is_busy_waits_with_the_reason_and_is_told_so(qtbot: QtBot, room: Room, busy: int) -> None:
    sheet = room.open(qtbot, busy)
    assert "Cannot sit: in Fire Warden Wed 09:00" in row_of(sheet, "Red A")
    choose(qtbot, room, sheet, 2)
    assert sheet.foot_part.reasons.sentence.text() == "1 person is busy then and will wait (place 1)."
    with qtbot.waitSignal(sheet.added) as added:
        press(sheet, Qt.Key.Key_Return, held=CTRL)
    assert added.args[0].sentence == "1 person added, 1 on the waitlist."
    assert sheet.isVisible()
    assert sheet.report.heading.text() == "1 person added, 1 on the waitlist."
    first, second = (line.partition(": ")[2] for line in sheet.report.lines())
    assert first.startswith("On the waitlist, place 1: Red A has a place in Fire Warden")
    assert second == "Enrolled."
    assert (stands(room, busy, "Red A"), stands(room, busy, "Red B")) == ("waitlisted", "confirmed")
    assert chosen(sheet) == []
    assert audit(room.window) == []
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet.report.list, Qt.Key.Key_Return)


def test_without_an_intake_nobody_is_added_and_the_report_says_what_to_do(qtbot: QtBot, room: Room) -> None:
    with prepared(room.store) as db:
        course = make_course(db, title="Diving", requires_intake=True)
        for name, intake in (("Ada", None), ("Bo", NOW.date())):
            person = make_person(db, name, intake_on=intake)
            make_compliance(db, person, course, NON_COMPLIANT)
    session = make_session(room, course=course)
    sheet = room.open(qtbot, session)
    assert "No intake on file" in row_of(sheet, "Ada")
    assert "No intake" not in row_of(sheet, "Bo")
    choose(qtbot, room, sheet, 2)
    assert sheet.foot_part.reasons.sentence.text() == "1 person has no intake on file and will be refused."
    with qtbot.waitSignal(sheet.added):
        press(sheet, Qt.Key.Key_Return, held=CTRL)
    assert sheet.report.lines()[0].endswith(
        "Ada has no intake on file, which Diving requires. Record the intake first."
    )
    assert (stands(room, session, "Ada"), stands(room, session, "Bo")) == ("", "confirmed")
    assert chosen(sheet) == ["Ada"]


@pytest.mark.parametrize("by_key", [True, False])
def test_each_of_the_chosen_gets_the_next_date_that_fits(qtbot: QtBot, room: Room, by_key: bool) -> None:
    full = make_session(room, 1, capacity=1, starts_at=at("2026-11-25 09:00"))
    early = make_session(room, 1, capacity=2, starts_at=at("2026-12-01 09:00"), ref="EARLY")
    late = make_session(room, capacity=1, starts_at=at("2026-12-08 09:00"), ref="LATE")
    room.store.write("Cancel", cancel, room.session, "Storm")  # it would be the next date, and has room for all
    sheet = room.open(qtbot, full)
    choose(qtbot, room, sheet, 3)
    with qtbot.waitSignal(sheet.added) as added:
        if by_key:
            press(sheet, Qt.Key.Key_Return, held=CTRL | SHIFT)
        else:
            QTest.mouseClick(sheet.foot_part.next_date, Qt.MouseButton.LeftButton)
    assert added.args[0].sentence == "2 people enrolled on their next date, 1 refused."
    said = [line.partition(": ")[2] for line in sheet.report.lines()]
    assert said[0].startswith("Enrolled on Tue 1 Dec 2026 · 09:00–10:00 · ")
    assert said[1].startswith("Enrolled on Tue 8 Dec 2026 · 09:00–10:00 · ")
    assert said[2].startswith("No coming date of Lockout–Tagout has a free seat that suits Red C.")
    assert (stands(room, early, "Red A"), stands(room, late, "Red B")) == ("confirmed", "confirmed")
    assert stands(room, full, "Red A") == ""
    assert chosen(sheet) == ["Red C"]


def test_nobody_chosen_leaves_the_buttons_without_work(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    assert not sheet.foot_part.next_date.isEnabled()
    press(sheet, Qt.Key.Key_Return, held=CTRL | SHIFT)
    press(sheet, Qt.Key.Key_Return, held=CTRL)
    rest(qtbot, room.desk, sheet)
    assert sheet.isVisible()
    assert not sheet.report.isVisible()


def test_the_report_wraps_its_reasons_at_large_text(qtbot: QtBot, room: Room, busy: int, plain_look: Look) -> None:
    plain_look.choose(percent=150)
    room.window.resize(620, 600)
    sheet = room.open(qtbot, busy)
    choose(qtbot, room, sheet, 2)
    with qtbot.waitSignal(sheet.added):
        press(sheet, Qt.Key.Key_Return, held=CTRL)
    heights = [sheet.report.list.visualRect(sheet.report.model.index(row)).height() for row in range(2)]
    assert heights[0] > heights[1]
