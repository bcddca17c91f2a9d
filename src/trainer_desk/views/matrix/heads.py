"""The headings of the matrix, which stay in sight: courses on edge with how many lack them, people with theirs."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from trainer_desk.services.rows.matrix import NEEDED, Mark, MatrixCourse, MatrixRow
from trainer_desk.views.matrix.model import MatrixModel
from trainer_desk.views.schedule.ink import CENTRE, LEFT, RIGHT, FontKey, Ink
from trainer_desk.views.theme import look

CELL, ROW, HEAD, NAMES = 44, 32, 168, 300
"""Pixels at 100 %: width of a course, height of a row, height of the headings, width of the names."""
FOOT, BAR, SIDE, LINES = 26, 3, 12, 2
NAME: FontKey = ("body", 500, False)
WHERE: FontKey = ("small", 400, False)
TITLE: FontKey = ("small", 500, False)
NUMBER: FontKey = ("small", 600, True)

Hue = Callable[[int], int]


class CourseHeads(QHeaderView):
    """Titles read from the bottom up, on two lines; below, how many lack the course and the hue of its category."""

    def __init__(self, model: MatrixModel, ink: Ink, hue: Hue, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._matrix, self._ink, self._hue = model, ink, hue
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def sizeHint(self) -> QSize:
        """Return the height of the headings."""
        return QSize(super().sizeHint().width(), look().px(HEAD))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one course."""
        if section >= len(self._matrix.courses):
            return
        ink, box, course = self._ink, QRectF(rect), self._matrix.courses[section]
        chosen = self.selectionModel().columnIntersectsSelection(section)
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, ink.colour("accent_tint" if chosen else "surface"))
        self._paint_title(painter, box, course, chosen=chosen)
        self._paint_count(painter, box, section)
        bar, _fill, _text, _edge = look().category(self._hue(course.id))
        painter.fillRect(QRectF(box.left() + 4, box.bottom() - ink.px(BAR) - 1, box.width() - 8, ink.px(BAR)), bar)
        painter.setPen(ink.colour("line_strong"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _paint_title(self, painter: QPainter, box: QRectF, course: MatrixCourse, *, chosen: bool) -> None:
        ink = self._ink
        length, line = box.height() - ink.px(FOOT) - 12, ink.px(16)
        lines = ink.wrap(course.title, TITLE, length, LINES)
        painter.save()
        painter.translate(box.left(), box.bottom() - ink.px(FOOT) - 4)
        painter.rotate(-90)
        top = (box.width() - line * len(lines)) / 2
        colour = ink.colour("accent" if chosen else "text")
        for place, words in enumerate(lines):
            ink.write_in(painter, QRectF(0, top + place * line, length, line), words, TITLE, colour, LEFT)
        painter.restore()

    def _paint_count(self, painter: QPainter, box: QRectF, section: int) -> None:
        needing = self._matrix.needing(section)
        if needing is None:
            return
        ink = self._ink
        foot = QRectF(box.left(), box.bottom() - ink.px(FOOT) - 2, box.width(), ink.px(FOOT) - 4)
        text, token = (_short(needing), "danger") if needing else ("0", "text3")
        ink.write_in(painter, foot, text, NUMBER, ink.colour(token), CENTRE)


class PeopleHeads(QHeaderView):
    """Name and department, and how many courses somebody lacks."""

    def __init__(self, model: MatrixModel, ink: Ink, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._matrix, self._ink = model, ink
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def sizeHint(self) -> QSize:
        """Return the width of the names."""
        return QSize(look().px(NAMES), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one person."""
        ink, row = self._ink, self._matrix.row(section)
        chosen = self.selectionModel().rowIntersectsSelection(section)
        painter.save()
        painter.fillRect(rect, ink.colour("accent_tint" if chosen else "surface"))
        painter.setPen(ink.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        box = QRectF(rect).adjusted(ink.px(SIDE), 0, -ink.px(SIDE), 0)
        if row is None:
            ink.rounded(painter, box.adjusted(0, 10, -box.width() / 2, -10), 4, ink.colour("sunken"))
        else:
            self._paint_person(painter, box, row)
        painter.restore()

    def _paint_person(self, painter: QPainter, box: QRectF, row: MatrixRow) -> None:
        ink, lacking, marks = self._ink, row.count(*NEEDED), row.count(Mark.LACKING)
        foot = ink.px(34)
        if lacking:
            icon, tone = ("octagon-alert", "danger") if marks else ("triangle-alert", "warn")
            ink.icon(painter, icon, tone, box.right() - ink.px(14), box.center().y() - ink.px(7), 14)
            count = QRectF(box.right() - foot, box.top(), foot - ink.px(18), box.height())
            ink.write_in(painter, count, str(lacking), NUMBER, ink.colour(tone), RIGHT)
        room = box.width() - foot - ink.px(6)
        wide = min(ink.width(row.name, NAME), room * (0.64 if row.department else 1))
        name = QRectF(box.left(), box.top(), wide + 2, box.height())
        ink.write_in(painter, name, row.name, NAME, ink.colour("text"), LEFT)
        left = box.left() + wide + ink.px(8)
        where = QRectF(left, box.top(), max(0.0, box.left() + room - left), box.height())
        ink.write_in(painter, where, row.department, WHERE, ink.colour("text3"), LEFT)


def _short(number: int) -> str:
    """Return a number that fits above a narrow column: `999`, `4.1k`, `99k`."""
    if number < 1_000:
        return str(number)
    return f"{number / 1_000:.1f}k" if number < 10_000 else f"{number // 1_000}k"
