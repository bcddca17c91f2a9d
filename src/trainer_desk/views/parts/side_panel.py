"""The right-hand panel: one content at a time, beside the page or, in a narrow window, as a drawer over it (ux 2)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from trainer_desk.views.theme import look

SESSION, TRAY = 336, 268
"""Widths of the session panel and of the drafts tray, in pixels at 100 % text size."""


class SidePanel(QFrame):
    """Holds registered contents by id and shows one of them; the window decides where the panel stands."""

    changed = Signal(str)
    """The id of the content that shows now, empty while the panel is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("SidePanel")
        self.setAccessibleName("Panel")
        self._stack = QStackedWidget()
        self._widths: dict[str, int] = {}
        self._widgets: dict[str, QWidget] = {}
        self._current = ""
        self._last = ""
        self.drawer = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        look().changed.connect(self._resize)
        self.hide()

    @property
    def current(self) -> str:
        """The id of the content that shows, empty while the panel is closed."""
        return self._current

    def add(self, name: str, widget: QWidget, width: int = SESSION) -> None:
        """Register a content under an id; `width` in pixels at 100 % text size."""
        self._widgets[name], self._widths[name] = widget, width
        self._stack.addWidget(widget)
        self._last = self._last or name

    def open(self, name: str) -> None:
        """Show a content; raises KeyError for an unknown id."""
        self._stack.setCurrentWidget(self._widgets[name])
        is_new = name != self._current
        self._current = self._last = name
        self._resize()
        self.show()
        if is_new:
            self.changed.emit(name)

    def close_panel(self) -> None:
        """Close the panel; `reopen` shows the same content again."""
        if self._current:
            self._current = ""
            self.hide()
            self.changed.emit("")

    def reopen(self) -> None:
        """Show what showed last, or the first content that was registered."""
        if self._last:
            self.open(self._last)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the drawer on Esc."""
        if event.key() == Qt.Key.Key_Escape and self.drawer:
            self.close_panel()
            return
        super().keyPressEvent(event)

    def _resize(self) -> None:
        if self._current:
            self.setFixedWidth(look().px(self._widths[self._current]))
