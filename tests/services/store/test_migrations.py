"""Migrations make exactly what the program's tables say, and lay its triggers anew whatever they did (O1)."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests.services.store.catalog import catalog, golden
from tests.services.store.raw import raw
from trainer_desk.models import Base
from trainer_desk.services.store import migrating, schema
from trainer_desk.services.store.engine import Store, open_store

pytestmark = pytest.mark.filterwarnings("ignore:Did not recognize type 'xid8'")
SCRIPTS = ScriptDirectory(str(files("trainer_desk.models") / "migrations"))
NOT_IN_THE_MODELS = {"never", "change_open"}
"""Tables that only triggers use; the catalog's golden list holds them."""


def test_the_constants_of_the_schema_are_those_of_the_scripts() -> None:
    assert SCRIPTS.get_heads() == [schema.HEAD]
    assert {script.revision for script in SCRIPTS.walk_revisions()} == schema.KNOWN


def test_every_revision_comes_for_both_databases() -> None:
    folder = Path(str(files("trainer_desk.models.migrations.versions")))
    for script in SCRIPTS.walk_revisions():
        for dialect in ("sqlite", "postgresql"):
            assert (folder / f"rev_{script.revision}_{dialect}.sql").is_file()


def is_of_the_models(_thing: object, name: str | None, kind: str, reflected: bool, _other: object) -> bool:
    return not (kind == "table" and reflected and (name in NOT_IN_THE_MODELS or str(name).startswith("people_search")))


def test_a_migrated_database_is_what_the_models_say(each_store: Store) -> None:
    with each_store.reading() as db:
        options = {"compare_type": True, "include_object": is_of_the_models}
        context = MigrationContext.configure(db, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_the_comparison_sees_a_column_that_is_missing(store: Store) -> None:
    with raw(store) as db:
        db.exec_driver_sql("ALTER TABLE people ADD COLUMN nickname TEXT")
    with store.reading() as db:
        context = MigrationContext.configure(db, opts={"include_object": is_of_the_models})
        assert [change[0] for change in compare_metadata(context, Base.metadata)] == ["remove_column"]


def test_an_upgrade_lays_triggers_and_constraints_anew(each_store: Store) -> None:
    """Also where a migration rebuilt a table, by which SQLite loses its triggers without a word."""
    store = each_store
    with raw(store) as db:
        if store.is_file:
            for name in db.scalars(sa.text("SELECT name FROM sqlite_schema WHERE type = 'trigger'")).all():
                db.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            db.exec_driver_sql("ALTER TABLE claims DROP CONSTRAINT claims_overlap")
            db.exec_driver_sql("DROP FUNCTION refuse() CASCADE")
            db.exec_driver_sql("DROP FUNCTION journal_sessions() CASCADE")
        assert catalog(db) != golden(db.dialect.name)
    migrating.upgrade(store.url)
    with store.reading() as db:
        assert catalog(db) == golden(db.dialect.name)


def test_a_second_upgrade_changes_nothing(each_store: Store) -> None:
    migrating.upgrade(each_store.url)
    migrating.upgrade(each_store.url)
    with each_store.reading() as db:
        assert catalog(db) == golden(db.dialect.name)
        assert schema.revision_of(db) == schema.HEAD


def test_a_database_of_today_is_opened_without_the_migration_tool(sqlite_store: Store) -> None:
    program = (
        "import sys\n"
        "from trainer_desk.services.store.engine import open_store\n"
        "from trainer_desk.services.directory import load_directory\n"
        "store = open_store(sys.argv[1], check=True)\n"
        "store.read(load_directory)\n"
        "store.close()\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('alembic', 'mako', 'PySide6')))\n"
    )
    address = sqlite_store.url.database or ""
    done = subprocess.run([sys.executable, "-c", program, address], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("check", [False, True])
def test_a_sound_database_opens(store: Store, check: bool) -> None:
    open_store(store.url.render_as_string(hide_password=False), check=check).close()
