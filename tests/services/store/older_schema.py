"""Makes databases as older programs left them: a revision of then, with its triggers as they were laid then."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from trainer_desk.services.store import migrating
from trainer_desk.services.store.address import is_file, read_address
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.engines import connect_file, make_migrator

FROZEN = Path(__file__).with_name("frozen")
BETWEEN = re.compile(r";\n\n(?=\S)")
"""What stands between two statements; a blank line inside a function is followed by a line that is indented."""


def make_older(address: str, revision: str, zone: str = "Europe/Berlin") -> Store:
    """Make an organisation of an older revision in an empty database; open it without asking for today's schema."""
    url = read_address(address)
    if is_file(url):
        engine = sa.create_engine(url, creator=lambda: connect_file(url, "rwc"))
        with engine.connect() as db:
            db.exec_driver_sql("PRAGMA journal_mode = WAL")
        engine.dispose()
    engine = make_migrator(url)
    with engine.begin() as db:
        migrating.run(db, revision)
        frozen = FROZEN / f"objects_{revision}_{db.dialect.name}.sql"
        for statement in BETWEEN.split(frozen.read_text(encoding="utf-8").rstrip(";\n")):
            db.exec_driver_sql(statement.replace("%", "%%") if not is_file(url) else statement)
        db.execute(sa.text("INSERT INTO settings (key, value) VALUES ('zone', :zone)"), {"zone": zone})
    engine.dispose()
    return Store(url)


Rows = dict[str, dict[str, dict[str, Any]]]


def rows_of(store: Store, tables: Iterable[str] | None = None) -> Rows:
    """Give every row of these tables, else of all that hold anything, by table and key, with the columns it has."""
    with store.reading() as db:
        inspector = sa.inspect(db)
        found: Rows = {}
        for table in sorted(inspector.get_table_names()) if tables is None else tables:
            key = inspector.get_pk_constraint(table)["constrained_columns"]
            if not key or table == "alembic_version" or table.startswith("people_search"):
                continue  # the number of the schema, and the search index
            rows = [dict(row._mapping) for row in db.execute(sa.text(f"SELECT * FROM {table}"))]
            if rows or tables is not None:
                found[table] = {json.dumps([row[name] for name in key], default=str): row for row in rows}
    return found


def widened(rows: Rows, columns: Mapping[str, Iterable[str]]) -> Rows:
    """Give the rows as they are after an upgrade that added these columns, by table, and filled none."""
    return {
        table: {key: row | dict.fromkeys(columns.get(table, ())) for key, row in found.items()}
        for table, found in rows.items()
    }
