"""Hears of what others committed to a file: a number that SQLite keeps, and then the journal's newest changes (U6)."""

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models import Change, ChangeRow
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.rows.feed import MOST_ROWS, ONE_BY_ONE, ChangedRow
from trainer_desk.services.store.bell import Bell
from trainer_desk.services.store.trouble import translated

LOOK_EVERY = 0.25
"""Seconds between two looks at SQLite's number, of a few microseconds each."""

CHANGES, ROWS = Change.__table__, ChangeRow.__table__
NEWEST = sa.select(CHANGES.c.id, CHANGES.c.op_key, CHANGES.c.at).order_by(CHANGES.c.id.desc()).limit(1)
OF_ID = sa.select(CHANGES.c.id, CHANGES.c.op_key, CHANGES.c.at).where(CHANGES.c.id == sa.bindparam("id"))
BETWEEN = CHANGES.c.id.between(sa.bindparam("first"), sa.bindparam("last"))
LATER = sa.select(CHANGES.c.id).where(BETWEEN).order_by(CHANGES.c.id).limit(ONE_BY_ONE + 1)
TOUCHED = sa.select(ROWS.c.tbl, ROWS.c.pk).where(ROWS.c.change_id == sa.bindparam("id")).limit(MOST_ROWS + 1)


def file_position(db: Connection) -> str:
    """Return the newest change by its id and how it is told from another of that id; in a file they come in order."""
    return _words(db.execute(NEWEST).one_or_none())


class FileLine:
    """A connection that stays open: SQLite's number tells it only of the commits of others."""

    def __init__(self, connection: Connection, path: Path, bell: Bell) -> None:
        self._connection, self._path, self._bell = connection, path, bell
        with translated():
            self._number = self._look()
            self._file = self._which()
            self.position = file_position(connection)

    def changed(self, seen: str) -> tuple[str, list[ChangedRow] | None]:
        """Return the position now and what was committed since `seen`; None: the file holds another history."""
        with translated():
            db = self._connection
            position = file_position(db)
            last, newest = _id(seen), _id(position)
            if _words(db.execute(OF_ID, {"id": last}).one_or_none()) != seen:
                return position, None
            found = [
                ChangedRow(change_id, row.tbl, row.pk)
                for change_id in db.scalars(LATER, {"first": last + 1, "last": newest}).all()
                for row in db.execute(TOUCHED, {"id": change_id})
            ]
        return position, found

    def wait(self) -> bool:
        """Wait for a quarter of a second or until the bell rings; return whether somebody committed meanwhile.

        Raises DatabaseTrouble when another file stands in the place of this one, or none.
        """
        self._bell.wait(LOOK_EVERY)
        with translated():
            before, self._number = self._number, self._look()
        if self._which() != self._file:
            raise DatabaseTrouble("connection_lost", why="connection_lost", database=str(self._path))
        return self._number != before

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()

    def _look(self) -> int:
        return int(self._connection.exec_driver_sql("PRAGMA data_version").scalar_one())

    def _which(self) -> tuple[int, int]:
        try:
            found = os.stat(self._path)
        except OSError as trouble:
            raise DatabaseTrouble(
                "connection_lost", why="connection_lost", database=str(self._path), detail=str(trouble)
            ) from trouble
        return found.st_dev, found.st_ino


def _words(change: sa.Row[Any, Any, Any] | None) -> str:
    return "0 none" if change is None else f"{change.id} {change.op_key} {change.at.isoformat()}"


def _id(position: str) -> int:
    return int(position.split(" ")[0])
