"""What a free time is looked for, and what must be known for it: the wish, what is taken, who could do (C7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from trainer_desk.services.rows.directory import Directory, TrainerRow, VenueRow
from trainer_desk.services.rows.schedule import BlockRow, SessionCard
from trainer_desk.services.rules.free_times import Span, joined, working_days
from trainer_desk.services.rules.times import day_bounds, local


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for: times of `length` for a session, from `earliest` (UTC) on, within so many working days.

    `trainer_id` and `venue_id` allow nobody and nothing else. With `near` (UTC) the nearest times come first, else
    the next ones are found and stand by load. `limit` None: all of them.
    """

    card: SessionCard
    length: timedelta
    earliest: datetime
    working_days: int = 20
    limit: int | None = 10
    trainer_id: int | None = None
    venue_id: int | None = None
    near: datetime | None = None


Spans = Mapping[int, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Taken:
    """When resources are taken by others (UTC, half-open), by resource: by sessions, and by leave and closures.

    Plain spans, because there are thousands of them.
    """

    sessions: Spans = field(default_factory=dict)
    away: Spans = field(default_factory=dict)


class Busy(NamedTuple):
    """A person of the session has a seat elsewhere (UTC); `refuses` where one of the two courses blocks that (C6)."""

    starts_at: datetime
    ends_at: datetime
    person_id: int
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the time that is searched: what is taken, blocks, and when the session's people are busy.

    What is taken reaches back to the Monday of the first week, since the load of a trainer is counted from it.
    """

    taken: Taken = field(default_factory=Taken)
    blocks: Sequence[BlockRow] = ()
    busy: Sequence[Busy] = ()


def candidates(wish: Wish, directory: Directory, days: Iterable[date]) -> tuple[list[TrainerRow], list[VenueRow]]:
    """Return the active trainers who may teach the course on one of the days, and the venues that are large enough.

    The session's own venue need only seat those who are in it; any other seats its whole capacity (K1). Co-trainers
    of the session cannot lead it.
    """
    card, days = wish.card, list(days)
    trainers = [
        row
        for row in directory.trainers.values()
        if row.active
        and row.id not in card.co_trainer_ids
        and wish.trainer_id in (None, row.id)
        and any(directory.is_qualified(row.id, card.course_id, day) for day in days)
    ]
    venues = [row for row in directory.venues.values() if wish.venue_id in (None, row.id) and _seats(row, card)]
    return trainers, venues


def needed_seats(card: SessionCard) -> int:
    """Return how many people a venue must seat: the session's capacity, or those who are in it and wait for it."""
    return max(card.seats_taken, card.seats_taken + card.waiting if card.capacity is None else card.capacity)


def days_of(wish: Wish, directory: Directory) -> list[tuple[date, Span]]:
    """Return the working days that are searched, each with its working hours as instants (UTC)."""
    zone = directory.settings.zone
    days = working_days(directory.settings, local(wish.earliest, zone).date(), wish.working_days)
    return [(day, (max(begins, wish.earliest), ends)) for day, (begins, ends) in days if ends > wish.earliest]


def first_open(
    days: Sequence[tuple[date, Span]], trainers: Sequence[TrainerRow], blocks: Sequence[BlockRow]
) -> date | None:
    """Return the first of the days on which the organisation is open and one of the trainers is there at some time.

    Before it nothing can be free, whatever is taken.
    """
    closed = [block for block in blocks if block.resource_id is None]
    off = [
        joined((one.starts_at, one.ends_at) for one in [*closed, *(b for b in blocks if b.resource_id == row.id)])
        for row in trainers
    ]
    for day, (begins, ends) in days:
        if not all(any(since <= begins and ends <= until for since, until in spans) for spans in off):
            return day
    return None


def _seats(row: VenueRow, card: SessionCard) -> bool:
    least = card.seats_taken if row.id == card.venue_id else needed_seats(card)
    return row.active and (row.capacity is None or row.capacity >= least)


def after_days(wish: Wish, directory: Directory, days: int, *, limit: int) -> Wish:
    """Return the wish for what is left of its working days once the first `days` are searched."""
    first = local(wish.earliest, directory.settings.zone).date()
    last = list(working_days(directory.settings, first, days))[-1][0]
    begins = day_bounds(last + timedelta(days=1), directory.settings.zone)[0]
    return replace(wish, earliest=begins, working_days=wish.working_days - days, limit=limit)
