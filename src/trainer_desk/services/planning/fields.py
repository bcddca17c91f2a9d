"""The fields of a session that people fill in: which there are, what each may hold, and how they lie on a card."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Course, Resource, Run
from trainer_desk.models.enums import ResourceKind, WaitlistMode, WaitlistOrder
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.rows.schedule import SessionCard, SessionDetail
from trainer_desk.services.rules.capacity import LARGEST_CAPACITY, capacity_value
from trainer_desk.services.rules.names import NOTE_LIMIT, clean_text
from trainer_desk.services.rules.times import EARLIEST_YEAR, LATEST_YEAR

LINKED = {"co_trainer_ids": ResourceKind.TRAINER, "equipment_ids": ResourceKind.EQUIPMENT}
RESOURCES = {"trainer_id": ResourceKind.TRAINER, "venue_id": ResourceKind.VENUE, **LINKED}
ON_CARD = frozenset(field.name for field in dataclass_fields(SessionCard))


def _short(value: Any) -> Any:
    return None if value is None else clean_text(str(value), field="title")


def _long(field: str) -> Callable[[Any], Any]:
    def clean(value: Any) -> Any:
        if value is None:
            return None
        return clean_text(str(value), field=field, limit=NOTE_LIMIT, lines=True)

    return clean


def _instant(field: str) -> Callable[[Any], Any]:
    def clean(value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, dt.datetime) or value.tzinfo is None:
            raise BadValue(field=field, value=str(value), why="no_instant")
        if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
            raise BadValue(field=field, value=str(value), why="year_out_of_range")
        return value.astimezone(dt.UTC).replace(microsecond=0)

    return clean


def _course(value: Any) -> Any:
    if value is None:
        raise BadValue(field="course", value=None, why="missing")
    return value


def _ids(value: Any) -> tuple[int, ...]:
    return tuple(sorted(set(value or ())))


def _minimum(value: Any) -> Any:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadValue(field="minimum", value=str(value), why="not_a_count")
    if value > LARGEST_CAPACITY:
        raise BadValue(field="minimum", value=str(value), why="number_too_large", limit=LARGEST_CAPACITY)
    return value


def _day(field: str) -> Callable[[Any], Any]:
    def clean(value: Any) -> Any:
        if value is not None and (not isinstance(value, dt.date) or isinstance(value, dt.datetime)):
            raise BadValue(field=field, value=str(value), why="not_a_day")
        return value

    return clean


def _word(field: str, words: type[StrEnum]) -> Callable[[Any], str]:
    def clean(value: Any) -> str:
        if value not in list(words):
            raise BadValue(field=field, value=str(value), why="not_one_of", choices=[word.value for word in words])
        return words(value).value

    return clean


def _metadata(value: Any) -> Any:
    """Take any JSON object that both databases can keep: no NaN, no half characters, no NUL."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise BadValue(field="metadata", value=str(value), why="not_an_object")
    try:
        text = json.dumps(dict(value), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as trouble:
        raise BadValue(field="metadata", value=type(trouble).__name__, why="not_an_object") from trouble
    if len(text) > NOTE_LIMIT:
        raise BadValue(field="metadata", value=text[:40], why="too_long", limit=NOTE_LIMIT, length=len(text))
    plain = json.loads(text)
    for word in _texts_in(plain):
        clean_text(word, field="metadata", limit=NOTE_LIMIT, lines=True)
    return plain


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from _texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts_in(inner)


CLEAN: Mapping[str, Callable[[Any], Any]] = {
    "course_id": _course,
    "title": _short,
    "description": _long("description"),
    "trainer_id": lambda value: value,
    "venue_id": lambda value: value,
    "co_trainer_ids": _ids,
    "equipment_ids": _ids,
    "starts_at": _instant("start"),
    "ends_at": _instant("end"),
    "run_id": lambda value: value,
    "capacity": capacity_value,
    "minimum": _minimum,
    "decision_on": _day("decision_on"),
    "waitlist": _word("waitlist", WaitlistMode),
    "waitlist_order": _word("waitlist_order", WaitlistOrder),
    "notes": _long("notes"),
    "metadata": _metadata,
}
"""Every field that can be written, with what makes its value sound."""

COLUMN = {"metadata": "extra"}
"""Fields whose attribute has another name, because SQLAlchemy keeps `metadata` for itself."""


def clean_fields(db: DbSession, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields with sound values; what they point at must exist.

    Raises BadValue for a value that cannot be taken, NotFound for a course, trainer, venue or run that is not there.
    """
    unknown = sorted(set(fields) - set(CLEAN))
    if unknown:
        raise BadValue(field=unknown[0], value=None, why="unknown_field")
    clean = {name: CLEAN[name](value) for name, value in fields.items()}
    if "course_id" in clean:
        _require_course(db, clean["course_id"])
    if clean.get("run_id") is not None:
        _require_run(db, clean["run_id"])
    for name, kind in RESOURCES.items():
        value = clean.get(name)
        wanted = value if isinstance(value, tuple) else () if value is None else (value,)
        _require_resources(db, wanted, kind)
    return clean


def fields_of(detail: SessionDetail) -> dict[str, Any]:
    """Return a stored session's fields, by the names and in the form in which they can be written."""
    return {name: getattr(detail.card if name in ON_CARD else detail, name) for name in CLEAN}


def laid_on(card: SessionCard, fields: Mapping[str, Any]) -> SessionCard:
    """Return the card as it would be with these fields; the lead trainer is never a co-trainer as well."""
    changed = replace(card, **{name: value for name, value in fields.items() if name in ON_CARD})
    co_trainers = tuple(key for key in changed.co_trainer_ids if key != changed.trainer_id)
    return replace(changed, co_trainer_ids=co_trainers)


def without_lead(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a new session with the lead trainer taken out of the co-trainers."""
    lead = fields.get("trainer_id")
    co_trainers = tuple(key for key in fields.get("co_trainer_ids", ()) if key != lead)
    return {**fields, "co_trainer_ids": co_trainers}


def columns_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of the sessions table that these fields write; links lie in a table of their own."""
    return {COLUMN.get(name, name): value for name, value in fields.items() if name not in LINKED}


def _require_course(db: DbSession, course_id: Any) -> None:
    if db.scalar(sa.select(Course.id).where(Course.id == course_id)) is None:
        raise NotFound(kind="course", key=course_id)


def _require_run(db: DbSession, run_id: Any) -> None:
    if db.scalar(sa.select(Run.id).where(Run.id == run_id, Run.deleted_at.is_(None))) is None:
        raise NotFound(kind="run", key=run_id, field="run")


def _require_resources(db: DbSession, wanted: tuple[int, ...], kind: ResourceKind) -> None:
    if not wanted:
        return
    statement = sa.select(Resource.id).where(Resource.id.in_(wanted), Resource.kind == kind)
    missing = set(wanted) - set(db.scalars(statement))
    if missing:
        raise NotFound(kind=kind.value, key=min(missing))
