"""Where the sessions of a week or a day stand: day widths, columns inside a day, and hours down (ux 4.2, 4.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trainer_desk.views.schedule import wall
from trainer_desk.views.schedule.layout import Box, Day, Entry, Layout, More, Piece, Span, assemble, spans
from trainer_desk.views.schedule.pack import Slot, pack_limited, widest

WEEK_LIMIT = 5
"""Columns that a day of the week view shows; what does not fit stands behind "+n"."""
MOST_SHARE = 2.5
EMPTY_OFF_SHARE = 0.42
USED_OFF_SHARE = 0.62
READABLE = 112.0
"""Width in pixels that a session of the day view never falls below."""
MARGIN_LEFT, MARGIN_RIGHT, GAP = 4.0, 5.0, 2.0


@dataclass(frozen=True, slots=True)
class Column:
    """A day's stretch of the grid in content pixels; `width` is what is visible, `inner` what is laid out."""

    day: Day
    x: float
    width: float

    @property
    def right(self) -> float:
        """The first pixel of the next day."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class WeekLayout:
    """Columns and boxes, and the scale that turns minutes into pixels."""

    columns: tuple[Column, ...]
    layout: Layout
    hour: float

    def y_of(self, minute: float) -> float:
        """Return the height at which a minute of the day lies."""
        return minute * self.hour / 60

    def column_at(self, x: float) -> int:
        """Return the index of the day at `x`, the nearest one outside of the grid."""
        for index, column in enumerate(self.columns):
            if x < column.right:
                return index
        return len(self.columns) - 1

    def column_of(self, day: date) -> int | None:
        """Return the index of a day, None when it is not shown."""
        return next((i for i, column in enumerate(self.columns) if column.day.date == day), None)

    def boxes(self, stretches: Sequence[Span]) -> list[Box]:
        """Return the full-width boxes of some stretches, as ghosts and shadings need them."""
        found = []
        for span in stretches:
            column = self.columns[span.day]
            top, bottom = self.y_of(span.start), self.y_of(span.end)
            width = column.width - MARGIN_LEFT - MARGIN_RIGHT
            found.append(Box(column.x + MARGIN_LEFT, top + 1, width, max(4.0, bottom - top - 2)))
        return found


def day_shares(days: Sequence[Day], side_by_side: Sequence[int]) -> list[float]:
    """Return each day's share of the width: busy days up to 2.5 times an empty one.

    An empty day off gets 42 %, a used one 62 % of what the working days have on average.
    """
    busy = [1 + (MOST_SHARE - 1) * (min(max(count, 1), WEEK_LIMIT) - 1) / (WEEK_LIMIT - 1) for count in side_by_side]
    working = [share for day, share in zip(days, busy, strict=True) if not day.off]
    usual = sum(working) / len(working) if working else 1.0
    return [
        share if not day.off else usual * (USED_OFF_SHARE if count else EMPTY_OFF_SHARE)
        for day, share, count in zip(days, busy, side_by_side, strict=True)
    ]


def week_layout(
    entries: Sequence[Entry], days: Sequence[Day], width: float, hour: float, limit: int | None = WEEK_LIMIT
) -> WeekLayout:
    """Lay out days side by side in `width` pixels with `hour` pixels to the hour.

    Without a `limit` (the day view) every parallel session gets a readable column, and the grid grows wider.
    """
    dates = [day.date for day in days]
    by_day: list[dict[tuple[int, int], tuple[float, float]]] = [{} for _ in days]
    for entry in entries:
        for span in spans(entry.start, entry.end, dates):
            by_day[span.day][entry.session_id, span.day] = (span.start, span.end)
    counts = [widest(_items(found)) for found in by_day]
    shares = day_shares(days, counts)
    grid = width if limit is not None else max(width, max(counts, default=0) * READABLE)
    columns, x = [], 0.0
    for day, share in zip(days, shares, strict=True):
        right = x + grid * share / sum(shares)
        columns.append(Column(day, round(x), round(right) - round(x)))
        x = right
    pieces: list[Piece] = []
    more: list[More] = []
    for index, found in enumerate(by_day):
        visible = width if limit is None else columns[index].width
        _lay_day(index, columns[index], visible, found, hour, limit, pieces, more)
    pieces.sort(key=lambda piece: (piece.column, piece.box.y, piece.box.x))
    layout = assemble(grid, wall.MINUTES_OF_DAY / 60 * hour, pieces, more)
    return WeekLayout(tuple(columns), layout, hour)


def _items(found: Mapping[tuple[int, int], tuple[float, float]]) -> list[tuple[float, float, tuple[int, int]]]:
    return [(start, end, key) for key, (start, end) in found.items()]


def _lay_day(
    index: int,
    column: Column,
    visible: float,
    found: Mapping[tuple[int, int], tuple[float, float]],
    hour: float,
    limit: int | None,
    pieces: list[Piece],
    more: list[More],
) -> None:
    slots, hidden = pack_limited(_items(found), limit)
    for (session_id, _), slot in slots.items():
        start, end = found[session_id, index]
        pieces.append(Piece(session_id, _box(column, visible, slot, start, end, hour), index))
    for tile in hidden:
        box = _box(column, visible, tile.slot, tile.start, tile.end, hour)
        more.append(More(box, column.day.date, index, tuple(key[0] for key in tile.keys)))


def _box(column: Column, visible: float, slot: Slot, start: float, end: float, hour: float) -> Box:
    """A cluster fills what is visible, or as much more as its columns need to stay readable."""
    inner = min(column.width, max(visible, slot.columns * READABLE)) - MARGIN_LEFT - MARGIN_RIGHT
    left = column.x + MARGIN_LEFT + inner * slot.column / slot.columns
    gap = GAP if slot.column + slot.span < slot.columns else 0.0
    width = max(3.0, inner * slot.span / slot.columns - gap)
    top, height = start * hour / 60, (end - start) * hour / 60
    return Box(left, top + 1, width, max(4.0, height - 2))
