"""The wall chart: lanes down, days across, over as many pages as it needs, which can be taped together (X4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter

from trainer_desk.texts import weekday_name
from trainer_desk.texts.formats import short_day_text
from trainer_desk.views.plans.chart_rows import HEADS, Row, fitting, rows_of
from trainer_desk.views.plans.facts import PlanFacts, Wanted, plain
from trainer_desk.views.plans.items import items_of, plan_days, resources_of
from trainer_desk.views.plans.legend import Legend, signs_of
from trainer_desk.views.plans.measures import DAY, DAY_OFF, GAP, HOLIDAY, PAD, Texts, frame, hatch, rule
from trainer_desk.views.plans.sheets import PlanSheet, own_sheets, stands_at_foot
from trainer_desk.views.printing.text import UNIT, Paragraph
from trainer_desk.views.schedule.layout import Day
from trainer_desk.views.tokens import LIGHT

NARROWEST, FULL = 34 * UNIT, 66 * UNIT
"""A day with codes, and one that has room for titles."""
FOLDED = 16 * UNIT
AIR = 4 * UNIT


@dataclass(frozen=True, slots=True)
class Column:
    """A day of a page: `place` is its index in the plan."""

    place: int
    day: Day
    x: float
    width: float
    head: tuple[Paragraph, ...]

    @property
    def head_height(self) -> float:
        """How high its name is, with the holiday's."""
        return sum(part.height for part in self.head) + 2 * PAD


class ChartSheet:
    """Some lanes over some days, with the names of both."""

    def __init__(
        self, rows: Sequence[Row], columns: Sequence[Column], heads: float, legend: Legend | None, body: QRectF
    ):
        self._rows, self._columns, self._heads, self._legend, self._body = rows, columns, heads, legend, body

    def paint(self, painter: QPainter) -> None:
        """Paint it where its body lies."""
        body = self._body
        right = self._columns[-1].x + self._columns[-1].width
        bottom = body.top() + self._heads + sum(row.height for row in self._rows)
        self._paint_grounds(painter, bottom)
        for column in self._columns:
            y = body.top() + PAD
            for part in column.head:
                part.paint(painter, column.x + PAD, y)
                y += part.height
        top = body.top() + self._heads
        for row in self._rows:
            self._paint_row(painter, row, top)
            rule(painter, QLineF(body.left(), top, right, top), "line_strong")
            top += row.height
        for column in self._columns:
            rule(
                painter,
                QLineF(column.x, body.top(), column.x, bottom),
                "line_strong" if _opens_week(column) else "line",
            )
        frame(painter, QRectF(body.left(), body.top(), right - body.left(), bottom - body.top()))
        if self._legend is not None:
            self._legend.paint(painter, body.left(), body.bottom() - self._legend.height + AIR)

    def texts(self) -> list[str]:
        """Return its words."""
        parts = [part for column in self._columns for part in column.head]
        places = {column.place for column in self._columns}
        for row in self._rows:
            parts += row.head
            parts += [
                part for day, blocks in row.cells.items() if day in places for one in blocks for part in one.parts
            ]
        return [part.text for part in parts] + (self._legend.texts() if self._legend else [])

    def _paint_grounds(self, painter: QPainter, bottom: float) -> None:
        body = self._body
        for column in self._columns:
            box = QRectF(column.x, body.top(), column.width, bottom - body.top())
            if column.day.holiday:
                hatch(painter, box)
            elif column.day.off:
                painter.fillRect(box, QColor(LIGHT["sunken"]))

    def _paint_row(self, painter: QPainter, row: Row, top: float) -> None:
        y = top + PAD
        for part in row.head:
            part.paint(painter, self._body.left() + PAD, y)
            y += part.height
        for column in self._columns:
            if column.place in row.away:
                hatch(painter, QRectF(column.x, top, column.width, row.height))
            y = top + GAP
            for block in row.cells.get(column.place, ()):
                block.paint(painter, QRectF(column.x + GAP, y, column.width - 2 * GAP, block.height))
                y += block.height + GAP


def chart_sheets(facts: PlanFacts, wanted: Wanted, body: QRectF, texts: Texts) -> list[PlanSheet]:
    """Return the pages of the chart, all days of the upper lanes first."""
    cards, items = facts.cards(wanted), items_of(facts, wanted)
    days = plan_days(facts, cards)
    bands, width = bands_of(days, body.width() - HEADS)
    brief = width < FULL
    widths = [FOLDED if is_folded(day) else width for day in days]
    away = any(day.holiday for day in days) or any(one.session_id is None for found in items.values() for one in found)
    lanes = resources_of(facts, wanted.shape, (lane for lane, _day in items))
    legend = Legend(signs_of(facts, wanted, cards, brief=brief, away=away), body.width(), texts)
    at_foot = stands_at_foot(legend, body)
    columns = [_columns(band, days, widths, body.left() + HEADS, texts) for band in bands]
    heads = max(column.head_height for band in columns for column in band)
    room = body.height() - heads - (legend.height + AIR if at_foot else 0)
    rows = rows_of(facts, wanted.shape, lanes, items, widths, texts, brief=brief)
    found: list[PlanSheet] = [
        ChartSheet(page, band, heads, legend if at_foot else None, body)
        for page in fitting(rows, room, texts)
        for band in columns
    ]
    return found if at_foot else [*found, *own_sheets(legend, body)]


def bands_of(days: Sequence[Day], room: float) -> tuple[list[list[int]], float]:
    """Return the days of each page by index, whole weeks where one fits, and the width of a day, alike on all pages."""
    weeks = weeks_of(days)
    for pages in range(1, len(weeks) + 1):
        share = ceil(len(weeks) / pages)
        starts = range(0, len(weeks), share)
        bands = [[day for week in weeks[first : first + share] for day in week] for first in starts]
        width = min(_open_width([days[place] for place in band], room) for band in bands)
        if width >= NARROWEST:
            return bands, min(width, room)
    several = max(1, int(room // NARROWEST))
    bands = [week[first : first + several] for week in weeks for first in range(0, len(week), several)]
    return bands, min(room, *(_open_width([days[place] for place in band], room) for band in bands))


def weeks_of(days: Sequence[Day]) -> list[list[int]]:
    """Return the days by index, week by week."""
    weeks: list[list[int]] = []
    for place, day in enumerate(days):
        if not weeks or day.date.weekday() == 0:
            weeks.append([])
        weeks[-1].append(place)
    return weeks


def is_folded(day: Day) -> bool:
    """Whether a day is narrow: nobody works on it, nothing is held, and it has no name."""
    return not day.working and not day.sessions and not day.holiday


def _open_width(days: Sequence[Day], room: float) -> float:
    folded = sum(map(is_folded, days))
    return (room - folded * FOLDED) / max(1, len(days) - folded)


def _columns(
    band: Sequence[int], days: Sequence[Day], widths: Sequence[float], left: float, texts: Texts
) -> list[Column]:
    found = []
    for place in band:
        day, width = days[place], widths[place]
        date = short_day_text(day.date) if not is_folded(day) else str(day.date.day)
        name = weekday_name(day.date.weekday())
        said = [(name if not is_folded(day) else name[:2], DAY_OFF if day.off else DAY), (date, DAY_OFF)]
        said += [(plain(day.holiday), HOLIDAY)] if day.holiday else []
        head = tuple(texts.of(text, style, width - 2 * PAD) for text, style in said)
        found.append(Column(place, day, left, width, head))
        left += width
    return found


def _opens_week(column: Column) -> bool:
    return column.day.date.weekday() == 0
