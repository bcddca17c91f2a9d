"""Gives people a place in a session and takes it back; who, when and by whom stays on record (K3, K4, K5)."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, Person, Session
from trainer_desk.models.enums import EnrollmentState, SessionStatus, WaitlistMode
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import NotFound
from trainer_desk.services.findings import Finding, refusals
from trainer_desk.services.rows.seats import Outcome, Settled
from trainer_desk.services.rules.capacity import venue_capacity_exceeded
from trainer_desk.services.rules.queue import Fate, Seeker
from trainer_desk.services.rules.seating import Sitter, lacks
from trainer_desk.services.seats.scope import Scope, SeatSession, lock_scope
from trainer_desk.services.seats.seekers import load_newcomers, load_ranks, newcomers_along, queue_moves
from trainer_desk.services.seats.settling import settle, settle_with, sweep_lapsed
from trainer_desk.services.seats.writing import Hand, enqueue, note_skips, seat, standings, take_out
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among
from trainer_desk.services.store.prepared import Prepared

SESSIONS, PEOPLE, ENROLLMENTS = (Base.metadata.tables[name] for name in ("sessions", "people", "enrollments"))
TURNED_AWAY = (
    sa.select(PEOPLE.c.id, PEOPLE.c.employee_no)
    .select_from(SESSIONS)
    .join(PEOPLE, sa.true())
    .where(
        SESSIONS.c.id == sa.bindparam("session_id"),
        SESSIONS.c.seats_taken >= SESSIONS.c.capacity,
        sa.text(
            "status IN ('DRAFT', 'SCHEDULED', 'IN_PROGRESS') AND deleted_at IS NULL AND waitlist = 'off'"
            " AND seats_offered = 0 AND seats_held = 0"
        ),
        PEOPLE.c.active.is_(sa.true()),
        ~sa.exists().where(ENROLLMENTS.c.session_id == SESSIONS.c.id, ENROLLMENTS.c.person_id == PEOPLE.c.id),
    )
)
"""Who is beyond doubt too late: nothing in the session can have ended, and they were never in it."""

SEVERAL = Prepared(TURNED_AWAY.where(Among(PEOPLE.c.id, "people")))
ONE = Prepared(TURNED_AWAY.where(PEOPLE.c.id == sa.bindparam("person")))
"""By far the most frequent; a server plans it once, but a list anew for each."""

ROOM = sa.select(Session.seats_taken, Session.venue_id).where(Session.id == sa.bindparam("session_id"))


def enroll(db: DbSession, session_id: int, person_ids: Sequence[int], *, actor: str, now: dt.datetime) -> list[Outcome]:
    """Give each person a place, in the order given, and say what became of each (K3, K11).

    Newcomers stand behind the waiting; the queue is settled and the answer says what came of it: `enrolled`;
    `waitlisted` with the rank in the queue; `already` for who has a place or waits; `refused` with `session_full`,
    `run_full`, `attendee_busy`, `intake_missing`, `prerequisite_missing`, or `not_found` for who is unknown (its id
    stands for the number then) or inactive. The venue's capacity refuses nobody (`seat_findings`). Allowed also after
    the session's end.
    Raises NotFound, WrongState.
    """
    along = newcomers_along(session_id, person_ids, now)
    scope = lock_scope(db, [session_id], people=person_ids, now=now, along=along)
    scope.require(session_id, "enroll")
    return enroll_in(db, scope, session_id, person_ids, Hand(actor, now))


def turned_away(db: Db, session_id: int, person_ids: Sequence[int]) -> list[Outcome] | None:
    """Say without any lock that a session is full, where that is beyond doubt; None: only `enroll` can tell (K3).

    Nobody waits there, nothing is held or offered that may have ended, and none of these people is known there.
    """
    if len(person_ids) == 1:
        numbers = dict(ONE.rows(db, session_id=session_id, person=person_ids[0]))
    else:
        numbers = dict(SEVERAL.rows(db, session_id=session_id, people=list(person_ids)))
    if len(numbers) != len(person_ids):
        return None
    return [Outcome(numbers[person], "refused", "session_full") for person in person_ids]


def enroll_in(db: DbSession, scope: Scope, session_id: int, person_ids: Sequence[int], hand: Hand) -> list[Outcome]:
    """Enroll in a session of a locked scope; otherwise as `enroll`."""
    sweep_lapsed(db, scope, actor=hand.actor, now=hand.now)  # whose offer ended is not here any more
    session = scope.sessions[session_id]
    seekers = load_newcomers(db, session_id, person_ids, scope.known)
    here = {person for person, seeker in seekers.items() if is_here(seeker.state)}
    wanted = [seekers[person] for person in dict.fromkeys(person_ids) if person in seekers and person not in here]
    eligible = [seeker for seeker in wanted if _refusal(seeker.sitter, session) is None]
    _settled, fates = settle_with(db, scope, eligible, actor=hand.actor, now=hand.now)
    session = scope.sessions[session_id]
    fate_of = {fate.seeker.sitter.person_id: fate for fate in fates}
    queued = _write(db, session, [fate_of[seeker.sitter.person_id] for seeker in eligible], hand)
    is_ranked = queued or any(seekers[person].state is EnrollmentState.WAITLISTED for person in here)
    ranked = load_ranks(db, session) if is_ranked else {}
    outcomes = {person: _outcome(fate, ranked) for person, fate in fate_of.items()}
    answers = []
    for person in person_ids:
        if person in outcomes and person not in here:
            answers.append(outcomes[person])
            here.update([person] if outcomes[person].outcome != "refused" else [])
        else:
            answers.append(_left_out(person, seekers.get(person), session, person in here, ranked.get(person)))
    return answers


def withdraw(db: DbSession, session_id: int, person_id: int, *, actor: str, now: dt.datetime) -> Settled:
    """Take a person out, free the seat at once, and settle the queue; the enrollment stays on record (K4).

    Who has already withdrawn stays so. Raises NotFound for who never was in it, WrongState.
    """
    return withdraw_all(db, session_id, [person_id], actor=actor, now=now)


def withdraw_all(db: DbSession, session_id: int, person_ids: Sequence[int], *, actor: str, now: dt.datetime) -> Settled:
    """Take several people out in one change; raises as `withdraw`."""
    scope = lock_scope(db, [session_id], people=person_ids, freed=person_ids, now=now)
    session = scope.require(session_id, "withdraw")
    standing = standings(db, session_id, person_ids)
    for person_id in person_ids:
        if standing[person_id] is None:
            raise NotFound(kind="enrollment", key=number_of(db, person_id), session=session.occasion.ref)
    leaving = [person for person, state in standing.items() if is_here(state)]
    take_out(db, session_id, leaving, Hand(actor, now))
    scope.refresh(db)
    return settle(db, scope, actor=actor, now=now)


def seat_findings(db: Db, session_id: int) -> tuple[Finding, ...]:
    """Return the orange `venue_capacity_exceeded` when a session holds more people than its venue seats (K1)."""
    people, venue_id = db.execute(ROOM, {"session_id": session_id}).one()
    if venue_id is None:
        return ()
    found = venue_capacity_exceeded(people, load_directory(db, course_ids=[]).venues[venue_id])
    return () if found is None else (found,)


def is_here(state: EnrollmentState | None) -> bool:
    """Whether somebody has a place in a session or waits for one."""
    return state is not None and state is not EnrollmentState.WITHDRAWN


def standing_of(seekers: Iterable[Seeker]) -> dict[int, EnrollmentState | None]:
    """Return how seekers stand in the session, by person."""
    return {seeker.sitter.person_id: seeker.state for seeker in seekers}


def number_of(db: Db, person_id: int) -> str:
    """Return a person's employee number; who is unknown is told by the id."""
    number = db.execute(sa.select(Person.employee_no).where(Person.id == person_id)).scalar_one_or_none()
    return str(person_id) if number is None else str(number)


