"""The lines of attached files: Enter and a double click open one, Del takes it back, the menu key offers all."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView

from trainer_desk.views.session.lines import LineList


class FileLines(LineList):
    """One file can be chosen at a time."""

    open_wanted = Signal()
    remove_wanted = Signal()
    menu_wanted = Signal(QPoint)
    """A point of the screen where the menu belongs."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.doubleClicked.connect(lambda _index: self.open_wanted.emit())

    def choose(self, key: int) -> None:
        """Select a file."""
        place = self.lines.place_of(key)
        if place is not None:
            self.setCurrentIndex(self.lines.index(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open or take back the chosen file."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen():
            self.open_wanted.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.chosen():
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose a file when one comes by Tab and none is chosen; Qt itself only goes to the first."""
        super().focusInEvent(event)
        if not self.chosen() and self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(max(0, self.currentIndex().row())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the file."""
        if self.chosen():
            by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
            below = self.visualRect(QModelIndex(self.currentIndex())).bottomLeft()
            self.menu_wanted.emit(event.globalPos() if by_mouse else self.viewport().mapToGlobal(below))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel around: this list never scrolls by itself."""
        event.ignore()
