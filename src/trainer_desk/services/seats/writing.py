"""Writes places: seats given, queued, promoted and taken back, each with who and when (K3, K4, K5)."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.models.enums import Attendance, EnrollmentState, WithdrawnWhy
from trainer_desk.services.seats.leaving import leave
from trainer_desk.services.store.db import Db, plain
from trainer_desk.services.store.lists import Among
from trainer_desk.services.store.prepared import Prepared

ENROLLMENTS, SESSIONS = Base.metadata.tables["enrollments"], Base.metadata.tables["sessions"]
OF_PEOPLE = sa.and_(ENROLLMENTS.c.session_id == sa.bindparam("of_session"), Among(ENROLLMENTS.c.person_id, "people"))
CHANGE = sa.update(ENROLLMENTS).where(OF_PEOPLE).values(version=ENROLLMENTS.c.version + 1)
WAITING = EnrollmentState.WAITLISTED.value
PLACE = ("session_id", "person_id", "state", "position", "enrolled_at", "enrolled_by", "created_at", "updated_at")
INSERT = Prepared(sa.insert(ENROLLMENTS).values({name: sa.bindparam(name) for name in PLACE}))
STANDING = Prepared(sa.select(ENROLLMENTS.c.person_id, ENROLLMENTS.c.state).where(OF_PEOPLE))
NEXT_POSITIONS = (
    sa.update(SESSIONS)
    .where(SESSIONS.c.id == sa.bindparam("of_session"))
    .values(last_position=SESSIONS.c.last_position + sa.bindparam("more"))
    .returning(SESSIONS.c.last_position)
)
SKIP = (
    sa.update(ENROLLMENTS)
    .where(ENROLLMENTS.c.session_id == sa.bindparam("of_session"), ENROLLMENTS.c.person_id == sa.bindparam("of_person"))
    .values(skip_code=sa.bindparam("code"), skip_ref=sa.bindparam("ref"))
)
NO_SKIP: dict[str, object] = {"skip_code": None, "skip_ref": None}
NOWHERE: dict[str, object] = {"position": None, "offer_until": None} | NO_SKIP
FRESH: dict[str, object] = {
    "attendance": Attendance.REGISTERED.value,
    "result": None,
    "score": None,
    "marked_at": None,
    "marked_by": None,
    "promoted_at": None,
    "promoted_by": None,
    "withdrawn_at": None,
    "withdrawn_by": None,
    "withdrawn_why": None,
}


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes, and when (UTC)."""

    actor: str
    now: dt.datetime


def standings(db: Db, session_id: int, people: Collection[int]) -> dict[int, EnrollmentState | None]:
    """Return how people stand in a session, None for who never was in it."""
    rows = STANDING.rows(db, of_session=session_id, people=list(people))
    return dict.fromkeys(people) | {person: EnrollmentState(state) for person, state in rows}


def seat(db: DbSession, session_id: int, people: Mapping[int, EnrollmentState | None], hand: Hand) -> None:
    """Give people a confirmed place who have none, by how they stand: new, withdrawn before, or out of the queue."""
    new: dict[int, dict[str, object]] = {person: {} for person, state in people.items() if state is None}
    _insert(db, session_id, new, EnrollmentState.CONFIRMED, hand)
    waiting = [person for person, state in people.items() if state is EnrollmentState.WAITLISTED]
    promote(db, session_id, waiting, hand)
    revived = [person for person in people if person not in new and person not in waiting]
    _change(db, session_id, revived, NOWHERE | FRESH | _made(EnrollmentState.CONFIRMED, hand), hand)


def enqueue(db: DbSession, session_id: int, people: Mapping[int, EnrollmentState | None], hand: Hand) -> None:
    """Put people at the end of the queue, in this order, by how they stand; a position is never used again."""
    if not people:
        return
    last = int(db.execute(NEXT_POSITIONS, {"of_session": session_id, "more": len(people)}).scalar_one())
    positions = dict(zip(people, range(last - len(people) + 1, last + 1), strict=True))
    new = {person: {"position": position} for person, position in positions.items() if people[person] is None}
    _insert(db, session_id, new, EnrollmentState.WAITLISTED, hand)
    for person in positions.keys() - new.keys():
        values = NOWHERE | FRESH | _made(EnrollmentState.WAITLISTED, hand) | {"position": positions[person]}
        _change(db, session_id, [person], values, hand)


