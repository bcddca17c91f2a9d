"""What waits for a decision today, read on both databases (D1): each line is there when it should be, and only then."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.databases import StoreFactory
from tests.factories import (
    at,
    make_course,
    make_draft,
    make_enrollment,
    make_people,
    make_request,
    make_scheduled,
    make_session_checklist_item,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models.enums import Attendance, EnrollmentState, RequestStatus, SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.dashboard.errands import open_errands
from trainer_desk.services.dashboard.sessions import awaiting_attendance, forgotten_drafts, waiting_elsewhere
from trainer_desk.services.dashboard.today import load_today
from trainer_desk.services.orchestration.settings import ORGANISATION, change_settings
from trainer_desk.services.store.engine import Store

ZONE = ZoneInfo("Europe/Berlin")
NOW = at("2026-07-08 12:00")
"""Wednesday noon."""
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def store(store_factory: StoreFactory) -> Store:
    return store_factory(FixedClock(NOW))


@pytest.fixture
def around(store: Store) -> dict[str, int]:
    """A course, who teaches it, and a room."""
    with prepared(store) as db:
        course = make_course(db, "LOTO")
        return {"course": course, "trainer": make_trainer(db, "JS", courses=[course]), "venue": make_venue(db, "A")}


def test_a_session_awaits_its_marks_from_its_end_on(store: Store, around: dict[str, int]) -> None:
    with prepared(store) as db:
        people = make_people(db, 4)
        yesterday = make_scheduled(db, starts_at=at("2026-07-07 09:00"), **around)
        others = {"trainer": make_trainer(db, courses=[around["course"]]), "venue": make_venue(db)}
        running = make_scheduled(db, starts_at=NOW - HOUR, minutes=61, **(around | others))
        ended = make_scheduled(db, starts_at=NOW - HOUR, minutes=60, status=SessionStatus.IN_PROGRESS, **around)
        make_scheduled(db, starts_at=at("2026-07-06 09:00"), status=SessionStatus.COMPLETED, **around)
        make_draft(db, starts_at=at("2026-07-06 09:00"), **around)
        for person, state, attendance in (
            (people[0], EnrollmentState.CONFIRMED, Attendance.REGISTERED),
            (people[1], EnrollmentState.CONFIRMED, Attendance.ATTENDED),
            (people[2], EnrollmentState.CONFIRMED, Attendance.REGISTERED),
            (people[3], EnrollmentState.WITHDRAWN, Attendance.REGISTERED),
        ):
            make_enrollment(db, yesterday, person, state=state, attendance=attendance)
    found = store.read(awaiting_attendance, NOW)
    assert [(one.card.id, one.people) for one in found] == [(yesterday, 2), (ended, 0)]
    assert running not in [one.card.id for one in found]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({}, True),
        ({"capacity": 2}, True),
        ({"capacity": 1, "full": True}, False),
        ({"capacity": 2, "queue": True}, False),
        ({"status": SessionStatus.IN_PROGRESS}, False),
        ({"starts_at": NOW - 5 * HOUR}, False),
        ({"course": None}, False),
        ({"draft": True}, False),
    ],
)
def test_who_waits_is_told_of_a_place_elsewhere(
    store: Store, around: dict[str, int], other: dict[str, Any], found: bool
) -> None:
    other = dict(other)
    with prepared(store) as db:
        people = make_people(db, 4)
        full = make_scheduled(db, starts_at=NOW + HOUR, capacity=1, **around)
        make_enrollment(db, full, people[0])
        make_enrollment(db, full, people[1], state=EnrollmentState.WAITLISTED, position=1)
        fills, queues, make = other.pop("full", False), other.pop("queue", False), make_scheduled
        if other.pop("draft", False):
            make = make_draft
        own = around | ({"course": make_course(db)} if "course" in other else {})
        other.pop("course", None)
        free = make(db, **(own | {"starts_at": NOW + 30 * HOUR} | other))
        if not fills and not queues:
            make(db, **(own | other | {"starts_at": other.get("starts_at", NOW + 30 * HOUR) + 2 * HOUR}))
        if fills:
            make_enrollment(db, free, people[2])
        if queues:
            make_enrollment(db, free, people[2], state=EnrollmentState.WAITLISTED, position=1)
    pairs = [(one.card.id, one.free.id) for one in store.read(waiting_elsewhere, NOW)]
    assert pairs == ([(full, free)] if found else [])


def test_drafts_are_forgotten_after_two_weeks_without_a_date(store: Store, around: dict[str, int]) -> None:
    old = NOW - dt.timedelta(days=15)
    with prepared(store) as db:
        make_draft(db, course=around["course"], created_at=NOW - dt.timedelta(days=13))
        make_draft(db, course=around["course"], created_at=old, starts_at=NOW)
        make_draft(db, course=around["course"], created_at=old, deleted_at=NOW)
    assert store.read(forgotten_drafts, NOW).count == 0
    with prepared(store) as db:
        make_draft(db, course=around["course"], created_at=old)
    found = store.read(forgotten_drafts, NOW)
    assert (found.count, found.oldest_at) == (1, old)


@pytest.mark.parametrize(
    ("starts_at", "days", "told"),
    [
        ("2026-07-08 13:00", 0, True),
        ("2026-07-08 13:00", 5, True),  # late by five days, and still to be seen to
        ("2026-07-10 09:00", 0, True),
        ("2026-07-11 00:00", 0, False),
        ("2026-07-17 09:00", 7, True),
        ("2026-07-18 09:00", 7, False),
        ("2026-08-07 23:30", 28, True),
        ("2026-08-09 09:00", 30, True),
        ("2027-07-10 09:00", 365, True),
        ("2026-07-08 11:00", 0, False),  # it has begun
    ],
)
def test_what_is_due_by_the_day_after_tomorrow_is_told(
    store: Store, around: dict[str, int], starts_at: str, days: int, told: bool
) -> None:
    with prepared(store) as db:
        session = make_scheduled(db, starts_at=at(starts_at), **around)
        own = make_session_checklist_item(db, session, "Book the room", days_before=days)
        make_session_checklist_item(db, session, "Done", days_before=days, done_at=NOW, done_by="ana")
        make_session_checklist_item(db, session, "Gone", days_before=days, deleted_at=NOW)
        other = make_draft(db, course=around["course"])
        make_session_checklist_item(db, other, days_before=0)
    found = store.read(open_errands, NOW, ZONE)
    assert [(one.card.id, [item.id for item in one.items]) for one in found] == ([(session, [own])] if told else [])


def test_a_cancelled_session_is_prepared_by_nobody(store: Store, around: dict[str, int]) -> None:
    with prepared(store) as db:
        cancelled = make_scheduled(
            db, starts_at=NOW + HOUR, status=SessionStatus.CANCELLED, cancel_reason="ill", **around
        )
        make_session_checklist_item(db, cancelled)
    assert store.read(open_errands, NOW, ZONE) == ()


def test_the_day_its_board_its_trainers_and_its_requests(store: Store, around: dict[str, int]) -> None:
    with prepared(store) as db:
        busy = make_trainer(db, "FA", courses=[around["course"]], weekly_hours=2)
        idle = make_trainer(db, "RM", courses=[around["course"]], weekly_hours=4)
        room = make_venue(db, "B")
        early = make_scheduled(db, starts_at=at("2026-07-08 00:00"), **around)
        make_scheduled(db, starts_at=at("2026-07-07 09:00"), **around)
        last = make_draft(db, starts_at=at("2026-07-22 23:00"), **around)
        make_draft(db, starts_at=at("2026-07-23 00:00"), **around)
        long = make_scheduled(
            db, starts_at=at("2026-07-09 09:00"), minutes=181, course=around["course"], trainer=busy, venue=room
        )
        make_scheduled(
            db, starts_at=at("2026-07-09 13:00"), minutes=240, course=around["course"], trainer=idle, venue=room
        )
        make_request(db, around["course"], requested_at=NOW - dt.timedelta(days=6))
        make_request(db, around["course"], requested_at=NOW)
        decided = {"status": RequestStatus.CANCELLED, "decided_at": NOW}
        make_request(db, around["course"], requested_at=NOW - dt.timedelta(days=9), **decided)
    today = store.read(load_today, store.actor, now=NOW)
    assert today.day == dt.date(2026, 7, 8)
    board = [card.id for card in today.board.sessions]
    assert (board[0], long in board, board[-1]) == (early, True, last)
    assert [(one.trainer_id, one.minutes, one.norm_minutes) for one in today.overloads] == [(busy, 181, 120)]
    assert (today.asked.count, today.asked.oldest_at) == (2, NOW - dt.timedelta(days=6))
    assert [one.card.starts_at for one in today.unmarked] == [at("2026-07-07 09:00"), at("2026-07-08 00:00")]


def test_who_has_no_target_is_held_against_the_norm_of_all(store: Store, around: dict[str, int]) -> None:
    with prepared(store) as db:
        busy = make_trainer(db, "FA", courses=[around["course"]])
        plan = around | {"trainer": busy, "venue": make_venue(db, "B")}
        make_scheduled(db, starts_at=at("2026-07-09 09:00"), minutes=121, **plan)
    assert store.read(load_today, store.actor, now=NOW).overloads == ()
    store.write("Norm", change_settings, ORGANISATION, {"load_norm_hours": 2})
    (over,) = store.read(load_today, store.actor, now=NOW).overloads
    assert (over.trainer_id, over.minutes, over.norm_minutes) == (busy, 121, 120)
