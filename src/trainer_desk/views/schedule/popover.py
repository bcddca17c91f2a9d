"""A small surface over the page with a search field and a list: for choosing a course and for filtering."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.theme import look

Index = QModelIndex | QPersistentModelIndex
WIDTH, HEIGHT = 380, 348
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: `value` is what is chosen; `checked` is None for a list of which one row is taken."""

    value: Any
    text: str
    checked: bool | None = None


class _Entries(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[Entry, ...] = ()

    def fill(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry.text
        if role == Qt.ItemDataRole.CheckStateRole and entry.checked is not None:
            return Qt.CheckState.Checked if entry.checked else Qt.CheckState.Unchecked
        return None


class Popover(QFrame):
    """Opens under a widget or at a point; the search field keeps the focus, arrows walk, Enter takes, Esc closes.

    `search(text)` returns the entries to show for what is typed.
    """

    chosen = Signal(object)
    """The value of the entry that was taken; a list with check marks stays open."""
    closed = Signal()

    def __init__(self, page: QWidget, title: str, hint: str, search: Callable[[str], Sequence[Entry]]) -> None:
        super().__init__(page)
        self.setObjectName("Sheet")
        self.setAccessibleName(title)
        self._page, self._search = page, search
        self._back: QWidget | None = None
        self._model = _Entries()
        self.field = QLineEdit()
        self.list = QListView()
        self.nothing = PlainLabel("", "muted", wrap=True)
        self._lay_out(title, hint)
        self.field.textChanged.connect(lambda _text: self.refresh())
        self.list.clicked.connect(lambda index: self._take(index))
        self.hide()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is listed now."""
        return self._model.entries

    def open_under(self, anchor: QWidget) -> None:
        """Open below a widget of the page, right edges in line if there is no room otherwise."""
        self.open_at(anchor.mapToGlobal(QPoint(0, anchor.height() + 6)))

    def open_at(self, point: QPoint) -> None:
        """Open with the corner at a place of the screen, moved so far that all can be seen."""
        self.resize(look().px(WIDTH), min(look().px(HEIGHT), self._page.height() - 16))
        at = self._page.mapFromGlobal(point)
        left = max(8, min(at.x(), self._page.width() - self.width() - 8))
        top = max(8, min(at.y(), self._page.height() - self.height() - 8))
        self.move(left, top)
        self._back = QApplication.focusWidget()
        self.field.clear()
        self.refresh()
        self.show()
        self.raise_()
        self.field.setFocus()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def close_now(self) -> None:
        """Close and give the focus back."""
        if self.isHidden():
            return
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self.hide()
        if self._back is not None:
            self._back.setFocus()
        self.closed.emit()

    def refresh(self) -> None:
        """List anew what matches; the cursor stays in its place, or on the first row."""
        text = self.field.text().strip()
        row = self.list.currentIndex().row()
        typed = self.sender() is self.field
        self._model.fill(self._search(text))
        self.nothing.setText(f"Nothing matches “{text}”.")
        self.nothing.setVisible(not self.entries)
        self.list.setVisible(bool(self.entries))
        if self.entries:
            self.list.setCurrentIndex(self._model.index(0 if typed else min(max(0, row), len(self.entries) - 1)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk and take with the keys of the search field; a press outside closes."""
        if isinstance(event, QKeyEvent) and watched is self.field and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            inside = self.rect().contains(self.mapFromGlobal(event.globalPosition().toPoint()))
            if not inside and isinstance(watched, QWidget):
                self.close_now()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        key = Qt.Key(event.key())
        if key in steps:
            row = self.list.currentIndex().row() + steps[key]
            self.list.setCurrentIndex(self._model.index(max(0, min(row, len(self.entries) - 1))))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentIndex())
            return True
        if key == Qt.Key.Key_Escape:
            self.close_now()
            return True
        return False

    def _take(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        entry = self.entries[index.row()]
        if entry.checked is None:
            self.close_now()
        self.chosen.emit(entry.value)
        if entry.checked is not None:
            self.refresh()

    def _lay_out(self, title: str, hint: str) -> None:
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.field.setProperty("kind", "search")
        self.list.setModel(self._model)
        self.list.setAccessibleName(title)
        self.list.setObjectName("Popup")
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(PlainLabel(title, "strong"))
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28)
        shadow.setOffset(0, 6)
        shadow.setColor(look().colour("shadow"))
        self.setGraphicsEffect(shadow)