def promote(
    db: DbSession, session_id: int, people: Sequence[int], hand: Hand, *, offer_until: dt.datetime | None = None
) -> None:
    """Seat waiting people, or offer each a seat until an instant (UTC); an offer keeps the place in the queue (K5)."""
    values: dict[str, object] = {
        "promoted_at": hand.now,
        "promoted_by": hand.actor,
        "skip_code": None,
        "skip_ref": None,
    }
    if offer_until is None:
        values |= {"state": EnrollmentState.CONFIRMED.value, "position": None}
    else:
        values |= {"state": EnrollmentState.OFFERED.value, "offer_until": offer_until}
    _change(db, session_id, people, values, hand)


def confirm(db: DbSession, session_id: int, people: Sequence[int], hand: Hand) -> None:
    """Turn open offers into confirmed places."""
    _change(db, session_id, people, {"state": EnrollmentState.CONFIRMED.value} | NOWHERE, hand)


def put_back(db: DbSession, session_id: int, positions: Mapping[int, int], hand: Hand) -> None:
    """Put seated people into the queue at these positions; who and when they were enrolled stays (K6)."""
    for person, position in positions.items():
        values = NOWHERE | {"state": EnrollmentState.WAITLISTED.value, "position": position}
        _change(db, session_id, [person], values, hand)
    leave(db, session_id, list(positions), hand.now)


def take_out(
    db: DbSession, session_id: int, people: Sequence[int], hand: Hand, *, why: WithdrawnWhy | None = None
) -> None:
    """Withdraw people, out of their groups and the room too; the enrollments stay on record (K4)."""
    values = NOWHERE | {
        "state": EnrollmentState.WITHDRAWN.value,
        "withdrawn_at": hand.now,
        "withdrawn_by": hand.actor,
        "withdrawn_why": None if why is None else why.value,
    }
    _change(db, session_id, people, values, hand)
    leave(db, session_id, people, hand.now)


def end_offers(db: DbSession, session_id: int, hand: Hand) -> None:
    """End the open offers of a session that is cancelled; whoever had one keeps the place in the queue (S4)."""
    offered = ENROLLMENTS.c.state == EnrollmentState.OFFERED.value
    values = {"state": WAITING, "offer_until": None, "version": ENROLLMENTS.c.version + 1, "updated_at": hand.now}
    db.execute(sa.update(ENROLLMENTS).where(ENROLLMENTS.c.session_id == session_id, offered).values(values))


def note_skips(db: DbSession, skips: Mapping[tuple[int, int], tuple[str | None, str | None]]) -> None:
    """Record why waiters were passed over, by session and person: a code and the ref of the session in the way."""
    rows = [
        {"of_session": session, "of_person": person, "code": code, "ref": ref}
        for (session, person), (code, ref) in skips.items()
    ]
    if rows:
        db.connection().execute(SKIP, rows)


def _made(state: EnrollmentState, hand: Hand) -> dict[str, object]:
    return {"state": state.value, "enrolled_at": hand.now, "enrolled_by": hand.actor}


def _insert(
    db: DbSession, session_id: int, rows: Mapping[int, Mapping[str, object]], state: EnrollmentState, hand: Hand
) -> None:
    stamps = {"session_id": session_id, "created_at": hand.now, "updated_at": hand.now} | _made(state, hand)
    if rows:
        INSERT.each(db, [{"person_id": person, "position": None, **stamps, **own} for person, own in rows.items()])


def _change(db: DbSession, session_id: int, people: Sequence[int], values: Mapping[str, object], hand: Hand) -> None:
    if people:
        statement = CHANGE.values({**values, "updated_at": hand.now})
        plain(db).execute(statement, {"of_session": session_id, "people": list(people)})
