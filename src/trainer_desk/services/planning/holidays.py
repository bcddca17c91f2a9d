"""Holidays: days on which the whole organisation is closed; a session that stands there already stays (C4, N3)."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Block, Session
from trainer_desk.models.enums import CLAIMING
from trainer_desk.services.directory import load_settings
from trainer_desk.services.errors import BadValue, DeskError, NotFound, Stale
from trainer_desk.services.journal.history import last_change, of_row
from trainer_desk.services.planning.blocks import add_block
from trainer_desk.services.rows.settings import HolidayRow
from trainer_desk.services.rules.absences import LONGEST_HOLIDAY
from trainer_desk.services.rules.names import LINE_LIMIT, clean_name
from trainer_desk.services.rules.times import day_bounds, local
from trainer_desk.services.store.db import Db

STANDING = (
    sa.select(sa.func.count())
    .where(
        Session.starts_at < Block.ends_at,
        Session.ends_at > Block.starts_at,
        Session.status.in_(sorted(CLAIMING)),
        Session.deleted_at.is_(None),
    )
    .scalar_subquery()
)
HOLIDAYS = (
    sa.select(Block.id, Block.reason, Block.starts_at, Block.ends_at, STANDING, Block.version)
    .where(Block.resource_id.is_(None), Block.deleted_at.is_(None))
    .order_by(Block.starts_at, Block.id)
)


def list_holidays(db: Db) -> list[HolidayRow]:
    """Return the holidays of the organisation by their first day, each with the sessions scheduled on it."""
    zone = load_settings(db).zone
    return [_holiday(row, zone) for row in db.execute(HOLIDAYS)]


def add_holiday(db: DbSession, first: dt.date, last: dt.date, name: str, *, actor: str, now: dt.datetime) -> HolidayRow:
    """Close the whole organisation from `first` to `last`, both included, and return the holiday as it is now.

    Sessions that stand there stay, and are counted in the answer. Raises BadValue, and `duplicate_ref` for days that
    are a holiday already.
    """
    clean = clean_name(name, field="name", limit=LINE_LIMIT)
    if last < first:
        raise BadValue(field="to", value=last.isoformat(), why="to_before_from")
    if (last - first).days >= LONGEST_HOLIDAY:
        raise BadValue(field="to", value=last.isoformat(), why="holiday_too_long", limit=LONGEST_HOLIDAY)
    zone = load_settings(db).zone
    starts_at, ends_at = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
    known = db.execute(HOLIDAYS.where(Block.starts_at == starts_at, Block.ends_at == ends_at)).first()
    if known is not None:
        raise DeskError("duplicate_ref", kind="holiday", key=known.reason)
    made = add_block(db, None, starts_at, ends_at, clean, actor=actor, now=now)
    return _holiday(db.execute(HOLIDAYS.where(Block.id == made)).one(), zone)


def rename_holiday(db: DbSession, block_id: int, name: str, *, version: int, actor: str, now: dt.datetime) -> None:
    """Give a holiday another name. Raises BadValue, NotFound, Stale."""
    clean = clean_name(name, field="name", limit=LINE_LIMIT)
    if _lock_holiday(db, block_id, version) != clean:
        _write(db, block_id, now, reason=clean)


def lift_holiday(db: DbSession, block_id: int, *, version: int, actor: str, now: dt.datetime) -> None:
    """Take a holiday away; undo brings it back. Raises NotFound, Stale."""
    _lock_holiday(db, block_id, version)
    _write(db, block_id, now, deleted_at=now)


def keep_days(db: DbSession, before: ZoneInfo, after: ZoneInfo, now: dt.datetime) -> int:
    """Keep holidays that are whole days in one zone on the same days in another; return how many moved."""
    moved = 0
    for row in db.execute(HOLIDAYS.with_for_update(of=Block)).all():
        was = _holiday(row, before)
        if (row.starts_at, row.ends_at) != (day_bounds(was.first, before)[0], day_bounds(was.last, before)[1]):
            continue
        wanted = (day_bounds(was.first, after)[0], day_bounds(was.last, after)[1])
        if wanted != (row.starts_at, row.ends_at):
            _write(db, row.id, now, starts_at=wanted[0], ends_at=wanted[1])
            moved += 1
    return moved


def _holiday(row: sa.Row[Any], zone: ZoneInfo) -> HolidayRow:
    block_id, name, starts_at, ends_at, standing, version = tuple(row)
    last = local(ends_at - dt.timedelta(seconds=1), zone).date()
    return HolidayRow(block_id, name, local(starts_at, zone).date(), last, standing, version)


def _lock_holiday(db: DbSession, block_id: int, version: int) -> str:
    query = sa.select(Block.reason, Block.version).where(
        Block.id == block_id, Block.resource_id.is_(None), Block.deleted_at.is_(None)
    )
    found = db.execute(query.with_for_update()).one_or_none()
    if found is None:
        raise NotFound(kind="holiday", key=f"#{block_id}")
    if found.version != version:
        last = last_change(db, of_row("blocks", str(block_id)))
        raise Stale(ref=found.reason, by=last and last.by, at=last and last.at, version=found.version)
    return str(found.reason)


def _write(db: DbSession, block_id: int, now: dt.datetime, **values: object) -> None:
    row = {"version": Block.version + 1, "updated_at": now} | values
    db.connection().execute(sa.update(Block).where(Block.id == block_id).values(**row))
