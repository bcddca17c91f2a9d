"""Everything that an undo must bring back, as plain rows."""

from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Base
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.orchestration.undoing import GONE_AT
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.objects.journaled import TABLES, image_columns

DERIVED = {
    "claims": ("resource_id", "session_id", "block_id", "starts_at", "ends_at"),
    "run_seats": ("run_id", "person_id", "seats"),
    "compliance_items": ("course_id", "person_id", "status", "expires_on", "due_on"),
}
"""Tables that follow from the others, with what is compared of them."""

NEVER_WRITTEN = frozenset({"contact_looks", "attachments", "tellings", "accounts", "settings"})

Rows = dict[str, list[tuple[Any, ...]]]


def everything(store: Store) -> Rows:
    """Return the rows of every table that people edit, and what follows from them; what is gone is left out.

    Versions and stamps of writing are no part of it, nor are counters: those are counted again by `db check`.
    """
    found: Rows = {}
    with store.snapshot() as db:
        for name in TABLES:
            if name not in NEVER_WRITTEN:
                found[name] = _sorted(db.execute(_query(name)))
        for name, columns in DERIVED.items():
            table = Base.metadata.tables[name]
            query = sa.select(*(table.c[column] for column in columns))
            found[name] = _sorted(db.execute(query if name != "run_seats" else query.where(table.c.seats > 0)))
    return found


def difference(before: Rows, after: Rows) -> str:
    """Return the rows that are in one and not in the other, by table; empty when both are alike."""
    lines = []
    for name, rows in before.items():
        lines += [f"{name} lost {row}" for row in rows if row not in after[name]]
        lines += [f"{name} has {row}" for row in after[name] if row not in rows]
    return "\n".join(lines)


def _query(name: str) -> sa.Select[Any]:
    table = Base.metadata.tables[name]
    query = sa.select(*image_columns(name))
    if name in GONE_AT:
        query = query.where(table.c[GONE_AT[name]].is_(None))
    if name == "enrollments":
        query = query.where(table.c.state != EnrollmentState.WITHDRAWN.value)
    return query


def _sorted(rows: Any) -> list[tuple[Any, ...]]:
    return sorted(map(tuple, rows), key=repr)
