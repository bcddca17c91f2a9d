"""Attendance of a session, with all that hangs on it: whose session it is, its state, its certificates (A2, A3, A5)."""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import CLAIMING, Attendance, Result, SessionStatus
from trainer_desk.services.attendance import marking
from trainer_desk.services.attendance.unmarked import list_unmarked
from trainer_desk.services.errors import BadValue
from trainer_desk.services.orchestration.certifying import certify
from trainer_desk.services.orchestration.own import require_own_session
from trainer_desk.services.people.contacts import look_at
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.planning.locking import lock_session
from trainer_desk.services.rows.attendance import KEEP, Kept, Mark, UnmarkedPerson
from trainer_desk.services.rows.records import ContactRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.rules.marking import MARKABLE
from trainer_desk.services.rules.transitions import require_state
from trainer_desk.services.seats.arriving import arrive
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.store.gate import goes_through_gate, through_gate
from trainer_desk.services.store.refusal import outcome_of


def mark(
    db: DbSession,
    session_id: int,
    person_id: int,
    *,
    actor: str,
    now: dt.datetime,
    attendance: Attendance | Kept = KEEP,
    remarks: str | Kept | None = KEEP,
    result: Result | Kept | None = KEEP,
    score: int | Kept | None = KEEP,
    seen: Mark | None = None,
) -> Mark:
    """Mark a person of a session; what is left out stays. Otherwise as `attendance.marking.mark` (A2).

    In a completed session that is a late correction, which certificates follow; nobody becomes unmarked there (A3).
    A trainer marks in own sessions only. Raises NotAllowed, NotFound, BadValue, WrongState, Stale.
    """
    card = _lock(db, session_id, actor)
    after = marking.mark(
        db, session_id, person_id, actor=actor, now=now,
        attendance=attendance, remarks=remarks, result=result, score=score, seen=seen,
    )  # fmt: skip
    _follow(db, card, actor, now)
    return after


def mark_rest(
    db: DbSession,
    session_id: int,
    attendance: Attendance,
    *,
    actor: str,
    now: dt.datetime,
    only: Collection[int] | None = None,
) -> list[UnmarkedPerson]:
    """Mark everybody who is not marked yet, in one change; as `attendance.marking.mark_rest`. Raises as `mark`."""
    card = _lock(db, session_id, actor)
    rest = marking.mark_rest(db, session_id, attendance, actor=actor, now=now, only=only)
    _follow(db, card, actor, now)
    return rest


def walk_in(
    db: DbSession, session_id: int, person_ids: Sequence[int], *, actor: str, now: dt.datetime
) -> list[Outcome]:
    """Give people a seat who came without one, also after the end, and mark as attended who got it (K3).

    They go through the guard of every enrolment and stand behind those who wait. A trainer does this in own sessions
    only. Outcomes as of `seats.enrolling.enroll`. Raises NotAllowed, NotFound, WrongState.
    """
    if goes_through_gate(db):
        return [outcome_of(said) for said in through_gate(db, "walk_in", session_id, list(person_ids))]
    require_own_session(db, session_id, actor)
    outcomes = enroll(db, session_id, person_ids, actor=actor, now=now)
    _require_open(db, session_id)
    came = [person for person, one in zip(person_ids, outcomes, strict=True) if one.outcome == "enrolled"]
    marking.mark_rest(db, session_id, Attendance.ATTENDED, only=came, actor=actor, now=now)
    return outcomes


def admit(db: DbSession, session_id: int, person_id: int, *, actor: str, now: dt.datetime) -> Outcome:
    """Give a seat to somebody who came although they only wait or are offered one, and mark them as attended.

    Whoever cannot be seated keeps the place in the queue. Raises as `seats.arriving.arrive`, and NotAllowed.
    """
    if goes_through_gate(db):
        return outcome_of(through_gate(db, "admit", session_id, person_id))
    require_own_session(db, session_id, actor)
    outcome = arrive(db, session_id, person_id, actor=actor, now=now)
    _require_open(db, session_id)
    marking.mark_rest(db, session_id, Attendance.ATTENDED, only=[person_id], actor=actor, now=now)
    return outcome


def look_at_contact(db: DbSession, session_id: int, person_id: int, *, actor: str, now: dt.datetime) -> ContactRow:
    """Return the emergency contact of a person of a session, and record the look (A4).

    For those who plan, and for the trainers of that session; of its people alone. Raises NotAllowed, NotFound.
    """
    require_own_session(db, session_id, actor)
    marking.load_mark(db, session_id, person_id)
    return look_at(db, person_id, actor=actor, now=now)


def _require_open(db: DbSession, session_id: int) -> None:
    """Refuse a draft: nobody walks into a session that is not scheduled; the others the guard refused already."""
    card = load_card(db, session_id)
    require_state("walk_in", card.status, CLAIMING, ref=card.ref)


def _lock(db: DbSession, session_id: int, actor: str) -> SessionCard:
    if goes_through_gate(db):
        through_gate(db, "lock_own_session", session_id, False)
        card = load_card(db, session_id)
    else:
        require_own_session(db, session_id, actor)
        card = lock_session(db, session_id)
    require_state("mark", card.status, MARKABLE, ref=card.ref)
    return card


def _follow(db: DbSession, card: SessionCard, actor: str, now: dt.datetime) -> None:
    """Have certificates follow the marks of a completed session, in which everybody stays marked (S5, A3, A5).

    On a server a trainer's marks are followed there (`marks_follow`).
    """
    if card.status is not SessionStatus.COMPLETED or goes_through_gate(db):
        return
    if list_unmarked(db, card.id):
        raise BadValue(field="attendance", value=card.ref, why="stays_marked")
    certify(db, [card.id], actor=actor, now=now)
