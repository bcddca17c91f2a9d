"""Accepts a booking request: the one place that knows requests and sessions (Q2).

The request is locked first, so of any number who accept at one instant one makes the session and the others are told
which. All that follows happens in the same transaction: where anything refuses, nothing has changed.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import BadValue, DeskError, NotFound
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.planning import board, drafts, runs
from trainer_desk.services.planning.locking import lock_session, write_session
from trainer_desk.services.requests.deciding import close_accepted
from trainer_desk.services.requests.reading import lock_request, open_requests
from trainer_desk.services.rows.directory import Directory, RunRow
from trainer_desk.services.rows.requests import Accepted, RequestRow, Wish
from trainer_desk.services.rows.seats import Hold, Outcome
from trainer_desk.services.rules import requests as rules
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.seats.holds import hold_seats
from trainer_desk.services.seats.whole_run import coming_days, enroll_in_run
from trainer_desk.services.store.db import Db

UNDATED_DAYS = 30
"""How long seats are held in a session without a start to come: somebody must name the people by then."""


def accept(
    db: DbSession,
    request_id: int,
    fields: Mapping[str, Any] | None = None,
    *,
    actor: str,
    now: dt.datetime,
    as_draft: bool = False,
    version: int | None = None,
) -> Accepted:
    """Make the session that a request asks for, filled in or changed by `fields`, and schedule it (Q2).

    `fields` are those of a session. With `as_draft` it stays a draft. Named people are enrolled, a mere number of
    people becomes a hold. Raises `already_accepted` with the session's ref, WrongState for a request that was
    declined or cancelled, Refused with all problems of scheduling or for too few seats, Stale for an old `version`,
    NotFound and BadValue; nothing is changed then.
    """
    request = _lock_open(db, request_id, version)
    directory = load_directory(db, course_ids=[request.wish.course_id])
    course = directory.courses[request.wish.course_id]
    if not course.active:
        raise BadValue(field="course", value=course.title, why="course_retired")
    wanted = fields_for(request.wish, fields or {}, directory)
    session_id = drafts.create_draft(db, wanted, actor=actor, now=now)
    write_session(db, lock_session(db, session_id), now, booking_request_id=request_id)
    # People before resources, which scheduling locks: the one order that all keep.
    scheduling.lock_people_of(db, [session_id], now, people=request.wish.person_ids)
    found = () if as_draft else scheduling.publish(db, session_id, actor=actor, now=now)
    outcomes, hold = _fill(db, request, session_id, actor, now)
    close_accepted(db, request, actor, now, session_id=session_id, run_id=None)
    others = () if as_draft else collisions(db, session_id)  # a draft takes nothing from anybody
    return Accepted(request_id, session_id, None, outcomes, hold, found, others)


def accept_into_session(
    db: DbSession, request_id: int, session_id: int, *, actor: str, now: dt.datetime, version: int | None = None
) -> Accepted:
    """Give the people of a request their places in a session that is there already (Q2).

    Raises as `accept`, and BadValue for a session of another course (session_of_other_course).
    """
    request = _lock_open(db, request_id, version)
    card = board.load_card(db, session_id)
    if card.course_id != request.wish.course_id:
        raise BadValue(field="session", value=card.ref, why="session_of_other_course")
    outcomes, hold = _fill(db, request, session_id, actor, now)
    close_accepted(db, request, actor, now, session_id=session_id, run_id=None)
    return Accepted(request_id, session_id, None, outcomes, hold)


def accept_into_run(
    db: DbSession, request_id: int, run_id: int, *, actor: str, now: dt.datetime, version: int | None = None
) -> Accepted:
    """Give the people of a request their places on every coming day of a run, or held seats on each (Q2, R4).

    Raises as `accept`, BadValue for a run of another course (run_of_other_course), NotFound for one without a day to
    come.
    """
    request = _lock_open(db, request_id, version)
    run = runs.load_run_row(db, run_id, now=now)
    if run is None:
        raise NotFound(kind="run", key=f"#{run_id}")
    if run.course_id != request.wish.course_id:
        raise BadValue(field="run", value=run.code, why="run_of_other_course")
    outcomes: tuple[Outcome, ...] = ()
    holds: tuple[Hold, ...] = ()
    if request.wish.person_ids:
        outcomes = tuple(enroll_in_run(db, run_id, request.wish.person_ids, actor=actor, now=now))
    else:
        holds = _hold_in_run(db, request, run, actor, now)
    close_accepted(db, request, actor, now, session_id=None, run_id=run_id)
    return Accepted(request_id, None, run_id, outcomes, holds)


def fields_for(wish: Wish, given: Mapping[str, Any], directory: Directory) -> dict[str, Any]:
    """Return the fields of the session that a wish asks for, with what was `given` instead.

    Without an end it lasts as long as its course, without a capacity it has the usual one.
    """
    course = directory.courses.get(wish.course_id)
    asked = {
        "course_id": wish.course_id,
        "trainer_id": wish.trainer_id,
        "venue_id": wish.venue_id,
        "run_id": wish.run_id,
        "starts_at": wish.starts_at,
        "ends_at": wish.ends_at,
        "capacity": course and course.default_capacity,
    }
    fields = asked | dict(given)
    starts_at, moved = fields["starts_at"], "starts_at" in given and "ends_at" not in given
    if starts_at is not None and course is not None and (fields["ends_at"] is None or moved):
        length = dt.timedelta(minutes=course.duration_minutes)
        if moved and wish.starts_at is not None and wish.ends_at is not None:
            length = wish.ends_at - wish.starts_at
        fields["ends_at"] = starts_at + length
    return fields


def collisions(db: Db, session_id: int) -> tuple[RequestRow, ...]:
    """Return the open requests that want the trainer or the venue of a session at its time, the oldest first (Q2)."""
    card = board.load_card(db, session_id)
    if card.starts_at is None:
        return ()
    return rules.colliding(card, open_requests(db), load_directory(db))


def _lock_open(db: DbSession, request_id: int, version: int | None) -> RequestRow:
    request = lock_request(db, request_id)
    if rules.is_accepted(request):
        raise DeskError("already_accepted", request=request.ref, **_became(db, request))
    if version is not None:
        lock_request(db, request_id, version=version)
    rules.require_open(request, "accept")
    return request


def _became(db: DbSession, request: RequestRow) -> dict[str, Any]:
    """Return the ref of the session, or the code of the run, that an accepted request became."""
    if request.session_id is not None:
        return {"ref": board.load_card(db, request.session_id).ref}
    directory = load_directory(db, course_ids=[])
    run = directory.runs.get(request.into_run_id or 0)
    return {} if run is None else {"run": run.code}


def _fill(
    db: DbSession, request: RequestRow, session_id: int, actor: str, now: dt.datetime
) -> tuple[tuple[Outcome, ...], tuple[Hold, ...]]:
    """Enroll the named people, or hold seats for so many; where neither was said there is nothing to do."""
    if request.wish.person_ids:
        return tuple(enroll(db, session_id, request.wish.person_ids, actor=actor, now=now)), ()
    return (), _hold(db, request, session_id, actor, now)


def _hold(db: DbSession, request: RequestRow, session_id: int, actor: str, now: dt.datetime) -> tuple[Hold, ...]:
    """Hold the asked number of seats until the session starts."""
    if request.wish.people is None:
        return ()
    starts_at = board.load_card(db, session_id).starts_at
    until = starts_at if starts_at is not None and starts_at > now else now + dt.timedelta(days=UNDATED_DAYS)
    label = f"{request.ref} {request.requested_by}"
    return (hold_seats(db, session_id, request.wish.people, label, until, actor=actor, now=now),)


def _hold_in_run(db: DbSession, request: RequestRow, run: RunRow, actor: str, now: dt.datetime) -> tuple[Hold, ...]:
    days = coming_days(db, run.id, now=now)
    if not days:
        raise NotFound(kind="run", key=run.code, why="no_days")
    scheduling.lock_people_of(db, days, now)
    return tuple(hold for day in days for hold in _hold(db, request, day, actor, now))
