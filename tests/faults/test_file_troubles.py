"""A full disk, a file that may not be written, pages that rot: told in words, nothing is lost, work goes on (O4)."""

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from tests.databases import StoreFactory, copy_of_sqlite_template
from tests.factories import make_people, prepared
from tests.postgres_server import Run
from tests.rights import as_nobody, open_folder
from trainer_desk.models import Change, Person
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.orchestration.settings import set_setting
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.store.address import path_of
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.texts import error_text

PAGE = 4096


def people(store: Store) -> int:
    with store.reading() as db:
        return int(db.scalar(sa.select(sa.func.count()).select_from(Person)) or 0)


def refusal_of(store: Store, number: int = 400) -> DatabaseTrouble:
    """Write so many people, expect that it is refused in words, and that nothing of it is there."""
    before = people(store)
    with pytest.raises(DatabaseTrouble) as refusal, prepared(store) as db:
        make_people(db, number)
    said = error_text(refusal.value)
    assert said.endswith(".")
    assert "sqlite" not in said.lower()
    assert people(store) == before
    return refusal.value


def require_sound(store: Store) -> None:
    with store.snapshot() as db:
        assert check_database(db) == []


def test_a_full_disk_keeps_what_there_is_and_takes_more_once_there_is_room(file_factory: StoreFactory) -> None:
    store = file_factory()
    with prepared(store) as db:
        make_people(db, 5)
    limits = ["none to spare"]

    @event.listens_for(store._writer, "begin")
    def _fill(connection: sa.Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one() if limits else 2**30
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    refusal = refusal_of(store)
    assert refusal.facts["why"] == "disk_full"
    assert "Make room" in error_text(refusal)
    require_sound(store)
    limits.clear()
    with prepared(store) as db:
        make_people(db, 400)
    assert people(store) == 405
    require_sound(store)


LIMITED = """
import resource, sys
from pathlib import Path
from tests.factories import make_people, prepared
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.store.engine import open_store
store = open_store(sys.argv[1])
with prepared(store) as db:
    make_people(db, 5)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
largest = max(path.stat().st_size for path in Path(sys.argv[1]).parent.iterdir())
resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 8192, hard))
try:
    with prepared(store) as db:
        make_people(db, 3000)
    print("written")
except DatabaseTrouble as trouble:
    print(trouble.facts["why"])
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
with prepared(store) as db:
    make_people(db, 50)
with store.snapshot() as db:
    print([finding.code for finding in check_database(db)])
    print(db.exec_driver_sql("SELECT count(*) FROM people").scalar_one())
store.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows sets no limit on the size of files")
def test_a_file_that_may_not_grow_is_told_and_grows_again(file_factory: StoreFactory) -> None:
    """The other code of SQLite for a disk that takes no more: a write that fails half-way."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, file_factory.url], capture_output=True, text=True, timeout=120, check=False
    )
    why, findings, count = done.stdout.splitlines()
    assert why in {"disk_full", "disk_error"}, done.stderr
    assert (findings, count) == ("[]", "55")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists of its own, which modes do not show")
def test_a_file_that_becomes_read_only_while_it_is_open_is_still_read(run: Run) -> None:
    with open_folder() as folder:
        path = Path(copy_of_sqlite_template(run, folder / "organisation.desk"))
        path.chmod(0o666)
        folder.chmod(0o777)
        with as_nobody():
            store = open_store(str(path))
            with prepared(store) as db:
                make_people(db, 3)
        path.chmod(0o444)
        with as_nobody():
            store.start_anew()
            refusal = refusal_of(store, 2)
            assert people(store) == 3
        assert refusal.facts["why"] == "read_only"
        path.chmod(0o666)
        with as_nobody():
            store.start_anew()
            store.write("Name", set_setting, "organisation", "Quay")
            store.close()


