"""What a printed page is stacked of: its title, its facts, and tables that can be cut short; heights, then paint."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QColor, QPainter, QPen

from trainer_desk.texts.translate import plural
from trainer_desk.views.pages.content import Content, Fact, Section
from trainer_desk.views.printing.text import UNIT, Paragraph, Style, width_of
from trainer_desk.views.tokens import LIGHT

TITLE, SUBTITLE = Style(18, 600), Style(9, 400, "text2")
LABEL, VALUE = Style(7, 600, "text3"), Style(9)
HEADING, COLUMN, CELL, NOTE = Style(10, 600), Style(7, 600, "text2"), Style(8), Style(7.5, 400, "text2")
TONES = {"muted": "text2"}
FACTS = 4
GAP, ROW_PAD = 10 * UNIT, 1.8 * UNIT


class Block(Protocol):
    """A part of the page."""

    @property
    def height(self) -> float:
        """How high it is."""

    def paint(self, painter: QPainter, top: float) -> None:
        """Paint it from there on."""

    def texts(self) -> list[str]:
        """Return all words of it."""


class TitleBlock:
    """Name and number on the left, state and day on the right, the description below."""

    def __init__(self, content: Content, note: str, width: float) -> None:
        words, tone, _icon = content.pill
        side = max(width_of(words, HEADING), width_of(note, NOTE)) + UNIT
        left = width - side - GAP
        self._side = width - side
        self._left = [Paragraph(content.title, TITLE, left), Paragraph(content.subtitle, SUBTITLE, left)]
        state = Style(HEADING.size, HEADING.weight, TONES.get(tone, tone))
        self._right = [Paragraph(words, state, side), Paragraph(note, NOTE, side)]
        self._below = Paragraph(content.text, VALUE, width) if content.text else None
        self._top = max(sum(one.height for one in part) for part in (self._left, self._right))
        self.height = self._top + (self._below.height + GAP / 2 if self._below else 0)

    def paint(self, painter: QPainter, top: float) -> None:
        """Paint it from there on."""
        for x, part in ((0.0, self._left), (self._side, self._right)):
            y = top
            for one in part:
                one.paint(painter, x, y)
                y += one.height
        if self._below is not None:
            self._below.paint(painter, 0, top + self._top + GAP / 2)

    def texts(self) -> list[str]:
        """Return all words of it."""
        below = [self._below] if self._below else []
        return [one.text for one in (*self._left, *self._right, *below)]


class FactsBlock:
    """Facts under their labels, four in a row."""

    def __init__(self, facts: Sequence[Fact], width: float) -> None:
        self._column = (width + GAP) / FACTS
        self._cells = [
            (Paragraph(fact.label, LABEL, self._column - GAP), Paragraph(fact.words, VALUE, self._column - GAP))
            for fact in facts
        ]
        rows = [self._cells[start : start + FACTS] for start in range(0, len(self._cells), FACTS)]
        self._rows = rows
        self._heights = [max(label.height + value.height for label, value in row) + GAP / 2 for row in rows]
        self.height = sum(self._heights)

    def paint(self, painter: QPainter, top: float) -> None:
        """Paint it from there on."""
        for row, height in zip(self._rows, self._heights, strict=True):
            for place, (label, value) in enumerate(row):
                label.paint(painter, place * self._column, top)
                value.paint(painter, place * self._column, top + label.height)
            top += height

    def texts(self) -> list[str]:
        """Return all words of it."""
        return [part.text for cell in self._cells for part in cell]


class TableBlock:
    """A section of which only the first rows may show; then it says how many more there are."""

    def __init__(self, section: Section, width: float) -> None:
        self._width = width
        self._heading = Paragraph(section.title, HEADING, width)
        self._empty = Paragraph(section.empty, NOTE, width)
        self._lefts, widths = _columns(section, width)
        self._head = _row([column.title for column in section.columns], [COLUMN] * len(widths), widths)
        self._rows = [_row(line.cells, _styles(section, line.cells), widths) for line in section.lines]
        self.shown, self._weight = len(self._rows), section.weight
        self._more: Paragraph | None = None

    @property
    def height(self) -> float:
        """How high it is with the rows that show."""
        rows = [self._head, *self._rows[: self.shown]] if self._rows else []
        below = self._more if self._more is not None else (None if self._rows else self._empty)
        return self._heading.height + sum(map(_height, rows)) + (below.height if below else 0)

    @property
    def length(self) -> float:
        """How long its list is beside those of other weight."""
        return self.shown / self._weight

    def cut(self) -> bool:
        """Show one row less; return whether there was one left."""
        if not self.shown:
            return False
        self.shown -= 1
        hidden = len(self._rows) - self.shown
        self._more = Paragraph(plural("and {n} more", "and {n} more", hidden), NOTE, self._width)
        return True

    def paint(self, painter: QPainter, top: float) -> None:
        """Paint it from there on."""
        self._heading.paint(painter, 0, top)
        top += self._heading.height
        if not self._rows:
            self._empty.paint(painter, 0, top)
            return
        for row in (self._head, *self._rows[: self.shown]):
            for x, cell in zip(self._lefts, row, strict=True):
                cell.paint(painter, x, top + ROW_PAD)
            top += _height(row)
            painter.setPen(QPen(QColor(LIGHT["line"]), 0.5 * UNIT))
            painter.drawLine(QLineF(QPointF(0, top), QPointF(self._width, top)))
        if self._more is not None:
            self._more.paint(painter, 0, top)

    def texts(self) -> list[str]:
        """Return all words of it that show."""
        below = [self._more] if self._more else ([] if self._rows else [self._empty])
        rows = [self._head, *self._rows[: self.shown]] if self._rows else []
        return [one.text for one in (self._heading, *(cell for row in rows for cell in row), *below)]


def _columns(section: Section, width: float) -> tuple[list[float], list[float]]:
    """Return where each column begins and how wide it is: as its texts need, less where there is no room."""
    texts = [[line.cells[place] for line in section.lines] for place in range(len(section.columns))]
    needed = [
        max([width_of(column.title, COLUMN), *(width_of(text, CELL) for text in set(cells))]) + UNIT
        for column, cells in zip(section.columns, texts, strict=True)
    ]
    room = width - GAP * (len(needed) - 1)
    if sum(needed) > room:
        share = room / len(needed)
        spare = room - sum(min(one, share) for one in needed)
        greedy = sum(max(0.0, one - share) for one in needed)
        needed = [min(one, share) + spare * max(0.0, one - share) / greedy for one in needed]
    else:
        wide = next((place for place, column in enumerate(section.columns) if column.wide), len(needed) - 1)
        needed[wide] += room - sum(needed)
    lefts, left = [], 0.0
    for one in needed:
        lefts.append(left)
        left += one + GAP
    return lefts, needed


def _row(texts: Sequence[str], styles: Sequence[Style], widths: Sequence[float]) -> list[Paragraph]:
    return [Paragraph(*cell) for cell in zip(texts, styles, widths, strict=True)]


def _styles(section: Section, cells: Sequence[str]) -> list[Style]:
    """Return how the cells of a row look: a marked state in its colour."""
    found = [column.mark(text) if column.mark else None for column, text in zip(section.columns, cells, strict=True)]
    return [CELL if mark is None else Style(CELL.size, 500, mark[1]) for mark in found]


def _height(row: Sequence[Paragraph]) -> float:
    return max((cell.height for cell in row), default=0) + 2 * ROW_PAD
