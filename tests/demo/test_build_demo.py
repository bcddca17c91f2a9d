"""The demo organisation is as large and as busy as it is promised, on any day and on both databases."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from trainer_desk.demo import build_demo
from trainer_desk.models import ComplianceItem, Course, Person, Session, Trainer, Venue
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.journal.steps import next_undo
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.planning import board
from trainer_desk.services.planning.listing import SessionFilter, list_sessions
from trainer_desk.services.planning.runs import list_runs
from trainer_desk.services.rules.minimum import below_minimum
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.services.store.engine import Store

MONDAY, FRIDAY, SUNDAY = (dt.datetime(2026, 11, day, 10, 20, tzinfo=dt.UTC) for day in (23, 27, 29))


def test_it_is_as_promised(store: Store) -> None:
    build_demo(store, now=FRIDAY)
    _it_is_as_promised(store, FRIDAY)


@pytest.mark.parametrize("now", [MONDAY, SUNDAY], ids=["monday", "sunday"])
def test_it_is_so_on_any_day(sqlite_store: Store, now: dt.datetime) -> None:
    build_demo(sqlite_store, now=now)
    _it_is_as_promised(sqlite_store, now)
    assert sqlite_store.read(next_undo, sqlite_store.actor) is None  # whoever explores it cannot undo it


def _it_is_as_promised(store: Store, now: dt.datetime) -> None:
    _this_and_the_coming_weeks_are_busy(store, now)
    _it_shows_everything_that_a_planner_meets(store, now)
    _one_session_is_full_in_every_way(store, now)
    assert [one.code for one in store.read(check_database, now=now)] == []


def _this_and_the_coming_weeks_are_busy(store: Store, now: dt.datetime) -> None:
    with store.reading() as db:
        counts = [
            db.scalar(sa.select(sa.func.count()).select_from(table)) for table in (Course, Trainer, Venue, Person)
        ]
    assert counts == [40, 12, 9, 600]
    monday = now - dt.timedelta(days=now.weekday(), hours=now.hour)
    for week in range(4):
        start = monday + dt.timedelta(weeks=week)
        seen = store.read(board.load_board, start, start + dt.timedelta(days=7))
        assert len(seen.sessions) >= 25
        assert len(seen.undated) == 5


def _it_shows_everything_that_a_planner_meets(store: Store, now: dt.datetime) -> None:
    with store.reading() as db:
        found = set(db.scalars(sa.select(Session.status).distinct()))
        over = db.scalar(
            sa.select(sa.func.count())
            .select_from(Session)
            .join(Venue, Venue.id == Session.venue_id)
            .where(Session.seats_taken > Venue.capacity)
        )
        states = set(db.scalars(sa.select(ComplianceItem.status).distinct()))
    assert found == {SessionStatus.DRAFT, SessionStatus.SCHEDULED, SessionStatus.COMPLETED, SessionStatus.CANCELLED}
    assert over == 1
    going = SessionFilter(below_minimum=True)
    short = store.read(list_sessions, going, now=now)
    told = [one for one in short if below_minimum(one.card, now, ZoneInfo("Europe/London"))]
    assert told
    assert states == {"NON_COMPLIANT", "PENDING", "COMPLIANT"}


def _one_session_is_full_in_every_way(store: Store, now: dt.datetime) -> None:
    [found] = [one for one in store.read(list_sessions, SessionFilter(), now=now) if one.card.waiting]
    card = found.card
    assert (card.capacity, card.enrolled, card.held, card.offered) == (12, 10, 1, 1)
    assert card.waiting >= 2
    seats = store.read(load_seats, card.id)
    assert sum(seat.group_id is not None for seat in seats) == 10
    runs = {one.run.code: one for one in store.read(list_runs, now=now)}
    assert (runs["WINTER"].run.people_taken, runs["WINTER"].run.max_people) == (11, 18)
    batch = runs["BATCH-1"]
    assert (batch.sessions, batch.run.people_taken, batch.members) == (3, 7, 9)
