"""Lowers a capacity below the number of people by moving the newest to the head of the queue (K6)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Enrollment
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.errors import Refused
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration.scheduling import lock_people_of
from trainer_desk.services.planning import drafts
from trainer_desk.services.rules.capacity import capacity_below_people
from trainer_desk.services.seats.lapsing import load_lapses, sweep
from trainer_desk.services.seats.settling import settle
from trainer_desk.services.seats.writing import Hand, put_back

NEWEST = (
    sa.select(Enrollment.person_id)
    .where(Enrollment.session_id == sa.bindparam("session_id"), Enrollment.state == EnrollmentState.CONFIRMED.value)
    .order_by(sa.func.coalesce(Enrollment.promoted_at, Enrollment.enrolled_at).desc(), Enrollment.id.desc())
)
HEAD = sa.select(sa.func.min(Enrollment.position)).where(
    Enrollment.session_id == sa.bindparam("session_id"), Enrollment.position.is_not(None)
)


def lower_capacity(
    db: DbSession, session_id: int, capacity: int, *, actor: str, now: dt.datetime, version: int | None = None
) -> tuple[Finding, ...]:
    """Set a capacity, and move the newest people who no longer fit to the head of the queue, the earliest first (K6).

    Held and offered seats are kept: Refused with `capacity_below_people` when they alone need more. Otherwise as
    `edit_session`. The queue of a session without a waitlist does not move, but keeps their place.
    """
    scope = lock_people_of(db, [session_id], now, frees=True)
    sweep(db, load_lapses(db, scope, now), actor=actor, now=now)
    scope.refresh(db)
    session = scope.require(session_id, "edit")
    too_many = max(0, session.taken - capacity)
    newest = list(db.execute(NEWEST, {"session_id": session_id}).scalars())
    if too_many > len(newest):
        below = capacity_below_people(capacity, session.taken, enrolled=0)
        raise Refused([below] if below else [], ref=session.occasion.ref)
    head = db.execute(HEAD, {"session_id": session_id}).scalar()
    first = 1 if head is None else min(1, head)
    moved = newest[:too_many][::-1]
    put_back(db, session_id, {person: first - too_many + rank for rank, person in enumerate(moved)}, Hand(actor, now))
    found = drafts.edit_session(db, session_id, {"capacity": capacity}, actor=actor, now=now, version=version)
    scope.refresh(db)
    settle(db, scope, actor=actor, now=now)
    return found
