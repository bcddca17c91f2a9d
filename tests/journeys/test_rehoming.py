"""Cancelling a session with people in it from the calendar: they get another date, and Ctrl+Z brings them back (R7)."""

import pytest
from PySide6.QtCore import Qt

from tests.factories import at, make_people, make_scheduled, prepared
from tests.journeys.conftest import CTRL, NOW, Workplace
from trainer_desk.models.enums import EnrollmentState, SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.notices.to_tell import load_to_tell
from trainer_desk.services.rows.tellings import News
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.views.rehoming.sheet import RehomeSheet

CANCELLED = SessionStatus.CANCELLED


@pytest.fixture
def friday(place: Workplace) -> int:
    """Make another date of Lockout–Tagout on Friday, with a single seat."""
    centre = place.centre
    place.store.clock = FixedClock(NOW)
    with prepared(place.store) as db:
        session = make_scheduled(
            db, course=centre.loto, trainer=centre.john, venue=centre.room_a, capacity=1,
            starts_at=at("2026-07-10 09:00"),
        )  # fmt: skip
    place.page.source.reload()
    place.until(lambda: session in place.page.source.cards)
    return session


def sheet_of(place: Workplace) -> RehomeSheet:
    place.until(lambda: [one for one in place.window.findChildren(RehomeSheet) if one.isVisible() and one.people.lines])
    (sheet,) = [one for one in place.window.findChildren(RehomeSheet) if one.isVisible()]
    return sheet


def seated(place: Workplace, session: int) -> int:
    seats = place.store.read(load_seats, session)
    return sum(seat.state is EnrollmentState.CONFIRMED for seat in seats)


def test_del_on_the_calendar_proposes_dates_and_ctrl_z_brings_everybody_back(place: Workplace, friday: int) -> None:
    centre = place.centre
    place.click_session(centre.taught)
    place.settled()
    place.page.focus_view()
    place.key(Qt.Key.Key_Delete)
    sheet = sheet_of(place)
    assert sheet.counts.text() == "1 gets another date · 1 gets none"
    place.type("John is ill")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.card(centre.taught).status is CANCELLED)
    assert place.toast == "Lockout–Tagout cancelled. 1 person has another date."
    assert seated(place, friday) == 1
    news = [(row.session_id, row.news) for row in place.store.read(load_to_tell, NOW)]
    assert sorted(news) == sorted(
        [(centre.taught, News.CANCELLED), (centre.taught, News.CANCELLED), (friday, News.PLACE)]
    )
    place.page.focus_view()
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(centre.taught).status is SessionStatus.SCHEDULED)
    assert (seated(place, centre.taught), seated(place, friday)) == (2, 0)


def test_somebody_else_takes_the_last_seat_while_the_sheet_is_open(place: Workplace, friday: int) -> None:
    centre = place.centre
    place.click_session(centre.taught)
    place.settled()
    place.page.focus_view()
    place.key(Qt.Key.Key_Delete)
    sheet = sheet_of(place)
    with prepared(place.store) as db:
        (other,) = make_people(db, 1)
    place.store.write("Enrol", enroll, friday, [other], actor="other")
    place.type("John is ill")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: sheet.trouble.isVisible())
    assert place.card(centre.taught).status is SessionStatus.SCHEDULED
    place.until(lambda: not any(line.place for line in sheet.people.lines))
    sheet.reason.setFocus()
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.card(centre.taught).status is CANCELLED)
    assert place.toast == "Lockout–Tagout cancelled."
