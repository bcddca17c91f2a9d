"""A field for a time of day on the wall clock: typed in many ways or stepped with the arrows."""

from datetime import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from trainer_desk.views.parts.date_field import mark, show_value
from trainer_desk.views.parts.wall_clock import Unreadable, read_time, stepped, time_text
from trainer_desk.views.theme import look

STEP, FINE_STEP = 15, 5
"""Minutes by which the arrows move the time; the second with Shift."""


class TimeField(QLineEdit):
    """A time of day or none; `changed` carries a time or None once the user has finished with a readable one."""

    changed = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText("hh:mm")
        self.problem = ""
        self._value: time | None = None
        self.editingFinished.connect(self._take)
        look().changed.connect(self._resize)
        self._resize()

    @property
    def value(self) -> time | None:
        """The time, None if empty; while the text cannot be read, the last one that could."""
        return self._value

    def set_value(self, moment: time | None) -> None:
        """Show a time without telling anybody."""
        self._value = moment
        show_value(self, time_text(moment))
        self._mark("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step the time with Up and Down."""
        sign = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if not sign or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        self._take()
        if self._value is not None:
            fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._change(stepped(self._value, sign * (FINE_STEP if fine else STEP)))

    def _take(self) -> None:
        try:
            moment = read_time(self.text())
        except Unreadable as error:
            self._mark(str(error))
            return
        self._change(moment)

    def _change(self, moment: time | None) -> None:
        is_new = moment != self._value
        self.set_value(moment)
        if is_new:
            self.changed.emit(moment)

    def _mark(self, problem: str) -> None:
        self.problem = problem
        mark(self, problem)

    def _resize(self) -> None:
        self.setFixedWidth(look().px(72))
