"""The fields of a session that people fill in: which there are, what each may hold, and how they lie on a card."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Course, Resource
from trainer_desk.models.enums import ResourceKind, WaitlistMode, WaitlistOrder
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.capacity import capacity_value
from trainer_desk.services.rules.names import clean_text

LINKED = {"co_trainer_ids": ResourceKind.TRAINER, "equipment_ids": ResourceKind.EQUIPMENT}
RESOURCES = {"trainer_id": ResourceKind.TRAINER, "venue_id": ResourceKind.VENUE, **LINKED}
LONG_TEXT = 20_000
ON_CARD = frozenset(field.name for field in dataclass_fields(SessionCard))


def _short(value: Any) -> Any:
    return None if value is None else clean_text(str(value), field="title", limit=200) or None


def _long(field: str) -> Callable[[Any], Any]:
    def clean(value: Any) -> Any:
        if value is None:
            return None
        return clean_text(str(value), field=field, limit=LONG_TEXT, lines=True) or None

    return clean


def _instant(field: str) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if value is not None and (not isinstance(value, dt.datetime) or value.tzinfo is None):
            raise BadValue(field=field, value=str(value), why="no_instant")
        return value

    return check


def _minimum(value: Any) -> Any:
    if value is not None and (not isinstance(value, int) or value < 0):
        raise BadValue(field="minimum", value=value, why="not_a_count")
    return value


def _mapping(value: Any) -> Any:
    if value is not None and not isinstance(value, Mapping):
        raise BadValue(field="metadata", value=str(value), why="not_an_object")
    return value


CLEAN: Mapping[str, Callable[[Any], Any]] = {
    "course_id": lambda value: value,
    "title": _short,
    "description": _long("description"),
    "trainer_id": lambda value: value,
    "venue_id": lambda value: value,
    "co_trainer_ids": tuple,
    "equipment_ids": tuple,
    "starts_at": _instant("start"),
    "ends_at": _instant("end"),
    "capacity": lambda value: capacity_value(value),
    "minimum": _minimum,
    "decision_on": lambda value: value,
    "waitlist": lambda value: WaitlistMode(value).value,
    "waitlist_order": lambda value: WaitlistOrder(value).value,
    "notes": _long("notes"),
    "metadata": _mapping,
}
"""Every field that can be written, with what makes its value sound."""

COLUMN = {"metadata": "extra"}
"""Fields whose attribute has another name, because SQLAlchemy keeps `metadata` for itself."""


def clean_fields(db: DbSession, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields with sound values; what they point at must exist.

    Raises BadValue for a value that cannot be taken, NotFound for a course, trainer or venue that is not there.
    """
    unknown = sorted(set(fields) - set(CLEAN))
    if unknown:
        raise BadValue(field=unknown[0], value=None, why="unknown_field")
    clean = {name: CLEAN[name](value) for name, value in fields.items()}
    if "course_id" in clean:
        _require_course(db, clean["course_id"])
    for name, kind in RESOURCES.items():
        value = clean.get(name)
        wanted = value if isinstance(value, tuple) else () if value is None else (value,)
        _require_resources(db, wanted, kind)
    return clean


def laid_on(card: SessionCard, fields: Mapping[str, Any]) -> SessionCard:
    """Return the card as it would be with these fields; the lead trainer is never a co-trainer as well."""
    changed = replace(card, **{name: value for name, value in fields.items() if name in ON_CARD})
    co_trainers = tuple(key for key in changed.co_trainer_ids if key != changed.trainer_id)
    return replace(changed, co_trainer_ids=co_trainers)


def columns_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of the sessions table that these fields write; links lie in a table of their own."""
    return {COLUMN.get(name, name): value for name, value in fields.items() if name not in LINKED}


def _require_course(db: DbSession, course_id: Any) -> None:
    if db.scalar(sa.select(Course.id).where(Course.id == course_id)) is None:
        raise NotFound(kind="course", key=course_id)


def _require_resources(db: DbSession, wanted: tuple[int, ...], kind: ResourceKind) -> None:
    if not wanted:
        return
    statement = sa.select(Resource.id).where(Resource.id.in_(wanted), Resource.kind == kind)
    missing = set(wanted) - set(db.scalars(statement))
    if missing:
        raise NotFound(kind=kind.value, key=min(missing))
