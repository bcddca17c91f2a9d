"""Tells other calendars how the clocks of a zone go: every change in a span, as a VTIMEZONE (X3).

The library makes one, too, but puts the begin of summer time an hour late: it takes the clock's reading after the
change where RFC 5545 wants the one before.
"""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY, SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)


def clock_rule(zone: ZoneInfo, first: dt.datetime, last: dt.datetime) -> "Timezone":
    """Return the rule of a zone that holds from `first` to `last` (UTC)."""
    from icalendar import Timezone  # noqa: PLC0415 - slow to load

    rule = Timezone()
    rule.add("tzid", zone.key)
    rule.add_component(_observance(first, first, zone))
    for before, after in changes(zone, first, last):
        rule.add_component(_observance(before, after, zone))
    return rule


def changes(zone: ZoneInfo, first: dt.datetime, last: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Yield the last second before each change of the clocks in a span and the first after it (UTC)."""
    at = first
    while at < last:
        following = min(at + DAY, last)
        if _offset(at, zone) != _offset(following, zone):
            yield _between(at, following, zone)
        at = following


def _between(early: dt.datetime, late: dt.datetime, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    while late - early > SECOND:
        middle = early + (late - early) // 2
        middle -= dt.timedelta(microseconds=middle.microsecond)
        if _offset(middle, zone) == _offset(early, zone):
            early = middle
        else:
            late = middle
    return early, late


def _observance(before: dt.datetime, after: dt.datetime, zone: ZoneInfo) -> "TimezoneStandard | TimezoneDaylight":
    """Return how the clocks go from `after` on; it begins at what they would show then without the change."""
    from icalendar import TimezoneDaylight, TimezoneStandard  # noqa: PLC0415

    local = after.astimezone(zone)
    made = TimezoneDaylight() if local.dst() else TimezoneStandard()
    made.add("dtstart", (after + _offset(before, zone)).replace(tzinfo=None))
    made.add("tzoffsetfrom", _offset(before, zone))
    made.add("tzoffsetto", _offset(after, zone))
    made.add("tzname", local.tzname() or zone.key)
    return made


def _offset(instant: dt.datetime, zone: ZoneInfo) -> dt.timedelta:
    return instant.astimezone(zone).utcoffset() or dt.timedelta()
