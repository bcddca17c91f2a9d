"""Reads a calendar file as a table of closures and holidays: one row for each time of each event (X3)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.calendar_spans import Window, is_broken, spans_of, wall_of
from trainer_desk.services.exchange.incoming import Record, trouble, unreadable

BEGIN, END = b"BEGIN:VCALENDAR", "END:VCALENDAR"
TITLES = ("resource", "starts", "ends", "reason")
"""The columns that a calendar fills, as the import of closures calls them."""

YEARS = 5
"""What comes again is taken for this year and so many after it; a later import adds what follows."""
LARGEST = 10 << 20
"""Bytes; the holidays of a whole country take a hundredth of that."""
MOST_ROWS = 50_000

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class CalendarTable:
    """A calendar that has been read; `records()` gives its rows, whose line is that on which the event begins."""

    path: Path
    headers: tuple[str, ...]
    rows: tuple[Record, ...]
    encoding: str
    guessed: bool = False
    titles: tuple[str, ...] = TITLES

    def records(self) -> Iterator[Record]:
        """Yield one row for each time of each event."""
        yield from self.rows


def is_calendar(path: Path) -> bool:
    """Whether a file begins as a calendar does; its name says nothing. Raises BadValue."""
    try:
        with open(path, "rb") as stream:
            begins = stream.read(256)
    except OSError as error:
        raise unreadable(path, error) from None
    return begins.removeprefix(_MARK).lstrip().upper().startswith(BEGIN)


def read_calendar(path: Path, resource: str | None = None, *, today: dt.date | None = None) -> CalendarTable:
    """Return the events of a file as rows: who is away (`resource`; blank is the whole organisation), when, and why.

    Cancelled events are left out. What comes again is taken for the year of `today` and five more; several events of
    one time are one row. Raises BadValue with why calendar_broken or calendar_too_large.
    """
    day = today or Clock().now().date()
    content = _content(path)
    text, encoding = _decoded(content)
    events, lines = _events(path, text), _lines(text)
    if len(events) != len(lines) or not text.rstrip().upper().endswith(END):  # what was cut off loses its holidays
        raise trouble(path, "calendar_broken")
    window = Window(dt.date(day.year, 1, 1), dt.date(day.year + YEARS, 12, 31))
    rows = list(_rows(events, lines, resource or "", window))
    if len(rows) > MOST_ROWS:
        raise trouble(path, "calendar_too_large")
    return CalendarTable(path, TITLES, tuple(_merged(rows)), encoding, guessed=encoding != "utf-8")


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise trouble(path, "calendar_too_large")
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None


def _decoded(content: bytes) -> tuple[str, str]:
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "cp1252"


def _events(path: Path, text: str) -> list[Any]:
    from icalendar import Calendar  # noqa: PLC0415 - slow to load

    try:
        calendars = Calendar.from_ical(text, multiple=True)
        return [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as fault:
        raise trouble(path, "calendar_broken") from fault


def _lines(text: str) -> list[int]:
    """Return the lines on which events begin."""
    return [number for number, line in enumerate(text.splitlines(), 1) if line.strip().upper() == "BEGIN:VEVENT"]


def _rows(events: list[Any], lines: list[int], resource: str, window: Window) -> Iterator[Record]:
    moved = _moved(events)
    for event, line in zip(events, lines, strict=True):
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        reason = " ".join(str(event.get("SUMMARY", "")).split())
        own = "RECURRENCE-ID" in event
        try:
            for starts, ends in spans_of(event, frozenset() if own else moved[str(event.get("UID"))], window):
                yield Record(line, (resource, starts, ends, reason))
        except BadValue as problem:
            yield Record(line, (resource, "", "", reason), problem)
        except OverflowError:
            yield Record(line, (resource, "", "", reason), BadValue(field="ends", value=reason, why="closure_rule"))


def _moved(events: list[Any]) -> defaultdict[str, frozenset[dt.datetime]]:
    """Return by UID the times for which an event of their own stands, or which were called off."""
    found: defaultdict[str, frozenset[dt.datetime]] = defaultdict(frozenset)
    for event in events:
        given = event.get("RECURRENCE-ID")
        at = None if is_broken(given) else getattr(given, "dt", None)
        if isinstance(at, dt.date):
            found[str(event.get("UID"))] |= {wall_of(at)}
    return found


def _merged(rows: list[Record]) -> list[Record]:
    """Return the rows with one for each time, named after all that is at that time."""
    named: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        if row.problem is None and row.cells[-1] not in named[row.cells[:-1]]:
            named[row.cells[:-1]].append(row.cells[-1])
    found: dict[Any, Record] = {}
    for row in rows:
        when = row.cells[:-1]
        key = (row.line, row.cells) if row.problem else when
        cells = row.cells if row.problem else (*when, " / ".join(filter(None, named[when])))
        found.setdefault(key, Record(row.line, cells, row.problem))
    return list(found.values())
