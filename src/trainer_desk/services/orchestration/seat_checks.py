"""Proves that every seat is counted once: counters against rows, limits, what hangs loose, nobody passed over (O2)."""

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models import (
    Enrollment,
    Group,
    GroupMember,
    Person,
    Presence,
    Resource,
    Run,
    RunSeat,
    SeatHold,
    Session,
    Venue,
)
from trainer_desk.models.enums import SEATED, EnrollmentState, SessionStatus, WaitlistMode
from trainer_desk.services.findings import Finding
from trainer_desk.services.seats.on_run import OUTSIDERS
from trainer_desk.services.seats.scope import read_scope
from trainer_desk.services.seats.settling import look

NEVER = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
COUNTS = sa.and_(Session.status != SessionStatus.CANCELLED.value, Session.deleted_at.is_(None))
SEAT = Enrollment.state.in_(sorted(SEATED))


def counters(db: Connection) -> Iterator[Finding]:
    """Compare the counters of each session with its enrollments and holds, and the seats with the capacity (K2, K3)."""
    state = Enrollment.state
    people = (
        sa.select(
            Enrollment.session_id,
            _tally(SEAT).label("seats"),
            _tally(state == EnrollmentState.OFFERED.value).label("offered"),
            _tally(state == EnrollmentState.WAITLISTED.value).label("waiting"),
        ).group_by(Enrollment.session_id)
    ).subquery()
    held = (
        sa.select(SeatHold.session_id, sa.func.sum(SeatHold.seats).label("held"))
        .where(SeatHold.ended_at.is_(None))
        .group_by(SeatHold.session_id)
    ).subquery()
    zero = sa.func.coalesce
    seats, holds = zero(people.c.seats, 0), zero(held.c.held, 0)
    counted = (
        Session.seats_taken != seats + holds,
        Session.seats_offered != zero(people.c.offered, 0),
        Session.seats_held != holds,
        Session.waiting != zero(people.c.waiting, 0),
    )
    query = (
        sa.select(Session.ref, Session.seats_taken, Session.capacity, (seats + holds).label("seats"))
        .outerjoin(people, people.c.session_id == Session.id)
        .outerjoin(held, held.c.session_id == Session.id)
        .where(sa.or_(*counted, seats + holds > Session.capacity))
    )
    for ref, taken, capacity, found in db.execute(query):
        facts = {"ref": ref, "taken": taken, "people": found, "capacity": capacity}
        is_over = capacity is not None and found > capacity
        yield Finding("overbooked" if is_over else "seats_miscounted", subject=ref, field="capacity", facts=facts)


def runs(db: Connection) -> Iterator[Finding]:
    """Compare who is counted in each run with the seats in its sessions, and their number with the limit (K8)."""
    true_seats = (
        sa.select(Session.run_id, Enrollment.person_id, sa.func.count().label("seats"))
        .join(Session, Session.id == Enrollment.session_id)
        .where(SEAT, COUNTS, Session.run_id.is_not(None))
        .group_by(Session.run_id, Enrollment.person_id)
        .subquery()
    )
    counted = sa.select(RunSeat.run_id, RunSeat.person_id, RunSeat.seats).where(RunSeat.seats > 0)
    wanted = sa.select(true_seats.c.run_id, true_seats.c.person_id, true_seats.c.seats)
    odd = {row.run_id for query in (counted.except_(wanted), wanted.except_(counted)) for row in db.execute(query)}
    people = (sa.select(true_seats.c.run_id, sa.func.count().label("people")).group_by(true_seats.c.run_id)).subquery()
    number = sa.func.coalesce(people.c.people, 0)
    query = sa.select(Run.id, Run.code, Run.people_taken, Run.max_people, number.label("people")).outerjoin(
        people, people.c.run_id == Run.id
    )
    for row in db.execute(query):
        facts = {"ref": row.code, "taken": row.people_taken, "people": row.people, "capacity": row.max_people}
        if row.id in odd or row.people != row.people_taken:
            yield Finding("run_miscounted", subject=row.code, facts=facts)
        elif row.max_people is not None and row.people > row.max_people:
            yield Finding("run_overbooked", subject=row.code, facts=facts)


