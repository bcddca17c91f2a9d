"""Which schema this program speaks, and what a database says about its own; costs one tiny query."""

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError, ProgrammingError

HEAD = "0001"
"""The newest migration; a test compares it with the scripts, so that Alembic need not be imported to know."""

KNOWN = frozenset({"0001"})
"""Every revision that this program can upgrade from."""

VERSION = sa.text("SELECT version_num FROM alembic_version")


def revision_of(connection: Connection) -> str | None:
    """Return the database's revision, or None where there is no schema of ours."""
    try:
        return connection.execute(VERSION).scalar_one_or_none()
    except (OperationalError, ProgrammingError) as error:
        if "alembic_version" not in str(error.orig):
            raise
        return None
