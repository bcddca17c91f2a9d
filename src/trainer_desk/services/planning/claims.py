"""Who or what is taken when, by which session: reads claims, and makes and drops those of sessions (C1, C2)."""

import datetime as dt
from collections.abc import Collection
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Block, Claim, Course, Session
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import ClaimRow, SessionCard
from trainer_desk.services.rules.availability import claims_of
from trainer_desk.services.store.db import Db

LONGEST = dt.timedelta(hours=48)
"""No session's claim is longer: a day of session and a day of turnaround. The bound makes a plain index enough."""

NAMES = (Session.ref, sa.func.coalesce(Session.title, Course.title), Session.starts_at, Session.ends_at)


@lru_cache(maxsize=256)
def _touching(resources: int) -> sa.CompoundSelect[*tuple[Any, ...]]:
    """Build the question about so many resources, one round trip: what begins nearby, and blocks from long before."""
    wanted = Claim.resource_id.in_([sa.bindparam(f"resource{n}", type_=sa.Integer) for n in range(resources)])
    touching = sa.and_(wanted, Claim.starts_at < sa.bindparam("ends_at"), Claim.ends_at > sa.bindparam("starts_at"))
    near = (
        sa.select(
            Claim.resource_id, Claim.starts_at, Claim.ends_at, Claim.session_id, *NAMES, Claim.block_id, Block.reason
        )
        .outerjoin(Session, Session.id == Claim.session_id)
        .outerjoin(Course, Course.id == Session.course_id)
        .outerjoin(Block, Block.id == Claim.block_id)
        .where(touching, Claim.starts_at > sa.bindparam("earliest"))
    )
    nobody = [sa.cast(sa.null(), column.type) for column in (Claim.session_id, *NAMES)]
    long_ago = (
        sa.select(Claim.resource_id, Claim.starts_at, Claim.ends_at, *nobody, Claim.block_id, Block.reason)
        .join(Block, Block.id == Claim.block_id)
        .where(touching, Claim.block_id.is_not(None), Claim.starts_at <= sa.bindparam("earliest"))
    )
    return sa.union_all(near, long_ago)


def claims_between(
    db: Db, resource_ids: Collection[int], starts_at: dt.datetime, ends_at: dt.datetime
) -> list[ClaimRow]:
    """Return what takes these resources within [starts_at, ends_at) (UTC), by time."""
    if not resource_ids:
        return []
    bounds: dict[str, Any] = {f"resource{n}": resource for n, resource in enumerate(sorted(resource_ids))}
    bounds |= {"starts_at": starts_at, "ends_at": ends_at, "earliest": starts_at - LONGEST}
    found = [ClaimRow(*row) for row in db.execute(_touching(len(resource_ids)), bounds)]
    found.sort(key=lambda claim: (claim.starts_at, claim.resource_id))
    return found


def take(db: DbSession, card: SessionCard, directory: Directory) -> None:
    """Make the session's claims anew; the database refuses an overlap, whatever this program believed."""
    drop(db, [card.id])
    rows = [
        {
            "resource_id": claim.resource_id,
            "session_id": card.id,
            "starts_at": claim.starts_at,
            "ends_at": claim.ends_at,
        }
        for claim in claims_of(card, directory)
    ]
    db.execute(sa.insert(Claim), rows)


def drop(db: DbSession, session_ids: Collection[int]) -> None:
    """Give back everything that these sessions claimed."""
    if session_ids:
        db.execute(sa.delete(Claim).where(Claim.session_id.in_(session_ids)))
