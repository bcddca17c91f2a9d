"""Finds free times for a session: qualified trainers × large enough venues × working hours × leave × load (C7)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice

from trainer_desk.services.rows.directory import Directory, TrainerRow, VenueRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.slots import Reason, Slot, SlotAnswer
from trainer_desk.services.rules.availability import leaf_minutes, needs_of
from trainer_desk.services.rules.free_times import (
    Span,
    common,
    free_starts,
    holds,
    joined,
    nearest_first,
    one_after_the_other,
)
from trainer_desk.services.rules.load import is_over
from trainer_desk.services.rules.slot_reasons import Choice, lacking, reasons_for, retired
from trainer_desk.services.rules.slot_wishes import Around, Busy, Wish, candidates, days_of, needed_seats
from trainer_desk.services.rules.times import local, week_bounds


@dataclass(frozen=True, slots=True)
class Search:
    """One search on its way: when each resource is taken, and in which working hours it may be."""

    wish: Wish
    directory: Directory
    days: Sequence[tuple[date, Span]]
    taken: Mapping[int, list[Span]]
    closed: Sequence[Span]
    trainers: dict[int, list[Span]] = field(default_factory=dict)
    venues: dict[int, list[Span]] = field(default_factory=dict)

    @property
    def bounds(self) -> Span:
        """From when until when anything can stand, turnaround after the last session included."""
        return self.days[0][1][0], self.days[-1][1][1] + timedelta(days=2)


def search(wish: Wish, directory: Directory, around: Around) -> SlotAnswer:
    """Return free times of the session with trainer, venue and the reasons, or why there is none (C7)."""
    days = days_of(wish, directory)
    trainers, venues = candidates(wish, directory, [day for day, _hours in days])
    spans = {day: (begins, ends - wish.length) for day, (begins, ends) in days if ends - wish.length >= begins}
    if not trainers or not venues or not spans or retired(wish.card, directory):
        return SlotAnswer(lacking=lacking(wish, directory, trainers, venues, needed_seats(wish.card)))
    looking = Search(wish, directory, days, _taken(around, directory), _closed(around))
    work = common(_fixed(looking, spans), _without_refused_people(looking, around))
    for trainer in trainers:
        free = _free(looking, ((trainer.id, 0),))
        looking.trainers[trainer.id] = _while_qualified(free, trainer, spans, looking)
    for venue in venues:
        looking.venues[venue.id] = _free(looking, leaf_minutes(venue, directory))
    possible = common(work, joined(span for free in looking.trainers.values() for span in free))
    possible = common(possible, joined(span for free in looking.venues.values() for span in free))
    slots = list(islice(_slots(looking, possible, around), wish.limit))
    if not slots:
        return SlotAnswer(lacking=(Reason("nothing_free", {"days": wish.working_days}),))
    return SlotAnswer(tuple(slots if wish.near else sorted(slots, key=by_load)))


def _slots(looking: Search, possible: list[Span], around: Around) -> Iterator[Slot]:
    wish, zone = looking.wish, looking.directory.settings.zone
    if wish.near is not None:
        times = nearest_first(possible, wish.length, zone, wish.near)
    else:
        times = one_after_the_other(possible, wish.length, zone)
    booked: dict[date, dict[int, int]] = {}
    for at in times:
        monday = _monday(at, looking.directory)
        if monday not in booked:
            booked[monday] = _booked(around, looking, monday)
        slot = _slot_at(looking, at, booked[monday], around.busy)
        if not _is_where_it_stands(slot, wish.card):
            yield slot


def _slot_at(looking: Search, at: datetime, booked: Mapping[int, int], busy: Sequence[Busy]) -> Slot:
    """Return the slot at an instant at which somebody and a venue are free, with the best of both."""
    wish, directory = looking.wish, looking.directory
    card, ends_at = wish.card, at + wish.length
    minutes = wish.length // timedelta(minutes=1)
    load = {key: booked.get(key, 0) for key, spans in looking.trainers.items() if holds(spans, at)}
    rooms = [directory.venues[key] for key, spans in looking.venues.items() if holds(spans, at)]
    over = {key: is_over(load[key] + minutes, directory.norm_of(key)) for key in load}
    trainer_id = min(load, key=lambda key: (key != card.trainer_id, over[key], load[key]))
    venue = min(rooms, key=lambda row: _fitness(row, card, directory))
    trainer = directory.trainers[trainer_id]
    chosen = Choice(trainer, venue, load[trainer_id], over[trainer_id], len(load), _busy_people(busy, at, ends_at))
    return Slot(
        at, ends_at, trainer.id, trainer.code, trainer.name, venue.id, venue.code, venue.name,
        chosen.booked, chosen.is_over, reasons_for(chosen, card, directory, needed_seats(card)),
    )  # fmt: skip


def _fitness(row: VenueRow, card: SessionCard, directory: Directory) -> tuple[object, ...]:
    current = None if card.venue_id is None else directory.venues.get(card.venue_id)
    elsewhere = current is not None and row.site != current.site
    return row.id != card.venue_id, elsewhere, row.capacity is None, row.capacity or 0, row.name


def _taken(around: Around, directory: Directory) -> dict[int, list[Span]]:
    """Return what takes each resource, by start; a closed venue closes its parts."""
    taken = {key: list(spans) for key, spans in around.taken.sessions.items()}
    for key, spans in around.taken.away.items():
        taken.setdefault(key, []).extend(spans)
    for block in around.blocks:
        if block.resource_id is not None:
            for leaf in directory.leaves_of(block.resource_id):
                taken.setdefault(leaf, []).append((block.starts_at, block.ends_at))
    return {key: sorted(spans) for key, spans in taken.items()}


def _closed(around: Around) -> list[Span]:
    return sorted((row.starts_at, row.ends_at) for row in around.blocks if row.resource_id is None)


def _free(looking: Search, ends: Sequence[tuple[int, int]]) -> list[Span]:
    """Return the starts at which all these resources are free, each for its turnaround, and nothing is closed."""
    since, until = looking.bounds
    longest = max((minutes for _resource, minutes in ends), default=0)
    free = free_starts(looking.closed, looking.wish.length + timedelta(minutes=longest), since, until)
    for resource_id, minutes in ends:
        taken = looking.taken.get(resource_id)
        if taken:
            free = common(free, free_starts(taken, looking.wish.length + timedelta(minutes=minutes), since, until))
    return free


def _fixed(looking: Search, spans: Mapping[date, Span]) -> list[Span]:
    """Return the working hours in which co-trainers and equipment are free, on days on which they may teach."""
    card, directory = looking.wish.card, looking.directory
    work = [
        span
        for day, span in spans.items()
        if all(directory.is_qualified(key, card.course_id, day) for key in card.co_trainer_ids)
    ]
    fixed = [need for need in needs_of(card, directory) if need.field in ("co_trainers", "equipment")]
    return common(work, _free(looking, [end for need in fixed for end in need.ends]))


def _without_refused_people(looking: Search, around: Around) -> list[Span]:
    """Return the starts at which nobody of the session sits elsewhere where that refuses (C6)."""
    refusing = sorted((one.starts_at, one.ends_at) for one in around.busy if one.refuses)
    return free_starts(refusing, looking.wish.length, *looking.bounds)


def _while_qualified(free: list[Span], trainer: TrainerRow, spans: Mapping[date, Span], looking: Search) -> list[Span]:
    course_id = looking.wish.card.course_id
    known = looking.directory.qualifications.get((trainer.id, course_id), ())
    if any(row.valid_from is None and row.valid_until is None for row in known):
        return free
    held = [span for day, span in spans.items() if looking.directory.is_qualified(trainer.id, course_id, day)]
    return free if len(held) == len(spans) else common(free, held)


def _booked(around: Around, looking: Search, monday: date) -> dict[int, int]:
    """Return the booked minutes of trainers in the week of that Monday: what they claim, by its start (L1)."""
    since, until = week_bounds(monday, looking.directory.settings.zone)
    taught = {
        key: [end - start for start, end in around.taken.sessions.get(key, ()) if since <= start < until]
        for key in looking.trainers
    }
    return {key: sum(lengths, timedelta()) // timedelta(minutes=1) for key, lengths in taught.items()}


def _monday(instant: datetime, directory: Directory) -> date:
    day = local(instant, directory.settings.zone).date()
    return day - timedelta(days=day.weekday())


def _busy_people(busy: Sequence[Busy], starts_at: datetime, ends_at: datetime) -> int:
    return len({one.person_id for one in busy if one.starts_at < ends_at and one.ends_at > starts_at})


def _is_where_it_stands(slot: Slot, card: SessionCard) -> bool:
    """Whether the session would stand there as it does now, which is no other time."""
    return (slot.starts_at, slot.trainer_id, slot.venue_id) == (card.starts_at, card.trainer_id, card.venue_id)


def by_load(slot: Slot) -> tuple[object, ...]:
    """Order slots: whoever stays below the weekly target first, then the least booked, then the sooner."""
    return slot.is_over, slot.booked_minutes, slot.starts_at
