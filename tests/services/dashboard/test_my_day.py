"""What a trainer teaches from today to the end of next week, and what of it is still to be marked (A1)."""

import pytest

from tests.databases import StoreFactory
from tests.factories import (
    at,
    make_account,
    make_course,
    make_draft,
    make_enrollment,
    make_person,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models.enums import Role, SessionStatus
from trainer_desk.services.accounts import logins
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.dashboard.my_day import load_my_day
from trainer_desk.services.rows.dashboard import MyDay
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-08 12:00")
"""Wednesday noon."""


@pytest.fixture
def store(store_factory: StoreFactory) -> Store:
    return store_factory(FixedClock(NOW))


def link(store: Store, trainer: int | None) -> None:
    with prepared(store) as db:
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(db, store.actor, Role.TRAINER, trainer_id=trainer, actor="boss", now=NOW)


def mine(store: Store) -> MyDay:
    return store.read(load_my_day, store.actor, now=NOW)


def test_own_sessions_of_two_weeks_come_by_start_and_those_of_others_never(store: Store) -> None:
    with prepared(store) as db:
        course = make_course(db)
        john, aisha = (make_trainer(db, code, courses=[course]) for code in ("JS", "AR"))
        room, hall = make_venue(db), make_venue(db)

        def session(wall: str, trainer: int = john, **columns: object) -> int:
            named = {"course": course, "trainer": trainer, "venue": room} | columns
            return make_scheduled(db, starts_at=at(wall), **named)  # type: ignore[arg-type]

        last = session("2026-07-19 22:00")
        session("2026-07-20 00:00")
        morning = session("2026-07-08 00:00", status=SessionStatus.COMPLETED)
        helped = session("2026-07-10 09:00", aisha, venue=hall, co_trainers=[john])
        session("2026-07-10 13:00", aisha, venue=hall)
        session("2026-07-09 09:00", status=SessionStatus.CANCELLED, cancel_reason="ill")
        session("2026-07-07 13:00", status=SessionStatus.COMPLETED)
        make_draft(db, course=course, trainer=john, starts_at=at("2026-07-09 15:00"))
        over = session("2026-07-01 09:00")
        make_enrollment(db, over, make_person(db))
        ended = session("2026-07-08 10:00")
        session("2026-07-01 09:00", aisha, venue=hall)
    link(store, john)
    day = mine(store)
    assert day.trainer_id == john
    assert [card.id for card in day.sessions] == [morning, ended, helped, last]
    assert [(one.card.id, one.people) for one in day.unmarked] == [(over, 1), (ended, 0)]
    assert day.name == day.directory.trainers[john].name


def test_a_login_that_stands_for_no_trainer_teaches_nothing(store: Store) -> None:
    with prepared(store) as db:
        make_scheduled(db, starts_at=NOW)
    link(store, None)
    day = mine(store)
    assert (day.trainer_id, day.sessions, day.unmarked, day.name) == (None, (), (), "")
