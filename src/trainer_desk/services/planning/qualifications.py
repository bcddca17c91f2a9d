"""Who may teach what and until when: given, dated and taken back, by the window and by files alike (C5)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, Course, Qualification, Resource, Trainer
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.rows.catalogue import Held
from trainer_desk.services.store.db import Db

QUALIFICATIONS = Base.metadata.tables["qualifications"]
_DATES: Mapping[str, Any] = {"valid_from": None, "valid_until": None}
_HELD = (
    sa.select(Course.code, Course.title, Qualification.valid_from, Qualification.valid_until, Qualification.id)
    .join(Qualification, Qualification.course_id == Course.id)
    .where(Qualification.deleted_at.is_(None))
    .order_by(Course.title, Course.id)
)


def qualifications_of(db: Db, trainer_id: int) -> tuple[Held, ...]:
    """Return what a trainer may teach, lapsed qualifications among them, by title."""
    found = db.execute(_HELD.where(Qualification.trainer_id == trainer_id))
    return tuple(Held(*row) for row in found)


def give_qualification(
    db: DbSession,
    trainer_id: int,
    course: str,
    *,
    valid_from: dt.date | None = None,
    valid_until: dt.date | None = None,
    actor: str,
    now: dt.datetime,
) -> str:
    """Let a trainer teach a course (its code), or set other days; return the course's title.

    `valid_until` is the last valid day. Raises NotFound, and BadValue if it lies before `valid_from`.
    """
    course_id, title = _known(db, trainer_id, course)
    known = _stored(db, trainer_id, course_id)
    dates = {"valid_from": valid_from, "valid_until": valid_until}
    save_qualification(db, trainer_id, course_id, dates, known, now)
    return title


def take_back_qualification(db: DbSession, trainer_id: int, course: str, *, actor: str, now: dt.datetime) -> str:
    """Let a trainer teach a course no longer; return its title. Their sessions get a red finding. Raises NotFound."""
    course_id, title = _known(db, trainer_id, course)
    known = _stored(db, trainer_id, course_id)
    if known is None or known["deleted_at"] is not None:
        raise NotFound(kind="qualification", key=course)
    _update(db, known["id"], {"deleted_at": now}, now)
    return title


def save_qualification(
    db: DbSession,
    trainer_id: int,
    course_id: int,
    dates: Mapping[str, dt.date | None],
    known: Mapping[str, Any] | None,
    now: dt.datetime,
) -> str:
    """Write one qualification and return `added`, `updated` or `unchanged`.

    `dates` holds those that are to be set; `known` is the stored row, which may have been taken back: then it begins
    anew. Raises BadValue if the last valid day lies before the first.
    """
    is_there = known is not None and known["deleted_at"] is None
    before = {name: known[name] for name in _DATES} if is_there and known else dict(_DATES)
    after = before | dict(dates)
    begins, ends = after["valid_from"], after["valid_until"]
    if begins and ends and ends < begins:
        raise BadValue(field="valid_until", value=ends.isoformat(), why="until_before_from")
    if known is None:
        own = {"trainer_id": trainer_id, "course_id": course_id, "created_at": now, "updated_at": now}
        db.execute(sa.insert(QUALIFICATIONS).values(**own, **after))
        return "added"
    if is_there and after == before:
        return "unchanged"
    _update(db, known["id"], after | {"deleted_at": None}, now)
    return "updated" if is_there else "added"


def _update(db: DbSession, key: int, values: Mapping[str, Any], now: dt.datetime) -> None:
    statement = sa.update(QUALIFICATIONS).where(QUALIFICATIONS.c.id == key)
    db.execute(statement.values(**values, version=QUALIFICATIONS.c.version + 1, updated_at=now))


def _stored(db: DbSession, trainer_id: int, course_id: int) -> Mapping[str, Any] | None:
    query = sa.select(QUALIFICATIONS).where(
        QUALIFICATIONS.c.trainer_id == trainer_id, QUALIFICATIONS.c.course_id == course_id
    )
    found = db.execute(query.with_for_update()).mappings().one_or_none()
    return None if found is None else dict(found)


def _known(db: DbSession, trainer_id: int, course: str) -> tuple[int, str]:
    """Return the course's id and title once both are there."""
    trainer = sa.select(Resource.code).join(Trainer, Trainer.id == Resource.id).where(Resource.id == trainer_id)
    if db.execute(trainer).one_or_none() is None:
        raise NotFound(kind="trainer", key=f"#{trainer_id}")
    found = db.execute(sa.select(Course.id, Course.title).where(Course.code == course)).one_or_none()
    if found is None:
        raise NotFound(kind="course", key=course, field="course")
    return found.id, found.title
