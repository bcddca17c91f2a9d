"""People take, answer and give back places for themselves, through the same guards as everybody else (K13)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Course
from trainer_desk.services.errors import Refused
from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.notices.telling import know
from trainer_desk.services.orchestration.own import require_own_person
from trainer_desk.services.rows.seats import Outcome, Settled
from trainer_desk.services.rules.signing_up import OwnDeed, require_own_deed
from trainer_desk.services.seats import offers
from trainer_desk.services.seats.enrolling import enroll_in, is_queueing, withdraw
from trainer_desk.services.seats.scope import Scope, SeatSession, lock_scope
from trainer_desk.services.seats.seekers import newcomers_along
from trainer_desk.services.seats.writing import Hand
from trainer_desk.services.store.db import plain
from trainer_desk.services.store.gate import goes_through_gate, through_gate
from trainer_desk.services.store.refusal import outcome_of

SIGN_UP = sa.select(Course.sign_up).where(Course.id == sa.bindparam("course_id"))


def sign_up(db: DbSession, session_id: int, *, actor: str, now: dt.datetime) -> Outcome:
    """Give the person that the actor stands for a seat; who has a place or waits there already keeps it.

    Nobody is put on the waitlist unasked. Raises NotAllowed, NotFound, WrongState, and Refused with why there is no
    seat for them: `session_full` (with the waitlist as the way out where there is one), `run_full`, `attendee_busy`,
    `intake_missing`, `prerequisite_missing`.
    """
    if goes_through_gate(db):
        return outcome_of(through_gate(db, "sign_up", session_id))
    outcome, session = _take_place(db, session_id, OwnDeed.SIGN_UP, actor, now)
    if outcome.outcome == "waitlisted":
        raise _refusal(outcome, session, now)
    return outcome


def join_waitlist(db: DbSession, session_id: int, *, actor: str, now: dt.datetime) -> Outcome:
    """Put the actor's person into the queue of a session; a seat that is free meanwhile is given at once (K5).

    The answer says what came of it. Raises as `sign_up`.
    """
    if goes_through_gate(db):
        return outcome_of(through_gate(db, "join_waitlist", session_id))
    return _take_place(db, session_id, OwnDeed.JOIN_WAITLIST, actor, now)[0]


def cancel_sign_up(db: DbSession, session_id: int, *, actor: str, now: dt.datetime) -> Settled:
    """Take the actor's person out of a session or its queue; the seat goes to whoever comes next (K4, K5).

    Who has withdrawn already stays so; on a server a requester hears of nobody else. Raises NotAllowed, NotFound,
    WrongState.
    """
    if goes_through_gate(db):
        through_gate(db, "cancel_sign_up", session_id)
        return Settled()
    person_id = require_own_person(db, actor)
    scope = lock_scope(db, [session_id], people=[person_id], freed=[person_id], now=now)
    _require(db, scope, session_id, OwnDeed.CANCEL)
    settled = withdraw(db, session_id, person_id, actor=actor, now=now)
    know(db, session_id, person_id, actor=actor, now=now)
    return settled


def accept_own_offer(db: DbSession, session_id: int, *, actor: str, now: dt.datetime) -> Settled:
    """Take the seat that was offered to the actor's person. Raises as `seats.offers.accept_offer`, and NotAllowed."""
    if goes_through_gate(db):
        through_gate(db, "accept_own_offer", session_id)
        return Settled()
    person_id = require_own_person(db, actor)
    scope = lock_scope(db, [session_id], people=[person_id], now=now)
    _require(db, scope, session_id, OwnDeed.ACCEPT)
    settled = offers.accept_offer(db, session_id, person_id, actor=actor, now=now)
    know(db, session_id, person_id, actor=actor, now=now)
    return settled


def decline_own_offer(db: DbSession, session_id: int, *, actor: str, now: dt.datetime) -> Settled:
    """Give back the seat that was offered to the actor's person; it is offered to whoever comes next. Raises alike."""
    if goes_through_gate(db):
        through_gate(db, "decline_own_offer", session_id)
        return Settled()
    person_id = require_own_person(db, actor)
    scope = lock_scope(db, [session_id], people=[person_id], freed=[person_id], now=now)
    _require(db, scope, session_id, OwnDeed.DECLINE)
    settled = offers.decline_offer(db, session_id, person_id, actor=actor, now=now)
    know(db, session_id, person_id, actor=actor, now=now)
    return settled


def _take_place(
    db: DbSession, session_id: int, deed: OwnDeed, actor: str, now: dt.datetime
) -> tuple[Outcome, SeatSession]:
    """Enroll the actor's person. Raises Refused when neither a seat nor a place in the queue came of it."""
    person_id = require_own_person(db, actor)
    along = newcomers_along(session_id, [person_id], now)
    scope = lock_scope(db, [session_id], people=[person_id], now=now, along=along)
    _require(db, scope, session_id, deed)
    (outcome,) = enroll_in(db, scope, session_id, [person_id], Hand(actor, now))
    session = scope.sessions[session_id]
    if outcome.outcome == "refused":
        raise _refusal(outcome, session, now)
    know(db, session_id, person_id, actor=actor, now=now)
    return outcome, session


def _require(db: DbSession, scope: Scope, session_id: int, deed: OwnDeed) -> None:
    """Refuse a deed in a locked session. Raises NotFound, NotAllowed, WrongState."""
    session = scope.find(session_id)
    occasion = session.occasion
    require_own_deed(
        deed,
        ref=occasion.ref,
        title=occasion.title,
        status=occasion.status,
        starts_at=occasion.starts_at,
        sign_up=bool(plain(db).execute(SIGN_UP, {"course_id": session.course_id}).scalar_one()),
        now=scope.now,
    )


def _refusal(outcome: Outcome, session: SeatSession, now: dt.datetime) -> Refused:
    """Return why there is no seat: what is in the way of this person, or that all are taken."""
    reasons = [finding for finding in outcome.findings if finding.refuses]
    code = outcome.code or "session_full"
    if not reasons:
        ways = (Fix("join_waitlist"),) if code == "session_full" and is_queueing(session, now) else ()
        facts = {"people": session.taken, "capacity": session.capacity} if code == "session_full" else {}
        reasons = [Finding(code, field="people", subject=outcome.employee_no, fixes=ways, facts=facts)]
    return Refused(reasons, ref=session.occasion.ref, title=session.occasion.title, verb="sign_up")
