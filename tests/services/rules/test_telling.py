"""What there is to tell of a place: every fact that was told against every fact that is (D7)."""

from datetime import timedelta
from itertools import product

import pytest

from tests.services.rules.plan import NOW
from trainer_desk.models.enums import EnrollmentState, SessionStatus
from trainer_desk.services.rows.tellings import News, PlaceFacts
from trainer_desk.services.rules.telling import news

HOUR = timedelta(hours=1)
CONFIRMED, WAITLISTED, OFFERED, WITHDRAWN = EnrollmentState
DRAFT, SCHEDULED, IN_PROGRESS, COMPLETED, CANCELLED = SessionStatus


def place(
    state: EnrollmentState = CONFIRMED, status: SessionStatus = SCHEDULED, later: int = 0, venue: int = 1
) -> PlaceFacts:
    start = NOW + later * HOUR
    return PlaceFacts(state, status, start, start + HOUR, venue)


NEVER_TOLD = {
    (CONFIRMED, SCHEDULED): News.PLACE,
    (OFFERED, SCHEDULED): News.OFFER,
    (WAITLISTED, SCHEDULED): News.WAITING,
    (CONFIRMED, IN_PROGRESS): News.PLACE,
    (OFFERED, IN_PROGRESS): News.OFFER,
    (WAITLISTED, IN_PROGRESS): News.WAITING,
    (CONFIRMED, CANCELLED): News.CANCELLED,
    (OFFERED, CANCELLED): News.CANCELLED,
    (WAITLISTED, CANCELLED): News.CANCELLED,
}


@pytest.mark.parametrize("state", EnrollmentState)
@pytest.mark.parametrize("status", SessionStatus)
def test_who_was_never_told(state: EnrollmentState, status: SessionStatus) -> None:
    assert news(place(state, status), None) == NEVER_TOLD.get((state, status))


SEATED = place()
CHANGED = {
    "nothing": (place(), None),
    "begun": (place(status=IN_PROGRESS), None),
    "completed": (place(status=COMPLETED), None),
    "later": (place(later=1), News.MOVED),
    "another room": (place(venue=2), News.MOVED),
    "a longer day": (PlaceFacts(CONFIRMED, SCHEDULED, NOW, NOW + 2 * HOUR, 1), News.MOVED),
    "back in the queue": (place(WAITLISTED), News.WAITING),
    "back in the queue, and later": (place(WAITLISTED, later=1), News.WAITING),
    "withdrawn": (place(WITHDRAWN), News.LOST),
    "cancelled": (place(status=CANCELLED), News.CANCELLED),
    "withdrawn and cancelled": (place(WITHDRAWN, CANCELLED), News.LOST),
    "a draft again": (place(status=DRAFT), News.UNSCHEDULED),
    "a draft without a date": (PlaceFacts(CONFIRMED, DRAFT, None, None, None), News.UNSCHEDULED),
}


@pytest.mark.parametrize(("now", "wanted"), CHANGED.values(), ids=CHANGED.keys())
def test_what_has_changed_since_it_was_told(now: PlaceFacts, wanted: News | None) -> None:
    assert news(now, SEATED) == wanted


GONE = (place(status=CANCELLED), place(status=DRAFT), place(WITHDRAWN))


@pytest.mark.parametrize("told", GONE)
def test_who_was_told_that_it_is_off_hears_only_that_it_is_on_again(told: PlaceFacts) -> None:
    for state, status in product(EnrollmentState, SessionStatus):
        is_on = state is not WITHDRAWN and status in (SCHEDULED, IN_PROGRESS)
        wanted = NEVER_TOLD[state, status] if is_on else None
        assert news(place(state, status, later=3), told) == wanted


def test_whoever_was_told_how_it_stands_is_told_nothing() -> None:
    for state, status in product(EnrollmentState, SessionStatus):
        assert news(place(state, status), place(state, status)) is None
