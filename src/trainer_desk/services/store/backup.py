"""Copies a database file while others work in it: whole, checked and on the disk before it gets its name (O4)."""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store import opening
from trainer_desk.services.store.address import path_of, read_address
from trainer_desk.services.store.engines import connect_file

PAGES_AT_ONCE = 4096
"""Between so many pages other processes may write; the copy is still of one moment."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made: its file, its bytes and the revision of its schema."""

    path: Path
    size: int
    revision: str


def back_up_database(address: str, target: Path) -> Backup:
    """Copy the database file of ours at `address` to a file that is not there yet, whatever its revision.

    Raises DatabaseTrouble: as `opening.look`, `already_there`, `is_a_folder`, `no_such_folder`, `damaged` and
    `backup_failed`.
    """
    url = read_address(address)
    revision = opening.revision_of(url)
    if target.is_dir():
        raise DatabaseTrouble(why="is_a_folder", database=str(target))
    if os.path.lexists(target):
        raise DatabaseTrouble(why="already_there", database=str(target))
    if not target.absolute().parent.is_dir():
        raise DatabaseTrouble(why="no_such_folder", database=str(target.parent))
    back_up_file(url, target)
    return Backup(target, target.stat().st_size, revision)


def back_up_file(url: URL, target: Path) -> None:
    """Copy an SQLite database to `target` through its own backup, which knows the log beside the file.

    `target` has the rights of the original and appears only when the copy is sound. Raises DatabaseTrouble with why
    `damaged` or `backup_failed`; then nothing is left behind.
    """
    path = path_of(url)
    try:
        with new_copy(url, target) as part:
            shutil.copymode(path, part)
            put(part, target)
    except (OSError, sqlite3.Error) as trouble:
        raise DatabaseTrouble(why="backup_failed", database=str(path), detail=str(trouble)) from trouble


@contextmanager
def new_copy(source: URL, target: Path, mode: str = "rw") -> Iterator[Path]:
    """Lend a sound copy of a file as `TARGET.part`, which only its maker can read, and remove it at the end.

    `mode` is how the source is opened. Raises OSError, sqlite3.Error and DatabaseTrouble `damaged`.
    """
    part = target.with_name(target.name + ".part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _copy(source, part, mode)
        yield part
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def put(part: Path, target: Path) -> None:
    """Give a copy its name once all of it is on the disk. Raises OSError."""
    _sync(part)
    part.replace(target)
    _sync(target.parent)


def _copy(url: URL, part: Path, mode: str) -> None:
    with closing(connect_file(url, mode)) as source, closing(sqlite3.connect(part, isolation_level=None)) as copy:
        source.execute("PRAGMA busy_timeout = 10000")
        source.backup(copy, pages=PAGES_AT_ONCE)
        # A file with a log of its own beside it would be no backup that can be moved by itself.
        copy.execute("PRAGMA journal_mode = DELETE")
        said = str(copy.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if said != "ok":
        raise DatabaseTrouble(why="damaged", database=str(path_of(url)), detail=said)


def _sync(path: Path) -> None:
    if os.name != "posix" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
