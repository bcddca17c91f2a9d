"""The coming sessions of a trainer or a course, with how full they are."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from trainer_desk.models import Course, Resource, Session, SessionResource
from trainer_desk.models.enums import SessionRole, SessionStatus
from trainer_desk.services.rows.dossiers import Teaching
from trainer_desk.services.store.db import Db

INSTANT = Session.__table__.c.starts_at.type
TEACHER, PLACE = aliased(Resource), aliased(Resource)
COMING: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Session.id,
        Session.ref,
        sa.func.coalesce(Session.title, Course.title),
        Session.starts_at,
        Session.ends_at,
        Session.status,
        TEACHER.name,
        PLACE.name,
        Session.seats_taken,
        Session.capacity,
        Session.waiting,
    )
    .join(Course, Course.id == Session.course_id)
    .outerjoin(TEACHER, TEACHER.id == Session.trainer_id)
    .outerjoin(PLACE, PLACE.id == Session.venue_id)
    .where(
        Session.ends_at > sa.bindparam("after", type_=INSTANT),
        Session.starts_at.is_not(None),
        Session.deleted_at.is_(None),
        Session.status != SessionStatus.CANCELLED.value,
    )
    .order_by(Session.starts_at, Session.id)
)
HELPED = sa.select(SessionResource.session_id).where(
    SessionResource.resource_id == sa.bindparam("trainer_id"),
    SessionResource.role == SessionRole.CO_TRAINER.value,
)
OF_TRAINER: sa.Select[*tuple[Any, ...]] = COMING.where(
    sa.or_(Session.trainer_id == sa.bindparam("trainer_id"), Session.id.in_(HELPED))
)
OF_COURSE: sa.Select[*tuple[Any, ...]] = COMING.where(Session.course_id == sa.bindparam("course_id"))


def coming_of_trainer(db: Db, trainer_id: int, after: dt.datetime) -> tuple[Teaching, ...]:
    """Return what a trainer leads or helps with and that ends after `after` (UTC), by start; drafts too."""
    return _read(db, OF_TRAINER, {"trainer_id": trainer_id, "after": after})


def coming_of_course(db: Db, course_id: int, after: dt.datetime) -> tuple[Teaching, ...]:
    """Return the sessions of a course that end after `after` (UTC), by start; drafts too."""
    return _read(db, OF_COURSE, {"course_id": course_id, "after": after})


def _read(db: Db, query: sa.Select[*tuple[Any, ...]], values: dict[str, Any]) -> tuple[Teaching, ...]:
    return tuple(
        Teaching(key, ref, title, starts, ends, SessionStatus(status), *rest)
        for key, ref, title, starts, ends, status, *rest in db.execute(query, values)
    )
