"""Rows of a long table on paper: cells of text, codes, boxes to tick and room to write, over as many pages as it takes.

All lengths are tenths of a point, as in `printing.text`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from trainer_desk.views.printing.code import paint_code
from trainer_desk.views.printing.text import UNIT, Paragraph, Style, lines_of
from trainer_desk.views.tokens import LIGHT

MM = 72 / 25.4 * UNIT
"""A millimetre."""
GAP, PAD = 6 * UNIT, 2 * UNIT
CODE = 6.4 * MM
"""The side of a code in a row; a row of 9 mm leaves it the white around that scanners need."""
BOX = 4 * MM
HEAD = Style(7, 600, "text2")


class Cell(Protocol):
    """What stands in a row under a column."""

    @property
    def height(self) -> float:
        """How high it is."""

    def paint(self, painter: QPainter, area: QRectF) -> None:
        """Paint it into its place in the row."""

    def texts(self) -> list[str]:
        """Return its words."""


class Words:
    """Text that wraps, in the middle of the row's height, or at its top where texts are long."""

    def __init__(self, text: str, style: Style, width: float, *, at_top: bool = False) -> None:
        self.text, self.style, self._at_top = text, style, at_top
        self._paragraph = Paragraph(text, style, width)
        self.height = self._paragraph.height

    def paint(self, painter: QPainter, area: QRectF) -> None:
        """Paint it into its place in the row."""
        down = PAD if self._at_top else (area.height() - self.height) / 2
        self._paragraph.paint(painter, area.left(), area.top() + down)

    def texts(self) -> list[str]:
        """Return its words."""
        return [self.text] if self.text else []


class Code:
    """A QR code of a text."""

    height = CODE

    def __init__(self, text: str) -> None:
        self._text = text

    def paint(self, painter: QPainter, area: QRectF) -> None:
        """Paint it into its place in the row."""
        corner = QPointF(area.left() + CODE, area.top() + (area.height() + CODE) / 2)
        paint_code(painter, self._text, corner, CODE)

    def texts(self) -> list[str]:
        """Return its words: none that eyes read."""
        return []


class Tick:
    """A box to tick."""

    height = BOX

    def paint(self, painter: QPainter, area: QRectF) -> None:
        """Paint it into its place in the row."""
        painter.setPen(QPen(QColor(LIGHT["text2"]), 0.8 * UNIT))
        painter.drawRect(QRectF(area.left(), area.top() + (area.height() - BOX) / 2, BOX, BOX))

    def texts(self) -> list[str]:
        """Return its words: it has none."""
        return []


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column with a title: `fixed` wide, or with a `share` of the width that is left."""

    title: str
    fixed: float = 0
    share: float = 0


def places(columns: Sequence[PaperColumn], width: float) -> list[tuple[float, float]]:
    """Return where each column begins and how wide it is."""
    spare = width - sum(column.fixed for column in columns) - GAP * (len(columns) - 1)
    shares = sum(column.share for column in columns) or 1
    found, left = [], 0.0
    for column in columns:
        wide = column.fixed or spare * column.share / shares
        found.append((left, wide))
        left += wide + GAP
    return found


class RowBlock:
    """One row over the whole width with a line below, at least `least` high."""

    def __init__(
        self,
        cells: Sequence[Cell],
        spots: Sequence[tuple[float, float]],
        least: float,
        rules: Sequence[float] = (),
        token: str = "line_strong",
    ) -> None:
        self._cells, self._spots, self._rules, self._token = cells, spots, rules, token
        self.height = max([least, *(cell.height + 2 * PAD for cell in cells)])

    def paint(self, painter: QPainter, top: float) -> None:
        """Paint it from there on."""
        for cell, (left, wide) in zip(self._cells, self._spots, strict=True):
            cell.paint(painter, QRectF(left, top, wide, self.height))
        painter.setPen(QPen(QColor(LIGHT[self._token]), 0.5 * UNIT))
        left, right = self._spots[0][0], sum(self._spots[-1])
        painter.drawLine(QLineF(left, top + self.height, right, top + self.height))
        for x in self._rules:
            painter.drawLine(QLineF(x, top, x, top + self.height))

    def texts(self) -> list[str]:
        """Return all words of it."""
        return [text for cell in self._cells for text in cell.texts()]


def head_row(columns: Sequence[PaperColumn], width: float) -> RowBlock:
    """Return the row of titles, which is repeated on every page."""
    spots = places(columns, width)
    cells = [Words(column.title, HEAD, wide) for column, (_left, wide) in zip(columns, spots, strict=True)]
    return RowBlock(cells, spots, 0, token="text2")


def broken(texts: Sequence[str], styles: Sequence[Style], widths: Sequence[float], most: float) -> list[list[Words]]:
    """Return the cells of a row of text, in more than one row where a text is higher than `most`."""
    cells = [Words(*cell, at_top=True) for cell in zip(texts, styles, widths, strict=True)]
    if max((cell.height for cell in cells), default=0) <= most:
        return [cells]
    lines = [lines_of(cell.text, cell.style, wide) for cell, wide in zip(cells, widths, strict=True)]
    heights = [cell.height / max(1, len(found)) for cell, found in zip(cells, lines, strict=True)]
    step = max(1, int(most / max(heights)))
    rows = range(0, max(map(len, lines)), step)
    return [
        [
            Words("\n".join(found[start : start + step]), style, wide, at_top=True)
            for found, style, wide in zip(lines, styles, widths, strict=True)
        ]
        for start in rows
    ]
