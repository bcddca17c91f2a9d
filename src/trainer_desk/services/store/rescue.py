"""Finds the newest sound backup of a file that turned out to be damaged (O4)."""

import contextlib
import datetime as dt
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Connection

from trainer_desk.services.errors import DatabaseTrouble, DeskError
from trainer_desk.services.rows.backups import KeptBackup
from trainer_desk.services.store import opening, schema
from trainer_desk.services.store.address import is_file, path_of, read_address
from trainer_desk.services.store.engines import connect_file
from trainer_desk.services.store.scheduled import FORM, Plan, kept_backups

DAMAGES = frozenset({"damaged", "not_a_database"})
"""Reasons for which a file is not opened and a backup helps."""

FOLDER = "SELECT value FROM settings WHERE key = 'backup_folder'"


def backup_for(error: DeskError, address: str) -> KeptBackup | None:
    """Return the backup that helps against a refusal to open a file, if there is one."""
    if error.facts.get("why") not in DAMAGES:
        return None
    with contextlib.suppress(DeskError):
        return newest_sound(address)
    return None


def require_sound_or_rescue(db: Connection, path: Path) -> None:
    """Look through every page of a file; raise DatabaseTrouble that names a backup (`backup`) where there is one."""
    try:
        opening.require_sound(db, path)
    except DatabaseTrouble as trouble:
        backup = backup_for(trouble, str(path))
        if backup is None:
            raise
        raise DatabaseTrouble(**trouble.facts | {"backup": backup}) from trouble


def newest_sound(address: str) -> KeptBackup | None:
    """Return the newest backup of a file that is whole and of ours: a scheduled one, or one made before an upgrade."""
    url = read_address(address)
    if not is_file(url):
        return None
    found = sorted({kept.path: kept for kept in _candidates(url)}.values(), key=lambda kept: kept.made_at, reverse=True)
    return next((kept for kept in found if _is_sound(kept)), None)


def _candidates(url: URL) -> Iterator[KeptBackup]:
    for folder in (None, _own_folder(url)):
        yield from kept_backups(url, Plan(0, 1, folder))
    path = path_of(url)
    named = re.compile(re.escape(path.stem) + r"\.before-.*-(\d{8}T\d{6}Z)(?:-\d+)?\.desk")
    with contextlib.suppress(OSError):
        for other in path.parent.iterdir():
            name = named.fullmatch(other.name)
            if name and other.is_file():
                made_at = dt.datetime.strptime(name[1], FORM).replace(tzinfo=dt.UTC)
                yield KeptBackup(str(other), made_at, other.stat().st_size)


def _own_folder(url: URL) -> Path | None:
    """Return the folder that the damaged file itself names, where that can still be read."""
    with contextlib.suppress(sqlite3.Error), closing(connect_file(url, "ro")) as damaged:
        row = damaged.execute(FOLDER).fetchone()
        return Path(row[0]) if row and row[0] else None
    return None


def _is_sound(kept: KeptBackup) -> bool:
    """Whether every page of a backup is whole and this program can work with it or upgrade it."""
    url = read_address(kept.path)
    try:
        with closing(connect_file(url, "ro")) as backup:
            is_whole = backup.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        return is_whole and opening.revision_of(url) in schema.KNOWN
    except (sqlite3.Error, DeskError):
        return False
