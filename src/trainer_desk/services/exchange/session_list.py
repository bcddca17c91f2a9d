"""Sessions as a table with the columns by which they are imported, so that the file comes back in (X1, X2)."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models.enums import SessionRole
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.selection import (
    COURSES,
    LINKS,
    RESOURCES,
    RUNS,
    SESSIONS,
    Selection,
    check_selection,
    session_ids,
)
from trainer_desk.services.exchange.steps import portions
from trainer_desk.services.exchange.table_out import Table, Value

_LEAD, _PLACE = RESOURCES.alias("lead"), RESOURCES.alias("place")
_SOURCES: Mapping[str, sa.ColumnElement[Any]] = {
    "ref": SESSIONS.c.ref,
    "course": COURSES.c.code,
    "title": SESSIONS.c.title,
    "description": SESSIONS.c.description,
    "trainer": _LEAD.c.code,
    "co_trainers": SESSIONS.c.id,
    "venue": _PLACE.c.code,
    "equipment": SESSIONS.c.id,
    "start": SESSIONS.c.starts_at,
    "end": SESSIONS.c.ends_at,
    "capacity": SESSIONS.c.capacity,
    "minimum": SESSIONS.c.minimum,
    "decision_on": SESSIONS.c.decision_on,
    "waitlist": SESSIONS.c.waitlist,
    "waitlist_order": SESSIONS.c.waitlist_order,
    "run": RUNS.c.code,
    "status": SESSIONS.c.status,
    "notes": SESSIONS.c.notes,
    "metadata": SESSIONS.c["metadata"],
}
SESSION_COLUMNS = tuple(_SOURCES)
"""Those of an import of sessions, in that order."""

_ROLES = {"co_trainers": SessionRole.CO_TRAINER.value, "equipment": SessionRole.EQUIPMENT.value}
_PART = 500
"""Sessions that are read at once."""


def session_table(db: Connection, selection: Selection, columns: Sequence[str] = SESSION_COLUMNS) -> Table:
    """Return the sessions of a selection by start, those without one last, read while the rows are taken.

    Raises NotFound for an unknown session or filter, BadValue for an unknown column.
    """
    unknown = [name for name in columns if name not in _SOURCES]
    if unknown or not columns:
        raise BadValue(field="columns", value=", ".join(unknown), why="unknown_column", choices=list(SESSION_COLUMNS))
    check_selection(db, selection)
    return Table(columns, _rows(db, selection, columns))


def _rows(db: Connection, selection: Selection, columns: Sequence[str]) -> Iterator[list[Value]]:
    order = (sa.nulls_last(SESSIONS.c.starts_at), SESSIONS.c.ref)
    tables = (
        SESSIONS.join(COURSES, SESSIONS.c.course_id == COURSES.c.id)
        .outerjoin(_LEAD, SESSIONS.c.trainer_id == _LEAD.c.id)
        .outerjoin(_PLACE, SESSIONS.c.venue_id == _PLACE.c.id)
        .outerjoin(RUNS, SESSIONS.c.run_id == RUNS.c.id)
    )
    query = sa.select(*(_SOURCES[name].label(name) for name in columns)).select_from(tables).order_by(*order)
    for part in portions(session_ids(db, selection), _PART):
        write = _writers(_linked(db, part))
        plain = [write.get(name, _plain) for name in columns]
        for row in db.execute(query.where(SESSIONS.c.id.in_(part))):
            yield [cell(value) for cell, value in zip(plain, row, strict=True)]


def _linked(db: Connection, keys: Sequence[int]) -> Mapping[tuple[int, str], str]:
    """Return the codes of co-trainers and of equipment by session and role, with `|` between them."""
    query = (
        sa.select(LINKS.c.session_id, LINKS.c.role, RESOURCES.c.code)
        .join_from(LINKS, RESOURCES, LINKS.c.resource_id == RESOURCES.c.id)
        .where(LINKS.c.session_id.in_(keys))
    )
    codes: dict[tuple[int, str], list[str]] = defaultdict(list)
    for session_id, role, code in db.execute(query):
        codes[session_id, role].append(code)
    return {key: "|".join(sorted(found)) for key, found in codes.items()}


def _writers(linked: Mapping[tuple[int, str], str]) -> dict[str, Callable[[Any], Value]]:
    lists = {name: (lambda key, role=role: linked.get((key, role), "")) for name, role in _ROLES.items()}
    return {**lists, "metadata": _json}


def _json(value: Any) -> Value:
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _plain(value: Any) -> Value:
    found: Value = value.replace(tzinfo=value.tzinfo or dt.UTC) if isinstance(value, dt.datetime) else value
    return found
