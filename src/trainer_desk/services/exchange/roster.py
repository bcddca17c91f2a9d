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
from trainer_desk.services.exchange.copying import copy_out, guarded, wall_clock_table
from trainer_desk.services.exchange.formulas import guard
from trainer_desk.services.exchange.new_file import new_file
from trainer_desk.services.exchange.selection import (
    COURSES,
    ENROLLMENTS,
    PEOPLE,
    PRESENT,
    RESOURCES,
    SESSIONS,
    Selection,
    check_selection,
    conditions,
    session_ids,
)
from trainer_desk.services.exchange.steps import AT_ONCE, Step, portions, unheard
from trainer_desk.services.exchange.table_out import (
    PLAIN,
    Shape,
    Table,
    Value,
    is_workbook_name,
    moment_text,
    write_workbook,
)
from trainer_desk.services.store.db import is_sqlite

_TRAINERS = RESOURCES.alias("lead")
_VENUES = RESOURCES.alias("place")

_SOURCES: dict[str, sa.ColumnElement[Any]] = {
    "ref": SESSIONS.c.ref,
    "course": COURSES.c.code,
    "title": sa.func.coalesce(SESSIONS.c.title, COURSES.c.title),
    "start": SESSIONS.c.starts_at,
    "end": SESSIONS.c.ends_at,
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
_WORDS = frozenset({"state", "attendance", "status"})
"""Always there, and always one of our own words: nothing to guard."""

_PART = 200
"""Sessions whose people are read at once, where no cursor of a server holds the rest."""


def save_roster(
    db: Connection,
    selection: Selection,
    path: Path,
    zone: ZoneInfo,
    *,
    columns: Sequence[str] = DEFAULT_COLUMNS,
    shape: Shape = PLAIN,
    step: Step = unheard,
) -> int:
    """Write the roster to a file and return its number of rows: a workbook where its name ends so, else CSV.

    The file is written beside its place and renamed at the end, so that it is whole or as it was before. Raises what
    `write_roster` and `new_file` raise.
    """
    if is_workbook_name(path):
        with new_file(path) as stream:
            return write_workbook(stream.buffer, roster_table(db, selection, columns), zone, step)
    with new_file(path, encoding="utf-8-sig" if shape.bom else "utf-8") as stream:
        return write_roster(db, selection, stream, zone, columns=columns, shape=shape, step=step)


def roster_table(db: Connection, selection: Selection, columns: Sequence[str] = DEFAULT_COLUMNS) -> Table:
    """Return the roster as values, read session by session while the rows are taken; raises as `write_roster`."""
    _check(db, selection, columns)
    return Table(columns, _each(db, selection, columns))


def _each(db: Connection, selection: Selection, columns: Sequence[str]) -> Iterator[Sequence[Value]]:
    query = _query(selection, [_SOURCES[name].label(name) for name in columns])
    for part in portions(session_ids(db, selection), _PART):
        for row in db.execute(query.where(SESSIONS.c.id.in_(part))):
            yield [*row]


def _check(db: Connection, selection: Selection, columns: Sequence[str]) -> None:
    unknown = [name for name in columns if name not in _SOURCES]
    if unknown or not columns:
        raise BadValue(field="columns", value=", ".join(unknown), why="unknown_column", choices=list(COLUMNS))
    check_selection(db, selection)


def write_roster(
    db: Connection,
    selection: Selection,
    stream: TextIO,
    zone: ZoneInfo,
    *,
    columns: Sequence[str] = DEFAULT_COLUMNS,
    shape: Shape = PLAIN,
    step: Step = unheard,
) -> int:
    """Write the roster to an open text stream (newline="") and return its number of rows.

    Times are wall clock of `zone`, with the offset where the clocks show a time twice. Sorted by start, session
    and name; those who withdrew are left out. `step` hears how many
    are written. Raises NotFound for an unknown session or filter, BadValue for an
    unknown column.
    """
    _check(db, selection, columns)
    writer = csv.writer(stream, delimiter=shape.separator, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    if not is_sqlite(db):
        return copy_out(db, _copied(db, selection, columns, zone, shape), stream, shape.separator, step)
    makers = [_wall_clock(zone, shape) if name in _TIMES else _plain for name in columns]
    count = 0
    with closing(db.execute(_query(selection, [_SOURCES[name] for name in columns]))) as result:
        # The driver's own rows: SQLAlchemy's row objects would cost as much as the query.
        while rows := result.cursor.fetchmany(AT_ONCE):
            writer.writerows(_made(makers, rows))
            count += len(rows)
            step(count)
    return count


def _query(selection: Selection, cells: Sequence[sa.ColumnElement[Any]], *beside: sa.FromClause) -> sa.Select[Any]:
    tables: sa.FromClause = (
        ENROLLMENTS.join(SESSIONS, ENROLLMENTS.c.session_id == SESSIONS.c.id)
        .join(PEOPLE, ENROLLMENTS.c.person_id == PEOPLE.c.id)
        .join(COURSES, SESSIONS.c.course_id == COURSES.c.id)
        .outerjoin(_TRAINERS, SESSIONS.c.trainer_id == _TRAINERS.c.id)
        .outerjoin(_VENUES, SESSIONS.c.venue_id == _VENUES.c.id)
    )
    for other in beside:
        tables = tables.outerjoin(other, other.c.id == SESSIONS.c.id)
    order = (sa.nulls_last(SESSIONS.c.starts_at), SESSIONS.c.ref, PEOPLE.c.sort_name, PEOPLE.c.id)
    return (
        sa.select(*cells)
        .select_from(tables)
        .where(*conditions(selection), ENROLLMENTS.c.state.in_(PRESENT))
        .order_by(*order)
    )


def _copied(
    db: Connection, selection: Selection, columns: Sequence[str], zone: ZoneInfo, shape: Shape
) -> sa.Select[Any]:
    """Return the query whose cells are ready to be copied out by the server; only the wall clock is made here."""
    write = _wall_clock(zone, shape)
    spans = db.execute(sa.select(SESSIONS.c.id, SESSIONS.c.starts_at, SESSIONS.c.ends_at).where(*conditions(selection)))
    clock = wall_clock_table((key, write(starts_at), write(ends_at)) for key, starts_at, ends_at in spans)
    cells = [_ready(name, clock) for name in columns]
    # Joined from outside and asked for so: a server takes an array for a few rows, and plans a plain join for those.
    return _query(selection, cells, clock).where(sa.func.coalesce(clock.c.id, 0) != 0)


def _ready(name: str, clock: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return a cell as it is copied out."""
    if name in _TIMES:
        return sa.func.coalesce(clock.c[name], "")
    return _SOURCES[name] if name in _WORDS else guarded(_SOURCES[name])


class _Once(dict[Any, str]):
    """What is made of each value, made when it is first asked for."""

    def __init__(self, make: Callable[[Any], str]) -> None:
        self.make = make

    def __missing__(self, value: Any) -> str:
        made = self[value] = self.make(value)
        return made


def _made(makers: Sequence[Callable[[Any], str]], rows: Sequence[Any]) -> Iterator[Sequence[str]]:
    """Return rows as cells, made column by column: what stands in many rows is looked at once."""
    columns = zip(*rows, strict=True)
    return zip(
        *(map(_Once(make).__getitem__, column) for make, column in zip(makers, columns, strict=True)), strict=True
    )


def _plain(value: Any) -> str:
    return guard(value) if value else ""


def _wall_clock(zone: ZoneInfo, shape: Shape) -> Callable[[Any], str]:
    """Return a function that writes an instant, as the driver gives it, as wall clock; many rows share a start."""
    known: dict[Any, str] = {None: ""}

    def write(value: Any) -> str:
        if value not in known:
            instant = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
            known[value] = moment_text(instant, zone, shape)
        return known[value]

    return write
