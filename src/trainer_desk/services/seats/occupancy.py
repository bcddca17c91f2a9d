"""Checks people in and out at a door, against the limits of the room and of the session (K9).

Locks go in the order runs, sessions, people, rooms. Whoever would be one too many leaves nothing behind.
"""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Enrollment, Person, Session
from trainer_desk.models.enums import CLAIMING, EnrollmentState, SessionStatus
from trainer_desk.services.errors import NotFound, Refused
from trainer_desk.services.findings import Finding, refusals
from trainer_desk.services.rows.door import Passage
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.rules import occupancy as rules
from trainer_desk.services.rules.transitions import require_state
from trainer_desk.services.seats.door import count_people
from trainer_desk.services.seats.enrolling import enroll_in, is_queueing
from trainer_desk.services.seats.presences import (
    Room,
    end,
    enter,
    is_walk_in,
    lock_rooms,
    room_of,
    stay_of,
    sweep_room,
    visits_of,
)
from trainer_desk.services.seats.scope import Scope, SeatSession, lock_scope
from trainer_desk.services.seats.writing import Hand, confirm, take_out
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.gate import goes_through_gate, through_gate
from trainer_desk.services.store.refusal import passage_of

WHO = sa.select(Person.id, Person.employee_no, Person.name).where(
    Person.employee_no == sa.bindparam("employee_no"), Person.active
)
LOCK_WHO = WHO.with_for_update(key_share=True)
SEAT = sa.select(Enrollment.state, Enrollment.offer_until).where(
    Enrollment.session_id == sa.bindparam("session_id"), Enrollment.person_id == sa.bindparam("person_id")
)
STATE = sa.select(Session.ref, Session.status, Session.deleted_at).where(Session.id == sa.bindparam("session_id"))


@dataclass(frozen=True, slots=True)
class _Who:
    """Whoever stands at the door."""

    id: int
    employee_no: str
    name: str


def check_in(db: DbSession, session_id: int, employee_no: str, *, actor: str, now: dt.datetime) -> Passage:
    """Let a person into the room of a session (K9).

    An open offer is accepted by coming in; who has no seat is given one first. Whoever is in elsewhere leaves there;
    who is here already stays so (`already`; a sign of life is for `keep_alive`). Raises NotFound for an unknown or
    inactive person, WrongState, and Refused: `room_full`, or what keeps somebody from a seat.
    """
    if goes_through_gate(db):
        return passage_of(through_gate(db, "check_in", session_id, employee_no))
    who, hand = _find(db, employee_no), Hand(actor, now)
    scope = lock_scope(db, [session_id], people=[who.id], now=now)
    session = scope.require(session_id, "check_in")
    require_state("check_in", session.occasion.status, CLAIMING, ref=session.occasion.ref)
    room, stay = room_of(db, session_id), stay_of(db, who.id)
    lock_rooms(db, {room.id, room.id if stay is None else stay.venue_id})
    if stay is not None and stay.is_in(session_id, room, now):
        return _passage(db, session_id, who, "already", now)
    sweep_room(db, room.id, now)
    if stay is not None:
        end(db, stay, now)
    seat = _seat(db, session_id, who.id, now)
    full = rules.room_full(count_people(db, session_id, now), room.name, room.code)
    if full is not None:
        raise _refusal(full, session, who, seat, now)
    if seat is not EnrollmentState.CONFIRMED:
        _give_seat(db, scope, session_id, room, who, seat, hand)
    enter(db, session_id, who.id, room, hand)
    return _passage(db, session_id, who, "in", now, accepted=seat is EnrollmentState.OFFERED)


