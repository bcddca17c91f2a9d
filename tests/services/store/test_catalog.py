"""The contract of the schema: every table, column, constraint, index, trigger and function of the golden lists.

Migration tools see neither triggers nor functions nor exclusion constraints; this test does.
"""

import difflib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from tests.services.store.catalog import catalog, golden
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.engines import make_writer

HINT = "If the change of the schema is meant, run: python -m tests.services.store.catalog"


def test_the_schema_is_the_golden_list(each_store: Store) -> None:
    with each_store.reading() as db:
        found, wanted = catalog(db), golden(db.dialect.name)
    difference = "\n".join(difflib.unified_diff(wanted, found, "golden", "found", lineterm="", n=0))
    assert not difference, f"{difference}\n{HINT}"


@contextmanager
def damaged(store: Store, statement: str) -> Iterator[sa.Connection]:
    """Lend a connection on which something is missing, for as long as it is lent."""
    engine = make_writer(store.url)
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            connection.exec_driver_sql(statement)
            yield connection
            transaction.rollback()
    finally:
        engine.dispose()


def triggers(store: Store) -> list[tuple[str, str]]:
    """Give every trigger of the program as (name, table)."""
    if store.is_file:
        query = "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger'"
    else:
        query = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    with store.reading() as db:
        return [(name, table) for name, table in db.exec_driver_sql(query)]


def test_the_loss_of_any_trigger_is_seen(each_store: Store) -> None:
    store = each_store
    found = triggers(store)
    assert len(found) > 50
    for name, table in found:
        with damaged(store, f"DROP TRIGGER {name}" + ("" if store.is_file else f" ON {table}")) as db:
            missing = set(golden(db.dialect.name)) - set(catalog(db))
        assert len(missing) == 1, (name, table)


LOSSES = {
    "sqlite": (
        "DROP INDEX ix_claims_resource_id_starts_at",
        "DROP TABLE waivers",
        "ALTER TABLE people ADD COLUMN nickname TEXT",
        "ALTER TABLE people RENAME COLUMN email TO mail",
        "CREATE TABLE stowaway (id INTEGER)",
    ),
    "postgresql": (
        "DROP INDEX ix_claims_resource_id_starts_at",
        "DROP TABLE waivers",
        "ALTER TABLE people DROP COLUMN email CASCADE",
        'ALTER TABLE compliance_items ALTER COLUMN sort_name TYPE text COLLATE "default"',
        "ALTER TABLE people ALTER COLUMN name DROP NOT NULL",
        "ALTER TABLE claims DROP CONSTRAINT claims_overlap",
        "ALTER TABLE sessions DROP CONSTRAINT ck_sessions_seats",
        "ALTER TABLE sessions ALTER COLUMN seats_taken DROP DEFAULT",
        "ALTER TABLE enrollments DISABLE TRIGGER seats_update",
        "ALTER FUNCTION journal_open SECURITY INVOKER",
        "ALTER FUNCTION seats_update() RESET search_path",
        "CREATE OR REPLACE FUNCTION claims_guard() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TABLE stowaway (id integer)",
    ),
}


@pytest.mark.parametrize(
    ("dialect", "statement"), [(dialect, one) for dialect, several in LOSSES.items() for one in several]
)
def test_every_other_loss_is_seen(request: pytest.FixtureRequest, dialect: str, statement: str) -> None:
    store: Store = request.getfixturevalue("sqlite_store" if dialect == "sqlite" else "postgres_store")
    with damaged(store, statement) as db:
        assert set(golden(dialect)) ^ set(catalog(db))
