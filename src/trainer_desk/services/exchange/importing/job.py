"""What every kind of import is given, and the small steps that several kinds share."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.errors import BadValue, DeskError, NotFound
from trainer_desk.services.exchange.importing.columns import Layout, Row
from trainer_desk.services.exchange.importing.report import ImportReport
from trainer_desk.services.exchange.incoming import Table

FEW = 500
"""Up to so many keys are looked up one by one; beyond, the whole table is read once."""


@dataclass(frozen=True, slots=True)
class Job:
    """One import under way: who does it, when (UTC), in which zone, and the report that it fills.

    `step` is called with the number of rows done; what it raises ends the import and nothing is written.
    """

    report: ImportReport
    layout: Layout
    actor: str
    now: dt.datetime
    zone: ZoneInfo
    step: Callable[[int], None] = lambda done: None
    table: Table | None = None
    """What the rows were read from."""

    def refuse(self, row: Row, error: DeskError, *also: DeskError) -> None:
        """Note that a row is left out, and why."""
        self.report.refuse(row.line, row.key, error, *also)

    def warn(self, code: str, row: Row, **facts: Any) -> None:
        """Note something of a row that is taken but should be known."""
        self.report.warn(code, row=row.line, ref=row.key, **facts)


def complete(row: Row, job: Job) -> bool:
    """Whether a new row has every column that a new thing needs; if not, the row is refused."""
    lacking = [column.name for column in job.layout.columns if column.required and column.name not in row.values]
    if lacking:
        first, *rest = [BadValue(field=name, value="", why="required") for name in lacking]
        job.refuse(row, first, *rest)
    return not lacking


def refer(row: Row, name: str, kind: str, ids: Mapping[str, int], job: Job) -> bool:
    """Whether the code in a column is known (or blank or absent); if not, the row is refused with `not_found`."""
    code = row.get(name)
    if code is None or code in ids:
        return True
    job.refuse(row, NotFound(kind=kind, key=code, field=name))
    return False


def unlimited_zeros(row: Row, names: Sequence[str], job: Job) -> None:
    """Read a capacity of 0 as unlimited, and say so (K1)."""
    for name in names:
        if row.values.get(name) == 0:
            row.values[name] = None
            job.warn("zero_is_unlimited", row, field=name)


def ids_of(
    db: DbSession, code: sa.ColumnElement[Any], key: sa.ColumnElement[Any], wanted: Collection[str] | None = None
) -> dict[str, int]:
    """Return the ids of those codes that exist; of all codes without `wanted`."""
    query = sa.select(code, key)
    if wanted is None:
        return dict(db.execute(query).all())
    if len(wanted) > FEW:
        return {found: number for found, number in db.execute(query) if found in wanted}
    return dict(db.execute(query.where(code.in_(sorted(wanted)))).all())


def insert_row(db: DbSession, table: sa.Table, values: Mapping[str, Any], now: dt.datetime) -> int:
    """Insert one versioned row and return its id."""
    statement = sa.insert(table).values(**values, created_at=now, updated_at=now).returning(table.c.id)
    return int(db.execute(statement).scalar_one())


def update_row(db: DbSession, table: sa.Table, row_id: int, values: Mapping[str, Any], now: dt.datetime) -> None:
    """Change one versioned row and raise its version."""
    statement = sa.update(table).where(table.c.id == row_id)
    db.execute(statement.values(**values, version=table.c.version + 1, updated_at=now))


def save_row(
    db: DbSession, table: sa.Table, values: Mapping[str, Any], known: Mapping[str, Any] | None, job: Job
) -> int:
    """Insert one versioned row, or change what differs from the stored one; count it and return its id."""
    if known is None:
        job.report.count("added")
        return insert_row(db, table, values, job.now)
    different = changed(values, known)
    if different:
        update_row(db, table, known["id"], different, job.now)
    job.report.count("updated" if different else "unchanged")
    return int(known["id"])


def changed(values: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return those values that differ from what is stored."""
    return {name: value for name, value in values.items() if stored[name] != value}


def chunks(rows: Sequence[Any], size: int) -> Iterator[list[Any]]:
    """Yield the rows in lists of at most `size`."""
    waiting = iter(rows)
    while chunk := list(islice(waiting, size)):
        yield chunk
