"""A day, a start and an end in one line: what is typed becomes two instants of the organisation's clock."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.rules.times import local
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.time_field import TimeField
from trainer_desk.views.session.when_typed import Frame, Typed, completed, shown, to_fields

DAY = timedelta(days=1)


class WhenLine(QWidget):
    """A first day brings usual times, another start keeps the length, an end before the start is on the next day."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.day = DateField(_("Day"), today)
        self.start, self.end = TimeField(_("Start")), TimeField(_("End"))
        self.start.setPlaceholderText(_("Start"))
        self.end.setPlaceholderText(_("End"))
        self._frame = Frame(None, None, ZoneInfo("UTC"))
        self._before = Typed()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.day, 1)
        row.addWidget(self.start)
        row.addWidget(PlainLabel("–", "muted"))
        row.addWidget(self.end)
        for name, field in (("day", self.day), ("start", self.start), ("end", self.end)):
            field.changed.connect(lambda _value, name=name: self._note(name))

    def show_span(self, starts_at: datetime | None, ends_at: datetime | None, frame: Frame) -> None:
        """Show two instants (UTC); `frame` gives the zone and what a first day brings."""
        self._frame = frame
        self._show(shown(starts_at, ends_at, frame.zone))

    def use_minutes(self, minutes: int) -> None:
        """Have a first day bring so many minutes: another course was chosen."""
        self._frame = Frame(
            self._frame.starts_at, self._frame.ends_at, self._frame.zone, self._frame.usual_start, minutes
        )

    def start_at(self, starts_at: datetime) -> None:
        """Take another start (UTC); the length stays."""
        wall = local(starts_at, self._frame.zone)
        day = self.day.value
        moved = completed(
            Typed(wall.date(), wall.time().replace(second=0), self.end.value), self._before, "start", self._frame
        )
        self._show(moved if day is not None else Typed(wall.date(), moved.start, moved.end, moved.next_day))

    def span(self) -> Mapping[str, datetime | None]:
        """Return `starts_at` and `ends_at` (UTC).

        Raises DeskError for what cannot be read, for a day without a start, and for odd times of the clock.
        """
        for name, field in (("start", self.day), ("start", self.start), ("end", self.end)):
            if field.problem:
                raise DeskError("bad_value", field=name, sentence=field.problem)
        if self.day.value is not None and self.start.value is None:
            raise DeskError("bad_value", field="start", sentence=_("Set a start as well, or leave the day open."))
        return to_fields(self._typed(), self._frame)

    def _typed(self) -> Typed:
        start, end = self.start.value, self.end.value
        return Typed(self.day.value, start, end, start is not None and end is not None and end < start)

    def _note(self, edited: str) -> None:
        self._show(completed(self._typed(), self._before, edited, self._frame))
        self.changed.emit()

    def _show(self, typed: Typed) -> None:
        self._before = typed
        self.day.set_value(typed.day)
        self.start.set_value(typed.start)
        self.end.set_value(typed.end)
