"""Wall-clock arithmetic in the organisation's zone: a move keeps the clock time, whatever summer time does."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from trainer_desk.services.rules import times

MINUTES_OF_DAY = 24 * 60
SNAP = 15
"""Minutes of the grid that pointer and keyboard keep to."""
FINE_SNAP = 5
"""Minutes of the grid while Shift is held."""


def to_wall(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the naive wall clock of an aware instant; `fold` is kept, so that `to_utc` finds the same instant."""
    return instant.astimezone(zone).replace(tzinfo=None)


def to_utc(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a naive wall clock; a clock time inside a skipped hour moves past the hour."""
    return wall.replace(tzinfo=zone).astimezone(UTC)


def exists(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether the clock ever shows this time; it does not inside the hour that summer time skips."""
    return bool(times.resolve(wall, zone))


def at(day: date, minute: float) -> datetime:
    """Return the wall clock that lies `minute` minutes after that day's midnight."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def minute_of(wall: datetime, day: date) -> float:
    """Return the minutes from that day's midnight to a wall clock: negative before, over 1,440 after the day."""
    return (wall.replace(fold=0) - datetime.combine(day, time())).total_seconds() / 60


def snap(minute: float, step: int = SNAP) -> int:
    """Return the grid minute nearest to `minute`; half a step goes up."""
    return int((minute + step / 2) // step) * step


def snap_down(minute: float, step: int = SNAP) -> int:
    """Return the last grid minute that is not after `minute`."""
    return int(minute // step) * step


def snapped_start(original: float, wanted: float, step: int = SNAP) -> float:
    """Return where a dragged start lands: the grid, or `original` untouched while it was hardly moved."""
    return original if abs(wanted - original) < step / 2 else snap(wanted, step)


def placed(start: datetime, length: timedelta, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return start and end (UTC) of a session whose wall-clock start and length on the clock are given."""
    return to_utc(start, zone), to_utc(start + length, zone)


def clock_length(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> timedelta:
    """Return the length as the clock shows it, which on the two changing days is not the elapsed time."""
    shown = to_wall(ends_at, zone).replace(fold=0) - to_wall(starts_at, zone).replace(fold=0)
    return shown if shown > timedelta() else ends_at - starts_at


def days_between(first: date, end: date) -> tuple[date, ...]:
    """Return the days from `first` up to and without `end`."""
    return tuple(first + timedelta(days=i) for i in range((end - first).days))


def differs_here(instant: datetime, zone: ZoneInfo) -> bool:
    """Whether the computer's own clock shows another time than `zone` at that instant."""
    return instant.astimezone().utcoffset() != instant.astimezone(zone).utcoffset()
