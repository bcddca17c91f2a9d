"""Which sessions, runs and people a change of seats concerns, and their locks in the one order that all keep (K3, K8).

A freed seat concerns every session of the same capped run; a freed person every session in which they wait.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.models.enums import (
    EnrollmentState,
    OverlapPolicy,
    PrerequisitePolicy,
    SessionStatus,
    WaitlistMode,
    WaitlistOrder,
)
from trainer_desk.services.errors import Again, DatabaseTrouble, NotFound
from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.rules.seating import ClosedRun, Occasion, Prerequisite
from trainer_desk.services.rules.times import local
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE, require_state
from trainer_desk.services.store.db import Db, is_sqlite
from trainer_desk.services.store.lists import Among, ListOf
from trainer_desk.services.store.prepared import Answers, Asked, Prepared, together
from trainer_desk.services.store.trouble import savepoint

TABLES = Base.metadata.tables
SESSIONS, ENROLLMENTS, RUNS, COURSES, SETTINGS = (
    TABLES[name] for name in ("sessions", "enrollments", "runs", "courses", "settings")
)
PREREQUISITES = COURSES.alias()
SISTERS, LAPSED = SESSIONS.alias(), ENROLLMENTS.alias()
WAITING = EnrollmentState.WAITLISTED.value
GROWN = Prepared(
    sa.union(
        sa.select(SISTERS.c.id)
        .select_from(SISTERS)
        .join(RUNS, RUNS.c.id == SISTERS.c.run_id)
        .join(SESSIONS, SESSIONS.c.run_id == RUNS.c.id)
        .where(Among(SESSIONS.c.id, "ids"), RUNS.c.max_people.is_not(None)),
        sa.select(ENROLLMENTS.c.session_id).where(
            Among(ENROLLMENTS.c.person_id, "freed"), ENROLLMENTS.c.state == WAITING
        ),
        sa.select(ENROLLMENTS.c.session_id)
        .select_from(ENROLLMENTS)
        .join(LAPSED, LAPSED.c.person_id == ENROLLMENTS.c.person_id)
        .where(
            Among(LAPSED.c.session_id, "ids"),
            LAPSED.c.state == EnrollmentState.OFFERED.value,
            LAPSED.c.offer_until <= sa.bindparam("now", type_=SESSIONS.c.starts_at.type),
            ENROLLMENTS.c.state == WAITING,
        ),
    )
)
"""What else is concerned: sister sessions of capped runs, queues of freed people, queues of those whose offer ended."""

LOCK = Prepared(
    sa.select(
        sa.func.lock_seats(
            sa.bindparam("sessions", type_=ListOf(sa.Integer())), sa.bindparam("people", type_=ListOf(sa.Integer()))
        )
    )
)
AT_ONCE, IN_TIME = sa.text("SET LOCAL lock_timeout = '1ms'"), sa.text("SET LOCAL lock_timeout TO DEFAULT")
ZONE = sa.select(SETTINGS.c.value).where(SETTINGS.c.key == "zone")
"""Asked for only beside a prerequisite, which is judged on a day; queues by urgency ask for it, too."""

SCOPED = Prepared(
    sa.select(
        SESSIONS.c.id,
        SESSIONS.c.ref,
        sa.func.coalesce(SESSIONS.c.title, COURSES.c.title).label("title"),
        COURSES.c.title.label("course"),
        SESSIONS.c.course_id,
        SESSIONS.c.status,
        SESSIONS.c.starts_at,
        SESSIONS.c.ends_at,
        SESSIONS.c.capacity,
        SESSIONS.c.seats_taken,
        SESSIONS.c.seats_offered,
        SESSIONS.c.seats_held,
        SESSIONS.c.waiting,
        SESSIONS.c.waitlist,
        SESSIONS.c.waitlist_order,
        SESSIONS.c.deleted_at,
        SESSIONS.c.run_id,
        RUNS.c.code.label("run"),
        sa.case((RUNS.c.members_only.is_(sa.true()), RUNS.c.name)).label("closed_run"),
        RUNS.c.max_people,
        RUNS.c.people_taken,
        COURSES.c.overlap_policy,
        COURSES.c.requires_intake,
        COURSES.c.expiring_days,
        COURSES.c.prerequisite_id,
        COURSES.c.prerequisite_policy,
        PREREQUISITES.c.title.label("prerequisite"),
        sa.case((COURSES.c.prerequisite_id.is_not(None), ZONE.scalar_subquery())).label("zone"),
    )
    .select_from(SESSIONS)
    .join(COURSES, COURSES.c.id == SESSIONS.c.course_id)
    .outerjoin(RUNS, RUNS.c.id == SESSIONS.c.run_id)
    .outerjoin(PREREQUISITES, PREREQUISITES.c.id == COURSES.c.prerequisite_id)
    .where(Among(SESSIONS.c.id, "ids"))
    .order_by(SESSIONS.c.id)
)


@dataclass(slots=True)
class SeatSession:
    """A session with what counts for its seats, as it stands in the transaction."""

    occasion: Occasion
    course_id: int
    capacity: int | None
    taken: int
    offered: int
    held: int
    waiting: int
    waitlist: WaitlistMode
    order: WaitlistOrder
    is_deleted: bool
    run_id: int | None
    run: str | None
    max_people: int | None
    people_taken: int
    expiring_days: int

    @property
    def free(self) -> int | None:
        """The seats that are left; None when unlimited (K2)."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)


