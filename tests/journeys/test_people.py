"""Filling a session: 13 people over the room's capacity, the yellow alert, Add enabled, and the roster as a file."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication

from tests.factories import (
    at,
    make_compliance,
    make_course,
    make_enrollment,
    make_people,
    make_person,
    make_scheduled,
    prepared,
)
from tests.journeys.conftest import CTRL, NOW, Workplace
from trainer_desk.models.enums import ComplianceStatus, WaitlistMode
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.people.intakes import intakes_of
from trainer_desk.views.export.roster_sheet import RosterSheet
from trainer_desk.views.picker.intake_sheet import IntakeSheet
from trainer_desk.views.picker.paste_sheet import PasteSheet
from trainer_desk.views.picker.sheet import PickerSheet


@pytest.fixture
def crowded(place: Workplace) -> int:
    """Make a session of 12 people in Room A (20 seats), and 13 people who were never trained."""
    with prepared(place.store) as db:
        course = make_course(db, "CSE", title="Confined Space Entry")
        session = make_scheduled(db, course=course, venue=place.centre.room_a, starts_at=at("2026-07-09 09:00"))
        for person in make_people(db, 12):
            make_enrollment(db, session, person)
        for person in make_people(db, 13):
            make_compliance(db, person, course, ComplianceStatus.NON_COMPLIANT)
    place.page.source.reload(directory=True)
    place.until(lambda: session in place.page.source.cards)
    return session


def test_thirteen_people_go_over_the_capacity_and_are_added(place: Workplace, crowded: int) -> None:
    place.click_session(crowded)
    place.key(Qt.Key.Key_A)
    (sheet,) = place.window.findChildren(PickerSheet)
    place.until(lambda: sheet.is_settled)
    sheet.toggle_group(1)
    place.until(lambda: len(sheet.model.chosen) == 13)
    alert = sheet.foot_part.venue
    assert alert.sentence.text() == "Venue Capacity Exceeded (25/20)."
    assert alert.isVisible()
    assert sheet.foot_part.add.isEnabled()
    assert sheet.foot_part.add.words() == "Add 13 people"
    place.key(Qt.Key.Key_Return, CTRL)
    place.until(lambda: place.card(crowded).seats_taken == 25)
    assert place.toast == "13 people added."
    place.until(lambda: any(c.finding.code == "venue_capacity_exceeded" for c in place.page.concerns.all))
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(crowded).seats_taken == 12)


def test_at_a_full_session_people_join_the_waitlist_and_one_undo_takes_them_out(place: Workplace) -> None:
    with prepared(place.store) as db:
        course = make_course(db, "CSE", title="Confined Space Entry")
        plan = {"course": course, "capacity": 2, "waitlist": WaitlistMode.ENROL}
        session = make_scheduled(db, starts_at=at("2026-07-09 09:00"), minutes=120, **plan)
        for person in make_people(db, 2):
            make_enrollment(db, session, person)
        for person in make_people(db, 3):
            make_compliance(db, person, course, ComplianceStatus.NON_COMPLIANT)
    sheet = _add_everybody(place, session)
    assert sheet.foot_part.add.words() == "Add 3 to the waitlist"
    place.key(Qt.Key.Key_Return, CTRL)
    place.until(lambda: place.card(session).waiting == 3)
    assert place.toast == "3 people on the waitlist."
    place.until(lambda: place.page.source.cards[session].waiting == 3)
    node = QAccessible.queryAccessibleInterface(place.canvas)
    names = [node.child(at).text(QAccessible.Text.Name) for at in range(node.childCount())]
    assert any(name.endswith("2 of 2 seats, full, 3 waiting, scheduled") for name in names)
    assert place.page.canvas is not None
    assert place.canvas.shown is not None
    assert (place.canvas.shown.faces[session].seats, place.canvas.shown.faces[session].waiting) == ("2/2", 3)
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(session).waiting == 0)


def test_each_gets_the_next_date_and_one_undo_takes_all_of_them_back(place: Workplace) -> None:
    with prepared(place.store) as db:
        course = make_course(db, "CSE", title="Confined Space Entry")
        full = make_scheduled(db, course=course, starts_at=at("2026-07-09 09:00"), minutes=120, capacity=1)
        make_enrollment(db, full, make_people(db, 1)[0])
        dates = [
            make_scheduled(db, course=course, starts_at=at(f"2026-07-{day} 09:00"), capacity=1) for day in (14, 21)
        ]
        for person in make_people(db, 2):
            make_compliance(db, person, course, ComplianceStatus.NON_COMPLIANT)
    sheet = _add_everybody(place, full)
    place.press(sheet.foot_part.next_date)
    place.until(lambda: [place.card(date).enrolled for date in dates] == [1, 1])
    place.until(sheet.report.isVisible)
    assert [line.partition(": ")[2][:27] for line in sheet.report.lines()] == [
        "Enrolled on Tue 14 Jul 2026", "Enrolled on Tue 21 Jul 2026",
    ]  # fmt: skip
    assert place.toast == "2 people enrolled on their next date."
    place.key(Qt.Key.Key_Return)
    place.until(lambda: not place.window.findChildren(PickerSheet))
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: [place.card(date).enrolled for date in dates] == [0, 0])


def _add_everybody(place: Workplace, session: int) -> PickerSheet:
    """Open the picker for a session and choose everybody who was never trained; the database has the window's time."""
    place.store.clock = FixedClock(NOW)
    place.page.source.reload(directory=True)
    place.until(lambda: session in place.page.source.cards)
    place.click_session(session)
    place.key(Qt.Key.Key_A)
    (sheet,) = place.window.findChildren(PickerSheet)
    place.until(lambda: sheet.is_settled)
    sheet.toggle_group(1)
    place.until(lambda: sheet.model.chosen)
    return sheet


