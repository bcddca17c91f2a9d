"""Copies a database file while others work in it: whole, checked and on the disk before it gets its name (O4)."""

import contextlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store.address import path_of
from trainer_desk.services.store.engines import connect_file

PAGES_AT_ONCE = 4096
"""Between so many pages other processes may write; the copy is still of one moment."""


def back_up_file(url: URL, target: Path) -> None:
    """Copy an SQLite database to `target` through its own backup, which knows the log beside the file.

    `target` has the rights of the original and appears only when the copy is sound. Raises DatabaseTrouble with why
    `damaged` or `backup_failed`; then nothing is left behind.
    """
    part = target.with_name(target.name + ".part")
    path = path_of(url)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            _copy(url, part)
            shutil.copymode(path, part)
            _sync(part)
            part.replace(target)
            _sync(target.parent)
        finally:
            with contextlib.suppress(OSError):
                part.unlink()
    except (OSError, sqlite3.Error) as trouble:
        raise DatabaseTrouble(why="backup_failed", database=str(path), detail=str(trouble)) from trouble


def _copy(url: URL, part: Path) -> None:
    with closing(connect_file(url)) as source, closing(sqlite3.connect(part, isolation_level=None)) as copy:
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
