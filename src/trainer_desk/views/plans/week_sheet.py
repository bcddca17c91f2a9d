"""A page of the week plan: its days with their sessions over the lines of the hours."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter

from trainer_desk.views.plans.block import Block
from trainer_desk.views.plans.elastic import Axis
from trainer_desk.views.plans.items import clock
from trainer_desk.views.plans.legend import Legend
from trainer_desk.views.plans.measures import GAP, HOUR, PAD, frame, hatch, rule
from trainer_desk.views.printing.text import UNIT, Paragraph, width_of
from trainer_desk.views.schedule.layout import Day
from trainer_desk.views.tokens import LIGHT

AIR = 4 * UNIT


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with where it begins across, and how wide it is."""

    block: Block
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Column:
    """A day of the page."""

    day: Day
    x: float
    width: float
    head: tuple[Paragraph, ...]
    placed: tuple[Placed, ...]

    @property
    def head_height(self) -> float:
        """How high its name is, with the holiday's."""
        return sum(part.height for part in self.head) + 2 * PAD


class WeekSheet:
    """`scale` is below 1 where even one day needs more than the page."""

    def __init__(
        self, columns: Sequence[Column], axis: Axis, heads: float, room: QRectF, legend: Legend | None, body: QRectF,
        scale: float,
    ) -> None:  # fmt: skip
        self.columns, self.axis, self.heads, self.scale = columns, axis, heads, scale
        self._room, self._legend, self._body = room, legend, body

    def paint(self, painter: QPainter) -> None:
        """Paint it where its body lies."""
        painter.save()
        painter.translate(self._room.topLeft())
        painter.scale(self.scale, self.scale)
        painter.translate(-self._room.topLeft())
        top = self._room.top() + self.heads
        bottom = top + self.axis.height
        self._paint_grounds(painter, top, bottom)
        self._paint_hours(painter, top)
        for column in self.columns:
            self._paint_day(painter, column, top, bottom)
        left, last = self._room.left(), self.columns[-1]
        frame(painter, QRectF(left, self._room.top(), last.x + last.width - left, bottom - self._room.top()))
        painter.restore()
        if self._legend is not None:
            self._legend.paint(painter, self._body.left(), self._body.bottom() - self._legend.height + AIR)

    def texts(self) -> list[str]:
        """Return its words."""
        parts = [part for column in self.columns for part in column.head]
        parts += [part for column in self.columns for placed in column.placed for part in placed.block.parts]
        return [part.text for part in parts] + (self._legend.texts() if self._legend else [])

    def box(self, placed: Placed) -> QRectF:
        """Return where a block stands on the page."""
        top = self._room.top() + self.heads
        first, last = (self.axis.y_of(minute) for minute in (placed.block.item.start, placed.block.item.end))
        return QRectF(placed.x, top + first, placed.width, max(last - first - GAP, placed.block.height))

    def _paint_grounds(self, painter: QPainter, top: float, bottom: float) -> None:
        for column in self.columns:
            box = QRectF(column.x, top, column.width, bottom - top)
            if column.day.holiday:
                hatch(painter, box)
            elif column.day.off:
                painter.fillRect(box, QColor(LIGHT["sunken"]))

    def _paint_hours(self, painter: QPainter, top: float) -> None:
        last = self.columns[-1]
        for minute in range(int(self.axis.minutes[0]), int(self.axis.minutes[-1]) + 1, 60):
            y = top + self.axis.y_of(minute)
            rule(painter, QLineF(self.columns[0].x, y, last.x + last.width, y))
            if minute < self.axis.minutes[-1]:
                said = Paragraph(clock(minute), HOUR, width_of(clock(minute), HOUR) + UNIT)
                said.paint(painter, self.columns[0].x - width_of(said.text, HOUR) - PAD, y + 0.4 * UNIT)

    def _paint_day(self, painter: QPainter, column: Column, top: float, bottom: float) -> None:
        y = self._room.top() + PAD
        for part in column.head:
            part.paint(painter, column.x + PAD, y)
            y += part.height
        rule(painter, QLineF(column.x, self._room.top(), column.x, bottom), "line_strong")
        rule(painter, QLineF(column.x, top, column.x + column.width, top), "line_strong")
        for placed in column.placed:
            placed.block.paint(painter, self.box(placed))