@dataclass(frozen=True, slots=True)
class Scope:
    """The sessions that a change concerns, by id, as they are at `now` (UTC), and what was asked with their locks."""

    sessions: dict[int, SeatSession]
    now: dt.datetime
    known: Answers = field(default_factory=Answers)

    def refresh(self, db: Db) -> None:
        """Read the sessions again, after seats were written."""
        self.known.forget()
        self.sessions.update(read_scope(db, self.sessions, self.now).sessions)

    def require(self, session_id: int, verb: str) -> SeatSession:
        """Return a session whose people may change. Raises NotFound, also for the trash, and WrongState (K3)."""
        session = self.find(session_id)
        require_state(verb, session.occasion.status, OPEN_FOR_PEOPLE, ref=session.occasion.ref)
        return session

    def find(self, session_id: int) -> SeatSession:
        """Return a session in whatever state. Raises NotFound, also for the trash."""
        session = self.sessions.get(session_id)
        if session is None:
            raise NotFound(kind="session", key=session_id)
        if session.is_deleted:
            raise NotFound(kind="session", key=session.occasion.ref, why="in_trash")
        return session


def lock_scope(
    db: DbSession,
    session_ids: Iterable[int],
    *,
    people: Collection[int] = (),
    freed: Collection[int] = (),
    now: dt.datetime,
    along: Sequence[Asked] = (),
) -> Scope:
    """Lock runs, sessions and people, each by id, and return the sessions concerned.

    `people` get or lose seats; of the `freed` also the queues in which they wait are concerned. Whoever waits in a
    locked session is locked with it, so that no other workstation seats them elsewhere meanwhile. What is asked
    `along` is answered in the same round trip, behind the locks. Raises Again when another workstation widened the
    scope before the locks were there.
    """
    everybody = {*people, *freed}
    ids = {*session_ids, *db.info.get("concerned", ())}
    ids = _grow(db, ids, freed, now) if freed else ids
    scope = _lock(db, ids, everybody, now, along)
    while freed or _concerns_others(scope):
        wider = _grow(db, ids, freed, now)
        if wider == ids:
            break
        scope = _lock_at_once(db, wider, everybody, now)
        ids = wider
    return scope


def _concerns_others(scope: Scope) -> bool:
    """Whether more sessions may follow from these: those of a capped run, and queues of whose offer has ended."""
    return any(session.max_people is not None or session.offered for session in scope.sessions.values())


def _lock(
    db: DbSession,
    session_ids: Collection[int],
    people: Collection[int],
    now: dt.datetime,
    along: Sequence[Asked] = (),
) -> Scope:
    """Take the locks in their order and read what they hold; an SQLite transaction holds the whole file already."""
    ids = sorted(session_ids)
    locks: list[Asked] = [] if is_sqlite(db) else [(LOCK, {"sessions": ids, "people": sorted(people)})]
    scoped, *answers = together(db, *locks, (SCOPED, {"ids": ids}), *along)[len(locks) :]
    return _scope(scoped, now, Answers(zip(along, answers, strict=True)))


def _lock_at_once(db: DbSession, session_ids: Collection[int], people: Collection[int], now: dt.datetime) -> Scope:
    """Take further locks out of their order, but wait for none of them: who never waits cannot deadlock.

    The sessions of a capped run are locked already, with its first one. Raises Again when another workstation has one.
    """
    if is_sqlite(db):
        return read_scope(db, session_ids, now)
    try:
        with savepoint(db):
            db.execute(AT_ONCE)
            scope = _lock(db, session_ids, people, now)
            db.execute(IN_TIME)
    except DatabaseTrouble as trouble:
        raise Again(concerned=sorted(session_ids)) from trouble
    return scope


def read_scope(db: Db, session_ids: Collection[int], now: dt.datetime) -> Scope:
    """Return sessions as they are at `now` (UTC), without any lock."""
    return _scope(SCOPED.rows(db, ids=sorted(session_ids)), now)


def _scope(rows: Iterable[Any], now: dt.datetime, known: Answers | None = None) -> Scope:
    return Scope({row.id: _session(row, now) for row in rows}, now, known or Answers())


def _grow(db: Db, session_ids: set[int], freed: Collection[int], now: dt.datetime) -> set[int]:
    """Return the sessions with all that follow from them, however long the chain."""
    known = set(session_ids)
    while True:
        wider = known.union(row.id for row in GROWN.rows(db, ids=sorted(known), freed=sorted(freed), now=now))
        if wider == known:
            return known
        known = wider


def _session(row: Any, now: dt.datetime) -> SeatSession:
    occasion = Occasion(
        session_id=row.id,
        ref=row.ref,
        title=row.title,
        course=row.course,
        status=SessionStatus(row.status),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        policy=OverlapPolicy(row.overlap_policy),
        requires_intake=row.requires_intake,
        prerequisite=_prerequisite(row, now),
        closed_run=None if row.closed_run is None else ClosedRun(row.run_id, row.run, row.closed_run),
    )
    return SeatSession(
        occasion=occasion,
        course_id=row.course_id,
        capacity=row.capacity,
        taken=row.seats_taken,
        offered=row.seats_offered,
        held=row.seats_held,
        waiting=row.waiting,
        waitlist=WaitlistMode(row.waitlist),
        order=WaitlistOrder(row.waitlist_order),
        is_deleted=row.deleted_at is not None,
        run_id=row.run_id,
        run=row.run,
        max_people=row.max_people,
        people_taken=row.people_taken or 0,
        expiring_days=row.expiring_days,
    )


def _prerequisite(row: Any, now: dt.datetime) -> Prerequisite | None:
    """Return what must be held on the day of the start in the organisation's zone; without a date, today (N5)."""
    if row.prerequisite_id is None:
        return None
    day = local(row.starts_at or now, ZoneInfo(row.zone or Settings().zone_name)).date()
    policy = PrerequisitePolicy(row.prerequisite_policy or PrerequisitePolicy.BLOCK)
    return Prerequisite(row.prerequisite_id, row.prerequisite, policy, day)
