"""The demo's full session: on a run with a limit, with a held and an offered seat, a queue that moves, and groups."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.demo.organisation import Row
from trainer_desk.models import Base, Enrollment, Session
from trainer_desk.models.enums import EnrollmentState, OverlapPolicy, SessionStatus, WaitlistMode
from trainer_desk.services.planning.run_editing import create_run
from trainer_desk.services.seats.enrolling import enroll, withdraw
from trainer_desk.services.seats.groups import make_group, spread
from trainer_desk.services.seats.holds import hold_seats

CAPACITY, CONFIRMED, ON_RUN = 12, 11, 18
LEAST_AHEAD = dt.timedelta(hours=20)
"""So much time lies before the start at least, so that an offer can be answered."""

COURSES = Base.metadata.tables["courses"]
FIRST = (
    sa.select(Enrollment.person_id)
    .where(
        Enrollment.session_id == sa.bindparam("session_id"),
        Enrollment.state == EnrollmentState.CONFIRMED.value,
    )
    .order_by(Enrollment.id)
    .limit(1)
)


@dataclass(frozen=True)
class FullSession:
    """The session by its ref, who waits for it, and one person who has a seat elsewhere at that time."""

    ref: str
    waiting: tuple[int, ...]
    busy: tuple[int, ...]


def choose_full(coming: Sequence[Row], rooms: Sequence[int], now: dt.datetime) -> Row:
    """Return the first of the coming sessions that is far enough ahead (`now` is UTC) and in one of the rooms."""
    wanted = SessionStatus.SCHEDULED.value
    ahead = [row for row in coming if row["status"] == wanted and row["starts_at"] > now + LEAST_AHEAD]
    return next((row for row in ahead if row["venue_id"] in rooms), ahead[0])


def put_on_run(db: DbSession, row: Row, now: dt.datetime, *, actor: str) -> None:
    """Give a session that is not stored yet a run with a limit, a capacity and a waitlist that asks people."""
    fields = {"course_id": row["course_id"], "name": "Winter intake", "max_people": ON_RUN}
    run_id = create_run(db, "WINTER", fields, actor=actor, now=now)
    row |= {"capacity": CAPACITY, "minimum": 6, "waitlist": WaitlistMode.OFFER.value, "run_id": run_id}
    blocks = {"overlap_policy": OverlapPolicy.BLOCK.value, "version": COURSES.c.version + 1}
    db.execute(sa.update(COURSES).where(COURSES.c.id == row["course_id"]).values(**blocks))


def crowd(db: DbSession, full: FullSession, now: dt.datetime, *, actor: str) -> None:
    """Hold a seat, let people queue, make groups, and give a freed seat on as an offer."""
    here = db.execute(sa.select(Session.id, Session.starts_at).where(Session.ref == full.ref)).one()
    until = min(now + dt.timedelta(hours=29), here.starts_at - dt.timedelta(hours=1))
    hold_seats(db, here.id, 1, "Acme", until.replace(minute=0, second=0), actor=actor, now=now)
    for name, places in (("Yard", 5), ("Classroom", 6)):
        make_group(db, here.id, name, places, actor=actor, now=now)
    first, *others = full.waiting
    enroll(db, here.id, [first, *full.busy, *others], actor=actor, now=now)
    leaver = db.execute(FIRST, {"session_id": here.id}).scalar_one()
    withdraw(db, here.id, leaver, actor=actor, now=now)
    spread(db, here.id, actor=actor, now=now)
