"""Holds seats free under a label until a time, fills them with named people, and gives them back (K7)."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, SeatHold
from trainer_desk.models.enums import EnrollmentState, HoldEnd, WaitlistMode
from trainer_desk.services.errors import BadValue, NotFound, Refused
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.seats import Hold, Outcome, Settled
from trainer_desk.services.rules import queue
from trainer_desk.services.rules.capacity import LARGEST_CAPACITY
from trainer_desk.services.rules.names import clean_text
from trainer_desk.services.seats.enrolling import enroll_in
from trainer_desk.services.seats.scope import Scope, lock_scope
from trainer_desk.services.seats.seekers import load_newcomers, load_rooms, load_seats_elsewhere, place_of
from trainer_desk.services.seats.settling import settle, sweep_lapsed
from trainer_desk.services.seats.writing import Hand, seat, standings
from trainer_desk.services.store.db import Db

HOLDS = Base.metadata.tables["seat_holds"]
COLUMNS = (
    SeatHold.id, SeatHold.session_id, SeatHold.seats, SeatHold.label, SeatHold.until_at, SeatHold.held_by,
)  # fmt: skip
LIVE = (
    sa.select(*COLUMNS)
    .where(
        SeatHold.session_id == sa.bindparam("session_id"),
        SeatHold.ended_at.is_(None),
        SeatHold.until_at > sa.bindparam("now", type_=SeatHold.until_at.type),
    )
    .order_by(SeatHold.until_at, SeatHold.id)
)
ONE = sa.select(*COLUMNS, SeatHold.ended_at).where(SeatHold.id == sa.bindparam("id"))


def hold_seats(
    db: DbSession, session_id: int, seats: int, label: str, until_at: dt.datetime, *, actor: str, now: dt.datetime
) -> Hold:
    """Keep `seats` free under a label until `until_at` (UTC); those who wait come first (K7).

    Raises BadValue for no seats, no label or a time that has passed, Refused with `session_full` when fewer are free,
    NotFound, WrongState.
    """
    if not 1 <= seats <= LARGEST_CAPACITY:
        raise BadValue(field="seats", value=str(seats), why="out_of_range", least=1, most=LARGEST_CAPACITY)
    words = clean_text(label, field="label")
    if not words:
        raise BadValue(field="label", value=label, why="missing")
    if until_at <= now:
        raise BadValue(field="until", value=until_at, why="has_passed")
    scope = lock_scope(db, [session_id], now=now)
    scope.require(session_id, "hold")
    settle(db, scope, actor=actor, now=now)
    session = scope.sessions[session_id]
    free = place_of(session).free
    if free is not None and free < seats:
        facts = {"people": session.taken, "capacity": session.capacity, "free": free, "seats": seats}
        raise Refused([Finding("session_full", field="people", facts=facts)], ref=session.occasion.ref)
    insert = sa.insert(HOLDS).values(
        session_id=session_id,
        seats=seats,
        label=words,
        until_at=until_at,
        held_by=actor,
        created_at=now,
        updated_at=now,
    )
    hold_id = int(db.execute(insert.returning(HOLDS.c.id)).scalar_one())
    return Hold(hold_id, session_id, seats, words, until_at, actor)


def release_hold(db: DbSession, hold_id: int, *, actor: str, now: dt.datetime) -> Settled:
    """Give held seats back at once; they go to those who wait. One that has ended stays so. Raises NotFound."""
    hold = load_hold(db, hold_id)
    scope = lock_scope(db, [hold.session_id], now=now)
    sweep_lapsed(db, scope, actor=actor, now=now)  # what ran out was not given back
    ended = {"ended_at": now, "ended_why": HoldEnd.RELEASED.value, "version": HOLDS.c.version + 1, "updated_at": now}
    db.execute(sa.update(HOLDS).where(HOLDS.c.id == hold_id, HOLDS.c.ended_at.is_(None)).values(ended))
    scope.refresh(db)
    return settle(db, scope, actor=actor, now=now)


def fill_hold(db: DbSession, hold_id: int, person_ids: Sequence[int], *, actor: str, now: dt.datetime) -> list[Outcome]:
    """Give held seats to named people, also to some who wait; say what became of each.

    People beyond the held seats are enrolled like everybody else. Raises NotFound when the hold is not there or has
    ended by `now` (UTC), WrongState.
    """
    hand, session_id = Hand(actor, now), load_hold(db, hold_id).session_id
    scope = lock_scope(db, [session_id], people=person_ids, now=now)
    scope.require(session_id, "hold")
    settle(db, scope, actor=actor, now=now)
    hold = load_hold(db, hold_id, now=now)
    seated = _fitting(db, scope, hold, person_ids, now)
    if seated:
        _take_from(db, hold, len(seated), now)
        seat(db, session_id, standings(db, session_id, seated), hand)
        scope.refresh(db)
    # Who is named twice is `already` there the second time, which enrolling says.
    firsts = {person_ids.index(person): outcome for person, outcome in seated.items()}
    others = [person for place, person in enumerate(person_ids) if place not in firsts]
    rest = iter(enroll_in(db, scope, session_id, others, hand))
    return [firsts.get(place) or next(rest) for place in range(len(person_ids))]


def live_holds(db: Db, session_id: int, now: dt.datetime) -> list[Hold]:
    """Return the holds of a session that have not ended by `now` (UTC), the one that ends first at the top."""
    return [Hold(*row) for row in db.execute(LIVE, {"session_id": session_id, "now": now})]


def load_hold(db: Db, hold_id: int, *, now: dt.datetime | None = None) -> Hold:
    """Return a hold; with `now` (UTC) only one that has not ended by then. Raises NotFound."""
    row = db.execute(ONE, {"id": hold_id}).one_or_none()
    if row is None:
        raise NotFound(kind="hold", key=hold_id)
    if now is not None and (row.ended_at is not None or row.until_at <= now):
        raise NotFound(kind="hold", key=hold_id, why="hold_ended")
    return Hold(row.id, row.session_id, row.seats, row.label, row.until_at, row.held_by)


def end_holds(db: DbSession, session_id: int, now: dt.datetime) -> None:
    """End every hold of a session that is cancelled (S4)."""
    ended = {"ended_at": now, "ended_why": HoldEnd.CANCELLED.value, "version": HOLDS.c.version + 1, "updated_at": now}
    db.execute(sa.update(HOLDS).where(HOLDS.c.session_id == session_id, HOLDS.c.ended_at.is_(None)).values(ended))


def _fitting(
    db: DbSession, scope: Scope, hold: Hold, person_ids: Sequence[int], now: dt.datetime
) -> dict[int, Outcome]:
    """Return those to whom the held seats go, with their outcome: in the order given, by the same guard as ever."""
    session = scope.sessions[hold.session_id]
    seekers = load_newcomers(db, hold.session_id, person_ids)
    gone = (None, EnrollmentState.WITHDRAWN, EnrollmentState.WAITLISTED)
    wanted = [
        seekers[person]
        for person in dict.fromkeys(person_ids)
        if person in seekers and seekers[person].sitter.active and seekers[person].state in gone
    ]
    people = [seeker.sitter.person_id for seeker in wanted]
    place = place_of(session)
    place.free, place.waitlist = hold.seats, WaitlistMode.OFF
    elsewhere = load_seats_elsewhere(db, [session.occasion], people, now)
    fates = queue.settle([place], wanted, elsewhere, load_rooms(db, scope, people))
    return {
        fate.seeker.sitter.person_id: Outcome(fate.seeker.sitter.employee_no, "enrolled", findings=fate.findings)
        for fate in fates
        if fate.seated
    }


def _take_from(db: DbSession, hold: Hold, seats: int, now: dt.datetime) -> None:
    left = hold.seats - seats
    values: dict[str, object] = {"seats": left, "version": HOLDS.c.version + 1, "updated_at": now}
    if left == 0:
        values |= {"ended_at": now, "ended_why": HoldEnd.FILLED.value}
    db.execute(sa.update(HOLDS).where(HOLDS.c.id == hold.id).values(values))
