"""Courses as the catalogue shows them: a list to search and order, one of them whole, and their codes to refer to."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from trainer_desk.models import Course
from trainer_desk.models.enums import PrerequisitePolicy
from trainer_desk.services.directory import load_hues, load_settings
from trainer_desk.services.errors import NotFound
from trainer_desk.services.planning.bookable import load_bookable
from trainer_desk.services.planning.checklists import checklist_of
from trainer_desk.services.rows.catalogue import Asked, Found, Named, Thing
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.bookable import next_start
from trainer_desk.services.rules.sifting import sift
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.db import Db

_BEFORE, _RENEWED = aliased(Course), aliased(Course)
_PLAIN = (
    "code", "title", "short_code", "category", "description", "duration_minutes", "validity_months", "expiring_days",
    "default_capacity", "minimum", "requires_intake", "requires_result", "sign_up", "overlap_policy",
)  # fmt: skip
COURSES: sa.Select[Any] = (
    sa.select(
        Course.id,
        Course.version,
        Course.active,
        *(getattr(Course, name) for name in _PLAIN),
        sa.func.coalesce(Course.prerequisite_policy, PrerequisitePolicy.BLOCK.value).label("prerequisite_policy"),
        _BEFORE.code.label("prerequisite"),
        _RENEWED.code.label("renews"),
    )
    .outerjoin(_BEFORE, _BEFORE.id == Course.prerequisite_id)
    .outerjoin(_RENEWED, _RENEWED.id == Course.renews_id)
)
VALUES = (*_PLAIN, "prerequisite", "prerequisite_policy", "renews")


def list_courses(db: Db, asked: Asked) -> Found:
    """Return the courses that pass, by title unless asked otherwise.

    Asked as of an instant, the values `bookable` and `next_at` tell how many sessions of each have a free place then,
    and when the first of them starts on the organisation's clock (R6).
    """
    hues = load_hues(db)
    things = [_thing(row, hues) for row in db.execute(COURSES)]
    if asked.at is not None:
        coming, zone = load_bookable(db, asked.at), load_settings(db).zone
        things = [_with_coming(thing, coming.get(thing.id, ()), zone) for thing in things]
    return sift(things, asked)


def _with_coming(thing: Thing, cards: Sequence[SessionCard], zone: ZoneInfo) -> Thing:
    first = next_start(cards)
    next_at = None if first is None else local(first, zone)
    return replace(thing, values={**thing.values, "bookable": len(cards), "next_at": next_at})


def load_course(db: Db, course_id: int) -> Thing:
    """Return one course with all its values; the note `checklist` is what to see to. Raises NotFound."""
    row = db.execute(COURSES.where(Course.id == course_id)).one_or_none()
    if row is None:
        raise NotFound(kind="course", key=f"#{course_id}")
    thing = _thing(row, load_hues(db))
    return replace(thing, notes={**thing.notes, "checklist": checklist_of(db, course_id)})


def name_courses(db: Db) -> tuple[Named, ...]:
    """Return every course to refer to, by title."""
    query = sa.select(Course.code, Course.title, Course.active).order_by(Course.title, Course.id)
    return tuple(Named(code, title, active) for code, title, active in db.execute(query))


def name_categories(db: Db) -> tuple[Named, ...]:
    """Return the categories that courses have, each as its own code."""
    query = sa.select(Course.category).where(Course.category != "").distinct().order_by(Course.category)
    return tuple(Named(name, name) for name in db.execute(query).scalars())


def _thing(row: Any, hues: dict[str, int]) -> Thing:
    values = {name: getattr(row, name) for name in VALUES} | {"hue": hues.get(row.category), "active": row.active}
    return Thing(row.id, row.code, row.title, row.version, row.active, values)
