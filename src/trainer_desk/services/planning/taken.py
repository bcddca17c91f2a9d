"""Reads when resources are taken, and nothing else about it: fast enough for a month of everybody (C7, C8)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Block, Claim
from trainer_desk.services.planning.claims import LONGEST
from trainer_desk.services.rows.schedule import BlockRow
from trainer_desk.services.rules.free_times import Span
from trainer_desk.services.rules.slot_wishes import Taken
from trainer_desk.services.store.db import Db, dialect_of
from trainer_desk.services.store.lists import Among

TAKEN = sa.select(
    Claim.resource_id,
    sa.type_coerce(Claim.starts_at, sa.Text()).label("starts_at"),
    sa.type_coerce(Claim.ends_at, sa.Text()).label("ends_at"),
    Claim.block_id,
).where(
    Among(Claim.resource_id, "resources"),
    Claim.starts_at > sa.bindparam("earliest"),
    Claim.starts_at < sa.bindparam("ends_at"),
    Claim.ends_at > sa.bindparam("starts_at"),
    sa.or_(Claim.session_id.is_(None), Claim.session_id != sa.bindparam("besides")),
)
"""Instants as the driver gives them: a converter for each costs more than the query."""

BLOCKS = sa.select(
    Block.id,
    Block.resource_id,
    sa.type_coerce(Block.starts_at, sa.Text()).label("starts_at"),
    sa.type_coerce(Block.ends_at, sa.Text()).label("ends_at"),
    Block.reason,
).where(
    Block.starts_at < sa.bindparam("ends_at"),
    Block.ends_at > sa.bindparam("starts_at"),
    Block.deleted_at.is_(None),
    sa.or_(Block.resource_id.is_(None), Among(Block.resource_id, "resources")),
)

FROM_TEXT = dt.datetime.fromisoformat


def taken_between(
    db: Db, resource_ids: Collection[int], starts_at: dt.datetime, ends_at: dt.datetime, *, besides: int
) -> Taken:
    """Return what takes these resources within [starts_at, ends_at) (UTC), except the session `besides`.

    Leave and closures that began more than two days before are told by `board.blocks_between` alone.
    """
    bounds = {"starts_at": starts_at, "ends_at": ends_at, "earliest": starts_at - LONGEST, "besides": besides}
    rows = db.execute(TAKEN, bounds | {"resources": sorted(resource_ids)}).all()
    instant = _reader(db)
    sessions: defaultdict[int, list[Span]] = defaultdict(list)
    away: defaultdict[int, list[Span]] = defaultdict(list)
    for resource, begins, ends, block in rows:
        (sessions if block is None else away)[resource].append((instant(begins), instant(ends)))
    return Taken(sessions, away)


def blocks_of(db: Db, resource_ids: Collection[int], starts_at: dt.datetime, ends_at: dt.datetime) -> list[BlockRow]:
    """Return holidays, and leave and closures of these resources, that touch [starts_at, ends_at) (UTC)."""
    bounds = {"starts_at": starts_at, "ends_at": ends_at, "resources": sorted(resource_ids)}
    instant = _reader(db)
    return [
        BlockRow(key, resource, instant(begins), instant(ends), reason)
        for key, resource, begins, ends, reason in db.execute(BLOCKS, bounds).all()
    ]


def _reader(db: Db) -> Callable[[Any], dt.datetime]:
    """Return what makes an instant of what the driver gives."""
    return FROM_TEXT if dialect_of(db) == "sqlite" else _in_utc


def _in_utc(value: dt.datetime) -> dt.datetime:
    return value.astimezone(dt.UTC)
