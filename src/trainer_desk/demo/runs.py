"""Gives the invented organisation a run of three days to come, which only the people on it may attend."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Course, Person
from trainer_desk.services.directory import load_settings
from trainer_desk.services.orchestration.run_days import add_days
from trainer_desk.services.planning.run_editing import create_run
from trainer_desk.services.rules.spreading import WORKING_DAYS, spread
from trainer_desk.services.rules.times import local, to_instant
from trainer_desk.services.seats.on_run import put_on_run
from trainer_desk.services.seats.whole_run import enroll_in_run

AHEAD = dt.timedelta(days=21)
CAPACITY, ENROLLED, JOINING = 10, 7, 2
COURSE = (
    sa.select(Course.id)
    .where(Course.active.is_(sa.true()), Course.requires_intake.is_(sa.false()), Course.prerequisite_id.is_(None))
    .order_by(Course.duration_minutes.desc(), Course.id)
    .limit(1)
)
PEOPLE = sa.select(Person.id).where(Person.active.is_(sa.true())).order_by(Person.id.desc()).limit(ENROLLED + JOINING)


def make_runs(db: DbSession, now: dt.datetime, *, actor: str) -> None:
    """Make the run as drafts three weeks after `now` (UTC), with people on it who have seats and some without."""
    settings, course = load_settings(db), db.execute(COURSE).scalar_one()
    monday = local(now, settings.zone).date() + AHEAD
    monday -= dt.timedelta(days=monday.weekday())
    starts = to_instant(dt.datetime.combine(monday, dt.time(9)), settings.zone, field="start")
    spans = spread(starts, starts + dt.timedelta(hours=3), 3, WORKING_DAYS, settings)
    fields = {"course_id": course, "name": "Three-day batch", "max_people": 12, "members_only": True}
    days = {"start_date": monday, "end_date": monday + dt.timedelta(days=2)}
    run_id = create_run(db, "BATCH-1", fields | days, actor=actor, now=now)
    add_days(db, run_id, spans, {"capacity": CAPACITY}, actor=actor, now=now)
    people = list(db.execute(PEOPLE).scalars())
    enroll_in_run(db, run_id, people[:ENROLLED], actor=actor, now=now)
    put_on_run(db, run_id, people[ENROLLED:], actor=actor, now=now)
