"""Reads what the queue's rule needs: places with their free seats, who waits, what they hold elsewhere, runs (K5)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from trainer_desk.models import Base
from trainer_desk.models.enums import (
    ComplianceStatus,
    EnrollmentState,
    OverlapPolicy,
    SessionStatus,
    WaitlistMode,
    WaitlistOrder,
)
from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.rules.queue import Place, Room, Seeker, promotes, queue_key
from trainer_desk.services.rules.seating import Occasion, Sitter
from trainer_desk.services.rules.times import local
from trainer_desk.services.seats.scope import ZONE, Scope, SeatSession
from trainer_desk.services.store.db import Db, plain
from trainer_desk.services.store.lists import Among
from trainer_desk.services.store.prepared import Answers, Asked, Prepared

TABLES = Base.metadata.tables
SESSIONS, ENROLLMENTS, COURSES, PEOPLE, ITEMS, RUNS, RUN_SEATS, MEMBERS = (
    TABLES[name]
    for name in (
        "sessions", "enrollments", "courses", "people", "compliance_items", "runs", "run_seats", "run_members",
    )
)  # fmt: skip
HERE = SESSIONS.alias()
AROUND = sa.and_(Among(HERE.c.id, "sessions"), HERE.c.starts_at.is_not(None), HERE.c.ends_at.is_not(None))
INSTANT = SESSIONS.c.starts_at.type
HELD = ITEMS.alias()
ITEM = sa.and_(ITEMS.c.course_id == SESSIONS.c.course_id, ITEMS.c.person_id == PEOPLE.c.id)
PREREQUISITE = sa.and_(
    HELD.c.course_id == COURSES.c.prerequisite_id,
    HELD.c.person_id == PEOPLE.c.id,
    HELD.c.status == ComplianceStatus.COMPLIANT.value,
)
COMMA: Any = sa.literal_column("','")
CLOSED_RUNS = (
    sa.select(sa.func.aggregate_strings(sa.cast(MEMBERS.c.run_id, sa.Text), COMMA))
    .select_from(MEMBERS)
    .join(RUNS, RUNS.c.id == MEMBERS.c.run_id)
    .where(MEMBERS.c.person_id == PEOPLE.c.id, MEMBERS.c.deleted_at.is_(None), RUNS.c.members_only.is_(sa.true()))
    .scalar_subquery()
)
"""The closed runs that a person is on, with commas between them: nearly nobody is on one."""

SEEKER = (
    SESSIONS.c.id.label("session_id"),
    ENROLLMENTS.c.state,
    ENROLLMENTS.c.position,
    ENROLLMENTS.c.skip_code,
    ENROLLMENTS.c.skip_ref,
    PEOPLE.c.id,
    PEOPLE.c.employee_no,
    PEOPLE.c.name,
    PEOPLE.c.active,
    PEOPLE.c.intake_on.is_not(None).label("has_intake"),
    ITEMS.c.status,
    ITEMS.c.expires_on,
    ITEMS.c.due_on,
    ITEMS.c.counts_from,
    HELD.c.person_id.is_not(None).label("is_prepared"),
    HELD.c.expires_on.label("prepared_until"),
    CLOSED_RUNS.label("closed_runs"),
)
WAITING = Prepared(
    sa.select(*SEEKER)
    .select_from(ENROLLMENTS)
    .join(SESSIONS, SESSIONS.c.id == ENROLLMENTS.c.session_id)
    .join(PEOPLE, PEOPLE.c.id == ENROLLMENTS.c.person_id)
    .join(COURSES, COURSES.c.id == SESSIONS.c.course_id)
    .outerjoin(ITEMS, ITEM)
    .outerjoin(HELD, PREREQUISITE)
    .where(Among(ENROLLMENTS.c.session_id, "ids"), ENROLLMENTS.c.state == EnrollmentState.WAITLISTED.value)
    .order_by(ENROLLMENTS.c.session_id, ENROLLMENTS.c.position)
)
NEWCOMERS = Prepared(
    sa.select(*SEEKER)
    .select_from(SESSIONS)
    .join(PEOPLE, Among(PEOPLE.c.id, "people"))
    .join(COURSES, COURSES.c.id == SESSIONS.c.course_id)
    .outerjoin(ITEMS, ITEM)
    .outerjoin(HELD, PREREQUISITE)
    .outerjoin(ENROLLMENTS, sa.and_(ENROLLMENTS.c.session_id == SESSIONS.c.id, ENROLLMENTS.c.person_id == PEOPLE.c.id))
    .where(SESSIONS.c.id == sa.bindparam("session_id"))
)
ELSEWHERE = Prepared(
    sa.select(
        ENROLLMENTS.c.person_id,
        SESSIONS.c.id,
        SESSIONS.c.ref,
        sa.func.coalesce(SESSIONS.c.title, COURSES.c.title).label("title"),
        SESSIONS.c.status,
        SESSIONS.c.starts_at,
        SESSIONS.c.ends_at,
        COURSES.c.title.label("course"),
        COURSES.c.overlap_policy,
    )
    .select_from(ENROLLMENTS)
    .join(SESSIONS, SESSIONS.c.id == ENROLLMENTS.c.session_id)
    .join(COURSES, COURSES.c.id == SESSIONS.c.course_id)
    .where(
        Among(ENROLLMENTS.c.person_id, "people"),
        sa.text("enrollments.state IN ('confirmed', 'offered')"),
        sa.or_(ENROLLMENTS.c.offer_until.is_(None), ENROLLMENTS.c.offer_until > sa.bindparam("now", type_=INSTANT)),
        sa.text("sessions.status IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED')"),
        SESSIONS.c.starts_at < sa.select(sa.func.max(HERE.c.ends_at)).where(AROUND).scalar_subquery(),
        SESSIONS.c.ends_at > sa.select(sa.func.min(HERE.c.starts_at)).where(AROUND).scalar_subquery(),
    )
    .order_by(SESSIONS.c.starts_at, SESSIONS.c.id)
)
"""Seats that keep people busy; the words stand in the statement, so that nothing is written anew for each call."""

ON_RUN = Prepared(
    sa.select(RUN_SEATS.c.run_id, RUN_SEATS.c.person_id).where(
        Among(RUN_SEATS.c.run_id, "runs"), Among(RUN_SEATS.c.person_id, "people"), RUN_SEATS.c.seats > 0
    )
)
NOTHING = Answers()
"""Nothing is known beforehand."""


def queue_moves(session: SeatSession, now: dt.datetime) -> bool:
    """Whether the queue of a session moves at `now` (UTC)."""
    occasion = session.occasion
    return not session.is_deleted and promotes(occasion.status, occasion.starts_at, session.waitlist, now)


def place_of(session: SeatSession, zone: ZoneInfo | None = None) -> Place:
    """Return a session as the queue's rule sees it; `zone` is needed where the queue goes by urgency.

    Where people wait for a draft, newcomers stand behind them, although nobody is promoted yet.
    """
    free = session.free
    is_draft = session.occasion.status is SessionStatus.DRAFT
    if is_draft and session.waiting and session.waitlist is not WaitlistMode.OFF:
        free = 0
    starts_at = session.occasion.starts_at
    day = local(starts_at, zone).date() if zone is not None and starts_at is not None else None
    return Place(
        occasion=session.occasion,
        free=free,
        waitlist=session.waitlist,
        order=session.order,
        run_id=session.run_id,
        day=day,
        expiring_days=session.expiring_days,
    )


def zone_of(db: Db, sessions: Iterable[SeatSession]) -> ZoneInfo | None:
    """Return the organisation's zone if one of the sessions ranks its queue by urgency: only then a day matters."""
    if not any(session.order is WaitlistOrder.URGENT for session in sessions):
        return None
    return ZoneInfo(plain(db).execute(ZONE).scalar() or Settings().zone_name)


