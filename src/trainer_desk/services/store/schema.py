"""Which schema this program speaks, and what a database says about its own; costs one tiny query."""

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError, ProgrammingError

HEAD = "0007"
"""The newest migration; a test compares it with the scripts, so that Alembic need not be imported to know."""

KNOWN = frozenset({"0001", "0002", "0003", "0004", "0005", "0006", "0007"})
"""Every revision that this program can upgrade from."""

VERSION = sa.select(sa.table("alembic_version", sa.column("version_num", sa.Text())).c.version_num)
"""What a database says of its schema."""

OURS = sa.text("SELECT change_id FROM change_rows WHERE id < 0")


def revision_of(connection: Connection) -> str | None:
    """Return the database's revision, or None where there is no schema of ours."""
    revision = _ask(connection, VERSION, "alembic_version") or None
    if revision in KNOWN or revision is None:
        return revision
    # Other programs keep a revision, too; one that is unknown here counts only with our journal beside it.
    return revision if _ask(connection, OURS, "change_rows") is not None else None


def _ask(connection: Connection, statement: sa.Executable, table: str) -> str | None:
    try:
        rows = connection.execute(statement).scalars().all()
    except (OperationalError, ProgrammingError) as error:
        if table not in str(error.orig):
            raise
        return None
    return str(rows[0]) if rows else ""
