"""Puts a backup in the place of a database file: checked first, and what stood there is kept (O1)."""

import contextlib
import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from sqlalchemy import URL

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store import opening, schema
from trainer_desk.services.store.address import path_of, read_address
from trainer_desk.services.store.alone import alone_with
from trainer_desk.services.store.backup import new_copy, put
from trainer_desk.services.store.engines import connect_file

LOG = logging.getLogger(__name__)
LOG_FILE = "-wal"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: the database, its revision (it may be an older one), and where the former file is now."""

    path: Path
    revision: str
    kept: Path | None

    @property
    def is_older(self) -> bool:
        """Whether it must be upgraded before this program can work with it."""
        return self.revision != schema.HEAD


def restore_database(address: str, backup: str, *, clock: Clock | None = None) -> Restored:
    """Put a backup in the place of the file at `address`; calling this is the consent.

    The former file stays beside it as `NAME.before-restore-TIME.desk` (UTC), damaged or not. The backup is read
    whole and keeps its revision, so that an older program can go on with it. Raises DatabaseTrouble when it is
    missing, damaged, foreign or newer, when somebody has the file open (`in_use`), and `restore_failed`; then all is
    as it was.
    """
    url, source = read_address(address), read_address(backup)
    target = path_of(url)
    _require_two_files(target, path_of(source))
    try:
        with new_copy(source, target, "ro") as part:
            revision = _revision_of(part, path_of(source))
            kept = _exchange(url, part, clock or Clock())
    except sqlite3.Error as trouble:
        raise DatabaseTrouble(why="backup_unusable", database=backup, detail=str(trouble)) from trouble
    except OSError as trouble:
        raise DatabaseTrouble(why="restore_failed", database=str(target), detail=str(trouble)) from trouble
    LOG.info("restored %s (%s) from %s, the former file is %s", target, revision, backup, kept)
    return Restored(target, revision, kept)


def _require_two_files(target: Path, backup: Path) -> None:
    for path in (target, backup):
        if path.is_dir():
            raise DatabaseTrouble(why="is_a_folder", database=str(path))
    if not backup.is_file():
        raise DatabaseTrouble(why="no_such_file", database=str(backup))
    if not target.parent.is_dir():
        raise DatabaseTrouble(why="no_such_folder", database=str(target.parent))
    if target.exists() and target.samefile(backup):
        raise DatabaseTrouble(why="restore_from_itself", database=str(target))


def _revision_of(part: Path, backup: Path) -> str:
    """Return the revision of a copy; raise DatabaseTrouble, naming the backup, for one that this program cannot use."""
    try:
        url = read_address(str(part))
        revision = opening.revision_of(url)
        opening.require_one_of(url, revision, schema.KNOWN)
    except DatabaseTrouble as trouble:
        raise DatabaseTrouble(**trouble.facts | {"database": str(backup)}) from trouble
    return revision


def _exchange(url: URL, part: Path, clock: Clock) -> Path | None:
    """Put the copy in place; return where the former file is kept, None when there was none."""
    target = path_of(url)
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = WAL")
    if not target.exists():
        put(part, target)
        return None
    shutil.copymode(target, part)
    kept = _free_name(target.with_name(f"{target.stem}.before-restore-{clock.now():%Y%m%dT%H%M%SZ}.desk"))
    _take_log_in(url)
    with alone_with(target), _kept_aside(target, kept):
        put(part, target)
    return kept


def _free_name(wanted: Path) -> Path:
    """Return a name that is not taken: this one, else with the first number that makes it one."""
    later = (wanted.with_stem(f"{wanted.stem}-{number}") for number in count(2))
    return next(path for path in chain([wanted], later) if not path.exists())


def _take_log_in(url: URL) -> None:
    """Have what is still in the log of a sound file written into it, so that the kept file is whole by itself."""
    with contextlib.suppress(sqlite3.Error), closing(connect_file(url)) as former:
        former.execute("PRAGMA busy_timeout = 1000")
        former.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _kept_aside(target: Path, kept: Path) -> Iterator[None]:
    """Give the former file a second name, and its log the name that belongs to that one; take both back on failure.

    There is no moment without a file of the first name, and a log never lies beside a file that is not its own.
    """
    log, kept_log = (path.with_name(path.name + LOG_FILE) for path in (target, kept))
    _second_name(target, kept)
    try:
        if log.exists():
            log.replace(kept_log)
        target.with_name(target.name + "-shm").unlink(missing_ok=True)
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            if kept_log.exists():
                kept_log.replace(log)
            kept.unlink()
        raise


def _second_name(target: Path, kept: Path) -> None:
    try:
        os.link(target, kept)
    except OSError:  # this disk knows no second names
        shutil.copy2(target, kept)
