"""Compares the rows and counters of a real database with a plain desk."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import Connection

from tests.services.seats.machine.model import SEATED, Stand, State
from tests.services.seats.machine.world import Names
from trainer_desk.models import Enrollment, GroupMember, Person, Run, RunSeat, SeatHold, Session
from trainer_desk.services.store.engine import Store

STANDS = (
    sa.select(
        Session.ref,
        Person.employee_no,
        Enrollment.state,
        Enrollment.position,
        Enrollment.offer_until,
        GroupMember.group_id.is_not(None),
        Enrollment.skip_code,
        Enrollment.skip_ref,
    )
    .join(Session, Session.id == Enrollment.session_id)
    .join(Person, Person.id == Enrollment.person_id)
    .outerjoin(
        GroupMember,
        sa.and_(GroupMember.session_id == Enrollment.session_id, GroupMember.person_id == Enrollment.person_id),
    )
)
COUNTED = sa.select(
    Session.ref,
    Session.status,
    Session.capacity,
    Session.seats_taken,
    Session.seats_offered,
    Session.seats_held,
    Session.waiting,
    Session.last_position,
)
HOLDS = sa.select(Session.ref, SeatHold.seats, SeatHold.ended_at.is_(None)).join(
    Session, Session.id == SeatHold.session_id
)
RUNS = sa.select(Run.code, Run.people_taken)
ON_RUN = (
    sa.select(Run.code, Person.employee_no, RunSeat.seats)
    .join(Run, Run.id == RunSeat.run_id)
    .join(Person, Person.id == RunSeat.person_id)
    .where(RunSeat.seats != 0)
)


def differences(store: Store, desk: State, names: Names) -> list[str]:
    """Say where the database is not what the plain desk is, with what is there and what ought to be."""
    with store.snapshot() as db:
        return [*_stands(db, desk), *_sessions(db, desk), *_holds(db, desk), *_runs(db, desk)]


def _stands(db: Connection, desk: State) -> Iterator[str]:
    seen = set()
    for session, person, state, position, until, is_grouped, code, ref in db.execute(STANDS):
        seen.add((session, person))
        stand = desk.stands.get((session, person))
        if stand is None:
            yield f"{person} stands in {session}: {state}"
            continue
        found = (state, position, until, bool(is_grouped), code)
        if found != _as_row(stand) or (ref is None) == bool(stand.skip[1]) or ref not in {None, *stand.skip[1]}:
            yield f"{person} in {session}: {found} {ref}, expected {_as_row(stand)} {set(stand.skip[1])}"
    for session, person in desk.stands.keys() - seen:
        yield f"{person} is not in {session}"


def _as_row(stand: Stand) -> tuple[object, ...]:
    return stand.state, stand.position, stand.until, stand.is_grouped, stand.skip[0]


def _sessions(db: Connection, desk: State) -> Iterator[str]:
    for row in db.execute(COUNTED):
        ref, one = row.ref, desk.sessions[row.ref]
        expected = (
            ref, one.status, one.capacity, desk.taken(ref), len(desk.who(ref, "offered")), desk.held(ref),
            len(desk.who(ref, "waitlisted")), one.last,
        )  # fmt: skip
        if tuple(row) != expected:
            yield f"session {tuple(row)}, expected {expected}"
        if one.capacity is not None and row.seats_taken > one.capacity:
            yield f"session {ref} is oversold"


def _holds(db: Connection, desk: State) -> Iterator[str]:
    found = [(ref, seats, bool(is_live)) for ref, seats, is_live in db.execute(HOLDS.order_by(SeatHold.id))]
    expected = [(hold.session, hold.seats, hold.is_live) for hold in desk.holds]
    if found != expected:
        yield f"holds {found}, expected {expected}"


def _runs(db: Connection, desk: State) -> Iterator[str]:
    days = {key: one.run for key, one in desk.sessions.items() if one.status != "CANCELLED"}
    seats = {
        (run, person): len([key for key in days if days[key] == run and desk.state(key, person) in SEATED])
        for run in ("R", "Q")
        for person in desk.on_run(run)
    }
    found = {(run, person): count for run, person, count in db.execute(ON_RUN)}
    if found != seats:
        yield f"seats on runs {found}, expected {seats}"
    for code, people in db.execute(RUNS):
        if people != len(desk.on_run(code)):
            yield f"run {code} counts {people}, expected {desk.on_run(code)}"
        if people > desk.caps.get(code, people):
            yield f"run {code} is oversold"
