"""Triggers, functions and constraints that no migration tool sees, as text; applied at the end of every upgrade."""

from collections.abc import Iterator

from sqlalchemy import Connection

from trainer_desk.services.store.db import is_sqlite
from trainer_desk.services.store.objects import postgresql, sqlite


def statements(dialect: str) -> Iterator[str]:
    """Yield every statement that makes the objects of a dialect (`sqlite` or `postgresql`), safe to repeat."""
    yield from sqlite.statements() if dialect == "sqlite" else postgresql.statements()


def image_of(dialect: str, table: str, row: str) -> str:
    """Return the SQL expression that makes the journal's image of a row; `row` is its name in the statement."""
    return sqlite.image(table, row) if dialect == "sqlite" else postgresql.image(table, row)


def differs_of(dialect: str, table: str, was: str, now: str) -> str:
    """Return the SQL condition that two images of a row differ, of whatever revision they are."""
    return sqlite.differs(table, was, now) if dialect == "sqlite" else postgresql.differs(table, was, now)


def missing_objects(connection: Connection) -> list[str]:
    """Return what is not there as this program lays it: triggers, functions and constraints, by name."""
    return sqlite.missing(connection) if is_sqlite(connection) else postgresql.missing(connection)
