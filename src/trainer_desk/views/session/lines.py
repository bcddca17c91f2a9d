"""A painted list of short lines: icon, name, words at the right, and below them what else is to be known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from trainer_desk.views.parts.plain_label import plain_tip
from trainer_desk.views.theme import look

ROW = Qt.ItemDataRole.UserRole
HEIGHT, NOTE = 28, 18
"""Pixels of a line at 100 %, and of the second one in it."""
ICON, GAP = 14, 6
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
NOWHERE = QModelIndex()
Index: TypeAlias = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `words` stand at the right in the colour of `tone`, `note` below; `details` are told on demand."""

    key: int
    name: str
    words: str = ""
    icon: str = ""
    tone: str = "muted"
    note: str = ""
    details: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says for the line."""
        said = ", ".join(part for part in (self.name, self.words, self.note) if part)
        return f"{said}. {self.details}" if self.details else said


class LineModel(QAbstractListModel):
    """Lines, of which the first `limit` are shown (None: all)."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Line, ...] = ()
        self._shown = 0

    def show_rows(self, rows: Sequence[Line], limit: int | None = None) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self._shown = len(rows) if limit is None else min(limit, len(rows))
        self.endResetModel()

    def place_of(self, key: int) -> int | None:
        """Return the place of a line that is shown."""
        return next((place for place in range(self._shown) if self.rows[place].key == key), None)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many lines are shown."""
        return 0 if parent.isValid() else self._shown

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name, tooltip, spoken words, or the line itself."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(" · ".join(part for part in (row.name, row.words, row.note, row.details) if part))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return row if role == ROW else None


class LineDelegate(QStyledItemDelegate):
    """Paints icon and name, at the right the words in their colour, and the note below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a line."""
        row: Line = index.data(ROW)
        return QSize(0, line_height(row))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        row: Line = index.data(ROW)
        box, gap = QRectF(option.rect), look().px(GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, option.state)
        size, ratio = look().px(ICON), painter.device().devicePixelRatio()
        first = QRectF(box.left(), box.top(), box.width(), look().px(HEIGHT))
        if row.icon:
            icon = look().pixmap(row.icon, "text2" if row.tone == "muted" else row.tone, ICON, ratio)
            painter.drawPixmap(round(box.left() + gap), round(first.center().y() - size / 2), icon)
        left = 2 * gap + size
        self._paint_words(painter, first.adjusted(left, 0, -gap, 0), row)
        if row.note:
            below = QRectF(
                first.left() + left, first.bottom() - look().px(5), box.width() - left - gap, look().px(NOTE)
            )
            _draw_elided(painter, below, row.note, look().colour("text2"))
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        selected, under = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_MouseOver
        if state & (selected | under):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("accent_tint" if state & selected else "hover"))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 4, 4)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look().colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 2, -1, -2), 4, 4)

    def _paint_words(self, painter: QPainter, box: QRectF, row: Line) -> None:
        small = look().font("small")
        wide = min(QFontMetricsF(small).horizontalAdvance(row.words) + 2, box.width() * 0.62)
        painter.setFont(small)
        right = QRectF(box.right() - wide, box.top(), wide, box.height())
        _draw_elided(painter, right, row.words, look().colour("text2" if row.tone == "muted" else row.tone))
        painter.setFont(look().font("body", 500))
        _draw_elided(painter, box.adjusted(0, 0, -wide - 6, 0), row.name, look().colour("text"))
        painter.setFont(small)


class LineList(QListView):
    """As high as its lines; neither wheel nor scroll bars are its own. `scrolls` makes it an ordinary list."""

    def __init__(self, name: str, *, scrolls: bool = False) -> None:
        super().__init__()
        self._scrolls = scrolls
        self.setAccessibleName(name)
        self.lines = LineModel()
        self.setModel(self.lines)
        self.setItemDelegate(LineDelegate(self))
        self.setMouseTracking(True)
        self.setProperty("kind", "bare")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        if not scrolls:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        look().changed.connect(self.fit)

    def show_lines(self, rows: Sequence[Line], limit: int | None = None) -> None:
        """Show lines; those chosen before stay chosen."""
        before, current = {row.key for row in self.chosen()}, self.currentIndex().row()
        self.lines.show_rows(rows, limit)
        self.fit()
        flags, selection = self.selectionModel().SelectionFlag, self.selectionModel()
        for place in range(self.lines.rowCount()):
            if rows[place].key in before:
                selection.select(self.lines.index(place), flags.Select)
        if current >= 0 and self.lines.rowCount():
            selection.setCurrentIndex(self.lines.index(min(current, self.lines.rowCount() - 1)), flags.NoUpdate)

    def chosen(self) -> list[Line]:
        """Return the lines that are selected, from the top."""
        places = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.lines.rows[place] for place in places if place < len(self.lines.rows)]

    def fit(self) -> None:
        """Be as high as the lines are at the text size of now."""
        if self._scrolls:
            self.doItemsLayout()
            return
        shown = self.lines.rows[: self.lines.rowCount()]
        self.setFixedHeight(sum(line_height(row) for row in shown))
        self.setVisible(bool(shown))


def line_height(row: Line) -> int:
    """Return the pixels of a line at the text size of now."""
    return look().px(HEIGHT) + (look().px(NOTE - 2) if row.note else 0)


def _draw_elided(painter: QPainter, box: QRectF, text: str, colour: QColor) -> None:
    painter.setPen(colour)
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class EnteredList(LineList):
    """A list of which one line is taken, also with Enter: then `entered_on` fires."""

    entered_on = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name, scrolls=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the current line with Enter."""
        if event.key() in ENTER:
            self.entered_on.emit()
            event.accept()
            return
        super().keyPressEvent(event)
