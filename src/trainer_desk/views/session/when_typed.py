"""Turns a day and two clock times as typed into start and end (UTC): lengths kept, odd hours refused; pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from trainer_desk.services.errors import BadValue
from trainer_desk.services.rules.times import local, to_instant

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields: wall clock in the organisation's zone; `next_day` says that the end is a day later."""

    day: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    next_day: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What the typed is judged against: the stored instants (UTC), the zone, and what fills a first date."""

    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    zone: ZoneInfo
    usual_start: dt.time = dt.time(8)
    usual_minutes: int = 60


def shown(starts_at: dt.datetime | None, ends_at: dt.datetime | None, zone: ZoneInfo) -> Typed:
    """Return what the fields show for stored instants."""
    start = None if starts_at is None else local(starts_at, zone)
    end = None if ends_at is None else local(ends_at, zone)
    first = start or end
    return Typed(
        day=first.date() if first else None,
        start=_clock(start),
        end=_clock(end),
        next_day=start is not None and end is not None and end.date() > start.date(),
    )


def completed(typed: Typed, before: Typed, edited: str, frame: Frame) -> Typed:
    """Return the fields after `edited` (day, start, end): an undated draft gets usual times, the length stays.

    `before` is what stood there when the edit began.
    """
    if edited == "day" and typed.day is None:
        return Typed()
    if edited == "day" and typed.start is None and typed.end is None:
        typed = Typed(typed.day, frame.usual_start)
        return _with_length(typed, dt.timedelta(minutes=frame.usual_minutes))
    if edited == "start" and typed.start is not None:
        if before.start is None and typed.end is None:
            return _with_length(typed, dt.timedelta(minutes=frame.usual_minutes))
        length = _length(before)
        return typed if length is None else _with_length(typed, length)
    return typed


def to_fields(typed: Typed, frame: Frame) -> Mapping[str, dt.datetime | None]:
    """Return `starts_at` and `ends_at` (UTC).

    What shows the same clock as the stored instant is that instant. Raises BadValue without a day, and
    `time_does_not_exist` or `time_is_ambiguous` for a time that the clocks skip or show twice.
    """
    if typed.day is None and (typed.start is not None or typed.end is not None):
        raise BadValue(field="day", value=None, why="missing")
    later = DAY if typed.next_day else dt.timedelta()
    return {
        "starts_at": _instant(typed.day, typed.start, "start", frame.starts_at, frame.zone),
        "ends_at": _instant(typed.day and typed.day + later, typed.end, "end", frame.ends_at, frame.zone),
    }


def _instant(
    day: dt.date | None, clock: dt.time | None, field: str, stored: dt.datetime | None, zone: ZoneInfo
) -> dt.datetime | None:
    if day is None or clock is None:
        return None
    wall = dt.datetime.combine(day, clock)
    if stored is not None and local(stored, zone).replace(tzinfo=None, fold=0, second=0) == wall:
        return stored
    return to_instant(wall, zone, field=field)


def _clock(wall: dt.datetime | None) -> dt.time | None:
    return None if wall is None else wall.time().replace(second=0, fold=0)


def _length(typed: Typed) -> dt.timedelta | None:
    """Return the length on the clock; None while it is not known or not positive."""
    if typed.start is None or typed.end is None:
        return None
    anchor = typed.day or dt.date.min
    end = dt.datetime.combine(anchor, typed.end) + (DAY if typed.next_day else dt.timedelta())
    length = end - dt.datetime.combine(anchor, typed.start)
    return length if length > dt.timedelta() else None


def _with_length(typed: Typed, length: dt.timedelta) -> Typed:
    assert typed.start is not None
    anchor = typed.day or dt.date.min
    end = dt.datetime.combine(anchor, typed.start) + length
    return Typed(typed.day, typed.start, end.time(), (end.date() - anchor).days > 0)
