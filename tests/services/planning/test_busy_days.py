"""The days that have sessions: dots of the small month, and the way from an empty range to the nearest."""

import datetime as dt

from tests.factories import at, make_draft, make_scheduled, prepared
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.planning.busy_days import count_by_day, nearest_day
from trainer_desk.services.store.engine import Store

FIRST, LAST = dt.date(2026, 7, 6), dt.date(2026, 7, 12)


def test_without_any_session_there_is_no_nearest_day(store: Store) -> None:
    assert store.read(nearest_day, FIRST, LAST) is None


def test_the_next_day_goes_before_the_last_one(store: Store) -> None:
    with prepared(store) as db:
        make_scheduled(db, starts_at=at("2026-07-01 09:00"))
        make_scheduled(db, starts_at=at("2026-07-05 09:00"))
    assert store.read(nearest_day, FIRST, LAST) == dt.date(2026, 7, 5)
    with prepared(store) as db:
        make_draft(db, starts_at=at("2026-09-01 00:30"))
        make_draft(db, starts_at=at("2026-08-01 09:00"), status=SessionStatus.CANCELLED, cancel_reason="Storm")
        make_draft(db)
    assert store.read(nearest_day, FIRST, LAST) == dt.date(2026, 9, 1)


def test_days_are_those_of_the_organisation(store: Store) -> None:
    with prepared(store) as db:
        make_draft(db, starts_at=at("2026-07-12 23:30"))
    assert store.read(count_by_day, FIRST, LAST) == {dt.date(2026, 7, 12): 1}
