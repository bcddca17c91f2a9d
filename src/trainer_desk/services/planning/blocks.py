"""Leave, closures and holidays: times in which a resource, or the whole organisation, cannot be planned (C4)."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Block
from trainer_desk.services.errors import BadValue, DeskError, Stale
from trainer_desk.services.journal.history import last_change, of_row
from trainer_desk.services.planning.absences import load_absence
from trainer_desk.services.planning.reclaiming import reclaim_blocks
from trainer_desk.services.rows.absences import Absence, Wanted
from trainer_desk.services.rules.absences import LONGEST, LONGEST_HOLIDAY
from trainer_desk.services.rules.names import LINE_LIMIT, clean_text


def add_block(
    db: DbSession,
    resource_id: int | None,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    reason: str,
    *,
    actor: str,
    now: dt.datetime,
    source_uid: str | None = None,
) -> int:
    """Block a resource from `starts_at` to `ends_at` (UTC, half-open), or everything if it is None; return its id.

    A block may lie over sessions that already stand there; a new session may not lie over a block. `source_uid` is
    the UID of the event of a calendar that it was made of. Raises BadValue when the end is not after the start.
    """
    if ends_at <= starts_at:
        raise BadValue(field="end", value=ends_at, why="end_before_start")
    span = {"starts_at": starts_at, "ends_at": ends_at}
    row = span | {"resource_id": resource_id, "reason": reason, "created_at": now, "updated_at": now}
    row["source_uid"] = source_uid
    block_id = int(db.execute(sa.insert(Block).values(**row).returning(Block.id)).scalar_one())
    reclaim_blocks(db, [block_id])
    return block_id


def change_block(
    db: DbSession, block: Absence, wanted: Wanted, *, now: dt.datetime, source_uid: str | None = None
) -> None:
    """Give a locked absence other times (UTC, half-open) or another reason; its claims follow.

    With a `source_uid` it is that event's of a calendar from now on; without, it stays whose it was.
    """
    values = {"starts_at": wanted.starts_at, "ends_at": wanted.ends_at, "reason": wanted.reason}
    is_same = values == {"starts_at": block.starts_at, "ends_at": block.ends_at, "reason": block.reason}
    if is_same and source_uid in (None, block.source_uid):
        return
    named = {} if source_uid is None else {"source_uid": source_uid}
    write_block(db, block.id, now, **values, **named)
    reclaim_blocks(db, [block.id])


def lift_block(db: DbSession, block_id: int, *, version: int | None = None, actor: str, now: dt.datetime) -> None:
    """Take leave, a closure or a holiday away: what it blocked is free again. Raises NotFound, Stale."""
    lock_block(db, block_id, version=version)
    lift_blocks(db, [block_id], now=now)


def lift_blocks(db: DbSession, block_ids: Collection[int], *, now: dt.datetime) -> None:
    """Take absences away that the caller found; what they blocked is free again."""
    for block_id in block_ids:
        write_block(db, block_id, now, deleted_at=now)
    reclaim_blocks(db, block_ids)


def lock_block(db: DbSession, block_id: int, *, version: int | None = None) -> Absence:
    """Lock an absence and return it as it is now. Raises NotFound, or Stale when somebody changed it since (U5)."""
    db.execute(sa.select(Block.id).where(Block.id == block_id).with_for_update(key_share=True)).all()
    block = load_absence(db, block_id)
    if version is not None and version != block.version:
        last = last_change(db, of_row("blocks", str(block_id)))
        raise Stale(ref=block.reason, by=last and last.by, at=last and last.at, version=block.version)
    return block


def checked(wanted: Wanted) -> Wanted:
    """Return the absence with its reason on one clean line. Raises BadValue for times that make no absence."""
    limit, why = (LONGEST, "absence_too_long") if wanted.resource_id else (LONGEST_HOLIDAY, "holiday_too_long")
    if wanted.ends_at <= wanted.starts_at:
        raise BadValue(field="end", value=wanted.ends_at, why="end_before_start")
    if wanted.ends_at - wanted.starts_at > dt.timedelta(days=limit, hours=1):
        raise BadValue(field="end", value=wanted.ends_at, why=why, limit=limit)
    reason = clean_text(wanted.reason, field="reason", limit=LINE_LIMIT) or ""
    return Wanted(wanted.resource_id, wanted.starts_at, wanted.ends_at, reason)


def require_new(db: DbSession, wanted: Wanted, *, besides: int | None = None) -> None:
    """Raise `duplicate_ref` when the same thing is away for just this time already; overlaps are allowed (C4)."""
    same = sa.select(Block.id).where(
        Block.resource_id.is_not_distinct_from(wanted.resource_id),
        Block.starts_at == wanted.starts_at,
        Block.ends_at == wanted.ends_at,
        Block.deleted_at.is_(None),
        Block.id != (besides or 0),
    )
    if db.execute(same.limit(1)).first() is not None:
        raise DeskError("duplicate_ref", why="same_absence")


def write_block(db: DbSession, block_id: int, now: dt.datetime, **values: object) -> None:
    """Write columns of an absence and raise its version by one; its claims are the caller's."""
    row = {"version": Block.version + 1, "updated_at": now} | values
    db.connection().execute(sa.update(Block).where(Block.id == block_id).values(**row))
