"""Seats somebody who stands in the room and waits for a seat, or has been offered one (K3, A2)."""

import datetime as dt

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.errors import Refused
from trainer_desk.services.findings import Finding, refusals
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.seats.enrolling import enroll_in, number_of
from trainer_desk.services.seats.scope import Scope, lock_scope
from trainer_desk.services.seats.settling import sweep_lapsed
from trainer_desk.services.seats.writing import Hand, confirm, standings, take_out


def arrive(db: DbSession, session_id: int, person_id: int, *, actor: str, now: dt.datetime) -> Outcome:
    """Give a seat to a person who is there, however they stand in the session (K3).

    An open offer is accepted by coming; who waits leaves the queue, if there is a seat: otherwise all of this is given
    up and the place in the queue stays. Raises Refused with what keeps them from a seat, NotFound, WrongState.
    """
    hand = Hand(actor, now)
    scope = lock_scope(db, [session_id], people=[person_id], now=now)
    scope.require(session_id, "enroll")
    sweep_lapsed(db, scope, actor=actor, now=now)  # an offer that ended is none
    stands = standings(db, session_id, [person_id])[person_id]
    if stands is EnrollmentState.OFFERED:
        confirm(db, session_id, [person_id], hand)
        return Outcome(number_of(db, person_id), "enrolled")
    if stands is EnrollmentState.WAITLISTED:
        take_out(db, session_id, [person_id], hand)
        scope.refresh(db)
    [outcome] = enroll_in(db, scope, session_id, [person_id], hand)
    if outcome.outcome in ("refused", "waitlisted"):
        raise Refused([_in_the_way(outcome, scope, session_id)])
    return outcome


def _in_the_way(outcome: Outcome, scope: Scope, session_id: int) -> Finding:
    """Return why there is no seat: something of the person's own, or that all are taken."""
    own = refusals(outcome.findings)
    session = scope.sessions[session_id]
    facts = {"people": session.taken, "capacity": session.capacity} if session.capacity is not None else {}
    return own[0] if own else Finding(outcome.code or "session_full", subject=outcome.employee_no, facts=facts)
