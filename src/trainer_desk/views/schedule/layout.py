"""What every schedule view lays out: boxes of sessions in content coordinates, and the calendar days they lie on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.rows.schedule import BlockRow, SessionCard
from trainer_desk.views.schedule import wall

MINIMUM_MINUTES = 15


class Box(NamedTuple):
    """A rectangle in pixels; content coordinates have their origin at the grid's top left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The first pixel to the right of the box."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The first pixel below the box."""
        return self.y + self.h

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def meets(self, other: "Box") -> bool:
        """Whether the two boxes share any pixel."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated session on the wall clock of the organisation (naive); `cancelled` ones are not counted."""

    session_id: int
    start: datetime
    end: datetime
    lanes: tuple[int | None, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One painted box of a session: `column` is the day or lane it stands in, `room` the width of its label.

    A session has several pieces where it crosses midnight or stands in the lanes of several trainers.
    """

    session_id: int
    box: Box
    column: int
    room: float = 0.0


@dataclass(frozen=True, slots=True)
class More:
    """A tile "+n" that stands for sessions without room; it opens their day."""

    box: Box
    day: date
    column: int
    session_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything laid out at once; `by_session` holds the pieces of a session in reading order."""

    width: float
    height: float
    pieces: tuple[Piece, ...] = ()
    more: tuple[More, ...] = ()
    by_session: Mapping[int, tuple[Piece, ...]] = field(default_factory=dict)
    by_column: Mapping[int, tuple[Piece, ...]] = field(default_factory=dict)

    def hit(self, column: int, x: float, y: float) -> Piece | None:
        """Return the topmost piece of that column at the point."""
        found = [piece for piece in self.by_column.get(column, ()) if piece.box.holds(x, y)]
        return found[-1] if found else None

    def more_at(self, x: float, y: float) -> More | None:
        """Return the tile "+n" at the point."""
        return next((tile for tile in self.more if tile.box.holds(x, y)), None)


def assemble(width: float, height: float, pieces: Sequence[Piece], more: Sequence[More] = ()) -> Layout:
    """Build a layout with its indexes."""
    by_session: dict[int, list[Piece]] = {}
    by_column: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_session.setdefault(piece.session_id, []).append(piece)
        by_column.setdefault(piece.column, []).append(piece)
    return Layout(
        width,
        height,
        tuple(pieces),
        tuple(more),
        {key: tuple(found) for key, found in by_session.items()},
        {key: tuple(found) for key, found in by_column.items()},
    )


def entry_of(card: SessionCard, settings: Settings, lanes: tuple[int | None, ...] = ()) -> Entry | None:
    """Return the card on the wall clock; None while it is undated."""
    if card.starts_at is None or card.ends_at is None:
        return None
    start, end = wall.to_wall(card.starts_at, settings.zone), wall.to_wall(card.ends_at, settings.zone)
    return Entry(card.id, start, end, lanes, card.status == "CANCELLED")


class Span(NamedTuple):
    """A stretch of one day: index of the day, minutes from its midnight."""

    day: int
    start: float
    end: float


def spans(start: datetime, end: datetime, days: Sequence[date], minimum: float = MINIMUM_MINUTES) -> list[Span]:
    """Cut a wall-clock stretch at midnight into the days shown, which follow each other.

    The hour shown twice never makes a session vanish: it keeps `minimum` minutes.
    """
    if not days:
        return []
    first = (start.date() - days[0]).days
    last = (end.date() - days[0]).days
    begins, ends = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    if last < first or (last == first and ends <= begins):
        last, ends = first, begins + int(minimum)
    found = []
    for day in range(max(first, 0), min(last, len(days) - 1) + 1):
        since = float(begins) if day == first else 0.0
        until = float(min(ends, wall.MINUTES_OF_DAY)) if day == last else float(wall.MINUTES_OF_DAY)
        if since < until:
            found.append(Span(day, since, until))
    return found


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day as the views show it: off days are no working days, a holiday has a name."""

    date: date
    working: bool
    holiday: str | None = None
    sessions: int = 0
    """How many sessions are held, cancelled ones left out."""

    @property
    def off(self) -> bool:
        """Whether nobody is expected to work."""
        return not self.working or self.holiday is not None


def calendar_days(
    days: Iterable[date], entries: Sequence[Entry], blocks: Iterable[BlockRow], settings: Settings
) -> tuple[Day, ...]:
    """Return the days with their holidays: organisation-wide blocks over the whole of the working hours."""
    shown = tuple(days)
    held = [0] * len(shown)
    for entry in entries:
        if not entry.cancelled:
            for span in spans(entry.start, entry.end, shown):
                held[span.day] += 1
    names: dict[int, str] = {}
    opens, closes = working_minutes(settings)
    for block in blocks:
        if block.resource_id is None:
            for span in block_spans(block, shown, settings):
                if span.start <= opens and span.end >= closes:
                    names.setdefault(span.day, block.reason)
    return tuple(
        Day(day, day.weekday() in settings.working_days, names.get(index), held[index])
        for index, day in enumerate(shown)
    )


def block_spans(block: BlockRow, days: Sequence[date], settings: Settings) -> list[Span]:
    """Return the stretches of the days shown that a block covers."""
    zone = settings.zone
    return spans(wall.to_wall(block.starts_at, zone), wall.to_wall(block.ends_at, zone), days)


def working_minutes(settings: Settings) -> tuple[int, int]:
    """Return the working hours as minutes from midnight; an end at midnight means the day's end."""
    starts, ends = settings.day_starts, settings.day_ends
    opens, closes = starts.hour * 60 + starts.minute, ends.hour * 60 + ends.minute
    return opens, closes if closes > opens else wall.MINUTES_OF_DAY
