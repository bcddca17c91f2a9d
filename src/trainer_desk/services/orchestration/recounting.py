"""Counts again what is kept counted: seats, people of runs, members of groups, people in a room (O2)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, Enrollment, GroupMember, Presence, SeatHold, Session
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration.seat_checks import COUNTS, SEAT
from trainer_desk.services.store.db import is_sqlite

TABLES = Base.metadata.tables
SESSIONS, RUNS, RUN_SEATS = TABLES["sessions"], TABLES["runs"], TABLES["run_seats"]
GROUPS, VENUES, RESOURCES = TABLES["groups"], TABLES["venues"], TABLES["resources"]

OF_RUN = sa.and_(SEAT, COUNTS, Session.run_id == sa.bindparam("run"))
TRUE_SEATS = (
    sa.select(Enrollment.person_id, sa.func.count().label("seats"))
    .join(Session, Session.id == Enrollment.session_id)
    .where(OF_RUN)
    .group_by(Enrollment.person_id)
)
COUNTED = sa.select(RUN_SEATS.c.person_id, RUN_SEATS.c.seats).where(RUN_SEATS.c.run_id == sa.bindparam("run"))


def count_seats(db: DbSession, finding: Finding, _now: dt.datetime) -> None:
    """Count the seats of the session that a finding names. The database refuses more than its capacity."""
    session = db.execute(sa.select(SESSIONS.c.id).where(SESSIONS.c.ref == finding.subject)).scalar_one()
    if _is_counted_there(db, "seats", session):
        return
    here = Enrollment.session_id == SESSIONS.c.id
    held = sa.select(sa.func.coalesce(sa.func.sum(SeatHold.seats), 0)).where(
        SeatHold.session_id == SESSIONS.c.id, SeatHold.ended_at.is_(None)
    )
    counted = {
        "seats_taken": _number(here, SEAT) + held.scalar_subquery(),
        "seats_offered": _number(here, Enrollment.state == EnrollmentState.OFFERED.value),
        "seats_held": held.scalar_subquery(),
        "waiting": _number(here, Enrollment.state == EnrollmentState.WAITLISTED.value),
    }
    db.execute(sa.update(SESSIONS).where(SESSIONS.c.id == session).values(counted))


def count_run(db: DbSession, finding: Finding, _now: dt.datetime) -> None:
    """Count who has how many seats in the run that a finding names; its number of people follows by trigger."""
    run = db.execute(sa.select(RUNS.c.id).where(RUNS.c.code == finding.subject)).scalar_one()
    if _is_counted_there(db, "run", run):
        return
    known = {row.person_id: row.seats for row in db.execute(COUNTED, {"run": run})}
    wanted = {row.person_id: row.seats for row in db.execute(TRUE_SEATS, {"run": run})}
    there = sum(seats > 0 for seats in known.values())
    # The number first, as it follows from the rows that there are: what is counted now moves it on from there.
    db.execute(sa.update(RUNS).where(RUNS.c.id == run).values(people_taken=there))
    for person in sorted(wanted.keys() - known.keys()):
        db.execute(sa.insert(RUN_SEATS).values(run_id=run, person_id=person, seats=0))
    # Whoever has fewer comes first, so that the number of people is never over the limit on the way.
    for person in sorted(wanted.keys() | known.keys(), key=lambda one: wanted.get(one, 0) - known.get(one, 0)):
        of_person = sa.and_(RUN_SEATS.c.run_id == run, RUN_SEATS.c.person_id == person)
        if wanted.get(person, 0) != known.get(person, 0):
            db.execute(sa.update(RUN_SEATS).where(of_person).values(seats=wanted.get(person, 0)))


def count_group(db: DbSession, finding: Finding, _now: dt.datetime) -> None:
    """Count the members of the group that a finding names."""
    of_session = sa.select(SESSIONS.c.id).where(SESSIONS.c.ref == finding.subject).scalar_subquery()
    named = sa.select(GROUPS.c.id).where(GROUPS.c.session_id == of_session, GROUPS.c.name == finding.facts["name"])
    for group in db.execute(named).scalars().all():
        if not _is_counted_there(db, "group", group):
            number = sa.select(sa.func.count()).where(GroupMember.group_id == group).scalar_subquery()
            db.execute(sa.update(GROUPS).where(GROUPS.c.id == group).values(members_taken=number))


def count_room(db: DbSession, finding: Finding, _now: dt.datetime) -> None:
    """Count who is in the venue that a finding names."""
    venue = db.execute(sa.select(RESOURCES.c.id).where(RESOURCES.c.code == finding.subject)).scalar_one()
    if _is_counted_there(db, "room", venue):
        return
    inside = sa.and_(Presence.venue_id == venue, Presence.ended_at.is_(None))
    number = sa.select(sa.func.count()).where(inside).scalar_subquery()
    db.execute(sa.update(VENUES).where(VENUES.c.id == venue).values(present=number))


def _is_counted_there(db: DbSession, what: str, key: int) -> bool:
    """Have a server count, where no login writes counters by itself; return whether that is done."""
    if is_sqlite(db):
        return False
    db.execute(sa.select(sa.func.recount(sa.cast(what, sa.Text), sa.cast(key, sa.Integer))))
    return True


def _number(*where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).where(*where).scalar_subquery()
