"""Reads a calendar file as a table of closures and holidays: one row for each time of each event (X3)."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.calendar_spans import Window, is_broken, spans_of, wall_of, written
from trainer_desk.services.exchange.incoming import Record, trouble, unreadable

BEGIN, END = b"BEGIN:VCALENDAR", "END:VCALENDAR"
TITLES = ("resource", "starts", "ends", "reason")
"""The columns that a calendar fills, as the import of closures calls them."""

YEARS = 5
"""What comes again is taken for this year and so many after it; a later import adds what follows."""
LARGEST = 10 << 20
"""Bytes; the holidays of a whole country take a hundredth of that."""
MOST_ROWS = 50_000
LONGEST_UID = 500
"""Letters; of a longer one, or one with signs that cannot be shown, a checksum is kept."""

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Event:
    """Which event of a calendar a row comes from: its UID, and the time of its rule for which it stands, as written.

    `is_alone`: the file says nothing of that rule itself.
    """

    uid: str
    instead_of: str = ""
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class Events:
    """The events of a calendar by the line on which they begin, also those that are called off and have no row.

    `resource` is whose absences they are (its code; blank is the whole organisation). What comes again is read from
    the day `since` on. `shared` has the lines of further events for which rows of a line stand, too.
    """

    resource: str
    since: dt.date
    by_line: Mapping[int, Event]
    shared: Mapping[int, frozenset[int]]

    def uid_of(self, line: int) -> str | None:
        """Return the UID of the event that begins on a line, if it has one."""
        event = self.by_line.get(line)
        return None if event is None else event.uid


@dataclass(frozen=True, slots=True)
class CalendarTable:
    """A calendar that has been read; `records()` gives its rows, whose line is that on which the event begins."""

    path: Path
    headers: tuple[str, ...]
    rows: tuple[Record, ...]
    encoding: str
    events: Events
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
    merged, shared = _merged(rows)
    told = Events(resource or "", window.since, _named(events, lines), shared)
    return CalendarTable(path, TITLES, tuple(merged), encoding, told, guessed=encoding != "utf-8")


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


def _named(events: list[Any], lines: list[int]) -> dict[int, Event]:
    """Return by line which event each is; without those that have no UID of their own, as each should."""
    found: dict[int, Event] = {}
    ruled = Counter(str(event.get("UID")) for event in events if "RECURRENCE-ID" not in event)
    for event, line in zip(events, lines, strict=True):
        uid = str(event.get("UID") or "").strip()
        if not uid or ruled[str(event.get("UID"))] > 1:
            continue
        kept = uid if len(uid) <= LONGEST_UID and uid.isprintable() else sha256(uid.encode()).hexdigest()
        at = _instead_of(event)
        alone = "RECURRENCE-ID" in event and str(event.get("UID")) not in ruled
        found[line] = Event(kept, written(at) if at else "", alone)
    return found


def _instead_of(event: Any) -> dt.date | None:
    """Return the time of its rule for which an event stands, if it stands for one."""
    given = event.get("RECURRENCE-ID")
    at = None if is_broken(given) else getattr(given, "dt", None)
    return at if isinstance(at, dt.date) else None


def _moved(events: list[Any]) -> defaultdict[str, frozenset[dt.datetime]]:
    """Return by UID the times for which an event of their own stands, or which were called off."""
    found: defaultdict[str, frozenset[dt.datetime]] = defaultdict(frozenset)
    for event in events:
        at = _instead_of(event)
        if at is not None:
            found[str(event.get("UID"))] |= {wall_of(at)}
    return found


def _merged(rows: list[Record]) -> tuple[list[Record], dict[int, frozenset[int]]]:
    """Return the rows with one for each time, named after all that is at that time, and whose lines these also are."""
    named: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        if row.problem is None and row.cells[-1] not in named[row.cells[:-1]]:
            named[row.cells[:-1]].append(row.cells[-1])
    found: dict[Any, Record] = {}
    shared: defaultdict[int, frozenset[int]] = defaultdict(frozenset)
    for row in rows:
        when = row.cells[:-1]
        key = (row.line, row.cells) if row.problem else when
        cells = row.cells if row.problem else (*when, " / ".join(filter(None, named[when])))
        first = found.setdefault(key, Record(row.line, cells, row.problem))
        shared[first.line] |= {row.line} - {first.line}
    return list(found.values()), shared
