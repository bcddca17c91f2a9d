"""Keeps copies of a database file: one is made when the newest is old enough, and the oldest go (O4)."""

import contextlib
import datetime as dt
import logging
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.rows.backups import KeptBackup
from trainer_desk.services.store.address import path_of
from trainer_desk.services.store.backup import back_up_file

if sys.platform != "win32":
    import fcntl

LOG = logging.getLogger(__name__)
FORM = "%Y%m%dT%H%M%SZ"
LEFT_OVER = dt.timedelta(days=1)
"""What was begun so long ago and never got its name was left by somebody who was cut off."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Every how many hours (0: never), how many copies stay, and where; None: in a folder beside the file."""

    hours: int
    most: int
    folder: Path | None = None

    def folder_of(self, url: URL) -> Path:
        """Return the folder of a file's copies; it may not exist yet."""
        path = path_of(url)
        return self.folder or path.with_name(f"{path.stem}.backups")


def kept_backups(url: URL, plan: Plan) -> list[KeptBackup]:
    """Return the copies of a file in its folder, newest first; none where the folder is not there or not to be read."""
    named = re.compile(re.escape(path_of(url).stem) + r"-(\d{8}T\d{6}Z)\.desk")
    found = []
    with contextlib.suppress(OSError):
        for entry in os.scandir(plan.folder_of(url)):
            name = named.fullmatch(entry.name)
            with contextlib.suppress(OSError, ValueError):
                if name and entry.is_file():
                    made_at = dt.datetime.strptime(name[1], FORM).replace(tzinfo=dt.UTC)
                    found.append(KeptBackup(entry.path, made_at, entry.stat().st_size))
    return sorted(found, key=lambda kept: kept.made_at, reverse=True)


def is_due(url: URL, plan: Plan, now: dt.datetime) -> bool:
    """Whether a copy must be made at `now` (UTC); one that claims to come from the future counts for nothing."""
    if not plan.hours:
        return False
    every = dt.timedelta(hours=plan.hours)
    return not any(now - every < kept.made_at < now + every for kept in kept_backups(url, plan))


def keep(url: URL, plan: Plan, now: dt.datetime, *, wanted: bool = False) -> KeptBackup | None:
    """Make a copy if one is due at `now` (UTC) or `wanted`, and let the oldest go; None: nothing was to be done.

    Of several windows one makes it. Raises DatabaseTrouble `backup_missed` or `damaged`; then every copy stays.
    """
    if not wanted and not is_due(url, plan, now):
        return None
    folder = plan.folder_of(url)
    try:
        _make_folder(folder, path_of(url).parent)
        with _alone_in(folder) as is_alone:
            if not is_alone or not (wanted or is_due(url, plan, now)):
                return None
            _tidy(folder, path_of(url).stem, now)
            made = _make(url, folder, now)
            _let_go(url, plan, made)
            return made
    except DatabaseTrouble as trouble:
        if trouble.facts["why"] == "damaged":
            raise
        raise _missed(url, folder, trouble.facts.get("detail")) from trouble
    except OSError as trouble:
        raise _missed(url, folder, trouble) from trouble


def _missed(url: URL, folder: Path, detail: object) -> DatabaseTrouble:
    LOG.warning("no backup of %s in %s: %s", path_of(url), folder, detail)
    return DatabaseTrouble(why="backup_missed", database=str(path_of(url)), folder=str(folder), detail=str(detail))


def _make_folder(folder: Path, like: Path) -> None:
    """Make the folder with the rights of the database's own: whoever may work there may keep copies there."""
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)  # of several windows another may have made it at this moment
        with contextlib.suppress(OSError):
            shutil.copymode(like, folder)


def _make(url: URL, folder: Path, now: dt.datetime) -> KeptBackup:
    begun = time.monotonic()
    target = folder / f"{path_of(url).stem}-{now.strftime(FORM)}.desk"
    back_up_file(url, target)
    size = target.stat().st_size
    LOG.info("backed up %s as %s: %d bytes in %.2f s", path_of(url), target, size, time.monotonic() - begun)
    return KeptBackup(str(target), now, size)


def _let_go(url: URL, plan: Plan, made: KeptBackup) -> None:
    """Remove the oldest copies; the one that was just made stays in any case."""
    for kept in kept_backups(url, plan)[plan.most :]:
        if kept.path != made.path:
            with contextlib.suppress(OSError):
                Path(kept.path).unlink()
                LOG.info("let go of the backup %s", kept.path)


def _tidy(folder: Path, stem: str, now: dt.datetime) -> None:
    for part in folder.glob("*.part"):
        with contextlib.suppress(OSError):
            begun = dt.datetime.fromtimestamp(part.stat().st_mtime, dt.UTC)
            if part.name.startswith(f"{stem}-") and now - begun > LEFT_OVER:
                part.unlink()


@contextmanager
def _alone_in(folder: Path) -> Iterator[bool]:
    """Say whether nobody else makes a copy in a folder at this moment; Windows knows no such lock of a folder."""
    if sys.platform == "win32":
        yield True
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(place)
