"""Finds what an absence concerns: the coming sessions that stand in it, who could step in, and other times (C4, C8)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_directory, load_settings
from trainer_desk.services.planning import board
from trainer_desk.services.planning.absences import kind_and_name, load_absence, standing_in
from trainer_desk.services.planning.slots import find_slots
from trainer_desk.services.planning.substitutes import substitutes_of
from trainer_desk.services.rows.absences import Foreseen, Wanted
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import BlockRow, SessionCard
from trainer_desk.services.rows.settling import Concerned, OtherTime, Substitute, Way
from trainer_desk.services.rows.substitutes import Substitutes
from trainer_desk.services.rules.absences import ways_for_absence
from trainer_desk.services.rules.alternatives import is_alike
from trainer_desk.services.rules.times import day_bounds
from trainer_desk.services.store.db import Db

MOST_TIMES = 8
"""How many other times are looked for, for one session."""

SEARCHED = 24
"""For so many sessions other times are looked for; whoever has more to settle moves the rest by hand."""

Taken = tuple[int, dt.datetime, dt.datetime]
"""A resource that is proposed for a session, and for which time (UTC)."""


def foresee(db: Db, wanted: Wanted, *, changing: int | None = None, now: dt.datetime) -> Foreseen:
    """Return the sessions that stand in an absence and are not over at `now` (UTC), by start, with their ways out.

    Nobody is proposed for two of them at one time. `changing` is the absence that is given other times: what was left
    in it before is proposed to be left again. Raises NotFound for a resource or an absence that is not there.
    """
    there = standing(db, wanted, now=now)
    kind, cards, directory = there.kind, [one.card for one in there.sessions], load_directory(db)
    left = _left_in(db, changing, directory)
    free = substitutes_of(db, cards, directory)
    away = _away(wanted, directory)
    proposed = _Proposed(directory)
    found = []
    for place, card in enumerate(cards):
        substitutes = proposed.untaken_first(card, _substitutes(kind, wanted.resource_id, free[card.id], directory))
        times = _times(db, card, away, now) if place < SEARCHED else ()
        concerned = _concerned(kind, wanted.resource_id, card, substitutes, proposed.free(times))
        found.append(proposed.add(_left_first(concerned) if card.id in left else concerned))
    return replace(there, sessions=tuple(found))


def standing(db: Db, wanted: Wanted, *, now: dt.datetime) -> Foreseen:
    """Return the sessions that `foresee` does, with every way that there could be; nobody is looked for.

    Raises NotFound.
    """
    kind, name = kind_and_name(db, wanted.resource_id)
    if wanted.ends_at <= wanted.starts_at:
        return Foreseen(kind, wanted.resource_id, name)
    directory = load_directory(db, course_ids=[])
    ids = standing_in(db, wanted.resource_id, wanted.starts_at, wanted.ends_at, directory, over=now)
    cards = sorted(board.load_cards(db, ids, now=now).values(), key=lambda card: (str(card.starts_at), card.id))
    ways = [ways_for_absence(kind, card, wanted.resource_id, has_substitutes=True, has_times=True) for card in cards]
    found = tuple(Concerned(card, possible) for card, possible in zip(cards, ways, strict=True))
    return Foreseen(kind, wanted.resource_id, name, found)


def standing_on_days(db: Db, first: dt.date, last: dt.date, name: str, *, now: dt.datetime) -> tuple[Wanted, Foreseen]:
    """Return a holiday from day to day, both included, as it would be entered, and what stands on it."""
    zone = load_settings(db).zone
    wanted = Wanted(None, day_bounds(first, zone)[0], day_bounds(last, zone)[1], name.strip())
    return wanted, standing(db, wanted, now=now)


def _left_in(db: Db, changing: int | None, directory: Directory) -> set[int]:
    """Return the sessions that stand in an absence already, because somebody left them there."""
    if changing is None:
        return set()
    absence = load_absence(db, changing)
    return standing_in(db, absence.resource_id, absence.starts_at, absence.ends_at, directory)


def _left_first(concerned: Concerned) -> Concerned:
    others = tuple(way for way in concerned.ways if way is not Way.KEEP)
    return replace(concerned, ways=(Way.KEEP, *others))


def _concerned(
    kind: str,
    resource_id: int | None,
    card: SessionCard,
    substitutes: tuple[Substitute, ...],
    times: tuple[OtherTime, ...],
) -> Concerned:
    ways = ways_for_absence(kind, card, resource_id, has_substitutes=bool(substitutes), has_times=bool(times))
    return Concerned(card, ways, substitutes, times)


def _away(wanted: Wanted, directory: Directory) -> list[BlockRow]:
    leaves = (None,) if wanted.resource_id is None else directory.leaves_of(wanted.resource_id)
    return [BlockRow(0, leaf, wanted.starts_at, wanted.ends_at, wanted.reason) for leaf in leaves]


def _substitutes(kind: str, resource_id: int | None, free: Substitutes, directory: Directory) -> tuple[Substitute, ...]:
    """Return who or what could step in: not what is away, nor a room that shares a part with it."""
    if kind == "trainer":
        return free.trainers
    if resource_id is None:
        return ()
    if kind == "venue":
        closed = set(directory.leaves_of(resource_id))
        return tuple(one for one in free.venues if not closed.intersection(directory.leaves_of(one.id)))
    name = directory.equipment[resource_id].name
    return tuple(one for one in free.equipment if is_alike(one.name, name))


def _times(db: Db, card: SessionCard, away: list[BlockRow], now: dt.datetime) -> tuple[OtherTime, ...]:
    """Return other times; a running session keeps its own (S3)."""
    if card.status is not SessionStatus.SCHEDULED:
        return ()
    return tuple(
        OtherTime(one.starts_at, one.ends_at, one.trainer_id, one.venue_id)
        for one in find_slots(db, card.id, now=now, limit=MOST_TIMES, away=away)
    )


class _Proposed:
    """What is proposed already, so that the proposals of one list can all be taken together."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._taken: list[Taken] = []

    def untaken_first(self, card: SessionCard, substitutes: tuple[Substitute, ...]) -> tuple[Substitute, ...]:
        """Return the substitutes, last those who are proposed for another session at the same time."""
        if card.starts_at is None or card.ends_at is None:
            return ()
        span = card.starts_at, card.ends_at
        return tuple(sorted(substitutes, key=lambda one: self._is_taken([one.id], *span)))

    def free(self, times: Iterable[OtherTime]) -> tuple[OtherTime, ...]:
        """Return the times for which trainer and venue are not proposed for another session."""
        return tuple(
            one for one in times if not self._is_taken([one.trainer_id, one.venue_id], one.starts_at, one.ends_at)
        )

    def add(self, concerned: Concerned) -> Concerned:
        """Note what a session takes by the way that is proposed for it."""
        card, way = concerned.card, concerned.ways[0]
        if way is Way.REPLACE and card.starts_at is not None and card.ends_at is not None:
            self._take([concerned.substitutes[0].id], card.starts_at, card.ends_at)
        if way is Way.TIME:
            time = concerned.times[0]
            self._take([time.trainer_id, time.venue_id], time.starts_at, time.ends_at)
        return concerned

    def _take(self, resources: Iterable[int], starts_at: dt.datetime, ends_at: dt.datetime) -> None:
        self._taken += [(leaf, starts_at, ends_at) for leaf in self._leaves(resources)]

    def _is_taken(self, resources: Iterable[int], starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
        leaves = self._leaves(resources)
        return any(leaf in leaves and since < ends_at and starts_at < until for leaf, since, until in self._taken)

    def _leaves(self, resources: Iterable[int]) -> set[int]:
        return {leaf for one in resources for leaf in self._directory.leaves_of(one)}
