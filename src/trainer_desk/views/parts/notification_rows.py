"""The rows of the list of notifications: toasts and what the bell tells as a model, and how one of them is painted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from trainer_desk.texts.formats import short_day_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.toast import KINDS, Note, Told
from trainer_desk.views.theme import look

Index = QModelIndex | QPersistentModelIndex
TEXT_LEFT, SIDE, TIME = 34, 8, 44
"""Pixels before the sentence, at both sides, and for the time at the right."""
ABOVE, UNDO = 8, 30
DOT = 7
WRAPPED = int(Qt.TextFlag.TextWordWrap)
_NOWHERE = QModelIndex()


class NoteModel(QAbstractListModel):
    """What the bell tells anew, then all else by time, the newest first.

    `undo_row` is the one whose change can still be taken back.
    """

    def __init__(self) -> None:
        super().__init__()
        self.notes: tuple[Note, ...] = ()
        self.undo_row: int | None = None

    def show_notes(self, history: Sequence[Note], told: Sequence[Told] = (), *, undo: int | None) -> None:
        """Show a history, the newest last, and what the bell tells, newest first; `undo` is a place in the history."""
        self.beginResetModel()
        new = [note for note in told if note.is_new]
        rest = [*reversed(history), *(note for note in told if not note.is_new)]
        self.notes = (*new, *sorted(rest, key=lambda note: note.at, reverse=True))
        self.undo_row = None if undo is None else _place_of(history[undo], self.notes)
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
            word = KINDS[note.kind][2] if not isinstance(note, Told) else _("New") if note.is_new else _("Told")
            said = f"{word}, {clock(note)}: {note.text}"
            if isinstance(note, Told):
                return said + " " + _("Enter opens it.") if note.do is not None else said
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
        text = QFontMetrics(_font(note)).boundingRect(room, WRAPPED, note.text).height()
        below = UNDO if index.row() == self._model.undo_row else ABOVE
        return QSize(self._width(), text + look().px(ABOVE + below))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one note."""
        note, area, state = self._model.notes[index.row()], QRect(option.rect), option.state
        icon, token = (note.icon, note.token) if isinstance(note, Told) else KINDS[note.kind][:2]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_over = isinstance(note, Told) and note.do is not None and bool(state & QStyle.StateFlag.State_MouseOver)
        self._paint_frame(painter, area, is_current=bool(state & QStyle.StateFlag.State_HasFocus), is_over=is_over)
        top = area.top() + look().px(ABOVE)
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(area.left() + look().px(SIDE), top + 1, look().pixmap(icon, token, 16, ratio))
        text = area.adjusted(look().px(TEXT_LEFT), look().px(ABOVE), -look().px(SIDE + TIME), 0)
        painter.setFont(_font(note))
        painter.setPen(look().colour("text"))
        painter.drawText(text, WRAPPED, note.text)
        painter.setFont(look().font("caption", 500, tabular=True))
        painter.setPen(look().colour("text3"))
        at = QRect(text.right(), top + 1, look().px(TIME), look().px(16))
        painter.drawText(at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, clock(note))
        if isinstance(note, Told) and note.is_new:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("accent"))
            dot = look().px(DOT)
            painter.drawEllipse(QRectF(at.right() - dot, at.bottom() + look().px(6), dot, dot))
        painter.restore()

    def _paint_frame(self, painter: QPainter, area: QRect, *, is_current: bool, is_over: bool) -> None:
        if is_over and not is_current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("hover"))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 6, 6)
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
    """Return when it was, on the clock of this computer: `14:05`; what the bell told on another day, `24 Nov`."""
    at = note.at.astimezone()
    if isinstance(note, Told) and at.date() != datetime.now().astimezone().date():
        return short_day_text(at.date())
    return f"{at:%H:%M}"


def _font(note: Note) -> QFont:
    return look().font("body", 600 if isinstance(note, Told) and note.is_new else 400)


def _place_of(note: Note, notes: Sequence[Note]) -> int:
    return next(place for place, one in enumerate(notes) if one is note)
