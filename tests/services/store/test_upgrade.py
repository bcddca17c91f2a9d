"""An upgrade backs up, then migrates whole or leaves the old database as it was; a newer one is refused (O1)."""

import datetime as dt
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from tests.factories import make_enrollment, make_people, make_scheduled, prepared
from trainer_desk.models import Person
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import DatabaseTrouble, DeskError
from trainer_desk.services.store import migrating, opening, schema
from trainer_desk.services.store.address import path_of
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.services.store.upgrade import upgrade_database
from trainer_desk.texts import error_text

CLOCK = FixedClock(dt.datetime(2026, 11, 20, 23, 15, 1, tzinfo=dt.UTC))
TODAY = schema.HEAD
PLANTED = f"{int(TODAY) + 1:04}"
"""The revision that a newer program would have."""

HEADER = f"""
import sqlalchemy as sa
from alembic import op
revision = "{PLANTED}"
down_revision = "{TODAY}"
def upgrade():
"""
ADD = """
    op.add_column("people", sa.Column("nickname", sa.Text(), nullable=True))
    op.execute("INSERT INTO settings (key, value) VALUES ('upgraded', 'once')")
"""


def plant(folder: Path, steps: str) -> str:
    """Copy the migrations and add one more; give the folder."""
    target = folder / "migrations"
    shutil.copytree(str(migrating.SCRIPTS), target, dirs_exist_ok=True)
    (target / "versions" / f"rev_{PLANTED}_planted.py").write_text(HEADER + steps)
    return str(target)


def update_program(patch: pytest.MonkeyPatch, folder: Path, steps: str) -> None:
    """Make this program one that knows a newer schema."""
    patch.setattr(migrating, "SCRIPTS", plant(folder, steps))
    patch.setattr(schema, "HEAD", PLANTED)
    patch.setattr(schema, "KNOWN", schema.KNOWN | {PLANTED})


@pytest.fixture
def older(sqlite_store: Store) -> Path:
    """Give a file with something in it, closed."""
    fill(sqlite_store)
    path = path_of(sqlite_store.url)
    path.chmod(0o640)
    return path


