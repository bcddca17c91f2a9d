"""Brings an older database to today's schema: backed up first, then migrated whole or left as it was (O1)."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DatabaseTrouble, DeskError
from trainer_desk.services.store import migrating, opening, schema
from trainer_desk.services.store.address import is_file, path_of, read_address, shown
from trainer_desk.services.store.backup import back_up_file

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The revisions before and after, and the file of the backup (None: nothing was due, or a server)."""

    before: str
    after: str
    backup: Path | None


def upgrade_database(
    address: str, *, clock: Clock | None = None, tell: Callable[[str], object] = lambda _step: None
) -> Upgraded:
    """Upgrade a database if it is older than this program; calling this is the consent.

    An SQLite file is copied beside itself first, as `NAME.before-REVISION-TIME.desk` (UTC); a server's own backups
    are its operator's. Going back is taking that copy. Of several at once one upgrades and the others find nothing
    to do. `tell` hears which step begins: check, backup, upgrade. Raises DatabaseTrouble for a newer, damaged or
    foreign database, and when backup or migration fails.
    """
    url = read_address(address)
    tell("check")
    before = opening.revision_of(url, check=True)
    opening.require_one_of(url, before, schema.KNOWN)
    if before == schema.HEAD:
        return Upgraded(before, before, None)
    backup = _backup_of(url, before, clock or Clock()) if is_file(url) else None
    if not _migrate(url, backup, tell):
        LOG.info("somebody else upgraded %s at the same moment", shown(url))
        return Upgraded(before, schema.HEAD, None)
    LOG.info("upgraded %s from %s to %s, backup %s", shown(url), before, schema.HEAD, backup)
    return Upgraded(before, schema.HEAD, backup)


def _backup_of(url: URL, revision: str, clock: Clock) -> Path:
    path = path_of(url)
    return path.with_name(f"{path.stem}.before-{revision}-{clock.now():%Y%m%dT%H%M%SZ}.desk")


def _migrate(url: URL, backup: Path | None, tell: Callable[[str], object]) -> bool:
    """Back up and migrate while nobody else can write, so that the backup is the very state that was left."""
    try:
        return migrating.upgrade(url, only_if_due=True, first=partial(_back_up, url, backup, tell))
    except DatabaseTrouble:
        raise  # a busy file or a server that went away says so better itself
    except (SQLAlchemyError, DeskError) as trouble:
        LOG.exception("the upgrade of %s failed and was taken back; backup %s", shown(url), backup)
        raise DatabaseTrouble(why="upgrade_failed", database=shown(url), detail=str(trouble)) from trouble


def _back_up(url: URL, backup: Path | None, tell: Callable[[str], object]) -> None:
    if backup is not None:
        tell("backup")
        back_up_file(url, backup)
    tell("upgrade")
