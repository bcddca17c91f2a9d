"""Changes the organisation's settings; holidays stay on their days when the time zone changes (N3)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Setting
from trainer_desk.services.clock import known_zones
from trainer_desk.services.directory import load_settings, store_setting
from trainer_desk.services.errors import BadValue, Stale
from trainer_desk.services.journal.history import last_change, of_row
from trainer_desk.services.planning.holidays import keep_days
from trainer_desk.services.rules.settings import require_hours_in_order, spelled

STORED = sa.select(Setting.key, Setting.value).with_for_update()


def change_settings(
    db: DbSession,
    values: Mapping[str, Any],
    *,
    was: Mapping[str, Any] | None = None,
    actor: str,
    now: dt.datetime,
) -> int:
    """Set some settings together; None or an empty text goes back to the product's default.

    `was` holds what whoever changes them saw: something else stored meanwhile is `stale`. Sessions keep their
    instants in another zone, whole days off keep their days; returns how many of those moved. Raises BadValue.
    """
    wanted = {key: spelled(key, value) for key, value in values.items()}
    if wanted.get("zone") and wanted["zone"] not in known_zones():
        raise BadValue(field="zone", value=wanted["zone"], why="unknown_zone")
    stored = {row.key: row.value for row in db.execute(STORED)}
    for key in wanted.keys() & (was or {}).keys():
        if stored.get(key, "") != spelled(key, (was or {})[key]):
            last = last_change(db, of_row("settings", key))
            raise Stale(why="setting", by=last and last.by, at=last and last.at)
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
    change_settings(db, {key: value}, actor=actor, now=now)
