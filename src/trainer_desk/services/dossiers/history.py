"""Tells changes in names: every id of an image becomes the name of what it points at, by the tables' own keys (U4)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import aliased

from trainer_desk.models import Change, ChangeRow
from trainer_desk.models.base import Day
from trainer_desk.models.enums import ChangeKind
from trainer_desk.services.directory import load_settings
from trainer_desk.services.journal.history import ChangeEntry, images_of
from trainer_desk.services.journal.kinds import history_of
from trainer_desk.services.rows.history import FieldChange, RowChange, ToldChange, ToldHistory
from trainer_desk.services.store.objects import journaled

SHOWN = 50
"""How many images of a thing are told at once."""

NAMES = {
    "people": ("people", "name"),
    "courses": ("courses", "title"),
    "resources": ("resources", "name"),
    "trainers": ("resources", "name"),
    "venues": ("resources", "name"),
    "runs": ("runs", "name"),
    "sessions": ("sessions", "ref"),
    "groups": ("groups", "name"),
}
"""By table: where the names of its rows stand."""

DERIVED = frozenset({"id", "uuid", "sort_name", "search"})
"""Columns of an image that tell a reader nothing."""

SUBJECTS = (
    "ref",
    "person_id",
    "resource_id",
    "trainer_id",
    "course_id",
    "session_id",
    "run_id",
    "name",
    "title",
    "words",
)
"""What says whom or what a row is about, the first that it has."""

Names = Mapping[tuple[str, int], str]


def load_history(db: Connection, kind: str, key: int | str, *, limit: int = SHOWN) -> ToldHistory:
    """Return the newest changes of a thing of a kind of `kinds.HISTORIES`, told in names."""
    entries = history_of(db, kind, key, limit=limit)
    return _told(db, entries, more=sum(len(entry.rows) for entry in entries) >= limit)


def load_change(db: Connection, change_id: int) -> ToldHistory:
    """Return one change with everything that it touched, told in names."""
    return _told(db, images_of(db, change_id), more=False)


def _told(db: Connection, entries: list[ChangeEntry], *, more: bool) -> ToldHistory:
    names = _load_names(db, entries)
    later = aliased(Change)
    undone = sa.select(later.undoes).where(later.undoes.in_([entry.id for entry in entries]))
    taken_back = set(db.execute(undone).scalars())
    written = sa.select(ChangeRow.change_id, sa.func.count()).group_by(ChangeRow.change_id)
    touched = dict(db.execute(written.where(ChangeRow.change_id.in_([entry.id for entry in entries]))).all())
    changes = tuple(
        ToldChange(
            entry.id,
            entry.at,
            entry.by,
            entry.label,
            ChangeKind(entry.kind),
            entry.id in taken_back,
            tuple(row_change(image, names) for image in reversed(entry.rows)),
            touched.get(entry.id, 0),
        )
        for entry in entries
    )
    return ToldHistory(load_settings(db).zone, changes, more)


def row_change(row: tuple[str, str, Any, Any], names: Names) -> RowChange:
    """Return what differs between two images of a row, in names; a row that was added tells all that it holds."""
    table, key, before, after = row
    old, new = before or {}, after or {}
    order = {name: place for place, name in enumerate(journaled.table(table).columns.keys())}
    differing = [name for name in (new or old) if name not in DERIVED and old.get(name) != new.get(name)]
    differing.sort(key=lambda name: order.get(name, len(order)))
    fields = tuple(
        FieldChange(name, _value(table, name, old.get(name), names), _value(table, name, new.get(name), names))
        for name in differing
    )
    return RowChange(table, key, _subject(table, new or old, names), before is None, after is None, fields)


def _subject(table: str, image: Mapping[str, Any], names: Names) -> str:
    for name in SUBJECTS:
        if image.get(name) is not None:
            return str(_value(table, name, image[name], names))
    return ""


def _value(table: str, field: str, value: Any, names: Names) -> Any:
    target = _target(table, field)
    if value is None or target is None:
        return _day(table, field, value)
    return names.get((NAMES[target][0], int(value)), f"#{value}") if target in NAMES else f"#{value}"


def _day(table: str, field: str, value: Any) -> Any:
    columns = journaled.table(table).columns
    if isinstance(value, str) and field in columns and isinstance(columns[field].type, Day):
        return dt.date.fromisoformat(value)
    return value


def _target(table: str, field: str) -> str | None:
    """Return the table at which a column points; None for any other column."""
    column = journaled.table(table).columns.get(field)
    keys = () if column is None else tuple(column.foreign_keys)
    return keys[0].column.table.name if keys else None


def _load_names(db: Connection, entries: Iterable[ChangeEntry]) -> Names:
    wanted: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        for table, _key, before, after in entry.rows:
            for image in (before, after):
                for field, value in (image or {}).items():
                    target = _target(table, field)
                    if target in NAMES and value is not None:
                        wanted[NAMES[target][0]].add(int(value))
    found: dict[tuple[str, int], str] = {}
    for table, ids in wanted.items():
        source = journaled.table(table)
        column = source.columns[next(name for one, name in NAMES.values() if one == table)]
        rows = db.execute(sa.select(source.columns["id"], column).where(source.columns["id"].in_(ids)))
        found.update({(table, row[0]): str(row[1]) for row in rows})
    return found
