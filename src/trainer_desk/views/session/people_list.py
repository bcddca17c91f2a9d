"""The painted list of a session's people: a few rows at first, all of them on demand."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from trainer_desk.texts.translate import _
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.parts.plain_label import plain_tip
from trainer_desk.views.session.people_rows import PersonRow
from trainer_desk.views.theme import look

ROW = Qt.ItemDataRole.UserRole
HEIGHT = 28
Index = QModelIndex | QPersistentModelIndex


class PeopleModel(QAbstractListModel):
    """Rows of people, of which the first `limit` are shown (None: all)."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[PersonRow, ...] = ()
        self._shown = 0

    def show_rows(self, rows: Sequence[PersonRow], limit: int | None) -> None:
        """Show these people."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self._shown = len(rows) if limit is None else min(limit, len(rows))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows are shown."""
        return 0 if parent.isValid() else self._shown

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name, tooltip, spoken words, or the row itself."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{row.name} · {row.words} · {row.details}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return row if role == ROW else None


class PersonDelegate(QStyledItemDelegate):
    """Paints icon, name, and at the right the words of the pill in its colour."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(0, look().px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one person."""
        row: PersonRow = index.data(ROW)
        box, gap = QRectF(option.rect), look().px(6)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("accent_tint" if state & QStyle.StateFlag.State_Selected else "hover"))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 4, 4)
        if state & QStyle.StateFlag.State_HasFocus:
            pen = painter.pen()
            pen.setColor(look().colour("accent"))
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 2, -1, -2), 4, 4)
        size, ratio = look().px(14), painter.device().devicePixelRatio()
        icon = look().pixmap(row.icon, "text2" if row.tone == "muted" else row.tone, 14, ratio)
        painter.drawPixmap(round(box.left() + gap), round(box.center().y() - size / 2), icon)
        self._paint_words(painter, box.adjusted(2 * gap + size, 0, -gap, 0), row)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRectF, row: PersonRow) -> None:
        small, body = look().font("small"), look().font("body", 500)
        words_width = QFontMetrics(small).horizontalAdvance(row.words) + 8
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(small)
        painter.setPen(look().colour("text2" if row.tone == "muted" else row.tone))
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, row.words)
        name = box.adjusted(0, 0, -words_width, 0)
        painter.setFont(body)
        painter.setPen(look().colour("text"))
        shown = QFontMetrics(body).elidedText(row.name, Qt.TextElideMode.ElideRight, int(name.width()))
        painter.drawText(name, middle, shown)


class PeopleList(QListView):
    """As high as its rows; Del, Backspace or the menu withdraw the chosen people."""

    withdraw_wanted = Signal()
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("People in this session"))
        self.people = PeopleModel()
        self.setModel(self.people)
        self.setItemDelegate(PersonDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setProperty("kind", "bare")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        look().changed.connect(self._fit)

    def show_rows(self, rows: Sequence[PersonRow], limit: int | None) -> None:
        """Show people; those chosen before stay chosen."""
        before, current = {row.person_id for row in self.chosen_rows()}, self.currentIndex().row()
        self.people.show_rows(rows, limit)
        self._fit()
        for place in range(self.people.rowCount()):
            if rows[place].person_id in before:
                flag = self.selectionModel().SelectionFlag.Select
                self.selectionModel().select(self.people.index(place), flag)
        if current >= 0 and self.people.rowCount():
            flag = self.selectionModel().SelectionFlag.NoUpdate
            place = min(current, self.people.rowCount() - 1)
            self.selectionModel().setCurrentIndex(self.people.index(place), flag)
        self.chosen.emit()

    def chosen_rows(self) -> list[PersonRow]:
        """Return the people who are selected."""
        indexes = self.selectionModel().selectedIndexes()
        return [self.people.rows[index.row()] for index in indexes if index.row() < len(self.people.rows)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Withdraw with Del or Backspace."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.withdraw_wanted.emit()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to withdraw whom the menu was opened on."""
        if not self.chosen_rows():
            return
        menu = Menu(self, _("People"))
        menu.addAction(_("Withdraw")).triggered.connect(lambda: self.withdraw_wanted.emit())
        menu.popup(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel: this list never scrolls by itself."""
        event.ignore()

    def _fit(self) -> None:
        self.setFixedHeight(self.people.rowCount() * look().px(HEIGHT))
        self.setVisible(self.people.rowCount() > 0)
