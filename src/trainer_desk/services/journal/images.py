"""Row images: what a change made of each row, how the row is now, and how it is put back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import ChangeRow
from trainer_desk.services.store.db import Db, dialect_of, is_sqlite
from trainer_desk.services.store.objects import image_of, journaled, read_from

Image = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NetRow:
    """One row across a whole change: its first `before` and its last `after` (None: it was not there)."""

    table: str
    key: str
    before: Image | None
    after: Image | None

    @property
    def keys(self) -> dict[str, Any]:
        """The primary key by column."""
        source = self.before or self.after or {}
        return {column.name: source[column.name] for column in journaled.table(self.table).primary_key}

    @property
    def columns(self) -> list[str]:
        """The columns that differ between before and after."""
        if self.before is None or self.after is None:
            return []
        return [name for name, value in self.before.items() if self.after.get(name) != value]


def net_rows(db: Db, change_id: int) -> list[NetRow]:
    """Return every row that the change left different from how it found it, or of which it keeps a secret."""
    statement = (
        sa.select(ChangeRow.tbl, ChangeRow.pk, ChangeRow.before, ChangeRow.after)
        .where(ChangeRow.change_id == change_id)
        .order_by(ChangeRow.id)
    )
    net: dict[tuple[str, str], NetRow] = {}
    for table, key, before, after in db.execute(statement):
        first = net.get((table, key))
        net[table, key] = NetRow(table, key, before if first is None else first.before, after)
    return [row for row in net.values() if row.before != row.after or row.table in journaled.KEPT_SECRET]


def tables_of(db: Db, change_id: int) -> frozenset[str]:
    """Return the names of the tables that a change touched."""
    touched = sa.select(ChangeRow.tbl).where(ChangeRow.change_id == change_id).distinct()
    return frozenset(db.execute(touched).scalars())


def present_image(db: DbSession, row: NetRow) -> Image | None:
    """Return the row's image as it is now, made by the very expression that the journal's trigger uses."""
    image = image_of(dialect_of(db), row.table, "t")
    where = " AND ".join(f"t.{name} = :{name}" for name in row.keys)
    statement = sa.text(f"SELECT {image} FROM {read_from(dialect_of(db), row.table)} t WHERE {where}")
    found = db.execute(statement, row.keys).scalar_one_or_none()
    return json.loads(found) if isinstance(found, str) else found


def is_readable(row: NetRow) -> bool:
    """Whether the images have today's columns; older ones can be shown, not undone."""
    today = {column.name for column in journaled.image_columns(row.table)}
    return all(image is None or set(image) == today for image in (row.before, row.after))


def write_columns(db: DbSession, row: NetRow, columns: Mapping[str, Any], now: Any) -> None:
    """Set columns of a row to values of an image and raise its version; counters follow by themselves."""
    table = journaled.table(row.table)
    where = " AND ".join(f"t.{name} = :key_{name}" for name in row.keys)
    keys = {f"key_{name}": value for name, value in row.keys.items()}
    versioned = "version" in table.columns
    bump = ", version = t.version + 1, updated_at = :now" if versioned else ""
    if is_sqlite(db):
        sets = ", ".join(f"{name} = :{name}" for name in columns)
        values = {name: _sqlite_value(row.table, name, value) for name, value in columns.items()}
        statement = sa.text(f"UPDATE {row.table} AS t SET {sets}{bump} WHERE {where}")
    else:
        sets = ", ".join(f"{name} = r.{name}" for name in columns)
        values = {"image": json.dumps(dict(columns))}
        source = f"jsonb_populate_record(NULL::{row.table}, CAST(:image AS jsonb)) r"
        statement = sa.text(f"UPDATE {row.table} AS t SET {sets}{bump} FROM {source} WHERE {where}")
    if versioned:
        statement = statement.bindparams(sa.bindparam("now", now, table.columns["updated_at"].type))
    db.execute(statement, values | keys)


def insert_image(db: DbSession, row: NetRow) -> None:
    """Put a deleted link row back."""
    if row.before is not None:
        db.execute(sa.insert(journaled.table(row.table)).values(**row.before))


def delete_row(db: DbSession, row: NetRow) -> None:
    """Take a link row away."""
    table = journaled.table(row.table)
    db.execute(sa.delete(table).where(*(table.columns[name] == value for name, value in row.keys.items())))


def _sqlite_value(table: str, name: str, value: Any) -> Any:
    is_json = journaled.is_json(journaled.table(table).columns[name])
    return json.dumps(value) if is_json and value is not None else value