LOOKS = {
    "a file": (0o444, 0o777),
    "its folder": (0o666, 0o555),
    "both": (0o444, 0o555),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists of its own, which modes do not show")
@pytest.mark.parametrize(("mode", "folder_mode"), LOOKS.values(), ids=LOOKS.keys())
@pytest.mark.parametrize("in_use", [False, True])
def test_what_may_only_be_read_is_read_and_left_alone(run: Run, mode: int, folder_mode: int, in_use: bool) -> None:
    """Also while somebody who may writes to it; what they write is seen."""
    with open_folder() as parent:
        folder = parent / "theirs"
        folder.mkdir()
        path = Path(copy_of_sqlite_template(run, folder / "organisation.desk"))
        owner = open_store(str(path))
        with prepared(owner) as db:
            make_people(db, 3)
        if not in_use:
            owner.close()
        before = {found.name for found in folder.iterdir()}
        path.chmod(mode)
        folder.chmod(folder_mode)
        with as_nobody():
            store = open_store(str(path), check=True)
            assert store.is_read_only
            assert refusal_of(store, 2).facts["why"] == "read_only"
            require_sound(store)
        owner = owner if in_use else open_store(str(path))
        with prepared(owner) as db:
            make_people(db, 2)
        with as_nobody():
            assert people(store) == 5
            store.close()
        owner.close()
        assert {found.name for found in folder.iterdir()} - before <= set(), "nothing is left beside it"


def test_pages_that_rot_while_the_file_is_open_are_told(file_factory: StoreFactory) -> None:
    store = file_factory()
    with prepared(store) as db:
        make_people(db, 2_000)
    store.close()
    path = path_of(store.url)
    with closing(sqlite3.connect(path)) as db:
        (root,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'people'").fetchone()
    with path.open("r+b") as file:
        file.seek(PAGE * (root - 1))
        file.write(random.Random(7).randbytes(PAGE))
    store = file_factory()
    with pytest.raises(DatabaseTrouble) as refusal, store.reading() as db:
        db.execute(sa.select(Person.name, Person.search)).all()
    assert refusal.value.facts["why"] == "damaged"
    assert "backup" in error_text(refusal.value)


WRITING = """
import sys
from tests.factories import make_people, prepared
from trainer_desk.services.store.engine import open_store
store = open_store(sys.argv[1])
while True:
    with prepared(store) as db:
        make_people(db, 7)
    print("written", flush=True)
"""


@pytest.mark.nightly
@pytest.mark.parametrize("after", range(12))
def test_a_writer_that_is_killed_leaves_whole_changes(file_factory: StoreFactory, after: int) -> None:
    """It writes seven people at a time, without end, and is killed at any moment."""
    told = 0
    with subprocess.Popen([sys.executable, "-c", WRITING, file_factory.url], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        while told <= after * 3:
            assert writer.stdout.readline()
            told += 1
        writer.kill()
        told += len(writer.stdout.read().splitlines())
    store = file_factory()
    number = people(store)
    assert number % 7 == 0
    assert number >= told * 7, "what was told to be written is there"
    require_sound(store)
    with prepared(store) as db:
        make_people(db, 7)
    assert people(store) == number + 7


@pytest.mark.nightly
def test_a_log_that_was_cut_off_anywhere_holds_the_first_changes_whole(
    file_factory: StoreFactory, tmp_path: Path
) -> None:
    """The power went: what the disk has of the log ends at some byte, or in a sector of zeros."""
    store = file_factory()
    path = path_of(store.url)
    for _ in range(12):
        with prepared(store) as db:
            make_people(db, 7)
    log = path.with_name(f"{path.name}-wal").read_bytes()
    content = path.read_bytes()
    store.close()
    chance = random.Random(11)
    cuts = sorted({0, 1, 31, 32, len(log), *(chance.randrange(len(log)) for _ in range(90))})
    seen: list[int] = []
    for number, end in enumerate(cuts):
        copy = tmp_path / f"cut-{number}" / "organisation.desk"
        copy.parent.mkdir()
        copy.write_bytes(content)
        torn = log[:end] + (b"\0" * 512 if number % 3 == 0 else b"")
        copy.with_name("organisation.desk-wal").write_bytes(torn)
        cut_store = open_store(str(copy), check=True)
        seen.append(people(cut_store))
        with cut_store.reading() as db:
            changes = db.scalar(sa.select(sa.func.count()).select_from(Change).where(Change.label == "Prepared"))
        assert seen[-1] == 7 * int(changes or 0), "a change is there with all of its people, or not at all"
        require_sound(cut_store)
        cut_store.close()
    assert seen == sorted(seen), "a longer log holds no less"
    assert (seen[0], seen[-1]) == (0, 84)
