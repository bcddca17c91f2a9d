"""Triggers, functions and constraints that no migration tool sees, as text; applied at the end of every upgrade."""

from collections.abc import Iterator

from sqlalchemy import Connection

from trainer_desk.services.store.db import is_sqlite
from trainer_desk.services.store.objects import (
    contacts_postgresql,
    logins_postgresql,
    postgresql,
    rights_postgresql,
    sqlite,
)
from trainer_desk.services.store.server_roles import ServerRoles


def statements(dialect: str) -> Iterator[str]:
    """Yield every statement that makes the objects of a dialect (`sqlite` or `postgresql`), safe to repeat."""
    yield from sqlite.statements() if dialect == "sqlite" else postgresql.statements()


def rights(names: ServerRoles) -> Iterator[tuple[str, str]]:
    """Yield what gives a server's roles their rights: each statement, and the role that must carry it out."""
    for statement in logins_postgresql.statements():
        yield statement, names.useradmin
    yield logins_postgresql.closed(names), names.useradmin
    yield logins_postgresql.trigger(), names.owner
    for statement in rights_postgresql.statements(names):
        yield statement, names.owner
    yield "SELECT follow_login(login) FROM accounts", names.owner


def image_of(dialect: str, table: str, row: str) -> str:
    """Return the SQL expression that makes the journal's image of a row; `row` is its name in the statement."""
    return sqlite.image(table, row) if dialect == "sqlite" else postgresql.image(table, row)


def read_from(dialect: str, table: str) -> str:
    """Return what a row's image is read from: on a server nobody reads contacts, only that they are there."""
    return contacts_postgresql.TOLD if dialect == "postgresql" and table == "contacts" else table


def differs_of(dialect: str, table: str, was: str, now: str) -> str:
    """Return the SQL condition that two images of a row differ, of whatever revision they are."""
    return sqlite.differs(table, was, now) if dialect == "sqlite" else postgresql.differs(table, was, now)


def missing_objects(connection: Connection) -> list[str]:
    """Return what is not there as this program lays it: triggers, functions and constraints, by name."""
    return sqlite.missing(connection) if is_sqlite(connection) else postgresql.missing(connection)
