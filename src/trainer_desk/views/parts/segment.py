"""The segment control: one of a few views, in a row, or as one drop-down in a narrow window (ux 2)."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QHBoxLayout, QWidget

from trainer_desk.views.parts.buttons import Button, stop_at
from trainer_desk.views.theme import look

NARROW = 1100


class Segment(QWidget):
    """Choices as (id, text); `chosen` carries the id that the user picked, not one set by `choose`."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str = "View", narrow: int = NARROW) -> None:
        super().__init__()
        self._narrow = narrow
        self._window: QWidget | None = None
        self._frame = QFrame()
        self._frame.setObjectName("Segment")
        self._drop = QComboBox()
        self._drop.setAccessibleName(name)
        self.buttons: dict[str, Button] = {}
        self._build(choices)
        self.setAccessibleName(name)
        self._drop.activated.connect(self._pick_from_drop)
        self.set_compact(False)

    def _build(self, choices: Sequence[tuple[str, str]]) -> None:
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        group = QButtonGroup(self)
        for key, text in choices:
            button = Button(text, kind="segment")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, key=key: self._pick(key))
            group.addButton(button)
            row.addWidget(button)
            self.buttons[key] = button
            self._drop.addItem(text, key)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._frame)
        whole.addWidget(self._drop)
        self._current = choices[0][0]
        self.choose(self._current)

    @property
    def current(self) -> str:
        """The id that is chosen now."""
        return self._current

    @property
    def compact(self) -> bool:
        """Whether the drop-down shows."""
        return self._drop.isVisibleTo(self)

    def choose(self, key: str) -> None:
        """Show a choice without telling anybody; raises KeyError for an unknown id."""
        self.buttons[key].setChecked(True)
        stop_at(self.buttons[key], self.buttons.values())
        self._current = key
        self._drop.setCurrentIndex(self._drop.findData(key))

    def set_compact(self, compact: bool) -> None:
        """Show the drop-down instead of the row."""
        self._frame.setVisible(not compact)
        self._drop.setVisible(compact)

    def showEvent(self, event: QShowEvent) -> None:
        """Start to follow the width of the window it is in."""
        super().showEvent(event)
        window = self.window()
        if window is not self._window:
            self._window = window
            window.installEventFilter(self)
        self.set_compact(window.width() < look().px(self._narrow))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Change the form when the window becomes narrow or wide."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.set_compact(self._window.width() < look().px(self._narrow))
        return False

    def _pick_from_drop(self, index: int) -> None:
        self._pick(self._drop.itemData(index))

    def _pick(self, key: str) -> None:
        changed = key != self._current
        self.choose(key)
        if changed:
            self.chosen.emit(key)
