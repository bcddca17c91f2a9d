"""Takes the claims of a session again when undo puts it back, also into an absence in which it stood before (C4)."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Block, ChangeRow, Claim
from trainer_desk.models.enums import CLAIMING
from trainer_desk.services.planning import board
from trainer_desk.services.planning.checking import secure
from trainer_desk.services.planning.reclaiming import reclaim_blocks
from trainer_desk.services.rows.schedule import SessionCard

TURNAROUND = dt.timedelta(days=1)
"""The longest time for which a room stays taken after a session."""

LATER = sa.exists().where(
    ChangeRow.tbl == Block.__tablename__,
    ChangeRow.pk == sa.cast(Block.id, sa.Text),
    ChangeRow.change_id > sa.bindparam("change"),
)
BEFORE = sa.select(Block.id).where(
    Block.resource_id.is_not(None),
    Block.deleted_at.is_(None),
    Block.starts_at < sa.bindparam("ends_at", type_=Block.ends_at.type),
    Block.ends_at > sa.bindparam("starts_at", type_=Block.ends_at.type),
    sa.or_(~LATER, Block.id.in_(sa.bindparam("own", expanding=True))),
)


def take_again(db: DbSession, session_id: int, change_id: int, blocks: Collection[int], now: dt.datetime) -> None:
    """Check and claim a session that goes back to what it was before a change; `blocks` go back with it.

    An absence that was there when the change was made, and is the same now, is no obstacle: the session stood in it,
    and carries its red finding again. Raises Refused.
    """
    card = board.load_card(db, session_id)
    if card.status not in CLAIMING:
        return
    stood = _stood_in(db, card, change_id, blocks)
    if stood:  # a closure may come over a session, and not the other way round
        db.execute(sa.delete(Claim).where(Claim.block_id.in_(stood)))
    secure(db, card, now, stood)
    reclaim_blocks(db, stood)


def _stood_in(db: DbSession, card: SessionCard, change_id: int, blocks: Collection[int]) -> frozenset[int]:
    if card.starts_at is None or card.ends_at is None:
        return frozenset()
    bounds = {"starts_at": card.starts_at, "ends_at": card.ends_at + TURNAROUND}
    return frozenset(db.execute(BEFORE, bounds | {"change": change_id, "own": sorted(blocks)}).scalars())
