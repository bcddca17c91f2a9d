"""Keeps copies of a database file as the organisation's settings say, and tells how that stands (O4)."""

import datetime as dt
from pathlib import Path

from trainer_desk.services.directory import load_settings
from trainer_desk.services.rows.backups import Keeping, KeptBackup
from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.store import scheduled
from trainer_desk.services.store.address import read_address
from trainer_desk.services.store.db import Db


def plan_of(settings: Settings) -> scheduled.Plan:
    """Return what the settings say of backups."""
    folder = Path(settings.backup_folder) if settings.backup_folder else None
    return scheduled.Plan(settings.backup_hours, settings.backup_most, folder)


def load_keeping(db: Db, address: str) -> Keeping:
    """Return where copies of the file at `address` are kept, how often, and the newest."""
    url, plan = read_address(address), plan_of(load_settings(db))
    found = scheduled.kept_backups(url, plan)
    newest = found[0] if found else None
    return Keeping(str(plan.folder_of(url)), plan.hours, plan.most, len(found), newest)


def keep_backup(db: Db, address: str, now: dt.datetime, *, wanted: bool = False) -> KeptBackup | None:
    """Make a copy of the file at `address` if one is due at `now` (UTC) or `wanted`. Raises as `scheduled.keep`."""
    return scheduled.keep(read_address(address), plan_of(load_settings(db)), now, wanted=wanted)
