"""The column of questions at the left of the preview."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from trainer_desk.views.parts.buttons import literal
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.printing.options import NO, YES, Option


class OptionsColumn(QWidget):
    """`changed` is told as soon as something else is chosen."""

    changed = Signal()

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self.drops: dict[str, QComboBox] = {}
        self.boxes: dict[str, QCheckBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        for option in options:
            self._add(option)

    def chosen(self) -> dict[str, str]:
        """Return the values by their keys."""
        found = {key: str(drop.currentData()) for key, drop in self.drops.items()}
        return found | {key: YES if box.isChecked() else NO for key, box in self.boxes.items()}

    def add_widget(self, label: str, widget: QWidget) -> None:
        """Add something else under a label."""
        widget.setAccessibleName(label)
        self._column.addWidget(PlainLabel(label, "field"))
        self._column.addWidget(widget)
        self._column.addSpacing(8)

    def _add(self, option: Option) -> None:
        if not option.choices:
            box = self.boxes[option.key] = QCheckBox(literal(option.label))
            box.setChecked(option.value == YES)
            box.toggled.connect(lambda _on: self.changed.emit())
            self._column.addWidget(box)
            self._column.addSpacing(8)
            return
        drop = self.drops[option.key] = QComboBox()
        for value, words in option.choices:
            drop.addItem(words, value)
        drop.setCurrentIndex(drop.findData(option.value))
        drop.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.add_widget(option.label, drop)
