"""The only writer of claims: who or what is taken when, by which session (C1, C2)."""

import datetime as dt
from collections.abc import Collection
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Block, Claim, Course, Resource, Session
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import ClaimRow, SessionCard
from trainer_desk.services.rules.availability import claims_of

Db = Connection | DbSession
LOCK_SESSIONS = (
    sa.select(Session.id)
    .where(Session.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(Session.id)
    .with_for_update(key_share=True)
)
LOCK_RESOURCES = (
    sa.select(Resource.id)
    .where(Resource.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(Resource.id)
    .with_for_update(key_share=True)
)
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


def lock_sessions(db: DbSession, session_ids: Collection[int]) -> None:
    """Take the rows of sessions in id order; on SQLite the transaction already holds the whole file."""
    if session_ids:
        db.execute(LOCK_SESSIONS, {"ids": sorted(session_ids)}).all()


def lock_resources(db: DbSession, resource_ids: Collection[int]) -> None:
    """Take the rows of resources in id order, after those of sessions; the order is what keeps deadlocks away."""
    if resource_ids:
        db.execute(LOCK_RESOURCES, {"ids": sorted(resource_ids)}).all()


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


def resources_of(card: SessionCard, directory: Directory) -> set[int]:
    """Return every resource that the session would claim, leaves of its venue included."""
    venue = directory.venues.get(card.venue_id) if card.venue_id is not None else None
    return {*card.trainer_ids, *card.equipment_ids, *(venue.leaf_ids if venue else ())}


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
