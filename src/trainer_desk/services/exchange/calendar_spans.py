"""When an event of a calendar file takes place: its one time, or each of those that its rule comes to (X3)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, takewhile
from typing import Any

from trainer_desk.services.errors import BadValue

ONE_DAY = dt.timedelta(days=1)
DAYS = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
"""How often a closure may come again; whoever is closed every minute is not meant."""

READ = {"DTSTART": "starts", "DTEND": "ends", "DURATION": "ends", "RRULE": "rule", "RDATE": "rule", "EXDATE": "rule"}
"""What a time is made of, and what the import of closures calls it."""

Given = dt.date | dt.datetime
"""As a file says a time: a day alone, wall clock without a zone, or wall clock of some zone."""


@dataclass(frozen=True, slots=True)
class Window:
    """What comes again is taken from the day `since` to the day `until`, both included."""

    since: dt.date
    until: dt.date


def spans_of(event: Any, moved: frozenset[dt.datetime], window: Window) -> Iterator[tuple[str, str]]:
    """Yield begin and end of each time of a VEVENT, written as in a table of closures; the end is exclusive.

    Days stay days and wall clock without a zone stays so: both are read in the organisation's zone; whatever has a
    zone is written with its offset. `moved` are times of its rule that another event of the file stands for.
    Raises BadValue for an event without a begin, with a time that is none, or with a rule that no closure can have.
    """
    _require_readable(event)
    start, length = _start_and_length(event)
    if "RRULE" not in event and "RDATE" not in event:
        yield _written(start, length)
        return
    for wall in _walls(event, start, window):
        if wall not in moved:
            yield _written(_like(start, wall), length)


def written(given: Given) -> str:
    """Return one moment as a table of closures has it."""
    return _written(given, dt.timedelta())[0]


def wall_of(given: Given) -> dt.datetime:
    """Return what the clocks show, whichever they are; a day stands for its midnight."""
    if isinstance(given, dt.datetime):
        return given.replace(tzinfo=None)
    return dt.datetime(given.year, given.month, given.day)  # noqa: DTZ001 - a wall clock


def is_broken(given: Any) -> bool:
    """Whether a file says something that the library could not read, and whose value may not be asked for."""
    from icalendar import vBroken  # noqa: PLC0415 - slow to load

    return any(isinstance(one, vBroken) for one in _listed(given))


def _require_readable(event: Any) -> None:
    for name, field in READ.items():
        given = event.get(name)
        if is_broken(given):
            said = str(next(one for one in _listed(given) if is_broken(one)))
            raise BadValue(field=field, value=said, why="closure_rule" if field == "rule" else "not_a_time")


def _start_and_length(event: Any) -> tuple[Given, dt.timedelta]:
    start = _value(event, "DTSTART")
    if start is None:
        raise BadValue(field="starts", value="", why="required")
    end, lasts = _value(event, "DTEND"), _value(event, "DURATION")
    is_day = not isinstance(start, dt.datetime)
    if isinstance(end, dt.date):
        same = isinstance(end, dt.datetime) and not is_day and (end.tzinfo is None) == (start.tzinfo is None)
        length = end - start if same else wall_of(end) - wall_of(start)
    else:
        length = lasts if isinstance(lasts, dt.timedelta) else dt.timedelta()
    return start, max(length, ONE_DAY) if is_day else length


def _value(event: Any, name: str) -> Any:
    """Return what a property says as Python's own value, or None where it says nothing that can be read."""
    return getattr(event.get(name), "dt", None)


def _walls(event: Any, start: Given, window: Window) -> list[dt.datetime]:
    """Return when the clocks of the event's own zone show its begin, in the window and in order."""
    begin = wall_of(start)
    first, last = wall_of(window.since), wall_of(window.until) + ONE_DAY
    found = {begin} if first <= begin < last else set()
    for rule in _listed(event.get("RRULE")):
        found.update(_by_rule(rule, start, first, last))
    found.update(wall for wall in _dates(event.get("RDATE"), start) if first <= wall < last)
    return sorted(found - set(_dates(event.get("EXDATE"), start)))


def _by_rule(rule: Any, start: Given, first: dt.datetime, last: dt.datetime) -> Iterator[dt.datetime]:
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - needed by the few files that have a rule

    parts = dict(part.split("=", 1) for part in rule.to_ical().decode().upper().split(";") if "=" in part)
    said = ";".join(f"{name}={value}" for name, value in parts.items() if name != "UNTIL")
    if parts.get("FREQ") not in DAYS:
        raise BadValue(field="rule", value=said, why="closure_rule")
    for end in _listed(rule.get("UNTIL")):
        last = min(last, _end(end, start) + dt.timedelta(seconds=1))
    try:
        every = rrulestr(said, dtstart=wall_of(start))
    except (ValueError, TypeError, AttributeError) as fault:
        raise BadValue(field="rule", value=said, why="closure_rule") from fault
    yield from takewhile(lambda wall: wall < last, (wall for wall in every if wall >= first))


def _end(end: Given, start: Given) -> dt.datetime:
    """Return the last moment of a rule on the clocks of its event; a day counts to its end."""
    if not isinstance(end, dt.datetime):
        return wall_of(end) + ONE_DAY - dt.timedelta(seconds=1)
    zone = start.tzinfo if isinstance(start, dt.datetime) else None
    return wall_of(end.astimezone(zone) if end.tzinfo and zone else end)


def _dates(given: Any, start: Given) -> list[dt.datetime]:
    """Return the times of EXDATE or RDATE on the clocks of the event."""
    each = chain.from_iterable(getattr(one, "dts", ()) for one in _listed(given))
    values = [getattr(one, "dt", None) for one in each]
    begins = [value[0] if isinstance(value, tuple) else value for value in values]
    zone = start.tzinfo if isinstance(start, dt.datetime) else None
    return [
        wall_of(one.astimezone(zone) if isinstance(one, dt.datetime) and one.tzinfo and zone else one)
        for one in begins
        if isinstance(one, dt.date)
    ]


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _like(start: Given, wall: dt.datetime) -> Given:
    return wall.replace(tzinfo=start.tzinfo) if isinstance(start, dt.datetime) else wall.date()


def _written(start: Given, length: dt.timedelta) -> tuple[str, str]:
    if not isinstance(start, dt.datetime):
        return start.isoformat(), (start + length).isoformat()
    if start.tzinfo is None:
        return start.isoformat(timespec="seconds"), (start + length).isoformat(timespec="seconds")
    instant = start.astimezone(dt.UTC)
    return instant.isoformat(timespec="seconds"), (instant + length).isoformat(timespec="seconds")
