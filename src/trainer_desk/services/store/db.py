"""What questions are asked on, and which kind of database that is."""

from typing import TypeAlias

from sqlalchemy import Connection
from sqlalchemy.orm import Session

Db: TypeAlias = Connection | Session
"""A connection for questions, or the session of a write, which answers them too."""


def is_sqlite(db: Db) -> bool:
    """Whether this is a file and not a server."""
    return dialect_of(db) == "sqlite"


def dialect_of(db: Db) -> str:
    """Return the name of the dialect: `sqlite` or `postgresql`."""
    return (db if isinstance(db, Connection) else db.get_bind()).dialect.name


def plain(db: Db) -> Connection:
    """Return the connection beneath: statements of tables are answered there without the ORM's share of the time."""
    # Not the session's `bind`: a savepoint begins only when its session is asked for the connection.
    return db if isinstance(db, Connection) else db.connection()