def is_queueing(session: SeatSession, now: dt.datetime) -> bool:
    """Whether newcomers without a seat may wait: the queue moves, or will once the draft is scheduled."""
    is_draft = session.occasion.status is SessionStatus.DRAFT and session.waitlist is not WaitlistMode.OFF
    return is_draft or queue_moves(session, now)


def _write(db: DbSession, session: SeatSession, fates: Sequence[Fate], hand: Hand) -> bool:
    """Seat whom the queue's rule seated and put the others in the queue; return False where there is none for them."""
    session_id = session.occasion.session_id
    seat(db, session_id, standing_of(fate.seeker for fate in fates if fate.seated), hand)
    left = [fate for fate in fates if not fate.seated]
    if not left or not is_queueing(session, hand.now):
        return False
    enqueue(db, session_id, standing_of(fate.seeker for fate in left), hand)
    note_skips(db, {(session_id, fate.seeker.sitter.person_id): fate.skip for fate in left if fate.reason})
    return True


def _outcome(fate: Fate, ranked: Mapping[int, int]) -> Outcome:
    sitter = fate.seeker.sitter
    if fate.seated:
        return Outcome(sitter.employee_no, "enrolled", findings=fate.findings)
    reason = fate.reason.code if fate.reason else None
    if sitter.person_id in ranked:
        return Outcome(sitter.employee_no, "waitlisted", reason, ranked[sitter.person_id], fate.findings)
    return Outcome(sitter.employee_no, "refused", reason or "session_full", findings=fate.findings)


def _left_out(person_id: int, seeker: Seeker | None, session: SeatSession, is_here: bool, rank: int | None) -> Outcome:
    """Say of somebody for whom no seat was looked for why that is."""
    if seeker is None:
        return Outcome(str(person_id), "refused", "not_found")
    number = seeker.sitter.employee_no
    if is_here:
        return Outcome(number, "already", "already_enrolled", rank)
    refusal = _refusal(seeker.sitter, session)
    if refusal is None or refusal.code == "not_found":
        return Outcome(number, "refused", "not_found")
    return Outcome(number, "refused", refusal.code, findings=(refusal,))


def _refusal(sitter: Sitter, session: SeatSession) -> Finding | None:
    """Return why somebody may not even stand in line: has left, or lacks what the course asks for (K12, N5)."""
    if not sitter.active:
        return Finding("not_found", subject=sitter.employee_no)
    return next(iter(refusals(lacks(sitter, session.occasion))), None)
