"""Sessions on other days: their wall clock stays, odd hours are told, closed days left out or passed (R2, R3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import Severity
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.repeating import ClosedDays
from trainer_desk.services.rows.schedule import BlockRow
from trainer_desk.services.rules.times import day_bounds, local, resolve

FARTHEST_OPEN = 60
"""How many days are looked through for the next open one."""


@dataclass(frozen=True, slots=True)
class Span:
    """When a session is (UTC), and what is to be told about the hours of that day."""

    starts_at: datetime
    ends_at: datetime
    told: tuple[Finding, ...] = ()


def on_day(starts_at: datetime, ends_at: datetime, day: date, zone: ZoneInfo) -> Span:
    """Return the span of a session with the same wall clock on another day of `zone`; otherwise as `moved_by`."""
    begins = _wall(starts_at, zone)
    return moved_by(starts_at, ends_at, datetime.combine(day, begins.time()) - begins, zone)


def moved_by(starts_at: datetime, ends_at: datetime, shift: timedelta, zone: ZoneInfo) -> Span:
    """Return the span of a session whose wall clock in `zone` moves by so many days and minutes.

    Start and end move alike, so across a change of the clocks the elapsed time differs. A start that the clocks skip
    moves on with them and the session keeps its length; of a doubled hour the first is taken; both are told as orange
    findings.
    """
    begins, ends = _wall(starts_at, zone), _wall(ends_at, zone)
    start, told = _instant(begins + shift, zone, "start")
    if ends <= begins or not resolve(begins + shift, zone):
        length = ends - begins if ends > begins else ends_at - starts_at
        return Span(start, start + length, told)
    return _ended(start, ends + shift, zone, told)


def _ended(start: datetime, wall: datetime, zone: ZoneInfo, told: tuple[Finding, ...]) -> Span:
    """Return the span that ends at a wall clock; a doubled end is the first one after the start."""
    readings = [instant for instant in resolve(wall, zone) if instant > start]
    if len(readings) == 1:
        return Span(start, readings[0], told)
    end, odd = _instant(wall, zone, "end")
    return Span(start, end, told + odd)


def open_day(day: date, blocks: Sequence[BlockRow], zone: ZoneInfo, working_days: Sequence[int]) -> date | None:
    """Return the next working day after a closed one on which nothing closes the organisation; None if there is none.

    `working_days` count from Monday, which is 0; after a day that is none of them any open day will do.
    """
    is_usual = day.weekday() in working_days
    for ahead in range(1, FARTHEST_OPEN):
        later = day + timedelta(days=ahead)
        if closing(later, blocks, zone) is None and (not is_usual or later.weekday() in working_days):
            return later
    return None


def next_open_start(
    starts_at: datetime, ends_at: datetime, blocks: Sequence[BlockRow], zone: ZoneInfo, working_days: Sequence[int]
) -> datetime | None:
    """Return the same wall clock on the next open day (UTC), as `open_day`; None if there is none."""
    later = open_day(local(starts_at, zone).date(), blocks, zone, working_days)
    return None if later is None else on_day(starts_at, ends_at, later, zone).starts_at


def closing(day: date, blocks: Sequence[BlockRow], zone: ZoneInfo) -> BlockRow | None:
    """Return what closes the whole organisation on a day of `zone`, if only for a part of it."""
    begins, ends = day_bounds(day, zone)
    touching = (block for block in blocks if block.starts_at < ends and block.ends_at > begins)
    return next((block for block in touching if block.resource_id is None), None)


def days_for(
    wanted: Sequence[date],
    blocks: Sequence[BlockRow],
    zone: ZoneInfo,
    working_days: Sequence[int],
    closed: ClosedDays,
) -> Mapping[date, date | None]:
    """Return the day on which each of the wanted days takes place; None where it is left out.

    With `MOVE` a closed day goes to the next open one and what comes after it follows, if it must, so that no two days
    fall on one and their order stays.
    """
    found: dict[date, date | None] = {}
    last: date | None = None
    for day in sorted(set(wanted)):
        place: date | None = day
        if closed is not ClosedDays.KEEP and closing(day, blocks, zone) is not None:
            place = open_day(day, blocks, zone, working_days) if closed is ClosedDays.MOVE else None
        if closed is ClosedDays.MOVE and place is not None and last is not None and place <= last:
            place = open_day(last, blocks, zone, working_days)
        found[day] = place
        last = place or last
    return found


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return local(instant, zone).replace(tzinfo=None, fold=0)


def _instant(wall: datetime, zone: ZoneInfo, field: str) -> tuple[datetime, tuple[Finding, ...]]:
    """Return the instant of a wall clock: of two the first, of none the one as long after the change."""
    found = resolve(wall, zone)
    if len(found) == 1:
        return found[0], ()
    earlier, later = sorted(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    facts = {"field": field, "wall": wall, "zone": zone.key, "earlier": earlier, "later": later, "why": "taken"}
    if found:
        return earlier, (Finding("time_is_ambiguous", Severity.ORANGE, field=field, facts=facts),)
    return later, (Finding("time_does_not_exist", Severity.ORANGE, field=field, facts=facts),)
