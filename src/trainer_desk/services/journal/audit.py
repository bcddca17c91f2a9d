"""The list of all changes, newest first, sifted and read page by page from where the last one ended (U4)."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import aliased

from trainer_desk.models import Change, ChangeRow
from trainer_desk.models.enums import ChangeKind

PAGE = 100


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What of the journal is wanted; empty or None: all of it. `since` and `until` are UTC, half-open."""

    actor: str = ""
    words: str = ""
    """A part of the label, in any case."""
    table: str = ""
    """The kind of thing, by the table that its rows are in."""
    key: str = ""
    """Only together with `table`: one row of it, by its primary key."""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    kind: ChangeKind | None = None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One change as the list shows it: `tables` are those that it touched, `rows` counts the images."""

    id: int
    at: dt.datetime
    by: str
    label: str
    kind: ChangeKind
    tables: tuple[str, ...]
    rows: int
    is_undone: bool


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some lines, newest first; `before` continues after them, None at the end."""

    lines: tuple[AuditLine, ...]
    before: int | None


def load_audit(db: Connection, wanted: AuditFilter, *, before: int | None = None, limit: int = PAGE) -> AuditPage:
    """Return the newest changes that are wanted, older than the change `before`."""
    later = aliased(Change)
    undone = sa.exists().where(later.undoes == Change.id)
    statement = sa.select(Change.id, Change.at, Change.actor, Change.label, Change.kind, undone.label("undone"))
    statement = statement.where(*_conditions(wanted)).order_by(Change.id.desc()).limit(limit + 1)
    if before is not None:
        statement = statement.where(Change.id < before)
    found = db.execute(statement).all()
    shown = found[:limit]
    touched = _touched(db, [row.id for row in shown])
    lines = tuple(
        AuditLine(row.id, row.at, row.actor, row.label, ChangeKind(row.kind), *touched.get(row.id, ((), 0)), row.undone)
        for row in shown
    )
    return AuditPage(lines, shown[-1].id if len(found) > limit else None)


def load_actors(db: Connection) -> tuple[str, ...]:
    """Return everybody who ever changed something, by name; each is found by one step of the index."""
    names: list[str] = []
    while True:
        last = names[-1] if names else ""
        found = db.execute(sa.select(sa.func.min(Change.actor)).where(Change.actor > last)).scalar()
        if found is None:
            return tuple(names)
        names.append(found)


def _conditions(wanted: AuditFilter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.actor:
        found.append(Change.actor == wanted.actor)
    if wanted.words:
        found.append(Change.label.icontains(wanted.words, autoescape=True))
    if wanted.since is not None:
        found.append(Change.at >= wanted.since)
    if wanted.until is not None:
        found.append(Change.at < wanted.until)
    if wanted.kind is not None:
        found.append(Change.kind == wanted.kind.value)
    if wanted.table:
        touched = sa.select(ChangeRow.id).where(ChangeRow.change_id == Change.id, ChangeRow.tbl == wanted.table)
        if wanted.key:
            touched = touched.where(ChangeRow.pk == wanted.key)
        found.append(touched.exists())
    return found


def _touched(db: Connection, changes: list[int]) -> dict[int, tuple[tuple[str, ...], int]]:
    counted = sa.select(ChangeRow.change_id, ChangeRow.tbl, sa.func.count().label("rows"))
    counted = counted.where(ChangeRow.change_id.in_(changes)).group_by(ChangeRow.change_id, ChangeRow.tbl)
    found: dict[int, tuple[tuple[str, ...], int]] = {}
    for row in db.execute(counted.order_by(ChangeRow.change_id, ChangeRow.tbl)):
        tables, rows = found.get(row.change_id, ((), 0))
        found[row.change_id] = ((*tables, row.tbl), rows + row.rows)
    return found
