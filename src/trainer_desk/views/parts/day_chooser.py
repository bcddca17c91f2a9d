"""Goes to any day at once: typed in many ways, or picked from a small month that also turns by years."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.parts.date_field import mark
from trainer_desk.views.parts.mini_month import MiniMonth
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.wall_clock import Unreadable, read_day


class DayChooser(QFrame):
    """Opens under a widget; Enter in the field or a click on a day takes it, Esc closes."""

    chosen = Signal(object)

    def __init__(self, anchor: QWidget, shown: date, today: Callable[[], date]) -> None:
        super().__init__(anchor, Qt.WindowType.Popup)
        self.setObjectName("Sheet")
        self.setAccessibleName(_("Go to a day"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._today = today
        self.field, self.month, self.problem = QLineEdit(), MiniMonth(today()), PlainLabel("", "small", tone="danger")
        self.field.setAccessibleName(_("Day"))
        self.field.setPlaceholderText(_("26 Nov 2026, thu, +14 …"))
        self.field.returnPressed.connect(self._take)
        self.month.show_day(shown)
        self.month.day_chosen.connect(self._choose)
        self.problem.setWordWrap(True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        for part in (PlainLabel(_("Go to a day"), "strong"), self.field, self.problem, self.month):
            column.addWidget(part)

    def open_under(self, anchor: QWidget) -> None:
        """Show it below a widget, with the focus in the field."""
        self.adjustSize()
        self.move(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
        self.show()
        self.field.setFocus()

    def _take(self) -> None:
        try:
            day = read_day(self.field.text(), self._today())
        except Unreadable as error:
            mark(self.field, str(error))
            self.problem.setText(str(error))
            self.problem.show()
            return
        if day is not None:
            self._choose(day)

    def _choose(self, day: date) -> None:
        self.close()
        self.chosen.emit(day)
