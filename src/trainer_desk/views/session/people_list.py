"""The list of people in one part of the panel: several can be chosen; keys and the menu do what the buttons do."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView

from trainer_desk.views.session.lines import LineList
from trainer_desk.views.session.people_rows import PersonRow

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
CHOOSING = (Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
"""Keys that choose the person with the focus ring while nobody is chosen: nobody is taken out by coming past."""


class PeopleList(LineList):
    """Del or Backspace takes the chosen people out; Enter or the menu key offers everything that can be done."""

    take_out_wanted = Signal()
    menu_wanted = Signal(QPoint)
    """A point of the screen where the menu belongs."""
    chosen_changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())

    def people(self) -> list[PersonRow]:
        """Return the people who are chosen."""
        return [row for row in self.chosen() if isinstance(row, PersonRow)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose whom the focus stands on, take out who is chosen, or open the menu below."""
        key = event.key()
        if not self.people() and self.currentIndex().isValid() and key in (*CHOOSING, *ENTER):
            self.selectionModel().select(self.currentIndex(), self.selectionModel().SelectionFlag.Select)
            if key in CHOOSING:
                return
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.take_out_wanted.emit()
        elif key in ENTER and self.people():
            self.menu_wanted.emit(self._below_current())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on the first line when one comes by Tab and none was current."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.lines.rowCount():
            self.selectionModel().setCurrentIndex(self.lines.index(0), self.selectionModel().SelectionFlag.NoUpdate)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with whom the menu was opened on."""
        if self.people():
            by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
            self.menu_wanted.emit(event.globalPos() if by_mouse else self._below_current())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel: this list never scrolls by itself."""
        event.ignore()

    def _below_current(self) -> QPoint:
        return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
