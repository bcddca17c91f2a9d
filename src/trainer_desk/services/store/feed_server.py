"""Hears of what others committed on a server: LISTEN on a line of its own, and what a snapshot lacked (U6)."""

from typing import Any, cast

import psycopg
import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.rows.feed import ChangedRow
from trainer_desk.services.store.bell import Bell
from trainer_desk.services.store.objects.feed_postgresql import CHANNEL
from trainer_desk.services.store.trouble import translated

SIGN_OF_LIFE = 30.0
"""Seconds after which a line on which nothing was heard is asked; what words were lost shows then, too."""

GATHER = 0.01
"""Seconds to wait after a word, so that a crowd of commits costs one look and not one each."""

NOW = sa.text("SELECT pg_current_snapshot()::text")
SINCE = sa.text(
    "SELECT pg_current_snapshot()::text AS position, found.change_id, found.tbl, found.pk"
    " FROM (SELECT) here LEFT JOIN changed_since(CAST(:seen AS pg_snapshot)) found ON true"
)
"""One statement and so one snapshot: what it does not show yet, the next one will."""


def server_position(db: Connection) -> str:
    """Return the snapshot that a question sees now; what it lacks is what `changed` tells later."""
    return str(db.execute(NOW).scalar_one())


class ServerLine:
    """A connection that listens. Words on it are hints, whatever they say: the journal is the truth."""

    def __init__(self, connection: Connection, bell: Bell) -> None:
        self._connection, self._bell = connection, bell
        self._driver = cast("psycopg.Connection[Any]", connection.connection.dbapi_connection)
        with translated():
            connection.exec_driver_sql(f"LISTEN {CHANNEL}")
            self.position = server_position(connection)

    def changed(self, seen: str) -> tuple[str, list[ChangedRow]]:
        """Return the position now and what was committed since `seen`; raises DatabaseTrouble."""
        with translated():
            rows = self._connection.execute(SINCE, {"seen": seen}).all()
        return str(rows[0].position), [ChangedRow(row.change_id, row.tbl, row.pk) for row in rows if row.change_id]

    def wait(self) -> bool:
        """Wait until there is a word, half a minute has passed or the bell rings; return True: look.

        Raises DatabaseTrouble when the line broke.
        """
        # A word can come together with the answer to a question: then nothing more arrives that would end the wait.
        if not self._words() and not self._bell.wait(SIGN_OF_LIFE, self._driver):
            self._bell.wait(GATHER)
            self._words()
        return True

    def _words(self) -> int:
        """Take in the words that have arrived, and count them."""
        try:
            return sum(1 for _word in self._driver.notifies(timeout=0))
        except psycopg.Error as trouble:
            raise DatabaseTrouble("connection_lost", why="connection_lost", detail=str(trouble)) from trouble

    def close(self) -> None:
        """Let the line go."""
        self._connection.close()
