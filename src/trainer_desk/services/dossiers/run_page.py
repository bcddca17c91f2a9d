"""What the page of one run shows: its days, the people on it with their places, and missed days (R1, R4, A5)."""

import datetime as dt
from collections import defaultdict

import sqlalchemy as sa

from trainer_desk.models import Enrollment, Person, RunMember, Session
from trainer_desk.models.enums import Attendance, EnrollmentState
from trainer_desk.services.dossiers.missed_days import load_missed_days
from trainer_desk.services.planning.runs import load_run_by_id
from trainer_desk.services.rows.runs import RunPage, RunPerson, RunPlace
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

INSTANT = Session.__table__.c.starts_at.type
OF_RUN = (
    sa.select(Enrollment.person_id, Enrollment.session_id, Enrollment.state, Enrollment.attendance)
    .join(Session, Session.id == Enrollment.session_id)
    .where(
        Session.run_id == sa.bindparam("run_id"),
        Session.deleted_at.is_(None),
        Enrollment.state != EnrollmentState.WITHDRAWN.value,
        sa.or_(
            Enrollment.state != EnrollmentState.OFFERED.value,
            Enrollment.offer_until > sa.bindparam("now", type_=INSTANT),
        ),
    )
)
MEMBERS = sa.select(RunMember.person_id, RunMember.joined_at, RunMember.joined_by).where(
    RunMember.run_id == sa.bindparam("run_id"), RunMember.deleted_at.is_(None)
)
NAMES = (
    sa.select(Person.id, Person.employee_no, Person.name, Person.department)
    .where(Among(Person.id, "ids"))
    .order_by(Person.sort_name, Person.id)
)


def load_run_page(db: Db, run_id: int, *, now: dt.datetime) -> RunPage:
    """Return one run as of `now` (UTC) with everybody who is on it or has a place on one of its days, by name.

    Raises NotFound, also when its making was undone.
    """
    detail = load_run_by_id(db, run_id, now=now)
    return RunPage(detail, _people(db, run_id, now), tuple(load_missed_days(db, run_id=run_id)))


def _people(db: Db, run_id: int, now: dt.datetime) -> tuple[RunPerson, ...]:
    places: dict[int, dict[int, RunPlace]] = defaultdict(dict)
    for person, session, state, attendance in db.execute(OF_RUN, {"run_id": run_id, "now": now}):
        places[person][session] = RunPlace(EnrollmentState(state), Attendance(attendance))
    joined = {person: (at, by) for person, at, by in db.execute(MEMBERS, {"run_id": run_id})}
    found = []
    for row in db.execute(NAMES, {"ids": sorted(places.keys() | joined.keys())}):
        at, by = joined.get(row.id, (None, None))
        own = places.get(row.id, {})
        found.append(RunPerson(row.id, row.employee_no, row.name, row.department, at, by, own))
    return tuple(found)
