"""The report of the picker: what became of each person, in words, once the change is made (K11)."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.picker.told_words import Told
from trainer_desk.views.theme import look

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
SIDE, ICON, GAP, PAD = 20, 16, 12, 8
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_NOWHERE = QModelIndex()


class ReportModel(QAbstractListModel):
    """The lines of a report."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Told, ...] = ()

    def show_lines(self, lines: Sequence[Told]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what is said of a person, or the line itself."""
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.name}, {line.details}: {line.words}"
        return line if role == LINE else None


class ReportDelegate(QStyledItemDelegate):
    """Paints icon, name, number and the words below, on as many lines as they take."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that the words take at the width of the list."""
        line: Told = index.data(LINE)
        width = self._view.viewport().width()
        words = self._words_box(QRectF(0, 0, width, 0), line.words)
        return QSize(width, round(words.bottom() + look().px(PAD)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        show, line, box = look(), index.data(LINE), QRectF(QRect(option.rect))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(show.colour("accent"), 2))
            painter.drawRoundedRect(box.adjusted(8, 2, -8, -2), 8, 8)
        icon = show.pixmap(line.icon, line.tone, ICON, painter.device().devicePixelRatio())
        painter.drawPixmap(QPointF(box.left() + show.px(SIDE), box.top() + show.px(PAD + 2)), icon)
        left, base = self._left(box), box.top() + show.px(PAD + 14)
        painter.setFont(show.font("body", 600))
        painter.setPen(show.colour("text"))
        painter.drawText(QPointF(left, base), line.name)
        left += QFontMetricsF(show.font("body", 600)).horizontalAdvance(line.name) + show.px(8)
        painter.setFont(show.font("small"))
        painter.setPen(show.colour("text2"))
        painter.drawText(QPointF(left, base), line.details)
        painter.setPen(show.colour("text" if line.tone == "text2" else line.tone))
        painter.drawText(self._words_box(box, line.words), _WRAPPED, line.words)
        painter.restore()

    def _left(self, box: QRectF) -> float:
        return box.left() + look().px(SIDE + ICON + GAP)

    def _words_box(self, row: QRectF, words: str) -> QRectF:
        show, left = look(), self._left(row)
        room = QRectF(left, row.top() + show.px(PAD + 19), row.right() - show.px(SIDE) - left, 10_000)
        return QFontMetricsF(show.font("small")).boundingRect(room, int(_WRAPPED), words)


class Report(QWidget):
    """A heading and a line for each person; Enter ends it, as `left`."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heading = PlainLabel("", "strong", wrap=True)
        self.model = ReportModel()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ReportDelegate(self.list))
        self.list.setAccessibleName(_("What became of each person"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QListView.SelectionMode.NoSelection)
        head = QVBoxLayout()
        head.setContentsMargins(SIDE, 4, SIDE, 10)
        head.addWidget(self.heading)
        rule = QFrame()
        rule.setProperty("role", "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule)
        column.addWidget(self.list, 1)
        look().changed.connect(self.list.scheduleDelayedItemsLayout)

    def tell(self, heading: str, lines: Sequence[Told]) -> None:
        """Show the report, speak its heading and stand on its first line."""
        self.heading.setText(heading)
        self.model.show_lines(lines)
        self.list.setCurrentIndex(self.model.index(0))
        self.list.setFocus()
        announce(self.list, heading)

    def lines(self) -> list[str]:
        """Return what is said, line by line."""
        return [str(self.model.index(row).data()) for row in range(self.model.rowCount())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End with Enter."""
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.left.emit()
            return
        super().keyPressEvent(event)
