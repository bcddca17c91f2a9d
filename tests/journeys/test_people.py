"""Filling a session: 13 people over the room's capacity, the yellow alert, Add enabled, and the roster as a file."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.factories import at, make_compliance, make_course, make_enrollment, make_people, make_scheduled, prepared
from tests.journeys.conftest import CTRL, Workplace
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.views.export.roster_sheet import RosterSheet
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
