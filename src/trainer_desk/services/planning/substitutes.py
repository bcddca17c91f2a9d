"""Finds who or what could step in: qualified and free trainers by load, venues that seat everybody (C8)."""

import datetime as dt
from collections.abc import Collection, Sequence

from trainer_desk.services.directory import load_directory
from trainer_desk.services.planning import board
from trainer_desk.services.planning.taken import taken_between
from trainer_desk.services.planning.workload import trainer_minutes
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import BlockRow, ClaimRow, SessionCard
from trainer_desk.services.rows.settling import Substitute
from trainer_desk.services.rows.substitutes import Substitutes
from trainer_desk.services.rules.alternatives import free_equipment, free_trainers, free_venues
from trainer_desk.services.rules.load import LoadMinutes
from trainer_desk.services.rules.times import iso_week_bounds
from trainer_desk.services.store.db import Db

TURNAROUND = dt.timedelta(days=1)
"""The longest turnaround: how far past the end of a session its venue is looked at."""


def find_substitutes(db: Db, session_ids: Collection[int], *, now: dt.datetime) -> dict[int, Substitutes]:
    """Return who and what could step in, by session: trainers by load of its week, then by name, and venues (C8).

    Venues of the same site come first, then the smallest that seats everybody. Undated sessions have none. Unknown
    ids are left out. `now` (UTC) says which seats are still taken.
    """
    cards = board.load_cards(db, list(session_ids), now=now)
    if not cards:
        return {}
    return substitutes_of(db, list(cards.values()), load_directory(db))


def substitutes_of(db: Db, cards: Sequence[SessionCard], directory: Directory) -> dict[int, Substitutes]:
    """Return the same for cards that are known already, as they are or as they would be."""
    dated = [card for card in cards if card.starts_at is not None and card.ends_at is not None]
    loads: dict[dt.datetime, dict[int, LoadMinutes]] = {}
    found = {card.id: Substitutes() for card in cards}
    for card in dated:
        assert card.starts_at is not None
        week = iso_week_bounds(card.starts_at, directory.settings.zone)
        if week[0] not in loads:
            loads[week[0]] = trainer_minutes(db, *week)
        found[card.id] = _of(card, directory, *_around(db, card, directory), loads[week[0]])
    return found


def _around(db: Db, card: SessionCard, directory: Directory) -> tuple[list[ClaimRow], list[BlockRow]]:
    assert card.starts_at is not None
    assert card.ends_at is not None
    until = card.ends_at + TURNAROUND
    everything = {*directory.trainers, *directory.venues, *directory.equipment}
    taken = taken_between(db, everything, card.starts_at, until, besides=card.id)
    spans = [*taken.sessions.items(), *taken.away.items()]
    claims = [ClaimRow(resource, *span) for resource, each in spans for span in each]
    return claims, _leaf_by_leaf(board.blocks_between(db, card.starts_at, until), directory)


def _leaf_by_leaf(blocks: Collection[BlockRow], directory: Directory) -> list[BlockRow]:
    """Return the blocks, those of a venue for each of its parts."""
    return [
        BlockRow(row.id, leaf, row.starts_at, row.ends_at, row.reason)
        for row in blocks
        for leaf in ((None,) if row.resource_id is None else directory.leaves_of(row.resource_id))
    ]


def _of(
    card: SessionCard,
    directory: Directory,
    claims: list[ClaimRow],
    blocks: list[BlockRow],
    load: dict[int, LoadMinutes],
) -> Substitutes:
    trainers = [
        Substitute(row.id, row.code, row.name, load[row.id].booked if row.id in load else 0)
        for row in free_trainers(card, directory, claims, blocks)
    ]
    rooms = [Substitute(row.id, row.code, row.name) for row in free_venues(card, directory, claims, blocks)]
    pieces = [Substitute(row.id, row.code, row.name) for row in free_equipment(card, directory, claims, blocks)]
    return Substitutes(tuple(sorted(trainers, key=lambda one: one.booked_minutes or 0)), tuple(rooms), tuple(pieces))
