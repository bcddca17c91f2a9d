"""The check-list of a file's columns: what is ticked is written, in the order of the list."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from trainer_desk.texts import field_word
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.theme import look

CODE = Qt.ItemDataRole.UserRole


class ColumnList(QWidget):
    """Space ticks, Alt+Up and Alt+Down or the buttons move; rows can be dragged, too."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.list = _List(self)
        self.list.setAccessibleName(_("Columns of the file"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        self.list.model().rowsMoved.connect(lambda *_: self.changed.emit())
        self.up = Button(_("Up"), kind="small")
        self.down = Button(_("Down"), kind="small")
        self.up.setAccessibleName(_("Move the column up"))
        self.down.setAccessibleName(_("Move the column down"))
        self.up.clicked.connect(lambda: self.move_current(-1))
        self.down.clicked.connect(lambda: self.move_current(1))
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(PlainLabel(_("Columns"), "field"), 1)
        head.addWidget(self.up)
        head.addWidget(self.down)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.list, 1)

    def offer(self, codes: Sequence[str], chosen: Sequence[str], words: Mapping[str, str] | None = None) -> None:
        """Offer these columns in this order, those chosen ticked; `words` are what they are called, else their own."""
        self.list.blockSignals(True)
        self.list.clear()
        for code in codes:
            word = words[code] if words else field_word(code).replace("_", " ")
            item = QListWidgetItem(word[:1].upper() + word[1:])
            item.setData(CODE, code)
            item.setSizeHint(QSize(0, look().px(26)))
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
            item.setCheckState(Qt.CheckState.Checked if code in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self.changed.emit()

    def order(self) -> list[str]:
        """Return all columns in their order."""
        return [self.list.item(row).data(CODE) for row in range(self.list.count())]

    def chosen(self) -> list[str]:
        """Return the ticked columns in their order."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item.data(CODE) for item in items if item.checkState() == Qt.CheckState.Checked]

    def move_current(self, step: int) -> None:
        """Move the current column up (-1) or down (+1)."""
        row = self.list.currentRow()
        if not 0 <= row + step < self.list.count():
            return
        self.list.blockSignals(True)
        item = self.list.takeItem(row)
        self.list.insertItem(row + step, item)
        self.list.setCurrentRow(row + step)
        self.list.blockSignals(False)
        self.changed.emit()


class _List(QListWidget):
    def __init__(self, columns: ColumnList) -> None:
        super().__init__()
        self._columns = columns

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the column with Alt and an arrow."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._columns.move_current(step)
            return
        super().keyPressEvent(event)