def fill(store: Store) -> None:
    with prepared(store) as db:
        session = make_scheduled(db)
        for person in make_people(db, 5):
            make_enrollment(db, session, person)
    store.close()


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def revision(path: Path) -> str:
    with closing(sqlite3.connect(path)) as db:
        return str(db.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def names(path: Path) -> set[str]:
    return {found.name for found in path.parent.iterdir()}


def test_an_older_file_is_backed_up_and_upgraded(older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, triggers = dump(older), triggers_of(older)
    update_program(monkeypatch, tmp_path, ADD)
    with pytest.raises(DatabaseTrouble):
        open_store(str(older))
    done = upgrade_database(str(older), clock=CLOCK)
    assert (done.before, done.after) == (TODAY, PLANTED)
    assert done.backup == older.with_name(f"organisation.before-{TODAY}-20261120T231501Z.desk")
    assert done.backup.stat().st_mode & 0o777 == 0o640
    assert dump(done.backup) == before
    assert names(older) == {older.name, done.backup.name, "migrations"}
    assert (revision(older), revision(done.backup)) == (PLANTED, TODAY)
    assert triggers_of(older) == triggers
    store = open_store(str(older), check=True)
    with store.writing("Works") as unit:
        unit.db.execute(sa.update(Person).values(site="North", version=Person.version + 1))
    store.close()


def test_going_back_is_taking_the_backup(older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        update_program(newer, tmp_path, ADD)
        backup = upgrade_database(str(older), clock=CLOCK).backup
    with pytest.raises(DatabaseTrouble) as refusal:
        open_store(str(older))
    assert refusal.value.facts["why"] == "newer_schema"
    assert backup is not None
    open_store(str(backup), check=True).close()


def triggers_of(path: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as db:
        return set(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))


REBUILT = """
    with op.batch_alter_table("sessions", recreate="always") as table:
        table.add_column(sa.Column("colour", sa.Text(), nullable=True))
    with op.batch_alter_table("people", recreate="always") as table:
        table.alter_column("site", existing_type=sa.Text(), nullable=True)
    op.execute("UPDATE sessions SET colour = 'red'")
"""


def test_tables_that_others_point_at_can_be_rebuilt(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tool copies the table, drops the old one and with it its triggers, and renames the copy."""
    triggers = triggers_of(older)
    update_program(monkeypatch, tmp_path, REBUILT)
    upgrade_database(str(older), clock=CLOCK)
    assert triggers_of(older) == triggers
    with closing(sqlite3.connect(older)) as db:
        assert db.execute("SELECT colour, seats_taken FROM sessions").fetchall() == [("red", 5)]
        assert db.execute("SELECT count(*) FROM people").fetchone() == (5,)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


FAILURES: dict[str, tuple[str, type[Exception]]] = {
    "a statement that fails": ('    op.execute("UPDATE nowhere SET a = 1")\n', DatabaseTrouble),
    "a rule that is broken": ('    op.execute("UPDATE sessions SET capacity = 1")\n', DatabaseTrouble),
    "a reference that is lost": ('    op.execute("DELETE FROM people WHERE id = 1")\n', DatabaseTrouble),
    "a bug": ("    raise ZeroDivisionError\n", ZeroDivisionError),
}


@pytest.mark.parametrize(("step", "trouble"), FAILURES.values(), ids=FAILURES.keys())
def test_a_step_that_fails_leaves_the_old_file_and_its_backup(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, trouble: type[Exception]
) -> None:
    before, content = dump(older), older.read_bytes()
    with monkeypatch.context() as newer:
        update_program(newer, tmp_path, ADD + REBUILT + step)
        with pytest.raises(trouble) as failure:
            upgrade_database(str(older), clock=CLOCK)
    if isinstance(failure.value, DeskError):
        assert failure.value.facts["why"] == "upgrade_failed"
        assert "taken back" in error_text(failure.value)
    assert (dump(older), older.read_bytes()) == (before, content)
    (backup,) = older.parent.glob("*.before-*")
    assert dump(backup) == before
    open_store(str(older), check=True).close()


def test_nothing_due_is_nothing_done(older: Path) -> None:
    content = older.read_bytes()
    done = upgrade_database(str(older))
    assert (done.before, done.after, done.backup) == (TODAY, TODAY, None)
    assert older.read_bytes() == content
    assert names(older) == {older.name}


def test_a_newer_and_a_foreign_file_are_refused_and_left_alone(older: Path) -> None:
    for statement, reason in (
        ("UPDATE alembic_version SET version_num = '9999'", "newer_schema"),
        ("DROP TABLE alembic_version", "not_ours"),
    ):
        with closing(sqlite3.connect(older)) as db, db:
            db.execute(statement)
        content = older.read_bytes()
        with pytest.raises(DatabaseTrouble) as refusal:
            upgrade_database(str(older))
        assert refusal.value.facts["why"] == reason
        assert older.read_bytes() == content
        assert names(older) == {older.name}


def test_a_file_that_cannot_be_backed_up_is_not_upgraded(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = older.rename(older.with_name("x" * 240))
    content = long.read_bytes()
    update_program(monkeypatch, tmp_path, ADD)
    with pytest.raises(DatabaseTrouble) as refusal:
        upgrade_database(str(long), clock=CLOCK)
    assert refusal.value.facts["why"] == "backup_failed"
    assert "nothing was changed" in error_text(refusal.value)
    assert long.read_bytes() == content
    assert names(long) == {long.name, "migrations"}


def test_a_backup_holds_what_was_committed_a_moment_ago(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is still in the log beside the file, where a copy of the file alone would miss it."""
    path = path_of(sqlite_store.url)
    with prepared(sqlite_store) as db:
        make_people(db, 300)
    assert path.with_name(path.name + "-wal").stat().st_size > 0
    update_program(monkeypatch, tmp_path, ADD)
    backup = upgrade_database(str(path), clock=CLOCK).backup
    assert backup is not None
    with closing(sqlite3.connect(backup)) as db:
        assert db.execute("SELECT count(*) FROM people").fetchone() == (300,)


def test_a_file_in_use_is_not_upgraded_under_the_writer(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer_desk.services.store.engines.WAIT_SECONDS", 0.2)
    monkeypatch.setattr("trainer_desk.services.store.engines.retry_while_locked.__defaults__", (0.2,))
    update_program(monkeypatch, tmp_path, ADD)
    with closing(sqlite3.connect(older, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseTrouble) as refusal:
            upgrade_database(str(older), clock=CLOCK)
        writer.execute("ROLLBACK")
    assert refusal.value.facts["why"] == "locked"
    assert revision(older) == TODAY
    assert names(older) == {older.name, "migrations"}


# ---- servers, and several at once ----------------------------------------------------------------------------------

AT_ONCE = """
import sys
from trainer_desk.services.store import migrating, schema
from trainer_desk.services.store.upgrade import upgrade_database
migrating.SCRIPTS, schema.HEAD, schema.KNOWN = sys.argv[2], sys.argv[3], schema.KNOWN | {sys.argv[3]}
sys.stdin.readline()
print(upgrade_database(sys.argv[1]).after)
"""


def plain(store: Store) -> str:
    return store.url.set(drivername="postgresql").render_as_string(hide_password=False)


def test_an_older_server_database_is_migrated(
    postgres_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(postgres_store)
    url = plain(postgres_store)
    update_program(monkeypatch, tmp_path, ADD)
    done = upgrade_database(url)
    assert (done.before, done.after, done.backup) == (TODAY, PLANTED, None)
    assert opening.look(postgres_store.url) == PLANTED


def test_a_failing_step_on_a_server_changes_nothing(
    postgres_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = plain(postgres_store)
    update_program(monkeypatch, tmp_path, ADD + FAILURES["a statement that fails"][0])
    with pytest.raises(DatabaseTrouble) as failure:
        upgrade_database(url)
    assert failure.value.facts["why"] == "upgrade_failed"
    assert opening.look(postgres_store.url) == TODAY
    with psycopg.connect(url) as db:
        assert db.execute("SELECT count(*) FROM settings WHERE key = 'upgraded'").fetchone() == (0,)


def test_of_several_at_once_one_upgrades(store_url: str, tmp_path: Path) -> None:
    scripts = plant(tmp_path, ADD)
    crowd = [
        subprocess.Popen(
            [sys.executable, "-c", AT_ONCE, store_url, scripts, PLANTED],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    for one in crowd:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    answers = [one.communicate(timeout=60) for one in crowd]
    assert [out.strip() for out, _errors in answers] == [PLANTED] * len(crowd), answers
    if store_url.startswith("postgresql"):
        with psycopg.connect(store_url) as db:
            assert db.execute("SELECT value FROM settings WHERE key = 'upgraded'").fetchall() == [("once",)]
        return
    path = Path(store_url)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT value FROM settings WHERE key = 'upgraded'").fetchall() == [("once",)]
    (backup,) = tmp_path.glob("*.before-*")
    assert revision(backup) == TODAY
