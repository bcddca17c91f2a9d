"""Replaces one person by another and moves a person to another date, in one step that leaves nobody without (K15)."""

import datetime as dt

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import SEATED
from trainer_desk.services.errors import BadValue, NotFound, Refused
from trainer_desk.services.findings import Finding, refusals
from trainer_desk.services.rows.seats import Settled
from trainer_desk.services.rules import queue
from trainer_desk.services.seats.enrolling import number_of
from trainer_desk.services.seats.scope import Scope, SeatSession, lock_scope
from trainer_desk.services.seats.seekers import load_newcomers, load_rooms, load_seats_elsewhere, place_of
from trainer_desk.services.seats.settling import merged, settle
from trainer_desk.services.seats.writing import Hand, seat, standings, take_out


def replace_person(
    db: DbSession, session_id: int, out_id: int, in_id: int, *, actor: str, now: dt.datetime
) -> tuple[tuple[Finding, ...], Settled]:
    """Give one person's seat to another without the queue coming between; return what should be known (K15).

    Raises Refused when the newcomer cannot sit there or has a seat already, NotFound for one who has no seat to give
    or does not exist, WrongState.
    """
    if out_id == in_id:
        raise BadValue(field="people", value=number_of(db, in_id), why="same_person")
    hand = Hand(actor, now)
    scope = lock_scope(db, [session_id], people=[out_id, in_id], freed=[out_id], now=now)
    session = scope.require(session_id, "replace")
    before = settle(db, scope, actor=actor, now=now)
    _require_seat(db, session, out_id)
    take_out(db, session_id, [out_id], hand)
    scope.refresh(db)
    found = _sit(db, scope, session_id, in_id, hand, seats=1)
    scope.refresh(db)
    return found, merged(before, settle(db, scope, actor=actor, now=now))


def move_person(
    db: DbSession, person_id: int, from_id: int, to_id: int, *, actor: str, now: dt.datetime
) -> tuple[tuple[Finding, ...], Settled]:
    """Move a person's seat to another session; what is left goes to those who wait there (K15).

    Nothing is changed, and Refused raised, when there is no seat for them: whoever waits there comes first. Raises
    NotFound for who has no seat to move, WrongState.
    """
    if from_id == to_id:
        raise BadValue(field="session", value=to_id, why="same_session")
    hand = Hand(actor, now)
    scope = lock_scope(db, [from_id, to_id], people=[person_id], freed=[person_id], now=now)
    source = scope.require(from_id, "move")
    scope.require(to_id, "move")
    before = settle(db, scope, actor=actor, now=now)
    _require_seat(db, source, person_id)
    take_out(db, from_id, [person_id], hand)
    scope.refresh(db)
    found = _sit(db, scope, to_id, person_id, hand)
    scope.refresh(db)
    return found, merged(before, settle(db, scope, actor=actor, now=now))


def _require_seat(db: DbSession, session: SeatSession, person_id: int) -> None:
    if standings(db, session.occasion.session_id, [person_id])[person_id] not in SEATED:
        raise NotFound(kind="enrollment", key=number_of(db, person_id), session=session.occasion.ref, why="no_seat")


def _sit(
    db: DbSession, scope: Scope, session_id: int, person_id: int, hand: Hand, *, seats: int | None = None
) -> tuple[Finding, ...]:
    """Seat a person by the one guard, on one of `seats` or of those that are free; raises Refused."""
    session = scope.sessions[session_id]
    seeker = load_newcomers(db, session_id, [person_id]).get(person_id)
    if seeker is None or not seeker.sitter.active:
        raise NotFound(kind="person", key=number_of(db, person_id))
    if seeker.state in SEATED:
        facts = {"name": seeker.sitter.name, "employee_no": seeker.sitter.employee_no}
        raise Refused([Finding("already_enrolled", field="people", subject=seeker.sitter.employee_no, facts=facts)])
    place = place_of(session)
    if seats is not None:
        place.free = seats
    elsewhere = load_seats_elsewhere(db, [session.occasion], [person_id], hand.now)
    (fate,) = queue.settle([place], [seeker], elsewhere, load_rooms(db, scope, [person_id]))
    if not fate.seated:
        raise Refused(refusals(fate.findings) or [full(session)], ref=session.occasion.ref)
    seat(db, session_id, {person_id: seeker.state}, hand)
    return fate.findings


def full(session: SeatSession) -> Finding:
    """Return the refusal of a session without a free seat; what is free in a draft is for those who wait."""
    facts = {"people": session.taken, "capacity": session.capacity}
    return Finding("session_full", field="people", facts=facts | ({"waiting": session.waiting} if session.free else {}))
