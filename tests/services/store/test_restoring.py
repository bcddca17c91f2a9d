"""A backup is whole and checked, and comes back in one command; what stood there is kept (O1, O4)."""

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.factories import make_people, prepared
from tests.rights import as_nobody, open_folder
from tests.services.store.older_schema import make_older
from tests.services.store.test_opening import as_sql, cut, rotten
from trainer_desk.models import Person
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store import schema
from trainer_desk.services.store.address import path_of, read_address
from trainer_desk.services.store.backup import back_up_database
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.services.store.engines import connect_file
from trainer_desk.services.store.restoring import restore_database
from trainer_desk.services.store.upgrade import upgrade_database
from trainer_desk.texts import error_text

CLOCK = FixedClock(dt.datetime(2026, 11, 20, 23, 15, 1, tzinfo=dt.UTC))
KEPT = "organisation.before-restore-20261120T231501Z.desk"


@pytest.fixture
def desk(sqlite_store: Store) -> Path:
    """Give a file with three people, closed."""
    with prepared(sqlite_store) as db:
        make_people(db, 3)
    sqlite_store.close()
    return path_of(sqlite_store.url)


def people(path: Path) -> int:
    with closing(connect_file(read_address(str(path)))) as db:
        return int(db.execute("SELECT count(*) FROM people").fetchone()[0])


def add_people(path: Path, number: int) -> None:
    store = open_store(str(path))
    with prepared(store) as db:
        make_people(db, number)
    store.close()


def names(path: Path) -> set[str]:
    return {found.name for found in path.parent.iterdir()}


def refused(path: Path, backup: Path) -> str:
    """Restore, expect a refusal in words, and prove that the folder is as it was; give the reason."""
    before = {found: found.read_bytes() for found in path.parent.rglob("*") if found.is_file()}
    with pytest.raises(DatabaseTrouble) as refusal:
        restore_database(str(path), str(backup), clock=CLOCK)
    assert error_text(refusal.value).endswith(".")
    after = {found: found.read_bytes() for found in path.parent.rglob("*") if found.is_file()}
    assert {name: data for name, data in after.items() if not name.name.endswith("-shm")} == before
    return str(refusal.value.facts["why"])


def test_what_was_backed_up_comes_back_and_what_stood_there_is_kept(desk: Path) -> None:
    backup = desk.with_name("friday.desk")
    made = back_up_database(str(desk), backup)
    assert (made.revision, made.size) == (schema.HEAD, backup.stat().st_size)
    add_people(desk, 4)
    desk.chmod(0o640)
    done = restore_database(str(desk), str(backup), clock=CLOCK)
    assert (done.revision, done.is_older, done.kept) == (schema.HEAD, False, desk.with_name(KEPT))
    assert (people(desk), people(desk.with_name(KEPT)), desk.stat().st_mode & 0o777) == (3, 7, 0o640)
    assert names(desk) == {desk.name, KEPT, backup.name}
    add_people(desk, 1)
    restore_database(str(desk), str(done.kept))
    assert people(desk) == 7


def test_a_file_that_is_gone_comes_back(desk: Path) -> None:
    backup = desk.with_name("friday.desk")
    back_up_database(str(desk), backup)
    desk.unlink()
    assert restore_database(str(desk), str(backup)).kept is None
    open_store(str(desk), check=True).close()


@pytest.mark.parametrize("spoil", [rotten, cut(0.5), cut(0), lambda path: path.write_text("Dear Ana,\n" * 900)])
def test_a_damaged_file_is_replaced_and_kept_as_it_is(desk: Path, spoil: object) -> None:
    backup = desk.with_name("friday.desk")
    back_up_database(str(desk), backup)
    spoil(desk)  # type: ignore[operator]
    damaged = desk.read_bytes()
    kept = restore_database(str(desk), str(backup), clock=CLOCK).kept
    assert kept is not None
    assert kept.read_bytes() == damaged
    store = open_store(str(desk), check=True)
    with store.reading() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(Person)) == 3
    store.close()


def test_the_log_of_a_killed_writer_never_lies_beside_the_restored_file(desk: Path) -> None:
    """Its commits are in the file that is kept, and not in the one that comes in its place."""
    backup = desk.with_name("friday.desk")
    back_up_database(str(desk), backup)
    store = open_store(str(desk))
    with prepared(store) as db:
        make_people(db, 4)
    for name in (desk.name, f"{desk.name}-wal"):
        shutil.copy(desk.with_name(name), desk.with_name(f"copy-of-{name}"))
    store.close()
    for name in (desk.name, f"{desk.name}-wal"):
        desk.with_name(f"copy-of-{name}").replace(desk.with_name(name))
    kept = restore_database(str(desk), str(backup), clock=CLOCK).kept
    assert kept is not None
    assert (people(desk), people(kept)) == (3, 7)


def test_the_log_of_a_damaged_file_goes_with_it(desk: Path) -> None:
    """It cannot be written into that file any more, and beside the restored one it would be played into that."""
    backup = desk.with_name("friday.desk")
    back_up_database(str(desk), backup)
    store = open_store(str(desk))
    with prepared(store) as db:
        make_people(db, 4)
    log = desk.with_name(f"{desk.name}-wal")
    content = log.read_bytes()
    store.close()
    desk.write_text("Dear Ana,\n" * 900)
    log.write_bytes(content)
    kept = restore_database(str(desk), str(backup), clock=CLOCK).kept
    assert kept is not None
    assert (people(desk), log.exists()) == (3, False)
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == content
    open_store(str(desk), check=True).close()


