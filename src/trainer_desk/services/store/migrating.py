"""Brings a schema to today's head; the only module that imports Alembic, and only when something is due."""

import logging
from importlib.resources import files

from sqlalchemy import URL, Connection

from trainer_desk.services.store import objects
from trainer_desk.services.store.address import is_file
from trainer_desk.services.store.engines import make_writer
from trainer_desk.services.store.trouble import translated

LOG = logging.getLogger(__name__)
UPGRADE_LOCK = 7_265_331
"""Any number of workstations may try at once on a server; the second waits and finds nothing to do."""


def upgrade(url: URL, revision: str = "head") -> None:
    """Run the migrations that are due and lay triggers and constraints anew, all in one transaction."""
    engine = make_writer(url)
    try:
        with translated(), engine.begin() as connection:
            _prepare(connection)
            run(connection, revision)
            lay_objects(connection)
    finally:
        engine.dispose()
    LOG.info("schema is at %s", revision)


def lay_objects(connection: Connection) -> None:
    """Make every trigger, function and exclusion constraint as this program knows them."""
    for statement in objects.statements(connection.dialect.name):
        connection.exec_driver_sql(statement.replace("%", "%%") if not _is_sqlite(connection) else statement)


def run(connection: Connection, revision: str = "head") -> None:
    """Let Alembic run on an open connection."""
    # Importing Alembic costs a fifth of a second that a start without migrations must not pay.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(files("trainer_desk.models") / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _prepare(connection: Connection) -> None:
    if not _is_sqlite(connection):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})")


def _is_sqlite(connection: Connection) -> bool:
    return is_file(connection.engine.url)
