"""The rows of the list of notifications: the toasts as a model, and how one of them is painted."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from trainer_desk.texts.translate import _
from trainer_desk.views.parts.toast import KINDS, Note
from trainer_desk.views.theme import look

Index = QModelIndex | QPersistentModelIndex
TEXT_LEFT, SIDE, TIME = 34, 8, 44
"""Pixels before the sentence, at both sides, and for the time at the right."""
ABOVE, UNDO = 8, 30
WRAPPED = int(Qt.TextFlag.TextWordWrap)
_NOWHERE = QModelIndex()


class NoteModel(QAbstractListModel):
    """Notes, the newest first; `undo_row` is the one whose change can still be taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: tuple[Note, ...] = ()
        self.undo_row: int | None = None

    def show_notes(self, history: Sequence[Note], *, undo: int | None) -> None:
        """Show a history, the newest last; `undo` is a place in it."""
        self.beginResetModel()
        self.notes = tuple(reversed(history))
        self.undo_row = None if undo is None else len(self.notes) - 1 - undo
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many notes there are."""
        return 0 if parent.isValid() else len(self.notes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the sentence, or what a screen reader says of it."""
        if not index.isValid():
            return None
        note = self.notes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return note.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = f"{KINDS[note.kind][2]}, {clock(note)}: {note.text}"
            return said + " " + _("Enter takes it back.") if index.row() == self.undo_row else said
        return None


class NoteDelegate(QStyledItemDelegate):
    """Icon, sentence in full, and the time at the right; the one with Undo leaves room for its button."""

    def __init__(self, model: NoteModel, view: QListView) -> None:
        super().__init__(view)
        self._model, self._view = model, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the wrapped sentence with what is around it."""
        note = self._model.notes[index.row()]
        room = QRect(0, 0, self._width() - look().px(TEXT_LEFT + SIDE + TIME), 10_000)
        text = QFontMetrics(look().font("body")).boundingRect(room, WRAPPED, note.text).height()
        below = UNDO if index.row() == self._model.undo_row else ABOVE
        return QSize(self._width(), text + look().px(ABOVE + below))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one note."""
        note, area, state = self._model.notes[index.row()], QRect(option.rect), option.state
        icon, token, _word = KINDS[note.kind]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, area, is_current=bool(state & QStyle.StateFlag.State_HasFocus))
        top = area.top() + look().px(ABOVE)
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(area.left() + look().px(SIDE), top + 1, look().pixmap(icon, token, 16, ratio))
        text = area.adjusted(look().px(TEXT_LEFT), look().px(ABOVE), -look().px(SIDE + TIME), 0)
        painter.setFont(look().font("body"))
        painter.setPen(look().colour("text"))
        painter.drawText(text, WRAPPED, note.text)
        painter.setFont(look().font("caption", 500, tabular=True))
        painter.setPen(look().colour("text3"))
        at = QRect(text.right(), top + 1, look().px(TIME), look().px(16))
        painter.drawText(at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, clock(note))
        painter.restore()

    def _paint_frame(self, painter: QPainter, area: QRect, *, is_current: bool) -> None:
        if is_current:
            painter.setPen(QPen(look().colour("accent"), 2))
            painter.setBrush(look().colour("accent_tint"))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 6, 6)
        else:
            painter.setPen(QPen(look().colour("line"), 1))
            painter.drawLine(area.left() + look().px(TEXT_LEFT), area.bottom(), area.right(), area.bottom())

    def _width(self) -> int:
        return self._view.viewport().width()


def clock(note: Note) -> str:
    """Return when it was shown, on the clock of this computer: `14:05`."""
    return f"{note.at.astimezone():%H:%M}"
