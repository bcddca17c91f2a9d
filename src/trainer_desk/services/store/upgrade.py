"""Brings an older database to today's schema: backed up first, then migrated whole or left as it was (O1)."""

import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store import migrating, opening, schema
from trainer_desk.services.store.address import is_file, path_of, read_address, shown
from trainer_desk.services.store.engines import connect_file

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The revisions before and after, and the file of the backup (None: nothing was due, or a server)."""

    before: str
    after: str
    backup: Path | None


def upgrade_database(address: str) -> Upgraded:
    """Upgrade a database if it is older than this program; calling this is the consent.

    An SQLite file is copied beside itself first; a server's own backups are its operator's. Going back is taking
    that copy. Raises DatabaseTrouble for a newer database, one of another program, or none.
    """
    url = read_address(address)
    before = opening.look(url, check=True)
    if before == schema.HEAD:
        return Upgraded(before, before, None)
    if before is None or before not in schema.KNOWN:
        opening.require_current(url)  # says in words why it cannot be
        raise DatabaseTrouble(why="not_ours", database=shown(url))
    backup = _back_up(path_of(url), before) if is_file(url) else None
    migrating.upgrade(url)
    LOG.info("upgraded %s from %s to %s, backup %s", shown(url), before, schema.HEAD, backup)
    return Upgraded(before, schema.HEAD, backup)


def _back_up(path: Path, revision: str) -> Path:
    """Copy the file through SQLite, which knows its log; the copy takes its name only when it is whole and sound."""
    backup = path.with_name(f"{path.name}.before-{revision}.backup")
    part = backup.with_name(backup.name + ".part")
    part.unlink(missing_ok=True)
    source = connect_file(read_address(path), "ro")
    with closing(source), closing(sqlite3.connect(part)) as target:
        source.backup(target)
        sound = target.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if sound != "ok":
        part.unlink()
        raise DatabaseTrouble(why="damaged", database=str(path), detail=sound)
    part.replace(backup)
    return backup
