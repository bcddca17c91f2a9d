"""Tells hooks of a completed session, after the commit and by what was committed (S11)."""

import datetime as dt
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Certificate, Course, Enrollment, Person, Resource, Run, Session, SessionResource
from trainer_desk.models.enums import Attendance, EnrollmentState, Result, SessionRole, SessionStatus
from trainer_desk.services import hooks
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.hooks import CompletedPerson, SessionCompleted
from trainer_desk.services.store.afterwards import afterwards
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.engine import Store

TRAINERS, VENUES = Resource.__table__.alias(), Resource.__table__.alias()
SESSION = (
    sa.select(
        Session.uuid,
        Session.ref,
        Course.code.label("course"),
        sa.func.coalesce(Session.title, Course.title).label("title"),
        Run.code.label("run"),
        TRAINERS.c.code.label("trainer"),
        VENUES.c.code.label("venue"),
        Session.starts_at,
        Session.ends_at,
        Session.began_at,
        Session.finished_at,
    )
    .join(Course, Course.id == Session.course_id)
    .join(TRAINERS, TRAINERS.c.id == Session.trainer_id)
    .join(VENUES, VENUES.c.id == Session.venue_id)
    .outerjoin(Run, Run.id == Session.run_id)
    .where(
        Session.id == sa.bindparam("session_id"),
        Session.status == SessionStatus.COMPLETED.value,
        Session.finished_at == sa.bindparam("finished_at", type_=Session.finished_at.type),
    )
)
CO_TRAINERS = (
    sa.select(Resource.code)
    .join(SessionResource, SessionResource.resource_id == Resource.id)
    .where(
        SessionResource.session_id == sa.bindparam("session_id"),
        SessionResource.role == SessionRole.CO_TRAINER.value,
    )
    .order_by(Resource.code)
)
NUMBER = (
    sa.select(Certificate.number)
    .where(
        Certificate.session_id == Enrollment.session_id,
        Certificate.person_id == Enrollment.person_id,
        Certificate.withdrawn_at.is_(None),
    )
    .limit(1)
    .scalar_subquery()
)
PEOPLE = (
    sa.select(Person.employee_no, Person.name, Enrollment.attendance, Enrollment.result, Enrollment.score, NUMBER)
    .join(Person, Person.id == Enrollment.person_id)
    .where(Enrollment.session_id == sa.bindparam("session_id"), Enrollment.state == EnrollmentState.CONFIRMED.value)
    .order_by(Person.sort_name, Person.id)
)


def announce(db: DbSession, session_id: int, *, actor: str, now: dt.datetime) -> None:
    """Have every hook told of the session that is being completed at `now` (UTC), as soon as that is committed."""
    afterwards(db, partial(_tell, session_id=session_id, finished_at=now, actor=actor))


def load_completed(db: Db, session_id: int, finished_at: dt.datetime, actor: str) -> SessionCompleted | None:
    """Return a session as hooks are told of it; None if this completion (`finished_at`, UTC) does not stand."""
    row: Any = db.execute(SESSION, {"session_id": session_id, "finished_at": finished_at}).mappings().one_or_none()
    if row is None:
        return None
    co_trainers = tuple(db.execute(CO_TRAINERS, {"session_id": session_id}).scalars())
    people = tuple(_person(*found) for found in db.execute(PEOPLE, {"session_id": session_id}))
    return SessionCompleted(**row, co_trainers=co_trainers, completed_by=actor, people=people)


def _person(
    employee_no: str, name: str, attendance: str, result: str | None, score: int | None, certificate: str | None
) -> CompletedPerson:
    passed = None if result is None else Result(result)
    return CompletedPerson(employee_no, name, Attendance(attendance), passed, score, certificate)


def _tell(store: Store, *, session_id: int, finished_at: dt.datetime, actor: str) -> list[Finding]:
    """Tell the hooks; the completion stands by now, so what cannot be read for them is only a warning."""
    waiting = hooks.installed()
    if not waiting:
        return []
    try:
        session = store.read(load_completed, session_id, finished_at, actor)
    except DatabaseTrouble as trouble:
        return [hooks.failure(hook, trouble.code, "") for hook in waiting]
    return [] if session is None else list(hooks.tell_completed(session))
