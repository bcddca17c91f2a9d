"""From when until when somebody or something is away: whole days, or to the minute, on the organisation's clock."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.errors import BadValue
from trainer_desk.services.rules.times import day_bounds, local, to_instant
from trainer_desk.texts.translate import _
from trainer_desk.views.absences.words import is_whole_days, last_day
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.time_field import TimeField

Span = tuple[datetime, datetime]


class TimeRow(QWidget):
    """`changed` fires whenever another time is filled in; `span` reads it."""

    changed = Signal()

    def __init__(self, today: Callable[[], date], zone: ZoneInfo) -> None:
        super().__init__()
        self._today, self._zone = today, zone
        self.first = DateField(_("First day"), today)
        self.last = DateField(_("Last day"), today)
        self.start, self.end = TimeField(_("From")), TimeField(_("Until"))
        self.whole = QCheckBox(_("Whole days"))
        self.quick = [Button(words, kind="chip") for words, _days in self._quick_spans()]
        self._lay_out()
        self._connect()

    def show_span(self, starts_at: datetime, ends_at: datetime) -> None:
        """Show a time (UTC, half-open)."""
        begins, whole = local(starts_at, self._zone), is_whole_days(starts_at, ends_at, self._zone)
        ends = local(ends_at, self._zone)
        self.whole.setChecked(whole)
        self.first.set_value(begins.date())
        self.last.set_value(last_day(ends_at, self._zone) if whole else ends.date())
        self.start.set_value(None if whole else begins.time())
        self.end.set_value(None if whole else ends.time())
        self._show_clocks()

    def show_days(self, first: date, last: date) -> None:
        """Show whole days, both included."""
        self.show_span(day_bounds(first, self._zone)[0], day_bounds(last, self._zone)[1])

    def span(self) -> Span:
        """Return what is filled in (UTC, half-open).

        Raises BadValue for what is missing, cannot be read or is upside down, and what a skipped or doubled hour
        raises.
        """
        for field, name in ((self.first, "from"), (self.last, "to"), (self.start, "start"), (self.end, "end")):
            if field.problem and field.isVisibleTo(self):
                raise BadValue(field=name, value=field.text(), why="missing", sentence=field.problem)
        first = self.first.value
        last = self.last.value or first
        if first is None or last is None:
            raise BadValue(field="from", value="", why="missing", sentence=_("Choose the first day."))
        if last < first:
            raise BadValue(field="to", value=last.isoformat(), why="to_before_from")
        if self.whole.isChecked():
            return day_bounds(first, self._zone)[0], day_bounds(last, self._zone)[1]
        starts_at = self._instant(first, self.start.value or time(), "start")
        if self.end.value is None:
            return starts_at, day_bounds(last, self._zone)[1]
        ends_at = self._instant(last, self.end.value, "end")
        if ends_at <= starts_at:
            raise BadValue(field="end", value=ends_at, why="end_before_start")
        return starts_at, ends_at

    def _instant(self, day: date, clock: time, field: str) -> datetime:
        return to_instant(datetime.combine(day, clock), self._zone, field=field)

    def _quick_spans(self) -> tuple[tuple[str, tuple[date, date]], ...]:
        today = self._today()
        monday = today - timedelta(days=today.weekday())
        return (
            (_("Today"), (today, today)),
            (_("Tomorrow"), (today + timedelta(days=1), today + timedelta(days=1))),
            (_("Rest of the week"), (today, monday + timedelta(days=6))),
            (_("Next week"), (monday + timedelta(days=7), monday + timedelta(days=13))),
        )

    def _take_quick(self, place: int) -> None:
        self.show_days(*self._quick_spans()[place][1])
        self.changed.emit()

    def _show_clocks(self) -> None:
        for field in (self.start, self.end):
            field.setVisible(not self.whole.isChecked())

    def _toggle(self) -> None:
        self._show_clocks()
        self.changed.emit()

    def _follow_first(self) -> None:
        """Let the last day go along, so that it is never before the first."""
        first = self.first.value
        if first is not None and (self.last.value is None or self.last.value < first):
            self.last.set_value(first)
        self.changed.emit()

    def _connect(self) -> None:
        self.first.changed.connect(lambda _day: self._follow_first())
        for field in (self.last, self.start, self.end):
            field.changed.connect(lambda _value: self.changed.emit())
        self.whole.toggled.connect(lambda _on: self._toggle())
        for place, button in enumerate(self.quick):
            button.clicked.connect(lambda _on=False, place=place: self._take_quick(place))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, day, clock in ((_("From"), self.first, self.start), (_("Until"), self.last, self.end)):
            row.addLayout(_titled(words, day, clock), 1)
        quick = QHBoxLayout()
        quick.setSpacing(6)
        quick.addWidget(self.whole)
        quick.addStretch(1)
        for button in self.quick:
            quick.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addLayout(quick)


def _titled(words: str, day: DateField, clock: TimeField) -> QVBoxLayout:
    label = PlainLabel(words, "field")
    label.setBuddy(day)
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(day, 1)
    row.addWidget(clock)
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(label)
    column.addLayout(row)
    return column
