"""Where sessions stand in a month: weeks down, one line per session, "+n" for what does not fit (ux 4.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trainer_desk.views.schedule.layout import Box, Day, Entry, Layout, More, Piece, assemble
from trainer_desk.views.schedule.week_layout import EMPTY_OFF_SHARE, USED_OFF_SHARE

DAYS_OF_WEEK = 7
HEAD_OF_CELL = 30.0
LINE = 20.0
LINE_GAP = 2.0
LEAST_ROW = 96.0
MARGIN = 4.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A day's cell in content pixels; `inside` says that the day belongs to the month itself."""

    day: Day
    box: Box
    inside: bool


@dataclass(frozen=True, slots=True)
class MonthLayout:
    """Cells row by row, seven to a week, and the lines of sessions."""

    cells: tuple[Cell, ...]
    layout: Layout

    def cell_at(self, x: float, y: float) -> int:
        """Return the index of the cell at the point, the nearest one outside of the grid."""
        columns = self.cells[:DAYS_OF_WEEK]
        rows = self.cells[::DAYS_OF_WEEK]
        column = next((i for i, cell in enumerate(columns) if x < cell.box.right), len(columns) - 1)
        row = next((i for i, cell in enumerate(rows) if y < cell.box.bottom), len(rows) - 1)
        return row * DAYS_OF_WEEK + column

    def cell_of(self, day: date) -> int | None:
        """Return the index of a day's cell, None when it is not shown."""
        index = (day - self.cells[0].day.date).days if self.cells else -1
        return index if 0 <= index < len(self.cells) else None


def month_layout(
    entries: Sequence[Entry], days: Sequence[Day], month: int, width: float, height: float, scale: float = 1.0
) -> MonthLayout:
    """Lay out whole weeks of `days` in the visible `width` × `height`; `month` (1–12) is the one meant.

    A session stands on the day on which it starts. `scale` is the text size (1 = 100 %).
    """
    weeks = max(1, len(days) // DAYS_OF_WEEK)
    row = max(LEAST_ROW * scale, height / weeks)
    lefts = _lefts(days, width)
    cells = []
    for index, day in enumerate(days[: weeks * DAYS_OF_WEEK]):
        week, column = divmod(index, DAYS_OF_WEEK)
        top, left = round(row * week), lefts[column]
        box = Box(left, top, lefts[column + 1] - left, round(row * (week + 1)) - top)
        cells.append(Cell(day, box, day.date.month == month))
    by_day: dict[date, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.start, entry.session_id)):
        by_day.setdefault(entry.start.date(), []).append(entry)
    pieces: list[Piece] = []
    more: list[More] = []
    for index, cell in enumerate(cells):
        _lay_cell(index, cell, by_day.get(cell.day.date, []), scale, pieces, more)
    return MonthLayout(tuple(cells), assemble(width, round(row * weeks), pieces, more))


def _lefts(days: Sequence[Day], width: float) -> list[int]:
    """Return the left edges of the seven columns: days off are narrower, as in the week."""
    shares = []
    for column in range(DAYS_OF_WEEK):
        same = days[column::DAYS_OF_WEEK]
        off = all(not day.working for day in same)
        used = any(day.sessions for day in same)
        shares.append((USED_OFF_SHARE if used else EMPTY_OFF_SHARE) if off else 1.0)
    edges, x = [0], 0.0
    for share in shares:
        x += width * share / sum(shares)
        edges.append(round(x))
    return edges


def _lay_cell(
    index: int, cell: Cell, entries: Sequence[Entry], scale: float, pieces: list[Piece], more: list[More]
) -> None:
    line, step = LINE * scale, (LINE + LINE_GAP) * scale
    top = cell.box.y + HEAD_OF_CELL * scale
    fits = max(1, int((cell.box.bottom - MARGIN - top + LINE_GAP * scale) // step))
    shown = len(entries) if len(entries) <= fits else fits - 1
    width = cell.box.w - 2 * MARGIN - 1
    for position, entry in enumerate(entries[:shown]):
        pieces.append(Piece(entry.session_id, Box(cell.box.x + MARGIN, top + position * step, width, line), index))
    if shown < len(entries):
        box = Box(cell.box.x + MARGIN, top + shown * step, width, line)
        more.append(More(box, cell.day.date, index, tuple(entry.session_id for entry in entries[shown:])))
