"""The fields that say how a session recurs: how often, on which weekdays, until when, but for which days."""

import re
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from trainer_desk.texts.translate import _, mark
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.wall_clock import Unreadable, read_day

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_WORDS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))
DAILY, WEEKLY, FORTNIGHTLY, WEEKDAY_OF_MONTH, LAST_OF_MONTH, DAY_OF_MONTH = range(6)
HOW_OFTEN = (
    mark("Every day"),
    mark("Every week"),
    mark("Every two weeks"),
    mark("Every month, same weekday"),
    mark("Every month, last such weekday"),
    mark("Every month, same date"),
)
AFTER, UNTIL = range(2)
MOST, USUAL = 370, 10


class RuleFields(QWidget):
    """`rule` is what they say as an RRULE; `changed` fires when it may be another."""

    changed = Signal()

    def __init__(self, first: date, today: Callable[[], date]) -> None:
        super().__init__()
        self._first, self._today = first, today
        self.often, self.ends = QComboBox(), QComboBox()
        self.count, self.until = QSpinBox(), DateField(_("Last day"), today)
        self.days = [Button(_(word), kind="chip") for word in DAY_WORDS]
        self.excepted = QLineEdit()
        self._fill()
        self._lay_out()
        self._connect()

    @property
    def rule(self) -> str:
        """The rule as an RRULE; empty while there is no last day."""
        first, often = self._first, self.often.currentIndex()
        day = DAYS[first.weekday()]
        said = {
            DAILY: "FREQ=DAILY",
            WEEKLY: f"FREQ=WEEKLY;BYDAY={self._chosen_days()}",
            FORTNIGHTLY: f"FREQ=WEEKLY;INTERVAL=2;BYDAY={self._chosen_days()}",
            WEEKDAY_OF_MONTH: f"FREQ=MONTHLY;BYDAY={(first.day - 1) // 7 + 1}{day}",
            LAST_OF_MONTH: f"FREQ=MONTHLY;BYDAY=-1{day}",
            DAY_OF_MONTH: f"FREQ=MONTHLY;BYMONTHDAY={first.day}",
        }[often]
        if self.ends.currentIndex() == AFTER:
            return f"{said};COUNT={self.count.value()}"
        return f"{said};UNTIL={self.until.value:%Y%m%d}" if self.until.value else ""

    @property
    def excepted_days(self) -> frozenset[date]:
        """The days to leave out. Raises Unreadable for what is no day."""
        found = (read_day(word.strip(), self._today()) for word in re.split(r"[,;]", self.excepted.text()))
        return frozenset(day for day in found if day is not None)

    @property
    def problem(self) -> str:
        """Why the fields cannot be read; empty when they can."""
        try:
            _days = self.excepted_days
        except Unreadable as error:
            return str(error)
        return self.until.problem or ("" if self.rule else _("Set the last day."))

    def _chosen_days(self) -> str:
        chosen = [day for day, button in zip(DAYS, self.days, strict=True) if button.isChecked()]
        return ",".join(chosen) or DAYS[self._first.weekday()]

    def _fill(self) -> None:
        self.often.addItems([_(words) for words in HOW_OFTEN])
        self.often.setCurrentIndex(WEEKLY)
        self.often.setAccessibleName(_("How often"))
        self.ends.addItems([_("For so many sessions"), _("Until a day")])
        self.ends.setAccessibleName(_("How long"))
        self.count.setRange(2, MOST)
        self.count.setValue(USUAL)
        self.count.setAccessibleName(_("Number of sessions, this one included"))
        self.excepted.setPlaceholderText(_("Days to leave out, with commas between them"))
        self.excepted.setAccessibleName(_("Excepted days"))
        for place, button in enumerate(self.days):
            button.setCheckable(True)
            button.setChecked(place == self._first.weekday())
        self.until.hide()

    def _show_fields(self) -> None:
        is_weekly = self.often.currentIndex() in (WEEKLY, FORTNIGHTLY)
        self._weekdays.setVisible(is_weekly)
        is_counted = self.ends.currentIndex() == AFTER
        self.count.setVisible(is_counted)
        self.until.setVisible(not is_counted)
        self.changed.emit()

    def _connect(self) -> None:
        self.often.activated.connect(self._show_fields)
        self.ends.activated.connect(self._show_fields)
        self.count.valueChanged.connect(lambda _n: self.changed.emit())
        self.until.changed.connect(lambda _day: self.changed.emit())
        self.excepted.editingFinished.connect(self.changed)
        for button in self.days:
            button.clicked.connect(lambda _on=False: self.changed.emit())

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        for part in (self.often, self.ends, self.count, self.until):
            top.addWidget(part)
        top.addStretch(1)
        self._weekdays = QWidget()
        days = QHBoxLayout(self._weekdays)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(6)
        days.addWidget(PlainLabel(_("On"), "field"))
        for button in self.days:
            days.addWidget(button)
        days.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._weekdays)
        column.addWidget(self.excepted)
