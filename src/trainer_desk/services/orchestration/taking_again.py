"""Takes the claims of a session again when undo puts it back, also into an absence or a holiday where it stood (C4)."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Block, ChangeRow, Claim
from trainer_desk.models.enums import CLAIMING
from trainer_desk.services.journal.images import NetRow, present_image
from trainer_desk.services.planning import board
from trainer_desk.services.planning.blocks import write_block
from trainer_desk.services.planning.checking import secure
from trainer_desk.services.planning.reclaiming import reclaim_blocks
from trainer_desk.services.rows.schedule import SessionCard

TURNAROUND = dt.timedelta(days=1)
"""The longest time for which a room stays taken after a session."""

FIRST_SINCE = (
    sa.select(ChangeRow.before)
    .where(
        ChangeRow.tbl == Block.__tablename__,
        ChangeRow.pk == sa.bindparam("key"),
        ChangeRow.change_id > sa.bindparam("change"),
    )
    .order_by(ChangeRow.id)
    .limit(1)
)
"""How an absence stood when a change was made, where something happened to it since."""

AROUND = sa.select(Block.id).where(
    Block.deleted_at.is_(None),
    Block.starts_at < sa.bindparam("ends_at", type_=Block.ends_at.type),
    Block.ends_at > sa.bindparam("starts_at", type_=Block.ends_at.type),
)

HOLIDAYS = sa.select(Block.id).where(Block.resource_id.is_(None), Block.deleted_at.is_(None))


def take_again(db: DbSession, session_id: int, change_id: int, blocks: Collection[int], now: dt.datetime) -> None:
    """Check and claim a session that goes back to what it was before a change; `blocks` go back with it.

    An absence that was there when the change was made, and is the same now, is no obstacle: the session stood in it,
    and carries its red finding again. Raises Refused.
    """
    card = board.load_card(db, session_id)
    if card.status not in CLAIMING:
        return
    stood = _stood_in(db, card, change_id, blocks)
    holidays = sorted(db.execute(HOLIDAYS.where(Block.id.in_(stood))).scalars()) if stood else []
    if stood:  # a closure or a holiday may come over a session, and not the other way round
        db.execute(sa.delete(Claim).where(Claim.block_id.in_(stood)))
    for holiday in holidays:
        write_block(db, holiday, now, deleted_at=now)
    secure(db, card, now, stood)
    for holiday in holidays:
        write_block(db, holiday, now, deleted_at=None)
    reclaim_blocks(db, stood)


def _stood_in(db: DbSession, card: SessionCard, change_id: int, blocks: Collection[int]) -> frozenset[int]:
    if card.starts_at is None or card.ends_at is None:
        return frozenset()
    around = db.execute(AROUND, {"starts_at": card.starts_at, "ends_at": card.ends_at + TURNAROUND}).scalars().all()
    return frozenset(block for block in around if block in blocks or _is_as_then(db, block, change_id))


def _is_as_then(db: DbSession, block_id: int, change_id: int) -> bool:
    """Whether an absence was there when a change was made and is the same now, whatever was done and undone since."""
    since = db.execute(FIRST_SINCE, {"key": str(block_id), "change": change_id}).scalars().all()
    if not since:
        return True
    (before,) = since
    return before is not None and present_image(db, NetRow(Block.__tablename__, str(block_id), before, None)) == before
