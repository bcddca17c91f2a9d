"""Wall clock and instant: the one place that knows about skipped and doubled hours of a time zone."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, Literal
from zoneinfo import ZoneInfo

from trainer_desk.services.errors import BadValue, DeskError

EARLIEST_YEAR, LATEST_YEAR = 1900, 2999
"""The years that can be typed; beyond them a slip of the finger is likelier than a training."""

_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)(?:(Z)|([+-])([01]\d):?([0-5]\d))?", re.ASCII | re.IGNORECASE
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d\d)", re.ASCII | re.IGNORECASE)
_SECOND = timedelta(seconds=1)


def local(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the aware wall clock of `instant` in `zone`."""
    return instant.astimezone(zone)


def iso_text(instant: datetime, zone: ZoneInfo) -> str:
    """Return `2026-12-01T09:00:00+01:00`: always with seconds and offset (section I)."""
    return local(instant, zone).isoformat(timespec="seconds")


def wall_text(instant: datetime, zone: ZoneInfo) -> str:
    """Return `2026-12-01T09:00` in `zone`, with seconds if there are any and the offset in a doubled hour (X1)."""
    wall = local(instant, zone)
    naive = wall.replace(tzinfo=None, fold=0)
    text = naive.isoformat(timespec="seconds" if naive.second else "minutes")
    return text if len(resolve(naive, zone)) == 1 else text + wall.isoformat()[-6:]


def resolve(wall: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Return the UTC instants at which the clocks of `zone` show the naive `wall`, earliest first.

    None in a skipped hour, two in a doubled one, else one.
    """
    plain = wall.replace(tzinfo=None, fold=0)
    earlier, later = sorted(_readings(plain, zone))
    if earlier == later:  # neither in a skipped hour nor in a doubled one, which read differently
        return (earlier,)
    return tuple(reading for reading in (earlier, later) if _shows(reading, zone) == plain)


def to_instant(
    wall: datetime, zone: ZoneInfo, *, field: str, prefer: Literal["earlier", "later"] | None = None
) -> datetime:
    """Return the one UTC instant of the naive `wall` in `zone`.

    `prefer` settles a doubled hour. Raises `time_does_not_exist` (facts `earlier`, `later`: the two neighbours,
    UTC) in a skipped hour and, without `prefer`, `time_is_ambiguous` (facts `earlier`, `later`: both readings).
    """
    instants = resolve(wall, zone)
    if len(instants) == 1:
        return instants[0]
    facts: dict[str, Any] = {"field": field, "wall": wall, "zone": zone.key}
    if not instants:
        earlier, later = sorted(_readings(wall, zone))
        raise DeskError("time_does_not_exist", earlier=earlier, later=later, **facts)
    if prefer is None:
        raise DeskError("time_is_ambiguous", earlier=instants[0], later=instants[-1], **facts)
    return instants[0] if prefer == "earlier" else instants[-1]


def parse_moment(text: str, zone: ZoneInfo, field: str) -> datetime:
    """Read `2026-12-01T09:00[:ss][offset]` and return its UTC instant (section I).

    Without an offset it is wall clock in `zone`. Raises `bad_value`, `time_does_not_exist` or `time_is_ambiguous`.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise BadValue(field=field, value=text, why="not_a_time" if text.strip() else "empty")
    day, clock, zulu, sign, hours, minutes = match.groups()
    try:
        wall = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock))
    except ValueError as trouble:
        raise BadValue(field=field, value=text, why="not_a_time") from trouble
    _check_year(wall.date(), field, text)
    if zulu:
        return wall.replace(tzinfo=UTC)
    if sign is None:
        return to_instant(wall, zone, field=field)
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
    return wall.replace(tzinfo=timezone(offset)).astimezone(UTC)


def parse_day(text: str, field: str) -> date:
    """Read `2026-12-01`. Raises `bad_value`."""
    plain = text.strip()
    try:
        day = date.fromisoformat(plain) if _DAY.fullmatch(plain) else None
    except ValueError:
        day = None
    if day is None:
        raise BadValue(field=field, value=text, why="not_a_day")
    _check_year(day, field, text)
    return day


def parse_week(text: str, field: str) -> date:
    """Read the ISO week `2026-W48` and return its Monday. Raises `bad_value`."""
    match = _WEEK.fullmatch(text.strip())
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        monday = None
    if monday is None:
        raise BadValue(field=field, value=text, why="not_a_week")
    _check_year(monday, field, text)
    return monday


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the UTC instants at which `day` begins and ends in `zone` (23, 24 or 25 hours apart)."""
    return _day_begins(day, zone), _day_begins(day + timedelta(days=1), zone)


def iso_week_bounds(instant: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the UTC instants at which the ISO week of `instant` begins and ends in `zone` (L1)."""
    return week_bounds(local(instant, zone).date(), zone)


def week_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the UTC instants at which the ISO week that holds `day` begins and ends in `zone`."""
    monday = day - timedelta(days=day.weekday())
    return _day_begins(monday, zone), _day_begins(monday + timedelta(days=7), zone)


def _shows(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def _readings(wall: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    for fold in (0, 1):
        yield wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _check_year(day: date, field: str, value: str) -> None:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise BadValue(field=field, value=value, why="year_out_of_range")


def _day_begins(day: date, zone: ZoneInfo) -> datetime:
    midnight = datetime.combine(day, time())
    instants = resolve(midnight, zone)
    if instants:
        return instants[0]
    # Midnight is skipped: the day begins where the clocks land, which is found by halving the gap.
    before, after = sorted(_readings(midnight, zone))
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _shows(middle, zone).date() < day:
            before = middle
        else:
            after = middle
    return after