UNUSABLE = {
    "rotten": (rotten, "damaged"),
    "cut off": (cut(0.5), "damaged"),
    "text": (lambda path: path.write_text("Dear Ana,\n" * 900), "backup_unusable"),
    "another program's": (as_sql("DROP TABLE alembic_version"), "not_ours"),
    "a newer one": (as_sql("UPDATE alembic_version SET version_num = '9999'"), "newer_schema"),
    "gone": (lambda path: path.unlink(), "no_such_file"),
    "a folder": (lambda path: (path.unlink(), path.mkdir()), "is_a_folder"),
}


@pytest.mark.parametrize(("spoil", "reason"), UNUSABLE.values(), ids=UNUSABLE.keys())
def test_what_is_no_good_backup_replaces_nothing(desk: Path, spoil: object, reason: str) -> None:
    backup = desk.with_name("friday.desk")
    back_up_database(str(desk), backup)
    spoil(backup)  # type: ignore[operator]
    assert refused(desk, backup) in {reason, "backup_unusable"} if reason == "damaged" else [reason]
    assert people(desk) == 3


def test_a_database_is_no_backup_of_itself(desk: Path) -> None:
    assert refused(desk, desk) == "restore_from_itself"
    desk.with_name("link.desk").symlink_to(desk)
    assert refused(desk, desk.with_name("link.desk")) == "restore_from_itself"


OPEN = """
import sys
from trainer_desk.services.store.engine import open_store
from trainer_desk.services.orchestration.contents import count_rows
store = open_store(sys.argv[1])
store.read(count_rows)
print("open", flush=True)
sys.stdin.readline()
"""


@contextmanager
def somebody_with(path: Path) -> Iterator[None]:
    """Have another process keep the file open, as a window does that nobody touches."""
    with subprocess.Popen(
        [sys.executable, "-c", OPEN, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        yield
        other.communicate("\n", timeout=20)


@pytest.mark.skipif(os.name == "nt", reason="Windows itself keeps an open file in its place")
def test_nobody_is_cut_off_from_an_open_file(desk: Path) -> None:
    backup = desk.with_name("friday.desk")
    back_up_database(str(desk), backup)
    with somebody_with(desk):
        with pytest.raises(DatabaseTrouble) as refusal:
            restore_database(str(desk), str(backup), clock=CLOCK)
        assert refusal.value.facts["why"] == "in_use"
        assert {name for name in names(desk) if "restore" in name or name.endswith(".part")} == set()
    restore_database(str(desk), str(backup))


def test_a_backup_holds_what_others_have_just_committed(desk: Path) -> None:
    """Where a copy of the file alone misses it."""
    store = open_store(str(desk))
    with prepared(store) as db:
        make_people(db, 4)
    shutil.copy(desk, desk.with_name("copy.desk"))
    back_up_database(str(desk), desk.with_name("friday.desk"))
    store.close()
    assert (people(desk.with_name("copy.desk")), people(desk.with_name("friday.desk"))) == (3, 7)


@pytest.mark.parametrize(("name", "reason"), [("organisation.desk", "already_there"), ("no/x.desk", "no_such_folder")])
def test_a_backup_takes_no_place_that_is_taken_or_missing(desk: Path, name: str, reason: str) -> None:
    before = names(desk)
    with pytest.raises(DatabaseTrouble) as refusal:
        back_up_database(str(desk), desk.parent / name)
    assert refusal.value.facts["why"] == reason
    assert names(desk) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists of its own, which modes do not show")
def test_where_nothing_may_be_written_nothing_is_left(desk: Path) -> None:
    with open_folder() as parent:
        theirs, mine = parent / "theirs", parent / "mine"
        for folder, mode in ((theirs, 0o555), (mine, 0o777)):
            folder.mkdir()
            shutil.copy(desk, folder / "a.desk").chmod(0o666)
            folder.chmod(mode)
        with as_nobody():
            for act in (
                lambda: back_up_database(str(mine / "a.desk"), theirs / "b.desk"),
                lambda: restore_database(str(theirs / "a.desk"), str(mine / "a.desk")),
            ):
                with pytest.raises(DatabaseTrouble) as refusal:
                    act()
                assert refusal.value.facts["why"] in {"backup_failed", "restore_failed"}
        assert names(theirs / "a.desk") == {"a.desk"}


def test_going_back_to_the_older_program_is_one_command(tmp_path: Path) -> None:
    """Upgraded, worked with, regretted: the backup of the upgrade stands there again, of the schema of then."""
    path = tmp_path / "organisation.desk"
    older = f"{int(schema.HEAD) - 1:04}"
    make_older(str(path), older).close()
    backup = upgrade_database(str(path), clock=CLOCK).backup
    add_people(path, 2)
    done = restore_database(str(path), str(backup), clock=CLOCK)
    assert (done.revision, done.is_older) == (older, True)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchall() == [(older,)]
        assert db.execute("PRAGMA journal_mode").fetchall() == [("wal",)]
    assert people(path) == 0
    with pytest.raises(DatabaseTrouble) as refusal:
        open_store(str(path))
    assert refusal.value.facts["why"] == "older_schema"
    assert upgrade_database(str(path)).before == older
    open_store(str(path), check=True).close()


@pytest.mark.parametrize("name", ["a?b.desk", "a%20b.desk", "ä ß 日本 .desk", "'q\"uote;.desk", "a&mode=ro.desk"])
def test_odd_names_are_names(desk: Path, name: str) -> None:
    folder = desk.parent / "odd"
    folder.mkdir()
    for path in (folder / name, folder / f"backup of {name}"):
        back_up_database(str(desk), path)
    add_people(folder / name, 2)
    restore_database(str(folder / name), str(folder / f"backup of {name}"))
    assert people(folder / name) == 3
    assert len(list(folder.iterdir())) == 3
