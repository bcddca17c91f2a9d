"""Makes claims anew where something else than a session changed: a venue’s parts or turnaround, an absence (C3, C4)."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Block, Claim, Session
from trainer_desk.models.enums import CLAIMING
from trainer_desk.services.directory import load_directory
from trainer_desk.services.planning import board, locking
from trainer_desk.services.rows.directory import Directory, VenueRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.availability import claims_of, resources_of


def reclaim_venues(db: DbSession, venue_ids: Collection[int]) -> None:
    """Make the claims of sessions and closures in these venues, in what they are part of and in their parts.

    Only what differs is written. The database refuses what clashes by now (claims_overlap, claims_blocked).
    """
    directory = load_directory(db)
    family = _family(venue_ids, directory.venues)
    query = sa.select(Session.id).where(
        Session.venue_id.in_(family), Session.status.in_(sorted(CLAIMING)), Session.deleted_at.is_(None)
    )
    ids = sorted(db.execute(query).scalars())
    locking.lock_sessions(db, ids)
    cards = board.load_cards(db, ids)
    locking.lock_resources(db, {one for card in cards.values() for one in resources_of(card, directory)})
    _drop_differing(db, cards, directory)
    # Sessions come before closures: a closure may come over a session, and not the other way round.
    blocks = sorted(db.execute(sa.select(Block.id).where(Block.resource_id.in_(family))).scalars())
    db.execute(sa.delete(Claim).where(Claim.block_id.in_(blocks)))
    _take_missing(db, cards, directory)
    reclaim_blocks(db, blocks, directory)


def reclaim_blocks(db: DbSession, block_ids: Collection[int], directory: Directory | None = None) -> None:
    """Make the claims of these absences: of a venue its parts, of a lifted one or the whole organisation none."""
    if not block_ids:
        return
    directory = directory or load_directory(db, course_ids=[])
    db.execute(sa.delete(Claim).where(Claim.block_id.in_(block_ids)))
    columns = (Block.id, Block.resource_id, Block.starts_at, Block.ends_at)
    standing = sa.select(*columns).where(Block.id.in_(block_ids), Block.deleted_at.is_(None))
    rows: list[dict[str, Any]] = [
        {"block_id": block_id, "resource_id": leaf, "starts_at": starts_at, "ends_at": ends_at}
        for block_id, resource_id, starts_at, ends_at in db.execute(standing.order_by(Block.id))
        if resource_id is not None
        for leaf in directory.leaves_of(resource_id)
    ]
    locking.lock_resources(db, {row["resource_id"] for row in rows})
    if rows:
        db.execute(sa.insert(Claim), rows)


def _drop_differing(db: DbSession, cards: Mapping[int, SessionCard], directory: Directory) -> None:
    wanted = {key for card in cards.values() for key in _keys(card, directory)}
    gone = [claim_id for key, claim_id in _stored(db, cards).items() if key not in wanted]
    if gone:
        db.execute(sa.delete(Claim).where(Claim.id.in_(gone)))


def _take_missing(db: DbSession, cards: Mapping[int, SessionCard], directory: Directory) -> None:
    stored = _stored(db, cards)
    names = ("session_id", "resource_id", "starts_at", "ends_at")
    missing = [key for card in cards.values() for key in _keys(card, directory) if key not in stored]
    if missing:
        db.execute(sa.insert(Claim), [dict(zip(names, key, strict=True)) for key in missing])


def _keys(card: SessionCard, directory: Directory) -> list[tuple[object, ...]]:
    found = claims_of(card, directory)
    return [(card.id, claim.resource_id, claim.starts_at, claim.ends_at) for claim in found]


def _stored(db: DbSession, cards: Mapping[int, SessionCard]) -> dict[tuple[object, ...], int]:
    columns = (Claim.session_id, Claim.resource_id, Claim.starts_at, Claim.ends_at, Claim.id)
    rows = db.execute(sa.select(*columns).where(Claim.session_id.in_(list(cards))))
    return {tuple(row[:4]): row[4] for row in rows}


def _family(venue_ids: Collection[int], venues: Mapping[int, VenueRow]) -> set[int]:
    """Return these venues, all that they are part of and all of their parts."""
    wanted = set(venue_ids)
    below = {venue_id for venue_id in venues if _line_up(venue_id, venues) & wanted}
    return below.union(*(_line_up(venue_id, venues) for venue_id in wanted))


def _line_up(venue_id: int, venues: Mapping[int, VenueRow]) -> set[int]:
    line: set[int] = set()
    step: int | None = venue_id
    while step is not None and step not in line and step in venues:
        line.add(step)
        step = venues[step].part_of_id
    return line | {venue_id}