def load_waiting(db: Db, session_ids: Collection[int]) -> list[Seeker]:
    """Return everybody who waits in these sessions; whoever has left the organisation waits in vain."""
    if not session_ids:
        return []
    return [_seeker(row) for row in WAITING.rows(db, ids=sorted(session_ids)) if row.active]


def load_ranks(db: Db, session: SeatSession) -> dict[int, int]:
    """Return the rank in the queue of everybody who waits in a session, by person; 1 is next."""
    queued = sorted(
        load_waiting(db, [session.occasion.session_id]), key=queue_key(place_of(session, zone_of(db, [session])))
    )
    return {seeker.sitter.person_id: rank for rank, seeker in enumerate(queued, start=1)}


def newcomers_along(session_id: int, people: Collection[int], now: dt.datetime) -> list[Asked]:
    """Return what `load_newcomers` and `load_seats_elsewhere` ask of a session, to be asked along with its locks."""
    return [
        (NEWCOMERS, {"session_id": session_id, "people": sorted(people)}),
        (ELSEWHERE, {"people": sorted(people), "sessions": [session_id], "now": now}),
    ]


def load_newcomers(db: Db, session_id: int, people: Collection[int], known: Answers = NOTHING) -> dict[int, Seeker]:
    """Return those of these people who exist, by id, as seekers of a seat in a session, and how they stand there."""
    rows = known.rows(db, NEWCOMERS, session_id=session_id, people=sorted(people))
    return {row.id: replace(_seeker(row), position=None) for row in rows}


