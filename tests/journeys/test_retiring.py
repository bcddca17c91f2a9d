"""Taking something out of use in the window settles what is coming, and Ctrl+Z takes all of it back (N3)."""

import pytest
from PySide6.QtCore import Qt

from tests.journeys.conftest import CTRL, NOW, Workplace
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.directory import load_directory
from trainer_desk.views.catalogue.page import RETIRED
from trainer_desk.views.retiring.sheet import RetireSheet


@pytest.fixture
def courses(place: Workplace) -> Workplace:
    place.store.clock = FixedClock(NOW)
    place.press(place.window.sidebar.items["courses"])
    place.until(lambda: place.assembly.catalogue.pages["courses"].things)
    return place


def open_sheet(place: Workplace, course: int) -> RetireSheet:
    page = place.assembly.catalogue.pages["courses"]
    page.select(course)
    place.settled()
    page.table.table.setFocus()
    place.key(Qt.Key.Key_Delete)
    place.until(lambda: place.window.findChildren(RetireSheet))
    (sheet,) = place.window.findChildren(RetireSheet)
    place.until(sheet.isVisible)
    return sheet


def test_a_course_goes_with_its_coming_sessions_and_comes_back(courses: Workplace) -> None:
    place, centre = courses, courses.centre
    sheet = open_sheet(place, centre.fire)
    assert [line.note.whole() for line in sheet.settling.lines] == [
        "Fire Warden · Draft · 0 people",
        "Fire Warden · Draft · 1 person",
    ]
    place.press(sheet.go)
    assert "Say why" in sheet.trouble.sentence.text()
    place.type("No longer taught")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.card(centre.ready).status is SessionStatus.CANCELLED)
    assert place.toast == "Fire Warden retired; 2 sessions settled."
    page = place.assembly.catalogue.pages["courses"]
    place.until(lambda: centre.fire not in page.things)
    page.segment.buttons[RETIRED].click()
    place.until(lambda: list(page.things) == [centre.fire])
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(centre.ready).status is SessionStatus.DRAFT)
    assert place.store.read(load_directory).courses[centre.fire].active
    place.until(lambda: not page.things)


def test_a_scheduled_session_may_take_place_as_planned(courses: Workplace) -> None:
    place, centre = courses, courses.centre
    sheet = open_sheet(place, centre.loto)
    line = sheet.settling.lines[0]
    line.ways.setFocus()
    place.type("as planned")
    place.key(Qt.Key.Key_Return)
    place.press(sheet.go)
    place.until(lambda: not place.store.read(load_directory).courses[centre.loto].active)
    assert place.card(centre.taught).status is SessionStatus.SCHEDULED
    assert place.toast == "Lockout–Tagout retired."
