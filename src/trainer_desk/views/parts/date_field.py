"""A field for a day: typed in many ways, stepped with the arrows, or picked from a small month."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.views.parts.mini_month import MiniMonth
from trainer_desk.views.parts.plain_label import plain_tip, restyle
from trainer_desk.views.parts.wall_clock import Unreadable, day_text, read_day
from trainer_desk.views.theme import look

STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}
"""Days by which keys move the day."""


class DateField(QLineEdit):
    """A wall-clock day or none; `today` tells what day it is in the organisation's zone.

    `changed` carries a date or None, once the user has finished with a readable one; what cannot be read stays
    visible, marked red, and `problem` says why. `weekday` stands before the day where there is room for it.
    """

    changed = Signal(object)

    def __init__(self, name: str, today: Callable[[], date], *, weekday: bool = True) -> None:
        super().__init__()
        self._weekday = weekday
        self.setAccessibleName(name)
        self.setPlaceholderText("Day")
        self._today = today
        self._value: date | None = None
        self.problem = ""
        self._popup: QFrame | None = None
        self._picker = QAction(self)
        self._picker.setText("Pick a day")
        self._picker.triggered.connect(self.open_month)
        self.addAction(self._picker, QLineEdit.ActionPosition.TrailingPosition)
        self.editingFinished.connect(self._take)
        look().changed.connect(self._draw)
        self._draw()

    @property
    def value(self) -> date | None:
        """The day, None if empty; while the text cannot be read, the last one that could."""
        return self._value

    def set_value(self, day: date | None) -> None:
        """Show a day without telling anybody."""
        self._value = day
        show_value(self, day_text(day, weekday=self._weekday))
        self._mark("")

    def open_month(self) -> None:
        """Open the small month under the field."""
        popup = self._popup = QFrame(self, Qt.WindowType.Popup)
        popup.setObjectName("Sheet")
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        month = MiniMonth(self._today())
        month.show_day(self._value or self._today())
        month.day_chosen.connect(self._pick)
        column = QVBoxLayout(popup)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(month)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        month.grid.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step the day with the arrows, open the month with Alt+Down or F4."""
        key, alt = Qt.Key(event.key()), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key == Qt.Key.Key_F4 or (alt and key == Qt.Key.Key_Down):
            self.open_month()
            return
        if key in STEPS and not event.modifiers():
            self._take()
            self._change((self._value or self._today()) + timedelta(days=STEPS[key] if self._value else 0))
            return
        super().keyPressEvent(event)

    def _pick(self, day: date) -> None:
        if self._popup is not None:
            self._popup.close()
            self._popup = None
        self._change(day)
        self.setFocus()

    def _take(self) -> None:
        try:
            day = read_day(self.text(), self._today())
        except Unreadable as error:
            self._mark(str(error))
            return
        self._change(day)

    def _change(self, day: date | None) -> None:
        is_new = day != self._value
        self.set_value(day)
        if is_new:
            self.changed.emit(day)

    def _mark(self, problem: str) -> None:
        self.problem = problem
        mark(self, problem)

    def _draw(self) -> None:
        self._picker.setIcon(look().icon("calendar-days", "text3"))


def show_value(field: QLineEdit, text: str) -> None:
    """Show another text; where the focus stands it is selected, so that the next key replaces it."""
    if text == field.text():
        return
    field.setText(text)
    if field.hasFocus():
        field.selectAll()


def mark(field: QWidget, problem: str) -> None:
    """Frame a field in red with the reason as tooltip and spoken description, or take that away again."""
    if bool(field.property("invalid")) != bool(problem):
        field.setProperty("invalid", bool(problem))
        restyle(field)
    field.setToolTip(plain_tip(problem))
    field.setAccessibleDescription(problem)