def load_seats_elsewhere(
    db: Db, occasions: Iterable[Occasion], people: Collection[int], now: dt.datetime, known: Answers = NOTHING
) -> dict[int, list[Occasion]]:
    """Return the sessions around these occasions in which people have a seat that keeps them busy, by person.

    An offer that ended by `now` (UTC) keeps nobody busy.
    """
    ids = sorted(one.session_id for one in occasions if one.starts_at and one.ends_at)
    found: dict[int, list[Occasion]] = defaultdict(list)
    if not ids or not people:
        return found
    for row in known.rows(db, ELSEWHERE, people=sorted(people), sessions=ids, now=now):
        found[row.person_id].append(
            Occasion(
                row.id, row.ref, row.title, row.course, SessionStatus(row.status), row.starts_at, row.ends_at,
                OverlapPolicy(row.overlap_policy),
            )
        )  # fmt: skip
    return found


def load_rooms(db: Db, scope: Scope, people: Collection[int]) -> dict[int, Room]:
    """Return what the capped runs of the scope can still take, and which of these people are on them already (K8)."""
    rooms = {
        session.run_id: Room(session.run or "", max(0, session.max_people - session.people_taken), session.max_people)
        for session in scope.sessions.values()
        if session.run_id is not None and session.max_people is not None
    }
    if rooms and people:
        for run_id, person_id in ON_RUN.rows(db, runs=sorted(rooms), people=sorted(people)):
            rooms[run_id].people.add(person_id)
    return rooms


def _seeker(row: Any) -> Seeker:
    held_until = (row.prepared_until or dt.date.max) if row.is_prepared else None
    runs = frozenset(map(int, row.closed_runs.split(","))) if row.closed_runs else frozenset()
    return Seeker(
        session_id=row.session_id,
        sitter=Sitter(row.id, row.employee_no, row.name, row.active, row.has_intake, held_until, runs),
        position=row.position,
        status=None if row.status is None else ComplianceStatus(row.status),
        expires_on=row.expires_on,
        skip=(row.skip_code, row.skip_ref),
        state=None if row.state is None else EnrollmentState(row.state),
        due_on=row.due_on,
        counts_from=row.counts_from,
    )
