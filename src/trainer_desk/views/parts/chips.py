"""Rows of chips: filters that are on, or people chosen, each with a cross that takes it away."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.emptying import empty
from trainer_desk.views.parts.plain_label import PlainLabel


@dataclass(frozen=True, slots=True)
class Chip:
    """One chip; `token` is the colour of its icon."""

    key: Hashable
    text: str
    icon: str = ""
    token: str = "text2"


class _ChipButton(Button):
    """A chip is one button: click, Delete or Backspace takes it away."""

    def __init__(self, chip: Chip) -> None:
        super().__init__(f"{chip.text}  ×", chip.icon, "chip", token=chip.token, size=14)
        self.setAccessibleName(f"Remove {chip.text}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take it away with the keys that delete."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
            return
        super().keyPressEvent(event)


class Chips(QWidget):
    """Shows at most `limit` chips and then `and n more`; hidden while there is none."""

    removed = Signal(object)

    def __init__(self, limit: int = 4) -> None:
        super().__init__()
        self._limit = limit
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.buttons: list[Button] = []
        self.hide()

    def show_chips(self, chips: Sequence[Chip], room: int | None = None) -> None:
        """Show these chips, no more than fit into `room` pixels; `removed` carries the key of the one pressed."""
        empty(self._row)
        self.buttons = [self._add(chip) for chip in chips[: self._limit]]
        rest = PlainLabel("", "small")
        self._row.addWidget(rest)
        self._count(rest, len(chips))
        while room is not None and len(self.buttons) > 1 and self._width(rest) > room:
            self._drop(self.buttons.pop())
            self._count(rest, len(chips))
        self._row.addStretch()
        self.setVisible(bool(chips))

    def _count(self, rest: PlainLabel, chips: int) -> None:
        rest.setText(f"and {chips - len(self.buttons)} more")
        rest.setVisible(chips > len(self.buttons))

    def _width(self, rest: PlainLabel) -> int:
        """Return the width that the row wants; new widgets know theirs once they have their style."""
        shown: list[QWidget] = [*self.buttons, rest] if rest.isVisibleTo(self) else [*self.buttons]
        for widget in shown:
            widget.ensurePolished()
        return sum(widget.sizeHint().width() for widget in shown) + self._row.spacing() * len(shown)

    def _drop(self, button: Button) -> None:
        self._row.removeWidget(button)
        button.hide()
        button.deleteLater()

    def _add(self, chip: Chip) -> Button:
        button = _ChipButton(chip)
        button.clicked.connect(lambda _checked=False, key=chip.key: self.removed.emit(key))
        self._row.addWidget(button)
        return button
