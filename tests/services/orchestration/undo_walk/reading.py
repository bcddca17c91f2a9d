"""All rows by key, and whether an undo brought them back: only what is made may stay, and then as something gone."""

from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Base
from trainer_desk.services.orchestration.undoing import GONE, GONE_AT
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.objects.journaled import TABLES, image_columns

DERIVED = {
    "claims": ("resource_id", "session_id", "block_id", "starts_at", "ends_at"),
    "run_seats": ("run_id", "person_id", "seats"),
    "compliance_items": ("course_id", "person_id", "status", "expires_on", "due_on"),
}
"""Tables that follow from the others, with what is compared of them."""

Row = dict[str, Any]
Rows = dict[str, dict[tuple[Any, ...], Row]]


def everything(store: Store) -> Rows:
    """Return every row that people edit by table and key, and what follows from these; no versions, no counters."""
    found: Rows = {}
    with store.snapshot() as db:
        for name in TABLES:
            table = Base.metadata.tables[name]
            keys = [column.name for column in table.primary_key]
            rows = db.execute(sa.select(*image_columns(name))).mappings()
            found[name] = {tuple(row[key] for key in keys): dict(row) for row in rows}
        for name, columns in DERIVED.items():
            table = Base.metadata.tables[name]
            query = sa.select(*(table.c[column] for column in columns))
            rows = db.execute(query if name != "run_seats" else query.where(table.c.seats > 0)).mappings()
            found[name] = {tuple(row.values()): dict(row) for row in rows}
    return found


def difference(wanted: Rows, found: Rows) -> str:
    """Return what is not as it is wanted, by table; a row that was made since may stay as something gone."""
    lines = []
    for name, rows in wanted.items():
        lines += [f"{name} lost {row}" for key, row in rows.items() if key not in found[name]]
        for key, row in found[name].items():
            if key in rows and row != rows[key]:
                lines += [f"{name}.{column} is {row[column]!r}, not {value!r}" for column, value in rows[key].items()
                          if row[column] != value]  # fmt: skip
            elif key not in rows and not _is_gone(name, row):
                lines.append(f"{name} has {row}")
    return "\n".join(lines)


def _is_gone(name: str, row: Row) -> bool:
    if name not in GONE:
        return False
    at = GONE_AT.get(name)
    return all(row[column] == value for column, value in GONE[name].items()) and (at is None or row[at] is not None)
