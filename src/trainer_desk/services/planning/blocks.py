"""Leave, closures and holidays: times in which a resource, or the whole organisation, cannot be planned (C4)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Block
from trainer_desk.services.errors import BadValue
from trainer_desk.services.planning.reclaiming import reclaim_blocks


def add_block(
    db: DbSession,
    resource_id: int | None,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    reason: str,
    *,
    actor: str,
    now: dt.datetime,
) -> int:
    """Block a resource from `starts_at` to `ends_at` (UTC, half-open), or everything if it is None; return its id.

    A block may lie over sessions that already stand there; a new session may not lie over a block. Raises BadValue
    when the end is not after the start.
    """
    if ends_at <= starts_at:
        raise BadValue(field="end", value=ends_at, why="end_before_start")
    span = {"starts_at": starts_at, "ends_at": ends_at}
    row = span | {"resource_id": resource_id, "reason": reason, "created_at": now, "updated_at": now}
    block_id = int(db.execute(sa.insert(Block).values(**row).returning(Block.id)).scalar_one())
    reclaim_blocks(db, [block_id])
    return block_id