def outsiders(db: Connection, now: dt.datetime) -> Iterator[Finding]:
    """Find who has a place on a day to come at `now` (UTC) of a closed run without being on the run (R1)."""
    for row in db.execute(OUTSIDERS, {"now": now}):
        yield Finding("run_outsider", subject=row.ref, facts={"ref": row.ref, "name": row.name, "run": row.run})


def groups(db: Connection) -> Iterator[Finding]:
    """Compare the counter of each group with its members, who must have a seat in the session (K10)."""
    members = (
        sa.select(GroupMember.group_id, sa.func.count().label("people")).group_by(GroupMember.group_id)
    ).subquery()
    number = sa.func.coalesce(members.c.people, 0)
    query = (
        sa.select(Session.ref, Group.name, Group.members_taken, Group.capacity, number.label("people"))
        .join(Session, Session.id == Group.session_id)
        .outerjoin(members, members.c.group_id == Group.id)
        .where(sa.or_(number != Group.members_taken, number > Group.capacity))
    )
    for ref, name, taken, capacity, people in db.execute(query):
        facts = {"ref": ref, "name": name, "taken": taken, "people": people, "capacity": capacity}
        yield Finding("group_miscounted", subject=ref, facts=facts)


def rooms(db: Connection) -> Iterator[Finding]:
    """Compare the counter of each venue with the presences in it, and both with its limit (K9)."""
    inside = (
        sa.select(Presence.venue_id, sa.func.count().label("people"))
        .where(Presence.ended_at.is_(None))
        .group_by(Presence.venue_id)
    ).subquery()
    number = sa.func.coalesce(inside.c.people, 0)
    query = (
        sa.select(Resource.code, Resource.name, Venue.present, number.label("people"))
        .join(Resource, Resource.id == Venue.id)
        .outerjoin(inside, inside.c.venue_id == Venue.id)
        .where(sa.or_(number != Venue.present, number > Venue.occupancy_limit))
    )
    for code, name, taken, people in db.execute(query):
        yield Finding("room_miscounted", subject=code, facts={"name": name, "taken": taken, "people": people})


def strays(db: Connection) -> Iterator[Finding]:
    """Find holds and offers of cancelled sessions, members of groups and people inside who have no seat (K7–K10)."""
    cancelled = Session.status == SessionStatus.CANCELLED.value
    holds = (
        sa.select(Session.ref, SeatHold.label)
        .join(Session, Session.id == SeatHold.session_id)
        .where(SeatHold.ended_at.is_(None), cancelled)
    )
    for ref, label in db.execute(holds):
        yield Finding("hold_left_over", subject=ref, facts={"ref": ref, "name": label})
    confirmed = sa.exists().where(Enrollment.state == EnrollmentState.CONFIRMED.value)
    for table, more in ((GroupMember, sa.true()), (Presence, Presence.ended_at.is_(None))):
        here = sa.and_(Enrollment.session_id == table.session_id, Enrollment.person_id == table.person_id)
        loose = (
            sa.select(Session.ref, Person.name, Person.employee_no)
            .select_from(table)
            .join(Session, Session.id == table.session_id)
            .join(Person, Person.id == table.person_id)
            .where(more, ~confirmed.where(here))
        )
        for ref, name, number in db.execute(loose):
            yield Finding("person_left_over", subject=ref, facts={"ref": ref, "name": name, "number": number})


def lost_promotions(db: Connection, now: dt.datetime) -> Iterator[Finding]:
    """Find who waits at `now` (UTC) although a seat is free and nothing is in the way: every change settles (K5).

    Holds and offers that ended, but that nobody has swept yet, still count: only the next look gives their seats on.
    """
    waiting = sa.select(Session.id).where(
        Session.waiting > 0,
        Session.status == SessionStatus.SCHEDULED.value,
        Session.waitlist != WaitlistMode.OFF.value,
        Session.deleted_at.is_(None),
    )
    ids = list(db.execute(waiting).scalars())
    for fate in look(db, read_scope(db, ids, now), [], now, swept_at=NEVER) if ids else ():
        if fate.seated:
            facts = {"ref": _ref(db, fate.seeker.session_id), "name": fate.seeker.sitter.name}
            yield Finding("promotion_lost", subject=facts["ref"], facts=facts)


def _ref(db: Connection, session_id: int) -> str:
    return str(db.execute(sa.select(Session.ref).where(Session.id == session_id)).scalar_one())


def _tally(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))
