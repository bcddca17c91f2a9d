"""Lowers a capacity below the number of people: the newest wait at the head of the queue, or go elsewhere (K6)."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Enrollment
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.errors import Refused
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration import rehoming_facts
from trainer_desk.services.orchestration.rehoming import Places, give_places, lock_places, require_named
from trainer_desk.services.orchestration.scheduling import lock_people_of
from trainer_desk.services.planning import drafts
from trainer_desk.services.rows.rehoming import Rehomed, Rehoming
from trainer_desk.services.rules.capacity import capacity_below_people
from trainer_desk.services.seats.lapsing import load_lapses, sweep
from trainer_desk.services.seats.scope import SeatSession, read_scope
from trainer_desk.services.seats.settling import settle
from trainer_desk.services.seats.writing import Hand, put_back, take_out
from trainer_desk.services.store.db import Db

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
    newest = _who_no_longer_fits(db, scope.require(session_id, "edit"), capacity)
    _put_at_head(db, session_id, newest, Hand(actor, now))
    found = drafts.edit_session(db, session_id, {"capacity": capacity}, actor=actor, now=now, version=version)
    scope.refresh(db)
    settle(db, scope, actor=actor, now=now)
    return found


def propose_lowering(db: Db, session_id: int, capacity: int, *, now: dt.datetime) -> Rehoming:
    """Return another date for each of the newest people who no longer fit, by urgency; nothing is written (K6).

    Raises as `lower_capacity`.
    """
    scope = rehoming_facts.as_swept(db, read_scope(db, [session_id], now), now)
    newest = set(_who_no_longer_fits(db, scope.require(session_id, "edit"), capacity))
    here = rehoming_facts.places_in(db, [session_id], now)
    leaving = {key: state for key, state in here.items() if key[1] in newest}
    return rehoming_facts.propose_for(db, [session_id], leaving, now=now)


def lower_and_rehome(
    db: DbSession,
    session_id: int,
    capacity: int,
    places: Places,
    *,
    actor: str,
    now: dt.datetime,
    version: int | None = None,
) -> Rehomed:
    """Set a capacity, and give the newest people who no longer fit the places chosen for them, all or nothing (K6).

    `places` names each of them, by session and person; None: the head of the queue here. Raises as `lower_capacity`
    and `cancel_and_rehome`.
    """
    hand = Hand(actor, now)
    scope = lock_places(db, [session_id], places, now)
    sweep(db, load_lapses(db, scope, now), actor=actor, now=now)
    scope.refresh(db)
    newest = _who_no_longer_fits(db, scope.require(session_id, "edit"), capacity)
    require_named({(session_id, person) for person in newest}, places)
    take_out(db, session_id, [person for person in newest if places[session_id, person] is not None], hand)
    _put_at_head(db, session_id, [person for person in newest if places[session_id, person] is None], hand)
    drafts.edit_session(db, session_id, {"capacity": capacity}, actor=actor, now=now, version=version)
    scope.refresh(db)
    settle(db, scope, actor=actor, now=now)
    return give_places(db, scope, places, hand)


def _who_no_longer_fits(db: Db, session: SeatSession, capacity: int) -> list[int]:
    """Return the newest confirmed people beyond the capacity; raises Refused when these are too few."""
    too_many = max(0, session.taken - capacity)
    newest = list(db.execute(NEWEST, {"session_id": session.occasion.session_id}).scalars())
    if too_many > len(newest):
        below = capacity_below_people(capacity, session.taken, enrolled=0)
        raise Refused([below] if below else [], ref=session.occasion.ref)
    return newest[:too_many]


def _put_at_head(db: DbSession, session_id: int, newest: Sequence[int], hand: Hand) -> None:
    """Put people at the head of the queue, who was there first before the others."""
    head = db.execute(HEAD, {"session_id": session_id}).scalar()
    first = 1 if head is None else min(1, head)
    moved = newest[::-1]
    put_back(db, session_id, {person: first - len(moved) + rank for rank, person in enumerate(moved)}, hand)
