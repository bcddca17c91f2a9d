"""Stretches of time in which a session could start: what is free, joined, met with other stretches, and cut up."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.rules.times import local, resolve

Span: TypeAlias = tuple[datetime, datetime]
"""Two instants (UTC). Of starts both count: a session may begin at either."""

STEP = timedelta(minutes=15)
"""Times are offered on the quarter of the wall clock."""


def free_starts(taken: Iterable[Span], needed: timedelta, since: datetime, until: datetime) -> list[Span]:
    """Return the starts at which so much time fits between what is taken (half-open, by start) in [since, until]."""
    found = []
    at = since
    for begins, ends in taken:
        if begins - needed >= at:
            found.append((at, begins - needed))
        at = max(at, ends)
    if until - needed >= at:
        found.append((at, until - needed))
    return found


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return the spans by start, those that touch made one."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if found and begins <= found[-1][1]:
            if ends > found[-1][1]:
                found[-1] = (found[-1][0], ends)
        else:
            found.append((begins, ends))
    return found


def common(some: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """Return what lies in both; each is sorted and without overlaps. A single instant may be left of it."""
    found = []
    mine, theirs = 0, 0
    while mine < len(some) and theirs < len(others):
        begins = max(some[mine][0], others[theirs][0])
        ends = min(some[mine][1], others[theirs][1])
        if begins <= ends:
            found.append((begins, ends))
        if some[mine][1] < others[theirs][1]:
            mine += 1
        else:
            theirs += 1
    return found


def holds(spans: Sequence[Span], instant: datetime) -> bool:
    """Whether the instant lies in one of the sorted spans, both ends included."""
    place = bisect_right(spans, instant, key=lambda span: span[0])
    return place > 0 and instant <= spans[place - 1][1]


def working_days(settings: Settings, first: date, count: int) -> Iterator[tuple[date, Span]]:
    """Yield so many working days from `first` on with their working hours as instants; skipped ones are left out."""
    found = 0
    day = first
    while found < count:
        if day.weekday() in settings.working_days:
            found += 1
            begins, ends = (_on(day, clock, settings.zone) for clock in (settings.day_starts, settings.day_ends))
            if begins < ends:
                yield day, (begins, ends)
        day += timedelta(days=1)


def one_after_the_other(spans: Iterable[Span], length: timedelta, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield starts on the quarter, none within `length` of the one before."""
    last: datetime | None = None
    for begins, ends in spans:
        at = begins if last is None else max(begins, last + length)
        while at <= ends:
            last = _rounded(at, ends, zone)
            yield last
            at = last + length


def nearest_first(
    spans: Iterable[Span], length: timedelta, zone: ZoneInfo, near: datetime, step: timedelta = STEP
) -> Iterator[datetime]:
    """Yield starts on the quarter, the nearest to `near` first and the earlier of two, none within `length` of another.

    `near` itself comes first where it is free, whatever its minute.
    """
    every = {near for begins, ends in spans if begins <= near <= ends}
    for begins, ends in spans:
        every.update(one_after_the_other([(begins, ends)], step, zone))
    given: list[datetime] = []
    for at in sorted(every, key=lambda one: (abs(one - near), one)):
        if all(abs(at - other) >= length for other in given):
            given.append(at)
            yield at


def _rounded(at: datetime, ends: datetime, zone: ZoneInfo) -> datetime:
    """Return the next quarter of the wall clock, or the instant itself where that would be too late."""
    wall = local(at, zone)
    past = timedelta(minutes=wall.minute % 15, seconds=wall.second, microseconds=wall.microsecond)
    quarter = at + (STEP - past) if past else at
    return quarter if quarter <= ends else at


@lru_cache(maxsize=512)
def _on(day: date, clock: time, zone: ZoneInfo) -> datetime:
    wall = datetime.combine(day, clock)
    readings = resolve(wall, zone)
    return readings[0] if readings else wall.replace(tzinfo=zone).astimezone(UTC)
