"""What is missing in the master data, so that lists and reports leave something out (ux 3, Exports)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Base
from trainer_desk.services.store.db import Db

EXAMPLES = 3
"""Things that are named; the others are counted."""

_PEOPLE, _COURSES = Base.metadata.tables["people"], Base.metadata.tables["courses"]
_TRAINERS, _VENUES = Base.metadata.tables["trainers"], Base.metadata.tables["venues"]
_RESOURCES, _QUALIFIED = Base.metadata.tables["resources"], Base.metadata.tables["qualifications"]


@dataclass(frozen=True, slots=True)
class Gap:
    """So many things of a kind lack something; the first are named, by id."""

    code: str
    kind: str
    count: int
    first: tuple[tuple[int, str], ...]


def load_gaps(db: Db) -> tuple[Gap, ...]:
    """Return what is missing of those in use, as far as anything is."""
    found = (_gap(db, code, *asked) for code, asked in _asked().items())
    return tuple(gap for gap in found if gap.count)


def _gap(db: Db, code: str, kind: str, key: Any, name: Any, tables: sa.FromClause, lacks: Any) -> Gap:
    query = sa.select(key, name, sa.func.count().over()).select_from(tables).where(lacks).order_by(name, key)
    rows = db.execute(query.limit(EXAMPLES)).all()
    return Gap(code, kind, rows[0][2] if rows else 0, tuple((row[0], row[1]) for row in rows))


def _asked() -> Mapping[str, tuple[str, Any, Any, sa.FromClause, Any]]:
    people, courses = _PEOPLE.c, _COURSES.c
    teaches = sa.select(_QUALIFIED.c.trainer_id).where(_QUALIFIED.c.trainer_id == _RESOURCES.c.id).exists()
    trainers = _RESOURCES.join(_TRAINERS, _TRAINERS.c.id == _RESOURCES.c.id)
    venues = _RESOURCES.join(_VENUES, _VENUES.c.id == _RESOURCES.c.id)
    active, resource = _RESOURCES.c.active, (_RESOURCES.c.id, _RESOURCES.c.name)
    person, course = (people.id, people.name, _PEOPLE), (courses.id, courses.title, _COURSES)
    return {
        "no_department": ("people", *person, sa.and_(people.active, people.department == "")),
        "no_job_role": ("people", *person, sa.and_(people.active, people.job_role == "")),
        "no_short_code": ("courses", *course, sa.and_(courses.active, courses.short_code == "")),
        "no_validity": ("courses", *course, sa.and_(courses.active, courses.validity_months.is_(None))),
        "no_course": ("trainers", *resource, trainers, sa.and_(active, sa.not_(teaches))),
        "no_capacity": ("venues", *resource, venues, sa.and_(active, _VENUES.c.capacity.is_(None))),
    }
