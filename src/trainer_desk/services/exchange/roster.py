"""The roster as CSV: one line per session and person, streamed from the driver (X1)."""

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.formulas import guard
from trainer_desk.services.exchange.new_file import new_file
from trainer_desk.services.exchange.selection import (
    COURSES,
    ENROLLMENTS,
    PEOPLE,
    RESOURCES,
    SESSIONS,
    Selection,
    check_selection,
    conditions,
    present_states,
)
from trainer_desk.services.rules import times

_TRAINERS = RESOURCES.alias("lead")
_VENUES = RESOURCES.alias("place")

_SOURCES: dict[str, sa.ColumnElement[Any]] = {
    "ref": SESSIONS.c.ref,
    "course": COURSES.c.code,
    "title": sa.func.coalesce(SESSIONS.c.title, COURSES.c.title),
    "start": sa.type_coerce(SESSIONS.c.starts_at, sa.Text()),
    "end": sa.type_coerce(SESSIONS.c.ends_at, sa.Text()),
    "venue": _VENUES.c.name,
    "trainer": _TRAINERS.c.name,
    "employee_no": PEOPLE.c.employee_no,
    "name": PEOPLE.c.name,
    "department": PEOPLE.c.department,
    "site": PEOPLE.c.site,
    "state": ENROLLMENTS.c.state,
    "attendance": ENROLLMENTS.c.attendance,
    "remarks": ENROLLMENTS.c.remarks,
    "job_role": PEOPLE.c.job_role,
    "email": PEOPLE.c.email,
    "phone": PEOPLE.c.phone,
    "status": SESSIONS.c.status,
    "course_title": COURSES.c.title,
    "venue_code": _VENUES.c.code,
    "trainer_code": _TRAINERS.c.code,
}

COLUMNS = tuple(_SOURCES)
"""Every column that a roster can have, in the order in which they are offered."""

DEFAULT_COLUMNS = COLUMNS[:14]
"""The columns of a roster when none are chosen (X1)."""

_TIMES = frozenset({"start", "end"})
_AT_ONCE = 2_000


def save_roster(
    db: Connection,
    selection: Selection,
    path: Path,
    zone: ZoneInfo,
    *,
    columns: Sequence[str] = DEFAULT_COLUMNS,
    separator: str = ",",
    bom: bool = False,
) -> int:
    """Write the roster to a file and return its number of rows.

    The file is written beside its place and renamed at the end, so that it is whole or as it was before; with
    `bom` it begins with the mark by which Excel knows UTF-8. Raises what `write_roster` and `new_file` raise.
    """
    with new_file(path, encoding="utf-8-sig" if bom else "utf-8") as stream:
        return write_roster(db, selection, stream, zone, columns=columns, separator=separator)


def write_roster(
    db: Connection,
    selection: Selection,
    stream: TextIO,
    zone: ZoneInfo,
    *,
    columns: Sequence[str] = DEFAULT_COLUMNS,
    separator: str = ",",
) -> int:
    """Write the roster to an open text stream (newline="") and return its number of rows.

    Times are wall clock of `zone`, with the offset where the clocks show a time twice. Sorted by start, session
    and name; those who withdrew are left out. Raises NotFound for an unknown session or filter, BadValue for an
    unknown column.
    """
    unknown = [name for name in columns if name not in _SOURCES]
    if unknown or not columns:
        raise BadValue(field="columns", value=", ".join(unknown), why="unknown_column", choices=list(COLUMNS))
    check_selection(db, selection)
    writer = csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    cells = [_wall_clock(zone) if name in _TIMES else _plain for name in columns]
    count = 0
    for rows in _driver_rows(db, _query(selection, columns)):
        writer.writerows([[cell(value) for cell, value in zip(cells, row, strict=True)] for row in rows])
        count += len(rows)
    return count


def _query(selection: Selection, columns: Sequence[str]) -> sa.Select[Any]:
    tables = (
        ENROLLMENTS.join(SESSIONS, ENROLLMENTS.c.session_id == SESSIONS.c.id)
        .join(PEOPLE, ENROLLMENTS.c.person_id == PEOPLE.c.id)
        .join(COURSES, SESSIONS.c.course_id == COURSES.c.id)
        .outerjoin(_TRAINERS, SESSIONS.c.trainer_id == _TRAINERS.c.id)
        .outerjoin(_VENUES, SESSIONS.c.venue_id == _VENUES.c.id)
    )
    order = (sa.nulls_last(SESSIONS.c.starts_at), SESSIONS.c.ref, PEOPLE.c.sort_name, PEOPLE.c.id)
    return (
        sa.select(*(_SOURCES[name] for name in columns))
        .select_from(tables)
        .where(*conditions(selection), ENROLLMENTS.c.state.in_(present_states()))
        .order_by(*order)
    )


def _driver_rows(db: Connection, query: sa.Select[Any]) -> Iterator[Sequence[Sequence[Any]]]:
    """Yield the driver's own rows in portions, past SQLAlchemy's row objects, which cost as much as the query."""
    with closing(db.execution_options(stream_results=True).execute(query)) as result:
        while rows := result.cursor.fetchmany(_AT_ONCE):
            yield rows


def _plain(value: Any) -> str:
    return guard(value) if value else ""


def _wall_clock(zone: ZoneInfo) -> Callable[[Any], str]:
    """Return a function that writes an instant, as the driver gives it, as wall clock; many rows share a start."""
    known: dict[Any, str] = {None: ""}

    def write(value: Any) -> str:
        if value not in known:
            instant = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
            known[value] = wall_text(instant, zone)
        return known[value]

    return write


def wall_text(instant: dt.datetime, zone: ZoneInfo) -> str:
    """Return `2026-12-01T09:00` in `zone`, with seconds if there are any and the offset in a doubled hour."""
    wall = instant.astimezone(zone)
    naive = wall.replace(tzinfo=None, fold=0)
    text = naive.isoformat(timespec="seconds" if naive.second else "minutes")
    return text if len(times.resolve(naive, zone)) == 1 else text + wall.isoformat()[-6:]
