"""Makes databases as version 1 of the program left them: the first revision, with its triggers as they were then."""

import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from trainer_desk.services.store import migrating
from trainer_desk.services.store.address import is_file, read_address
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.engines import connect_file, make_migrator

FROZEN = Path(__file__).with_name("frozen")

TABLES = (
    "settings", "people", "contacts", "courses", "resources", "trainers", "venues", "qualifications",
    "compliance_items", "sessions", "session_resources", "blocks", "claims", "enrollments", "changes", "change_rows",
)  # fmt: skip
"""The tables of the first revision that hold anything."""


def make_first(address: str, zone: str = "Europe/Berlin") -> Store:
    """Make an organisation of the first revision in an empty database; open it without asking for today's schema."""
    url = read_address(address)
    if is_file(url):
        engine = sa.create_engine(url, creator=lambda: connect_file(url, "rwc"))
        with engine.connect() as db:
            db.exec_driver_sql("PRAGMA journal_mode = WAL")
        engine.dispose()
    engine = make_migrator(url)
    with engine.begin() as db:
        migrating.run(db, "0001")
        frozen = FROZEN / f"objects_0001_{db.dialect.name}.sql"
        for statement in frozen.read_text(encoding="utf-8").rstrip(";\n").split(";\n\n"):
            db.exec_driver_sql(statement.replace("%", "%%") if not is_file(url) else statement)
        db.execute(sa.text("INSERT INTO settings (key, value) VALUES ('zone', :zone)"), {"zone": zone})
    engine.dispose()
    return Store(url)


Rows = dict[str, dict[str, dict[str, Any]]]


def rows_of(store: Store) -> Rows:
    """Give every row of those tables by table and key, with the columns that it has."""
    with store.reading() as db:
        inspector = sa.inspect(db)
        found: Rows = {}
        for table in TABLES:
            key = inspector.get_pk_constraint(table)["constrained_columns"]
            rows = [dict(row._mapping) for row in db.execute(sa.text(f"SELECT * FROM {table}"))]
            found[table] = {json.dumps([row[name] for name in key]): row for row in rows}
    return found
