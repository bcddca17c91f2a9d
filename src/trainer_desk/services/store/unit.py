"""One write transaction from the inside: its session, its instant, and the journal entry that it writes under."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from trainer_desk.models import Change, ChangeRow
from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store import schema
from trainer_desk.services.store.address import shown
from trainer_desk.services.store.db import is_sqlite
from trainer_desk.services.store.prepared import Prepared

COUNTED = 500
"""Above so many rows a change says only that everything may differ."""

CHANGES, CHANGE_ROWS = Change.__table__, ChangeRow.__table__
KNOWN = sa.select(CHANGES.c.id, CHANGES.c.label).where(CHANGES.c.op_key == sa.bindparam("key"))
OPEN_FILE = Prepared(
    sa.insert(Change.metadata.tables["changes"])
    .values({name: sa.bindparam(name) for name in ("actor", "at", "label", "op_key", "undoes", "kind")})
    .returning(CHANGES.c.id)
)
"""Built once, of tables and not of classes: a write begins with it."""

REVISION_OF_FILE = Prepared(schema.VERSION)

MARK = sa.table("change_open", sa.column("change_id", sa.Integer()))
MARK_OPEN = Prepared(sa.insert(MARK).values(change_id=sa.bindparam("change_id")))
MARK_CLOSED = Prepared(sa.delete(MARK))
OPEN_SERVER = Prepared(
    sa.select(
        sa.func.journal_open(
            sa.bindparam("label", type_=sa.Text()),
            sa.bindparam("key", type_=sa.Text()),
            sa.bindparam("undoes", type_=sa.BigInteger()),
            sa.bindparam("kind", type_=sa.Text()),
        ).label("change_id"),
        sa.func.clock_timestamp().label("now"),
        schema.VERSION.scalar_subquery().label("revision"),
    )
)
SERVER_CLOCK = sa.text("SELECT clock_timestamp()")
TOUCHED = Prepared(
    sa.select(CHANGE_ROWS.c.tbl, CHANGE_ROWS.c.pk)
    .where(CHANGE_ROWS.c.change_id == sa.bindparam("change_id"))
    .limit(sa.literal_column(str(COUNTED + 1)))
)


ENTRY = ("label", "undoes", "kind")


class Unit:
    """What `Store.writing` lends: `db`, `now` (UTC instant), `actor` and, at the end, `changes`."""

    def __init__(self, db: Session, now: dt.datetime, actor: str, change_id: int) -> None:
        self.db = db
        self.now = now
        self.actor = actor
        self.change_id = change_id
        self.changes = Changes()
        self.is_discarded = False
        self.is_sent = False
        """Whether all is done but the COMMIT: only from here on may a lost answer mean that it happened."""

    def discard(self) -> None:
        """Leave nothing behind at the end: this was a rehearsal."""
        self.is_discarded = True


def open_change(
    connection: Connection, actor: str, now: dt.datetime, entry: Mapping[str, Any]
) -> tuple[int, dt.datetime | None]:
    """Write the change as the first statement; return its id and the server's clock, if there is one.

    Raises DatabaseTrouble when a newer program has upgraded the schema since this one opened it.
    """
    if not is_sqlite(connection):
        [opened] = OPEN_SERVER.rows(connection, **entry)
        _require_known(connection, opened.revision)
        return int(opened.change_id), opened.now
    [[revision]] = REVISION_OF_FILE.rows(connection)
    _require_known(connection, revision)
    row = {"actor": actor, "at": now, "op_key": entry["key"]} | {name: entry[name] for name in ENTRY}
    [[change_id]] = OPEN_FILE.rows(connection, **row)
    MARK_OPEN.each(connection, [{"change_id": change_id}])
    return int(change_id), None


def _require_known(connection: Connection, revision: str | None) -> None:
    if revision not in schema.KNOWN:
        raise DatabaseTrouble(why="upgraded_meanwhile", database=shown(connection.engine.url))


def server_clock(connection: Connection) -> dt.datetime | None:
    """Return the instant that the server has, if there is a server."""
    return None if is_sqlite(connection) else connection.execute(SERVER_CLOCK).scalar_one()


def close_change(connection: Connection) -> None:
    """On SQLite, take the open mark away; a COMMIT with it still there fails."""
    if is_sqlite(connection):
        MARK_CLOSED.each(connection, [{}])


def read_changes(connection: Connection, change_id: int, label: str) -> Changes:
    """Return what the change touched so far, from its own journal rows."""
    keys: dict[str, set[str]] = defaultdict(set)
    rows = TOUCHED.rows(connection, change_id=change_id)
    for table, key in rows:
        keys[table].add(key)
    found = {table: frozenset(values) for table, values in keys.items()}
    return Changes(change_id, label, found, everything=len(rows) > COUNTED)


def find_change(connection: Connection, key: str) -> Changes | None:
    """Return what the change with that operation key touched, or None when there is no such change."""
    known = connection.execute(KNOWN, {"key": key}).one_or_none()
    return None if known is None else read_changes(connection, known.id, known.label)
