"""How much venues are used: hours of sessions, and the working hours in which there could be some (D2)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa

from trainer_desk.models import Block
from trainer_desk.services.directory import load_directory
from trainer_desk.services.reports.counting import GroupKey, Sums, minutes, sessions_counted, total
from trainer_desk.services.reports.shaping import report_of, share
from trainer_desk.services.rows.directory import Directory, Settings, VenueRow
from trainer_desk.services.rows.reports import Measure, Number, Period, Report, ReportWish, Split, Unit
from trainer_desk.services.rules.free_times import Span, common, joined, working_days
from trainer_desk.services.rules.periods import periods_of
from trainer_desk.services.rules.times import day_bounds, local
from trainer_desk.services.store.db import Db, dialect_of

MEASURES = (
    Measure("booked", Unit.MINUTES), Measure("working", Unit.MINUTES), Measure("sessions"), Measure("use", Unit.SHARE),
)  # fmt: skip
INSTANT = Block.__table__.c.starts_at.type
BLOCKS = sa.select(Block.resource_id, Block.starts_at, Block.ends_at).where(
    Block.deleted_at.is_(None),
    Block.starts_at < sa.bindparam("ends", type_=INSTANT),
    Block.ends_at > sa.bindparam("begins", type_=INSTANT),
)
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)


def venue_use(db: Db, wish: ReportWish, *, now: dt.datetime) -> Report:
    """Return booked and working minutes of the smallest parts of venues; `now` has no part in it.

    A session counts whole in the period in which it starts, without turnaround, and for each part of a hall. Working
    hours are those of the settings without holidays and closures; a venue out of use counts only while it is booked.
    """
    directory = load_directory(db, with_qualifications=False)
    periods = periods_of(wish.first, wish.last, wish.step)
    zone = directory.settings.zone
    sums = (total(sa.true(), minutes(dialect_of(db))), sa.func.count())
    booked = sessions_counted(db, replace(wish, split=Split.VENUE, site=None), periods, zone, sums)
    found: dict[tuple[int, GroupKey], list[int]] = defaultdict(lambda: [0, 0, 0])
    leaves = [venue for venue in _leaves(directory) if wish.site in (None, venue.site)]
    closed = _closed(db, directory, periods)
    for place, period in enumerate(periods):
        taken = _taken(place, booked, directory)
        open_hours = _Hours(directory.settings, period, closed)
        for venue in leaves:
            if venue.active or venue.id in taken:
                line = found[place, _key(wish.split, venue)]
                for number, value in enumerate((taken[venue.id][0], open_hours.of(venue.id), taken[venue.id][1])):
                    line[number] += value
    whole = {key: tuple(line) for key, line in found.items()}
    return report_of("venue-use", wish, directory, periods, MEASURES, whole, _worked, sums=3)


class _Hours:
    """Working minutes of a period: of a venue that is never closed they are the same for all."""

    def __init__(self, settings: Settings, period: Period, closed: Mapping[int | None, Sequence[Span]]) -> None:
        self._settings, self._period, self._closed = settings, period, closed
        days = (period.first + DAY * number for number in range((period.last - period.first).days + 1))
        self._open = sum(self._length(day) for day in days if day.weekday() in settings.working_days)
        self._usual = self._open - self._lost(closed.get(None, ()))

    def of(self, venue_id: int) -> int:
        """Return the working minutes of a venue."""
        own = self._closed.get(venue_id)
        return self._usual if own is None else self._open - self._lost([*own, *self._closed.get(None, ())])

    def _length(self, day: dt.date) -> int:
        """Return the minutes of a working day, looking at instants only where the clocks change in its hours."""
        zone, clocks = self._settings.zone, (self._settings.day_starts, self._settings.day_ends)
        begins, ends = (dt.datetime.combine(day, clock, zone) for clock in clocks)
        if begins.utcoffset() == ends.utcoffset():
            return max(0, (ends - begins) // MINUTE)
        return _minutes(span for _day, span in working_days(self._settings, day, 1))

    def _lost(self, closed: Sequence[Span]) -> int:
        """Return the working minutes of the period that lie in these spans, those in several of them once."""
        found = 0
        for begins, ends in joined(closed):
            first = max(local(begins, self._settings.zone).date(), self._period.first)
            last = min(local(ends, self._settings.zone).date(), self._period.last)
            if first <= last:
                days = working_days(self._settings, first, (last - first).days + 1)
                found += _minutes(common([span for day, span in days if day <= last], [(begins, ends)]))
        return found


def _closed(db: Db, directory: Directory, periods: Sequence[Period]) -> Mapping[int | None, Sequence[Span]]:
    """Return when each part of a venue is closed, and under None when the whole organisation is."""
    zone = directory.settings.zone
    bounds = {"begins": day_bounds(periods[0].first, zone)[0], "ends": day_bounds(periods[-1].last, zone)[1]}
    found: dict[int | None, list[Span]] = defaultdict(list)
    for resource, begins, ends in db.execute(BLOCKS, bounds):
        for leaf in (None,) if resource is None else directory.leaves_of(resource):
            found[leaf].append((begins, ends))
    return found


def _taken(place: int, booked: Mapping[tuple[int, GroupKey], Sums], directory: Directory) -> Mapping[int, Sums]:
    """Return minutes and sessions of each part of a venue in the period at a place."""
    found: dict[int, Sums] = defaultdict(lambda: (0, 0))
    for (where, venue), (length, sessions) in booked.items():
        if where == place and isinstance(venue, int):
            for leaf in directory.leaves_of(venue):
                found[leaf] = (found[leaf][0] + length, found[leaf][1] + sessions)
    return found


def _leaves(directory: Directory) -> Iterable[VenueRow]:
    return (venue for venue in directory.venues.values() if venue.leaf_ids == (venue.id,))


def _key(split: Split, venue: VenueRow) -> GroupKey:
    if split is Split.TOTAL:
        return None
    return venue.id if split is Split.VENUE else venue.site


def _minutes(spans: Iterable[Span]) -> int:
    return sum((ends - begins) // MINUTE for begins, ends in spans)


def _worked(sums: Sums) -> tuple[Number, ...]:
    return (*sums, share(sums[0], sums[1]))
