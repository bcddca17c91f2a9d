"""The only writer of claims: who or what is taken when, by which session (C1, C2)."""

import datetime as dt
from collections.abc import Collection

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
TOUCHING = sa.and_(
    Claim.resource_id.in_(sa.bindparam("ids", expanding=True)),
    Claim.starts_at < sa.bindparam("ends_at"),
    Claim.ends_at > sa.bindparam("starts_at"),
)
CLAIMS = (
    sa.select(
        Claim.resource_id,
        Claim.starts_at,
        Claim.ends_at,
        Claim.session_id,
        Session.ref,
        sa.func.coalesce(Session.title, Course.title),
        Session.starts_at,
        Session.ends_at,
        Claim.block_id,
        Block.reason,
    )
    .outerjoin(Session, Session.id == Claim.session_id)
    .outerjoin(Course, Course.id == Session.course_id)
    .outerjoin(Block, Block.id == Claim.block_id)
    .where(TOUCHING, Claim.starts_at > sa.bindparam("earliest"))
    .order_by(Claim.starts_at, Claim.resource_id)
)
BLOCK_CLAIMS = (
    sa.select(Claim.resource_id, Claim.starts_at, Claim.ends_at, Claim.block_id, Block.reason)
    .join(Block, Block.id == Claim.block_id)
    .where(TOUCHING, Claim.starts_at <= sa.bindparam("earliest"))
)
LONGEST = dt.timedelta(hours=48)
"""No session's claim is longer: a day of session and a day of turnaround. The bound makes a plain index enough."""


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
    bounds = {
        "ids": sorted(resource_ids),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "earliest": starts_at - LONGEST,
    }
    found = [ClaimRow(*tuple(row)) for row in db.execute(CLAIMS, bounds)]
    return found + _long_blocks(db, bounds)


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


def _long_blocks(db: Db, bounds: dict[str, object]) -> list[ClaimRow]:
    return [
        ClaimRow(row[0], row[1], row[2], block_id=row[3], reason=row[4]) for row in db.execute(BLOCK_CLAIMS, bounds)
    ]
