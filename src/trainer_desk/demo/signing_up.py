"""The demo's sign-up: courses in which people sign up themselves, and a person for whoever explores it (K13)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, Enrollment, Session
from trainer_desk.models.enums import EnrollmentState, SessionStatus
from trainer_desk.services.seats.enrolling import enroll

CATEGORIES = ("Medical", "Fire", "Ergonomics", "Orientation")
OWN_PLACES = 3

COURSES, ACCOUNTS = Base.metadata.tables["courses"], Base.metadata.tables["accounts"]
OFFERED = (
    sa.select(Enrollment.person_id, Session.course_id)
    .join(Session, Session.id == Enrollment.session_id)
    .where(Enrollment.state == EnrollmentState.OFFERED.value)
    .order_by(Enrollment.id)
    .limit(1)
)
COMING = (
    sa.select(Session.id, Session.starts_at, Session.ends_at)
    .join(COURSES, COURSES.c.id == Session.course_id)
    .where(
        Session.status == SessionStatus.SCHEDULED.value,
        Session.starts_at > sa.bindparam("now", type_=Session.__table__.c.starts_at.type),
        sa.or_(Session.capacity.is_(None), Session.seats_taken < Session.capacity),
        COURSES.c.sign_up.is_(sa.true()),
    )
    .order_by(Session.starts_at, Session.id)
)


def open_sign_up(db: DbSession, now: dt.datetime, *, actor: str) -> None:
    """Open some courses to everybody, and make whoever explores the demo the person to whom a seat is offered."""
    person_id, course_id = db.execute(OFFERED).one()
    opened = sa.or_(COURSES.c.category.in_(CATEGORIES), COURSES.c.id == course_id)
    stamp = {"updated_at": now}
    db.execute(sa.update(COURSES).where(opened).values(sign_up=True, version=COURSES.c.version + 1, **stamp))
    unlinked = sa.update(ACCOUNTS).where(ACCOUNTS.c.person_id.is_(None))
    db.execute(unlinked.values(person_id=person_id, version=ACCOUNTS.c.version + 1, **stamp))
    taken_until = now
    for _place in range(OWN_PLACES):
        row = next((row for row in db.execute(COMING, {"now": now}) if row.starts_at >= taken_until), None)
        if row is None:
            return
        enroll(db, row.id, [person_id], actor=actor, now=now)
        taken_until = row.ends_at + dt.timedelta(days=2)
