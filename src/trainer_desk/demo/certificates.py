"""The demo's certificates: what its past sessions proved, on the evening of each day, and one that was issued again."""

import datetime as dt
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, Certificate, Course, Session
from trainer_desk.models.enums import Attendance, Result, SessionStatus
from trainer_desk.services.orchestration.certifying import certify
from trainer_desk.services.orchestration.reissuing import reissue

PLACES = Base.metadata.tables["enrollments"]
COURSES = Base.metadata.tables["courses"]
ASKING = ("FAW", "FLT", "SLING", "WAH")
"""The courses that end with a test."""

FAILS = 12
"""Of so many who are asked for a result one fails."""

ASKED = sa.select(Session.id).join(Course, Course.id == Session.course_id).where(Course.requires_result.is_(sa.true()))
HELD = (
    sa.select(Session.id, Session.ends_at)
    .where(Session.status == SessionStatus.COMPLETED.value)
    .order_by(Session.ends_at, Session.id)
)
FIRST = sa.select(sa.func.min(Certificate.id)).where(Certificate.withdrawn_at.is_(None))


def certify_past(db: DbSession, now: dt.datetime, *, actor: str) -> None:
    """Tell results where they are asked for, certify day by day, and issue the first certificate again at `now`."""
    _tell_results(db)
    held = [(session_id, ends_at) for session_id, ends_at in db.execute(HELD) if ends_at]
    for _day, sessions in groupby(held, key=lambda one: one[1].date()):
        of_day = list(sessions)
        certify(db, [session_id for session_id, _ends_at in of_day], actor=actor, now=of_day[-1][1])
    first = db.scalar(FIRST)
    if first is not None:
        reissue(db, first, "The card was lost", actor=actor, now=now)


def _tell_results(db: DbSession) -> None:
    asks = sa.update(COURSES).where(COURSES.c.code.in_(ASKING))
    db.execute(asks.values(requires_result=True, version=COURSES.c.version + 1))
    failed = PLACES.c.id % FAILS == 0
    result = sa.case((failed, Result.FAILED.value), else_=Result.PASSED.value)
    score = sa.case((failed, 40 + PLACES.c.id % 15), else_=70 + PLACES.c.id % 30)
    told = sa.update(PLACES).where(PLACES.c.attendance == Attendance.ATTENDED.value, PLACES.c.session_id.in_(ASKED))
    db.execute(told.values(result=result, score=score, version=PLACES.c.version + 1))
