"""Brings a schema to today's head; the only module that imports Alembic, and only when something is due."""

import logging
from collections.abc import Callable
from importlib.resources import files

from sqlalchemy import URL, Connection

from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store import objects, schema, server_roles
from trainer_desk.services.store.address import shown
from trainer_desk.services.store.db import is_sqlite
from trainer_desk.services.store.engines import make_migrator
from trainer_desk.services.store.server_roles import ServerRoles, quoted
from trainer_desk.services.store.trouble import translated

LOG = logging.getLogger(__name__)
SCRIPTS = files("trainer_desk.models") / "migrations"
UPGRADE_LOCK = 7_265_331
"""Any number of workstations may try at once on a server; the second waits and finds nothing to do."""


def upgrade(
    url: URL,
    revision: str = "head",
    *,
    only_if_due: bool = False,
    first: Callable[[], object] = lambda: None,
    last: Callable[[Connection], object] = lambda _connection: None,
) -> bool:
    """Run the migrations that are due and lay triggers and constraints anew, all in one transaction.

    `first` is called when nobody else can write any more and nothing is changed yet, `last` when all is laid. Return
    False without a change if `only_if_due` and somebody else was faster.
    """
    engine = make_migrator(url)
    try:
        with translated(), engine.begin() as connection:
            _lock(connection)
            if only_if_due and schema.revision_of(connection) == schema.HEAD:
                return False
            first()
            _lay(connection, lambda: run(connection, revision), lambda: last(connection))
            _require_references(connection)
    finally:
        engine.dispose()
    LOG.info("schema is at %s", revision)
    return True


def lay_objects(connection: Connection) -> None:
    """Make every trigger, function and exclusion constraint as this program knows them."""
    for statement in objects.statements(connection.dialect.name):
        connection.exec_driver_sql(statement.replace("%", "%%") if not is_sqlite(connection) else statement)


def lay_again(url: URL) -> None:
    """Make every trigger, function and constraint of today's schema anew, in one transaction: some were missing.

    Raises DatabaseTrouble, on a server also for a login that does not own the tables.
    """
    engine = make_migrator(url)
    try:
        with translated(), engine.begin() as connection:
            _lock(connection)
            _lay(connection)
    finally:
        engine.dispose()
    LOG.warning("laid the guards of %s anew", shown(url))


def _lay(
    connection: Connection,
    before: Callable[[], object] = lambda: None,
    after: Callable[[], object] = lambda: None,
) -> None:
    """Lay objects and, on a server, rights, as the owner; so are the steps `before` and `after` that."""
    _drop_triggers(connection)
    roles = None if is_sqlite(connection) else server_roles.become_owner(connection)
    before()
    lay_objects(connection)
    if roles is not None:
        _lay_rights(connection, roles)
    after()
    if roles is not None:
        server_roles.step_down(connection, roles)


def _lay_rights(connection: Connection, roles: ServerRoles) -> None:
    """Give a server's roles the rights that this program knows, and nothing else to anybody; as the owner."""
    acting = roles.owner
    for statement, role in objects.rights(roles):
        if role != acting:
            connection.exec_driver_sql(f"SET LOCAL ROLE {quoted(role)}")
            acting = role
        connection.exec_driver_sql(statement.replace("%", "%%"))


def run(connection: Connection, revision: str = "head") -> None:
    """Let Alembic run on an open connection."""
    # Importing Alembic costs a fifth of a second that a start without migrations must not pay.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _lock(connection: Connection) -> None:
    """On a server, stand in line for the upgrade, however long it takes; a file is locked by its transaction."""
    if not is_sqlite(connection):
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})")


def _drop_triggers(connection: Connection) -> None:
    """On SQLite a table cannot be rebuilt while triggers speak of it; all are laid anew afterwards."""
    if is_sqlite(connection):
        names = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'").scalars().all()
        for name in names:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def _require_references(connection: Connection) -> None:
    """On SQLite, prove what was not watched meanwhile: that every row points at one that is there."""
    if is_sqlite(connection):
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost is not None:
            raise DatabaseTrouble(why="upgrade_failed", database=shown(connection.engine.url), detail=str(tuple(lost)))