def check_out(db: DbSession, session_id: int, employee_no: str, *, actor: str, now: dt.datetime) -> Passage:
    """Let a person out of the room of a session; who has left before stays so (`was_out`) (K9).

    Whoever is or was inside may leave, whatever became of the session. Raises NotFound for an unknown person and for
    somebody who never came in, WrongState.
    """
    if goes_through_gate(db):
        return passage_of(through_gate(db, "check_out", session_id, employee_no))
    who = _find(db, employee_no, lock=True)
    stay = stay_of(db, who.id)
    if stay is None or stay.session_id != session_id:
        if not visits_of(db, session_id, who.id):
            _require_open(db, session_id)
            raise NotFound(kind="presence", key=who.name, why="never_in")
        return _passage(db, session_id, who, "was_out", now)
    lock_rooms(db, {stay.venue_id})
    return _passage(db, session_id, who, "out" if end(db, stay, now) else "was_out", now)


def _find(db: DbSession, employee_no: str, *, lock: bool = False) -> _Who:
    found = db.execute(LOCK_WHO if lock else WHO, {"employee_no": employee_no}).one_or_none()
    if found is None:
        raise NotFound(kind="person", key=employee_no)
    return _Who(*found)


def _require_open(db: Db, session_id: int) -> None:
    """Refuse a session that has no door: unknown, in the trash, or neither scheduled nor in progress."""
    row = db.execute(STATE, {"session_id": session_id}).one_or_none()
    if row is None:
        raise NotFound(kind="session", key=session_id)
    if row.deleted_at is not None:
        raise NotFound(kind="session", key=row.ref, why="in_trash")
    require_state("check_out", SessionStatus(row.status), CLAIMING, ref=row.ref)


def _seat(db: Db, session_id: int, person_id: int, now: dt.datetime) -> EnrollmentState | None:
    """Return how a person stands in a session, None for nobody; whoever let an offer lapse has withdrawn (K5)."""
    row = db.execute(SEAT, {"session_id": session_id, "person_id": person_id}).one_or_none()
    if row is None:
        return None
    is_lapsed = row.offer_until is not None and row.offer_until <= now
    return EnrollmentState.WITHDRAWN if is_lapsed else EnrollmentState(row.state)


def _give_seat(
    db: DbSession, scope: Scope, session_id: int, room: Room, who: _Who, seat: EnrollmentState | None, hand: Hand
) -> None:
    """Accept the offer, or send the person through the one guard. Raises Refused if there is no seat."""
    if seat is EnrollmentState.OFFERED:
        confirm(db, session_id, [who.id], hand)
        return
    if seat is not None:
        # The guard seats newcomers only; without a seat all of this is given up, and the place in the queue stays.
        take_out(db, session_id, [who.id], hand)
        scope.refresh(db)
    [outcome] = enroll_in(db, scope, session_id, [who.id], hand)
    if outcome.outcome != "enrolled":
        session = scope.sessions[session_id]
        raise _refusal(_no_seat(outcome, session, room), session, who, seat, hand.now)


def _no_seat(outcome: Outcome, session: SeatSession, room: Room) -> Finding:
    """Return why somebody got no seat: something of their own, or that all are taken."""
    own = [finding for finding in refusals(outcome.findings) if finding.code != "session_full"]
    return own[0] if own else rules.full_finding(session.taken, session.capacity, room.name, room.code)


def _refusal(
    finding: Finding, session: SeatSession, who: _Who, seat: EnrollmentState | None, now: dt.datetime
) -> Refused:
    """Return the refusal with the way to the waitlist, for whoever has no place in it yet (K5, K9)."""
    has_none = seat is None or seat is EnrollmentState.WITHDRAWN
    if finding.code == "room_full" and has_none and is_queueing(session, now):
        finding = rules.with_waitlist(finding, who.id, who.name)
    return Refused([finding], person=who.name)


def _passage(db: Db, session_id: int, who: _Who, outcome: str, now: dt.datetime, *, accepted: bool = False) -> Passage:
    visits = visits_of(db, session_id, who.id)
    last = visits[-1]
    return Passage(
        presence_id=last.id,
        person_id=who.id,
        employee_no=who.employee_no,
        name=who.name,
        outcome=outcome,
        entered_at=last.entered_at,
        left_at=last.left_at,
        walk_in=is_walk_in(db, session_id, who.id, visits[0]),
        accepted=accepted,
        venue_id=last.venue_id,
        occupancy=count_people(db, session_id, now),
    )
