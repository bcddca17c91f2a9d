"""Changes the organisation's settings; holidays stay on their days when the time zone changes (N3)."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import ChangeRow, Setting
from trainer_desk.services.clock import known_zones
from trainer_desk.services.directory import load_settings, store_setting
from trainer_desk.services.errors import BadValue, Stale
from trainer_desk.services.journal.history import last_change, of_row
from trainer_desk.services.planning.holidays import keep_days
from trainer_desk.services.rules.settings import require_hours_in_order, spelled
from trainer_desk.services.store.db import Db

ORGANISATION = 1
"""The one organisation of a database."""
STORED = sa.select(Setting.key, Setting.value).with_for_update()
IMAGES = sa.select(sa.func.count()).where(ChangeRow.tbl == "settings")


def settings_version(db: Db) -> int:
    """Return how often a setting was written: what was seen of them before that is old."""
    return int(db.execute(IMAGES).scalar_one())


def change_settings(
    db: DbSession,
    organisation: int,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
    actor: str,
    now: dt.datetime,
) -> int:
    """Set some settings of the one ORGANISATION together; None or an empty text goes back to the product's default.

    Sessions keep their instants in another zone, whole days off keep their days; returns how many of those moved.
    Raises BadValue, and Stale where a setting was written since `version`.
    """
    wanted = {key: spelled(key, value) for key, value in values.items()}
    if wanted.get("zone") and wanted["zone"] not in known_zones():
        raise BadValue(field="zone", value=wanted["zone"], why="unknown_zone")
    stored = {row.key: row.value for row in db.execute(STORED)}
    if version is not None and version != settings_version(db):
        _refuse_if_theirs(db, wanted, version)
    before = load_settings(db)
    for key, value in wanted.items():
        if stored.get(key, "") != value:
            store_setting(db, key, value)
    after = load_settings(db)
    if {"day_starts", "day_ends"} & wanted.keys():
        require_hours_in_order(after.day_starts, after.day_ends)
    if after.zone_name == before.zone_name:
        return 0
    return keep_days(db, before.zone, after.zone, now)


def set_setting(db: DbSession, key: str, value: Any, *, actor: str, now: dt.datetime) -> None:
    """Set one setting. Raises as `change_settings`."""
    change_settings(db, ORGANISATION, {key: value}, actor=actor, now=now)


def _refuse_if_theirs(db: DbSession, wanted: Collection[str], version: int) -> None:
    """Refuse if one of these settings was among those written since."""
    written = sa.select(ChangeRow.pk).where(ChangeRow.tbl == "settings").order_by(ChangeRow.id).offset(version)
    for key in db.execute(written).scalars():
        if key in wanted:
            last = last_change(db, of_row("settings", key))
            raise Stale(why="setting", by=last and last.by, at=last and last.at)