def test_the_roster_is_saved_as_csv(place: Workplace, crowded: int, tmp_path: Path) -> None:
    place.click_session(crowded)
    place.key(Qt.Key.Key_E, CTRL)
    (sheet,) = place.window.findChildren(RosterSheet)
    place.until(lambda: sheet.facts is not None)
    target = tmp_path / "roster.csv"
    sheet.path.setText(str(target))
    sheet.path.setFocus()
    place.key(Qt.Key.Key_Return)
    place.until(target.exists)
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 13


def test_a_pasted_list_is_matched_asked_and_added_with_one_undo(place: Workplace, crowded: int) -> None:
    with prepared(place.store) as db:
        for name, number in (("Ann Lee", "P70001"), ("Bo Kim", "P70002"), ("Cy Dee", "P70003")):
            make_person(db, name, employee_no=number)
    place.click_session(crowded)
    place.key(Qt.Key.Key_A)
    (picker,) = place.window.findChildren(PickerSheet)
    place.until(lambda: picker.is_settled)
    QGuiApplication.clipboard().setText("P70001\nKim, Bo\nCy Deee\nNobody Atall\n")
    place.key(Qt.Key.Key_V, CTRL)
    (sheet,) = place.window.findChildren(PasteSheet)
    place.until(lambda: sheet.is_settled)
    assert sheet.lines.summary.text() == "2 found, 1 to choose, 1 not found"
    assert sheet.go.words() == "Choose 2 people"
    (doubt,) = sheet.lines.combos
    doubt.setFocus()
    place.key(Qt.Key.Key_Down)
    assert sheet.go.words() == "Choose 3 people"
    place.key(Qt.Key.Key_Return, CTRL)
    place.until(lambda: len(picker.model.chosen) == 3)
    assert place.focus is picker.search
    place.key(Qt.Key.Key_Return, CTRL)
    place.until(lambda: place.card(crowded).seats_taken == 15)
    assert place.toast == "3 people added."
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(crowded).seats_taken == 12)


def test_a_missing_intake_is_recorded_from_the_refusal_and_the_person_is_added(place: Workplace) -> None:
    with prepared(place.store) as db:
        course = make_course(db, "CSE", title="Confined Space Entry", requires_intake=True)
        session = make_scheduled(db, course=course, starts_at=at("2026-07-09 09:00"))
        person = make_person(db, "Ann Lee", employee_no="P70001")
        make_compliance(db, person, course, ComplianceStatus.NON_COMPLIANT)
    picker = _add_everybody(place, session)
    place.key(Qt.Key.Key_Return, CTRL)
    place.until(picker.report.isVisible)
    place.press(picker.foot_part.intake)
    (sheet,) = place.window.findChildren(IntakeSheet)
    assert sheet.title.text() == "Record the intake of Ann Lee"
    sheet.day.setText("2999-01-01")
    place.key(Qt.Key.Key_Return)
    place.until(sheet.trouble.isVisible)
    sheet.day.setText("2026-07-03")
    sheet.note.setFocus()
    place.type("Knows the site")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.card(session).enrolled == 1)
    (intake,) = place.store.read(intakes_of, person)
    assert (intake.held_on.isoformat(), intake.note) == ("2026-07-03", "Knows the site")
    place.until(lambda: not place.window.findChildren(PickerSheet))
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(session).enrolled == 0)
