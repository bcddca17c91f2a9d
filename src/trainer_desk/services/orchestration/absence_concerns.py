"""Finds what an absence concerns: the coming sessions that stand in it, who could step in, and other times (C4, C8)."""

import datetime as dt

from trainer_desk.services.directory import load_directory
from trainer_desk.services.planning import board, claims
from trainer_desk.services.planning.absences import kind_and_name, standing_in
from trainer_desk.services.planning.workload import trainer_minutes
from trainer_desk.services.rows.absences import Foreseen, Wanted
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import BlockRow, ClaimRow, SessionCard
from trainer_desk.services.rows.settling import Concerned, Substitute
from trainer_desk.services.rules.absences import ways_for_absence
from trainer_desk.services.rules.alternatives import free_equipment, free_trainers, free_venues, is_alike
from trainer_desk.services.rules.times import iso_week_bounds
from trainer_desk.services.store.db import Db

Taken = tuple[list[ClaimRow], list[BlockRow]]


def foresee(db: Db, wanted: Wanted, *, now: dt.datetime) -> Foreseen:
    """Return the sessions that stand in an absence and are not over at `now` (UTC), by start, with their ways out.

    Raises NotFound for a resource that is not there.
    """
    kind, name = kind_and_name(db, wanted.resource_id)
    if wanted.ends_at <= wanted.starts_at:
        return Foreseen(kind, wanted.resource_id, name)
    directory = load_directory(db)
    ids = standing_in(db, wanted.resource_id, wanted.starts_at, wanted.ends_at, directory, over=now)
    cards = sorted(board.load_cards(db, ids, now=now).values(), key=lambda card: (str(card.starts_at), card.id))
    asked = _Asked(db, kind, wanted, directory)
    return Foreseen(kind, wanted.resource_id, name, tuple(asked.concerned(card) for card in cards))


class _Asked:
    """One question about an absence: what is read once for it, and who was proposed already."""

    def __init__(self, db: Db, kind: str, wanted: Wanted, directory: Directory) -> None:
        self._db, self._kind, self._wanted, self._directory = db, kind, wanted, directory
        self._given: list[tuple[int, SessionCard]] = []
        leaves = () if wanted.resource_id is None else directory.leaves_of(wanted.resource_id)
        self._away = [BlockRow(0, leaf, wanted.starts_at, wanted.ends_at, wanted.reason) for leaf in leaves]
        self._leaves = frozenset(leaves)

    def concerned(self, card: SessionCard) -> Concerned:
        """Return a session with its ways out; who is proposed for it is proposed for no other at the same time."""
        substitutes = self._substitutes(card)
        ways = ways_for_absence(
            self._kind, card, self._wanted.resource_id, has_substitutes=bool(substitutes), has_times=False
        )
        if substitutes:
            self._given.append((substitutes[0].id, card))
        return Concerned(card, ways, substitutes)

    def _substitutes(self, card: SessionCard) -> tuple[Substitute, ...]:
        if self._kind not in ("trainer", "venue", "equipment") or card.starts_at is None or card.ends_at is None:
            return ()
        found = getattr(self, f"_{self._kind}s")(card, *self._taken(card))
        return tuple(sorted(found, key=lambda one: self._is_given(one.id, card)))

    def _trainers(self, card: SessionCard, taken: list[ClaimRow], blocks: list[BlockRow]) -> list[Substitute]:
        assert card.starts_at is not None
        minutes = trainer_minutes(self._db, *iso_week_bounds(card.starts_at, self._directory.settings.zone))
        free = [
            Substitute(row.id, row.code, row.name, minutes[row.id].booked if row.id in minutes else 0)
            for row in free_trainers(card, self._directory, taken, blocks)
        ]
        return sorted(free, key=lambda one: one.booked_minutes or 0)

    def _venues(self, card: SessionCard, taken: list[ClaimRow], blocks: list[BlockRow]) -> list[Substitute]:
        rows = free_venues(card, self._directory, taken, blocks)
        return [Substitute(row.id, row.code, row.name) for row in rows if not self._leaves.intersection(row.leaf_ids)]

    def _equipments(self, card: SessionCard, taken: list[ClaimRow], blocks: list[BlockRow]) -> list[Substitute]:
        away = self._directory.equipment.get(self._wanted.resource_id or 0)
        rows = free_equipment(card, self._directory, taken, blocks)
        return [Substitute(row.id, row.code, row.name) for row in rows if away and is_alike(row.name, away.name)]

    def _taken(self, card: SessionCard) -> Taken:
        assert card.starts_at is not None
        assert card.ends_at is not None
        everything = {*self._directory.trainers, *self._directory.venues, *self._directory.equipment}
        until = card.ends_at + dt.timedelta(days=1)
        taken = claims.claims_between(self._db, everything, card.starts_at, until)
        return taken, [*board.blocks_between(self._db, card.starts_at, until), *self._away]

    def _is_given(self, substitute_id: int, card: SessionCard) -> bool:
        """Whether somebody is proposed for another session of this list that shares time with this one."""
        return any(given == substitute_id and _share_time(other, card) for given, other in self._given)


def _share_time(one: SessionCard, other: SessionCard) -> bool:
    if one.starts_at is None or one.ends_at is None or other.starts_at is None or other.ends_at is None:
        return False
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
