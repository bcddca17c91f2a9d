"""The list of notifications: what the bell tells and the toasts of this sitting, above the status line (ux 12)."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.notification_rows import SIDE, TEXT_LEFT, NoteDelegate, NoteModel
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.toast import Note, Toasts, Told
from trainer_desk.views.theme import look

WIDTH, HIGHEST, LOWEST = 400, 460, 112
ROWS = 20
"""As many rows are certainly higher than the list gets."""


class NotificationList(QFrame):
    """Opens above a button of the status line; arrows walk, Esc closes.

    Enter takes the newest change back, or opens what the bell tells of.
    """

    unseen_changed = Signal(int, int)
    """How many refusals came since the list was last open, and how much the bell tells anew."""
    opened = Signal()
    closed = Signal()

    def __init__(self, host: QWidget, toasts: Toasts) -> None:
        super().__init__(host)
        self.setObjectName("Sheet")
        self.setAccessibleName(_("Notifications"))
        self._host, self._toasts = host, toasts
        self._anchor: QWidget | None = None
        self.unseen = 0
        self.told: tuple[Told, ...] = ()
        self.model = NoteModel()
        self.list = QListView()
        self.nothing = PlainLabel(
            _("Nothing has happened yet. What you are told, and what is saved or refused, will stand here."), "muted"
        )
        self.undo: Button | None = None
        self._lay_out()
        toasts.kept.connect(self._take)
        host.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.clicked.connect(self._clicked)
        look().changed.connect(self._draw)
        self.hide()

    def show_told(self, told: Sequence[Told]) -> None:
        """Show what the bell tells, the newest first; what is new is counted at the button."""
        self.told = tuple(told)
        self._see(self.unseen)
        if self.isVisible():
            self._fill()

    def toggle(self, anchor: QWidget) -> None:
        """Open above a widget of the window, or close."""
        if self.isVisible():
            self.close_now()
        else:
            self.open_above(anchor)

    def open_above(self, anchor: QWidget) -> None:
        """Open with the lower right corner above a widget of the window."""
        self._anchor = anchor
        self.show()  # before it is filled: rows wrap at the width on show
        self._fill()
        self.raise_()
        self.list.setFocus()
        self._see(0)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        self.opened.emit()

    def close_now(self) -> None:
        """Close; the focus goes back to the button if it was in here."""
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        focus = QApplication.focusWidget()
        if self._anchor is not None and focus is not None and self.isAncestorOf(focus):
            self._anchor.setFocus()
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close with Esc or a press outside, act with Enter, keep to the corner."""
        kind = event.type()
        if watched is self.list and kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if watched is self._host and kind == QEvent.Type.Resize and self.isVisible():
            self._place()
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
            self._pressed(event.globalPosition().toPoint())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc from the button inside, too."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_now()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out anew for the width."""
        super().resizeEvent(event)
        self.list.doItemsLayout()

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.close_now()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            index = self.list.currentIndex()
            if index.isValid() and index.row() == self.model.undo_row:
                self._take_back()
            elif index.isValid():
                self._clicked(index)
            return True
        return False

    def _clicked(self, index: QModelIndex) -> None:
        """Open what the bell tells of in this row; toasts have nothing to open."""
        note = self.model.notes[index.row()]
        if isinstance(note, Told) and note.do is not None:
            self.close_now()
            note.do()

    def _pressed(self, at: QPoint) -> None:
        if not self.isVisible() or self.rect().contains(self.mapFromGlobal(at)):
            return
        anchor = self._anchor
        if anchor is None or not anchor.rect().contains(anchor.mapFromGlobal(at)):
            self.close_now()

    def _take(self, note: Note) -> None:
        if self.isVisible():
            self._fill()
        elif note.kind == "block":
            self._see(self.unseen + 1)

    def _see(self, unseen: int) -> None:
        self.unseen = unseen
        self.unseen_changed.emit(unseen, 0 if self.isVisible() else sum(one.is_new for one in self.told))

    def _fill(self) -> None:
        row = max(0, self.list.currentIndex().row())
        self.undo = None
        self.model.show_notes(self._toasts.history, self.told, undo=undoable(self._toasts.history))
        is_empty = not self.model.notes
        self.nothing.setVisible(is_empty)
        self.list.setVisible(not is_empty)
        if not is_empty:
            self.list.setCurrentIndex(self.model.index(min(row, len(self.model.notes) - 1)))
        if self.model.undo_row is not None:
            self._add_undo(self.model.undo_row)
        self._place()

    def _add_undo(self, row: int) -> None:
        holder = QWidget()
        holder.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.undo = Button(_("Undo"), "undo-2", "link", size=14)
        self.undo.setProperty("dense", True)
        self.undo.setAccessibleName(_("Undo: {what}").format(what=self.model.notes[row].text))
        self.undo.clicked.connect(self._take_back)
        line = QHBoxLayout(holder)
        line.setContentsMargins(look().px(TEXT_LEFT) - 6, 0, look().px(SIDE), look().px(6))
        line.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        self.list.setIndexWidget(self.model.index(row), holder)
        self.setTabOrder(self.list, self.undo)

    def _take_back(self) -> None:
        row = self.model.undo_row
        note = None if row is None else self.model.notes[row]
        self.close_now()
        if note is not None and note.do is not None:
            note.do()

    def _place(self) -> None:
        if self._anchor is None:
            return
        host, width = self._host, min(look().px(WIDTH), self._host.width() - 16)
        corner = self._anchor.mapTo(host, QPoint(self._anchor.width(), 0))
        highest = min(look().px(HIGHEST), corner.y() - 16)
        left = max(8, min(corner.x(), host.width() - 8) - width)
        self.setGeometry(left, corner.y() - highest - 8, width, highest)
        self._inside.activate()
        rows = sum(self.list.sizeHintForRow(row) for row in range(min(len(self.model.notes), ROWS)))
        height = min(highest, self.height() - self.list.height() + rows) if rows else look().px(LOWEST)
        self.setGeometry(left, corner.y() - height - 8, width, height)

    def _draw(self) -> None:
        if self.isVisible():
            self._fill()

    def _lay_out(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(NoteDelegate(self.model, self.list))
        self.list.setAccessibleName(_("Notifications, what is new first"))
        self.list.setMouseTracking(True)
        self.list.setProperty("kind", "bare")
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.nothing.setWordWrap(True)
        column = self._inside = QVBoxLayout(self)
        column.setContentsMargins(10, 12, 10, 10)
        column.setSpacing(8)
        heading = PlainLabel(_("Notifications"), "strong")
        heading.setContentsMargins(6, 0, 0, 0)
        column.addWidget(heading)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28)
        shadow.setOffset(0, 6)
        shadow.setColor(look().colour("shadow"))
        self.setGraphicsEffect(shadow)


def undoable(history: Sequence[Note]) -> int | None:
    """Return which note of the history can still be taken back: the newest with Undo, unless that was done already."""
    for place in range(len(history) - 1, -1, -1):
        if history[place].action in (_("Undo"), _("Redo")):
            return place if history[place].action == _("Undo") else None
    return None
