"""Which sessions, runs and people a change of seats concerns, and their locks in the one order that all keep (K3, K8).

A freed seat concerns every session of the same capped run; a freed person every session in which they wait.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession
from sqlalchemy.orm import aliased

from trainer_desk.models import Course, Enrollment, Run, Session
from trainer_desk.models.enums import EnrollmentState, OverlapPolicy, SessionStatus, WaitlistMode, WaitlistOrder
from trainer_desk.services.errors import Again, NotFound
from trainer_desk.services.rules.seating import Occasion
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE, require_state
from trainer_desk.services.store.db import Db, is_sqlite
from trainer_desk.services.store.lists import Among, ListOf

SISTER = aliased(Session)
LAPSED = aliased(Enrollment)
WAITING = EnrollmentState.WAITLISTED.value
GROWN = sa.union(
    sa.select(SISTER.id)
    .select_from(SISTER)
    .join(Run, Run.id == SISTER.run_id)
    .join(Session, Session.run_id == Run.id)
    .where(Among(Session.id, "ids"), Run.max_people.is_not(None)),
    sa.select(Enrollment.session_id).where(Among(Enrollment.person_id, "freed"), Enrollment.state == WAITING),
    sa.select(Enrollment.session_id)
    .select_from(Enrollment)
    .join(LAPSED, LAPSED.person_id == Enrollment.person_id)
    .where(
        Among(LAPSED.session_id, "ids"),
        LAPSED.state == EnrollmentState.OFFERED.value,
        LAPSED.offer_until <= sa.bindparam("now", type_=Session.starts_at.type),
        Enrollment.state == WAITING,
    ),
)
"""What else is concerned: sister sessions of capped runs, queues of freed people, queues of those whose offer ended."""

LOCK = sa.select(
    sa.func.lock_seats(
        sa.bindparam("sessions", type_=ListOf(sa.Integer())), sa.bindparam("people", type_=ListOf(sa.Integer()))
    )
)
SESSIONS = (
    sa.select(
        Session.id,
        Session.ref,
        sa.func.coalesce(Session.title, Course.title).label("title"),
        Course.title.label("course"),
        Session.course_id,
        Session.status,
        Session.starts_at,
        Session.ends_at,
        Session.capacity,
        Session.seats_taken,
        Session.seats_offered,
        Session.seats_held,
        Session.waiting,
        Session.waitlist,
        Session.waitlist_order,
        Session.deleted_at,
        Session.run_id,
        Run.code.label("run"),
        Run.max_people,
        Run.people_taken,
        Course.overlap_policy,
        Course.requires_intake,
        Course.expiring_days,
    )
    .select_from(Session)
    .join(Course, Course.id == Session.course_id)
    .outerjoin(Run, Run.id == Session.run_id)
    .where(Among(Session.id, "ids"))
    .order_by(Session.id)
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
    """The sessions that a change concerns, by id, as they are now."""

    sessions: dict[int, SeatSession]

    def refresh(self, db: Db) -> None:
        """Read the sessions again, after seats were written."""
        self.sessions.update(read_scope(db, self.sessions).sessions)

    def require(self, session_id: int, verb: str) -> SeatSession:
        """Return a session whose people may change. Raises NotFound, also for the trash, and WrongState (K3)."""
        session = self.sessions.get(session_id)
        if session is None:
            raise NotFound(kind="session", key=session_id)
        if session.is_deleted:
            raise NotFound(kind="session", key=session.occasion.ref, why="in_trash")
        require_state(verb, session.occasion.status, OPEN_FOR_PEOPLE, ref=session.occasion.ref)
        return session


def lock_scope(
    db: DbSession,
    session_ids: Iterable[int],
    *,
    people: Collection[int] = (),
    freed: Collection[int] = (),
    now: dt.datetime,
) -> Scope:
    """Lock runs, sessions and people, each by id, and return the sessions concerned.

    `people` get or lose seats; of the `freed` also the queues in which they wait are concerned. Whoever waits in a
    locked session is locked with it, so that no other workstation seats them elsewhere meanwhile. Raises Again when
    another workstation widened the scope before the locks were there.
    """
    ids = _grow(db, set(session_ids), freed, now)
    if is_sqlite(db):
        return read_scope(db, ids)
    db.execute(LOCK, {"sessions": sorted(ids), "people": sorted({*people, *freed})})
    scope = read_scope(db, ids)
    may_have_grown = freed or any(
        session.max_people is not None or session.offered for session in scope.sessions.values()
    )
    if may_have_grown and _grow(db, ids, freed, now) != ids:
        raise Again
    return scope


def read_scope(db: Db, session_ids: Collection[int]) -> Scope:
    """Return sessions as they are now, without any lock."""
    rows = db.execute(SESSIONS, {"ids": sorted(session_ids)})
    return Scope({row.id: _session(row) for row in rows})


def _grow(db: Db, session_ids: set[int], freed: Collection[int], now: dt.datetime) -> set[int]:
    """Return the sessions with all that follow from them, however long the chain."""
    known = set(session_ids)
    while True:
        found = db.execute(GROWN, {"ids": sorted(known), "freed": sorted(freed), "now": now}).scalars()
        wider = known.union(found)
        if wider == known:
            return known
        known = wider


def _session(row: Any) -> SeatSession:
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
