"""The compliance matrix on paper: people down, courses across, both headings again on every page; nothing is cut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPageLayout, QPainter, QPen, QPixmap

from trainer_desk.services.rows.matrix import Mark, MatrixCourse, MatrixRow
from trainer_desk.texts.formats import day_text
from trainer_desk.texts.matrix import mark_word
from trainer_desk.texts.translate import _
from trainer_desk.views.assets import icon_pixmap
from trainer_desk.views.matrix.marks import SHAPES
from trainer_desk.views.printing.document import area_of
from trainer_desk.views.printing.text import UNIT, Paragraph, Style, width_of
from trainer_desk.views.tokens import LIGHT

NAMES, COLUMN, HEAD, ROW = 150 * UNIT, 20 * UNIT, 100 * UNIT, 17 * UNIT
"""Width of the names, least width of a course, length of its title before it breaks, least height of a row."""
TOP, FOOT, PAD, SIGN, DASH = 30 * UNIT, 24 * UNIT, 3 * UNIT, 10 * UNIT, 2 * UNIT
TITLE, NOTE = Style(14, 600), Style(7.5, 400, "text2")
COURSE, NAME, WHERE, PLAIN = Style(7.5, 500), Style(8, 500), Style(6.5, 400, "text2"), Style(7)
T = TypeVar("T")
DOTS = 8
"""Pixels of a symbol per point, sharp on any printer."""


@dataclass(frozen=True, slots=True)
class MatrixPrint:
    """What is printed: everybody with all courses, what narrowed them in words, and the line of the printing."""

    day: date
    courses: tuple[MatrixCourse, ...]
    rows: tuple[MatrixRow, ...]
    narrowed: str
    stamp: str


@dataclass(frozen=True, slots=True)
class _Head:
    """A course: its title broken into lines, and the width that they take on edge."""

    course: MatrixCourse
    words: Paragraph
    width: float


@dataclass(frozen=True, slots=True)
class _Line:
    """A person: name and place broken into lines, and the height that they take."""

    row: MatrixRow
    name: Paragraph
    where: Paragraph
    height: float


class MatrixPaper:
    """Pages go down the people first for each group of courses that fits side by side."""

    def __init__(self, facts: MatrixPrint, layout: QPageLayout) -> None:
        self._facts, self.layout = facts, layout
        area = area_of(layout)
        self.across = _packed([_head(one) for one in facts.courses], lambda one: one.width, area.width() - NAMES)
        self._high = HEAD + 2 * PAD
        room = area.height() - TOP - self._high - FOOT
        self.down = _packed([_line(one) for one in facts.rows], lambda one: one.height, room)
        self._signs = {mark: _sign(mark) for mark in SHAPES}

    @property
    def title(self) -> str:
        """What it is called."""
        return _("Compliance as of {day}").format(day=day_text(self._facts.day, year=True))

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return max(1, len(self.across)) * max(1, len(self.down))

    def paint(self, painter: QPainter, page: int, area: QRectF) -> None:
        """Paint one page."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        down = max(1, len(self.down))
        heads = self.across[page // down] if self.across else []
        lines = self.down[page % down] if self.down else []
        Paragraph(self.title, TITLE, area.width()).paint(painter, 0, 0)
        if self._facts.narrowed:
            Paragraph(self._facts.narrowed, NOTE, area.width()).paint(painter, 0, 17 * UNIT)
        self._paint_heads(painter, heads)
        top = float(TOP + self._high)
        for line in lines:
            self._paint_line(painter, line, heads, top)
            top += line.height
        self._paint_foot(painter, page, area)

    def texts(self) -> list[str]:
        """Return all words on all pages, in their order; a mark by its word."""
        said = [self.title, self._facts.narrowed, *(mark_word(mark) for mark in SHAPES), self._facts.stamp]
        for heads in self.across:
            said += [head.words.text for head in heads]
            for line in (each for lines in self.down for each in lines):
                said += [line.name.text, line.where.text, *(mark_word(_mark(line.row, head)) for head in heads)]
        return said

    def _paint_heads(self, painter: QPainter, heads: Sequence[_Head]) -> None:
        x, foot = float(NAMES), TOP + self._high
        for head in heads:
            painter.save()
            painter.translate(QPointF(x + (head.width - head.words.height) / 2, foot - PAD))
            painter.rotate(-90)
            head.words.paint(painter, 0, 0)
            painter.restore()
            x += head.width
        painter.setPen(QPen(QColor(LIGHT["line_strong"]), 8))
        painter.drawLine(QLineF(0, foot, x, foot))

    def _paint_line(self, painter: QPainter, line: _Line, heads: Sequence[_Head], top: float) -> None:
        line.name.paint(painter, 0, top + PAD)
        line.where.paint(painter, 0, top + PAD + line.name.height)
        x = float(NAMES)
        for head in heads:
            self._paint_mark(painter, _mark(line.row, head), QRectF(x, top, head.width, line.height))
            x += head.width
        painter.setPen(QPen(QColor(LIGHT["line"]), 4))
        painter.drawLine(QLineF(0, top + line.height, x, top + line.height))

    def _paint_mark(self, painter: QPainter, mark: Mark, box: QRectF) -> None:
        """Paint a mark on its tint; where nothing is asked a dash is enough."""
        tint, middle = SHAPES[mark][2], box.center()
        if not tint:
            painter.setPen(QPen(QColor(LIGHT["text3"]), 5))
            painter.drawLine(middle - QPointF(DASH, 0), middle + QPointF(DASH, 0))
            return
        painter.fillRect(box.adjusted(UNIT, UNIT, -UNIT, -UNIT), QColor(LIGHT[tint]))
        spot = QRectF(middle.x() - SIGN / 2, middle.y() - SIGN / 2, SIGN, SIGN)
        painter.drawPixmap(spot, self._signs[mark], QRectF(self._signs[mark].rect()))

    def _paint_foot(self, painter: QPainter, page: int, area: QRectF) -> None:
        """Paint the meaning of the marks, and below it the line of the printing with the number of the page."""
        x, top = 0.0, area.height() - FOOT + 4 * UNIT
        for mark, sign in self._signs.items():
            painter.drawPixmap(QRectF(x, top, 8 * UNIT, 8 * UNIT), sign, QRectF(sign.rect()))
            word = mark_word(mark)
            Paragraph(word, PLAIN, area.width()).paint(painter, x + 11 * UNIT, top - UNIT / 2)
            x += 24 * UNIT + width_of(word, PLAIN)
        where = _("Page {n} of {all}").format(n=page + 1, all=self.pages)
        wide = width_of(where, NOTE) + UNIT
        Paragraph(self._facts.stamp, NOTE, area.width() - wide).paint(painter, 0, top + 10 * UNIT)
        Paragraph(where, NOTE, wide).paint(painter, area.width() - wide, top + 10 * UNIT)


def _packed(items: Sequence[T], size: Callable[[T], float], room: float) -> list[list[T]]:
    """Return the items in groups that fit into a room one after the other; what is too large stands alone."""
    groups: list[list[T]] = []
    left = 0.0
    for item in items:
        if not groups or size(item) > left:
            groups.append([])
            left = room
        groups[-1].append(item)
        left -= size(item)
    return groups


def _head(course: MatrixCourse) -> _Head:
    words = Paragraph(course.title, COURSE, HEAD)
    return _Head(course, words, max(COLUMN, words.height + 2 * PAD))


def _line(row: MatrixRow) -> _Line:
    name = Paragraph(row.name, NAME, NAMES - 2 * PAD)
    parts = (row.employee_no, row.department, row.site, row.job_role)
    where = Paragraph(" · ".join(filter(None, parts)), WHERE, NAMES - 2 * PAD)
    return _Line(row, name, where, max(ROW, name.height + where.height + 2 * PAD))


def _mark(row: MatrixRow, head: _Head) -> Mark:
    cell = row.cells.get(head.course.id)
    return Mark.NOT_ASKED if cell is None else cell.mark


def _sign(mark: Mark) -> QPixmap:
    icon, tone, _tint = SHAPES[mark]
    return icon_pixmap(icon, LIGHT[tone], round(SIGN / UNIT), float(DOTS))
