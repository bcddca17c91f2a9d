"""The cells of the matrix, painted in one go: a table's keys, selection and spoken names, without its delegates."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from trainer_desk.services.rows.matrix import Mark
from trainer_desk.texts.matrix import cell_word
from trainer_desk.texts.translate import _
from trainer_desk.views.matrix.corner import Corner
from trainer_desk.views.matrix.heads import CELL, HEAD, NAMES, ROW, CourseHeads, Hue, PeopleHeads
from trainer_desk.views.matrix.marks import MarkPictures
from trainer_desk.views.matrix.model import MatrixModel
from trainer_desk.views.schedule.ink import Ink
from trainer_desk.views.theme import look

FLAGS = QItemSelectionModel.SelectionFlag
MOST_COPIED = 2_000
"""Rows that go to the clipboard; a file takes any number."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is selected: rows and columns by their places."""

    rows: tuple[range, ...]
    columns: tuple[int, ...]

    @property
    def people(self) -> int:
        """How many people that is."""
        return sum(len(each) for each in self.rows)

    def places(self) -> Iterator[int]:
        """Yield the rows from top to bottom."""
        for each in self.rows:
            yield from each


class MatrixGrid(QTableView):
    """`menu_wanted` carries a place of the screen; `selection_changed` follows every change."""

    menu_wanted = Signal(QPoint)
    selection_changed = Signal()
    person_opened = Signal(int)
    course_opened = Signal(int)
    copied = Signal(int)

    def __init__(self, model: MatrixModel, hue: Hue) -> None:
        super().__init__()
        self._matrix, self._pictures, self._ink = model, MarkPictures(), Ink(look())
        self.setModel(model)
        self.setAccessibleName(_("People and courses"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.heads, self.names = CourseHeads(model, self._ink, hue, self), PeopleHeads(model, self._ink, self)
        self.setHorizontalHeader(self.heads)
        self.setVerticalHeader(self.names)
        self.corner = Corner(self)
        self._looking = QTimer(self, singleShot=True, interval=0)
        self._looking.timeout.connect(self.look_for_rows)
        self._join()
        self._resize()

    def chosen(self) -> Chosen:
        """Return what is selected; overlapping parts count once."""
        spans, columns = [], set[int]()
        for one in self._spans():
            spans.append((one.top(), one.bottom()))
            columns.update(range(one.left(), one.right() + 1))
        return Chosen(tuple(_merged(spans)), tuple(sorted(columns)))

    def look_for_rows(self) -> None:
        """Ask for the rows on show that are not there yet."""
        first, last = self._rows_in(self.viewport().rect())
        self._matrix.want(first, last)

    def copy_chosen(self) -> None:
        """Put the selected cells on the clipboard as a table, marks as words (X5)."""
        chosen = self.chosen()
        courses = [self._matrix.courses[column] for column in chosen.columns]
        lines = ["\t".join([_("Number"), _("Name"), *(course.title for course in courses)])]
        for place in list(chosen.places())[:MOST_COPIED]:
            row = self._matrix.row(place)
            if row is not None:
                words = [cell_word(row.cells.get(course.id)) for course in courses]
                lines.append("\t".join([row.employee_no, row.name, *words]))
        if len(lines) > 1:
            QGuiApplication.clipboard().setText("\n".join(lines) + "\n")
            self.copied.emit(len(lines) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take rows with Shift+Space, columns with Ctrl+Space, copy, and open the menu with Enter."""
        key, held, at = event.key(), event.modifiers(), self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_chosen()
        elif key == Qt.Key.Key_Space and held & Qt.KeyboardModifier.ShiftModifier:
            self._select(at, FLAGS.Rows)
        elif key == Qt.Key.Key_Space and held & Qt.KeyboardModifier.ControlModifier:
            self._select(at, FLAGS.Columns)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu) and at.isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.visualRect(at).bottomLeft()))
        elif key == Qt.Key.Key_Escape and self.selectionModel().hasSelection():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint selection, cells and cursor of the part that is asked for."""
        painter, asked = QPainter(self.viewport()), event.rect()
        painter.fillRect(asked, self._ink.colour("surface"))
        first, last = self._rows_in(asked)
        columns = [column for column in range(len(self._matrix.courses)) if self._is_in(column, asked)]
        if columns and last >= first:
            self._paint_selection(painter)
            self._paint_cells(painter, first, last, columns)
            self._paint_edges(painter)
            self._paint_cursor(painter)
        painter.end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Look for rows where the view goes."""
        super().scrollContentsBy(dx, dy)
        self._looking.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look for rows that came into view."""
        super().resizeEvent(event)
        self.corner.move(self.frameWidth(), self.frameWidth())
        self._looking.start()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew for another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "names"):
            self._resize()

    def _paint_cells(self, painter: QPainter, first: int, last: int, columns: list[int]) -> None:
        high = self.rowHeight(0)
        pictures = self._pictures.of(QSize(self.columnWidth(0), high), self.devicePixelRatioF())
        nothing = pictures[Mark.NOT_ASKED]
        places = [(self.columnViewportPosition(one), self._matrix.courses[one].id) for one in columns]
        top, line = self.rowViewportPosition(first), self._ink.colour("line")
        right = places[-1][0] + self.columnWidth(columns[-1])
        for place in range(first, last + 1):
            row, y = self._matrix.row(place), top + (place - first) * high
            painter.setPen(line)
            painter.drawLine(places[0][0], y + high - 1, right, y + high - 1)
            if row is None:
                continue
            cells = row.cells
            for x, course in places:
                cell = cells.get(course)
                painter.drawPixmap(x, y, nothing if cell is None else pictures[cell.mark])

    def _paint_selection(self, painter: QPainter) -> None:
        for one in self._spans():
            box = self._box(one.left(), one.top(), one.right(), one.bottom())
            painter.fillRect(box.intersected(self.viewport().rect()), self._ink.colour("accent_tint"))

    def _paint_edges(self, painter: QPainter) -> None:
        """Frame what is selected, so that it shows between tinted cells as well."""
        painter.setPen(self._ink.colour("accent"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        room = self.viewport().rect().adjusted(-2, -2, 2, 2)
        for one in self._spans():
            box = self._box(one.left(), one.top(), one.right(), one.bottom()).intersected(room)
            painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _paint_cursor(self, painter: QPainter) -> None:
        at = self.currentIndex()
        if at.isValid() and self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._ink.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box = QRectF(self._box(at.column(), at.row(), at.column(), at.row()))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 4, 4)

    def _spans(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(place) for place in range(selection.count())]

    def _box(self, left: int, top: int, right: int, bottom: int) -> QRect:
        corner = QPoint(self.columnViewportPosition(left), self.rowViewportPosition(top))
        wide = self.columnViewportPosition(right) + self.columnWidth(right) - corner.x()
        return QRect(corner, QSize(wide, (bottom - top + 1) * self.rowHeight(top)))

    def _rows_in(self, box: QRect) -> tuple[int, int]:
        first, last = self.rowAt(box.top()), self.rowAt(box.bottom())
        count = len(self._matrix.ids)
        return max(first, 0), count - 1 if last < 0 else last

    def _is_in(self, column: int, box: QRect) -> bool:
        left = self.columnViewportPosition(column)
        return left <= box.right() and left + self.columnWidth(column) > box.left()

    def _join(self) -> None:
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_wanted.emit(self.viewport().mapToGlobal(at)))
        self.selectionModel().selectionChanged.connect(lambda *_what: self._selected())
        self.names.sectionDoubleClicked.connect(self._open_person)
        self.heads.sectionDoubleClicked.connect(lambda column: self.course_opened.emit(self._matrix.courses[column].id))
        self.doubleClicked.connect(lambda at: self._open_person(at.row()))
        self._matrix.modelReset.connect(self._looking.start)
        self._matrix.rowsInserted.connect(lambda *_what: self._looking.start())
        look().changed.connect(self._resize)

    def _open_person(self, place: int) -> None:
        if 0 <= place < len(self._matrix.ids):
            self.person_opened.emit(self._matrix.ids[place])

    def _select(self, at: QModelIndex, what: QItemSelectionModel.SelectionFlag) -> None:
        """Select the whole row or column of a cell alone, whatever keys are held."""
        self.selectionModel().select(at, FLAGS.ClearAndSelect | what)

    def _selected(self) -> None:
        self.viewport().update()
        self.heads.viewport().update()
        self.names.viewport().update()
        self.selection_changed.emit()

    def _resize(self) -> None:
        self._ink.reset()
        self.heads.setDefaultSectionSize(look().px(CELL))
        self.names.setDefaultSectionSize(look().px(ROW))
        self.heads.setFixedHeight(look().px(HEAD))
        self.names.setFixedWidth(look().px(NAMES))
        self.corner.setFixedSize(look().px(NAMES), look().px(HEAD))
        self.heads.viewport().update()


def _merged(spans: list[tuple[int, int]]) -> Iterator[range]:
    """Yield the rows of overlapping spans (both ends within) once, from top to bottom."""
    begin, end = -1, -1
    for first, last in sorted(spans):
        if begin >= 0 and first <= end + 1:
            end = max(end, last)
            continue
        if begin >= 0:
            yield range(begin, end + 1)
        begin, end = first, last
    if begin >= 0:
        yield range(begin, end + 1)
