"""When: the day, start and end on the organisation's clock."""

import datetime as dt

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.findings import Fix
from trainer_desk.services.rules.times import local
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.time_field import TimeField
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.field import Field
from trainer_desk.views.session.when_typed import Frame, Typed, completed, shown, to_fields
from trainer_desk.views.theme import look

CLOCK_WIDTH = 65
"""Pixels of a clock field at 100 % text size, so that the day stands beside both."""
PAUSE = 500
"""Milliseconds after the last step of an arrow key before it is saved."""


class WhenField(Field):
    """Changing the start keeps the length; a first day brings usual times; a cleared day makes it undated."""

    def __init__(self) -> None:
        super().__init__("when", _("When"))
        self.day = DateField(_("Day"), self._today)
        for action in self.day.actions():
            action.setVisible(False)
        self.start = TimeField(_("Start"))
        self.end = TimeField(_("End"))
        self.start.setPlaceholderText(_("Start"))
        self.end.setPlaceholderText(_("End"))
        self.next_day = Button(_("+1 day"), "x", "chip", size=12)
        self.next_day.setAccessibleName(_("Ends on the next day; press to end on the same day"))
        self.next_day.clicked.connect(self._same_day)
        self.month = IconButton("calendar-days", _("Pick a day"), "small", size=15)
        self.month.clicked.connect(self.day.open_month)
        self._before, self._is_next_day, self._was_broken = Typed(), False, False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._take)
        self._lay_out()
        look().changed.connect(self._fit)
        self._fit()
        for name, field in (("day", self.day), ("start", self.start), ("end", self.end)):
            field.changed.connect(lambda _value, name=name: self._note(name))
            field.editingFinished.connect(self._finish)
            field.textEdited.connect(lambda _text: self.begun.emit())

    @property
    def is_being_edited(self) -> bool:
        """Whether something typed was not taken yet."""
        return self._pause.isActive() or any(field.isModified() for field in (self.day, self.start, self.end))

    def first_editor(self) -> QWidget:
        """Return the day, or the time that is missing or wrong."""
        if self.day.value is None:
            return self.day
        if self.start.value is None or self.start.problem:
            return self.start
        return self.end if self.end.problem or self.end.value is None or self._is_backwards() else self.day

    def is_empty(self) -> bool:
        """Whether day or times are missing."""
        return None in (self.day.value, self.start.value, self.end.value)

    def show_facts(self, facts: Facts) -> None:
        """Show the stored instants as wall clock."""
        super().show_facts(facts)
        self._pause.stop()
        card = facts.card
        self._show(shown(card.starts_at, card.ends_at, facts.directory.settings.zone))

    def set_invalid(self, invalid: bool) -> None:
        """Frame the times in red while they are pending; a field that cannot be read has its own frame."""
        for field in (self.day, self.start, self.end):
            if not field.problem and bool(field.property("invalid")) != invalid:
                field.setProperty("invalid", invalid)
                field.style().unpolish(field)
                field.style().polish(field)

    def set_editable(self, editable: bool) -> None:
        """Let times be changed, or only be read."""
        for widget in (self.day, self.start, self.end, self.next_day, self.month):
            widget.setEnabled(editable)

    def finish_typing(self) -> None:
        """Take what is typed or stepped to now."""
        for field in (self.day, self.start, self.end):
            if field.isModified():
                field.clearFocus()
        if self._pause.isActive():
            self._take()

    def set_start_editable(self, editable: bool) -> None:
        """Let the start be changed or not; a running session keeps it (S3)."""
        for widget in (self.day, self.start, self.month):
            widget.setEnabled(editable)

    def apply(self, fix: Fix) -> None:
        """Take a way out: a free start, one of two readings of the clock, or an end on the next day."""
        assert self.facts is not None
        zone = self.facts.directory.settings.zone
        if fix.code == "next_day":
            self._is_next_day = True
            self._take()
        elif fix.code == "take_time":
            self._take_instant(fix.facts["field"], fix.facts["instant"])
        elif fix.code == "free_from":
            length = self._length()
            start = fix.facts["starts_at"]
            self._show(shown(start, start + length, zone))
            self.tell({"starts_at": start, "ends_at": start + length})

    def _length(self) -> dt.timedelta:
        assert self.facts is not None
        typed, frame = self._typed(), self._frame()
        try:
            wanted = to_fields(typed, frame)
        except DeskError:
            wanted = {}
        start, end = wanted.get("starts_at"), wanted.get("ends_at")
        if start is not None and end is not None and end > start:
            return end - start
        return self.facts.card.length or dt.timedelta(minutes=frame.usual_minutes)

    def _note(self, edited: str) -> None:
        done = completed(self._typed(), self._before, edited, self._frame())
        self._show(done, keep=edited)
        self._pause.start()

    def _finish(self) -> None:
        broken = next((field for field in (self.day, self.start, self.end) if field.problem), None)
        if broken is not None:
            self._pause.stop()
            self._was_broken = True
            broken.setModified(False)
            name = {self.day: "day", self.start: "start"}.get(broken, "end")
            self.tell_unreadable(DeskError("bad_value", field=name, sentence=broken.problem))
        elif self._pause.isActive() or self._was_broken:
            self._take()

    def _take(self, *, instead: dict[str, dt.datetime] | None = None) -> None:
        self._pause.stop()
        self._was_broken = False
        typed = self._typed()
        self._before = typed
        self._show(typed)
        try:
            values = dict(to_fields(typed, self._frame(instead)))
        except DeskError as error:
            self.tell_unreadable(error)
            return
        self.tell(values | (instead or {}))

    def _take_instant(self, field: str, instant: dt.datetime) -> None:
        assert self.facts is not None
        clock = local(instant, self.facts.directory.settings.zone).time().replace(fold=0)
        (self.start if field == "start" else self.end).set_value(clock)
        self._take(instead={f"{field}s_at": instant})

    def _same_day(self) -> None:
        self._is_next_day = False
        self._take()

    def _typed(self) -> Typed:
        return Typed(self.day.value, self.start.value, self.end.value, self._is_next_day)

    def _show(self, typed: Typed, keep: str = "") -> None:
        self._is_next_day = typed.next_day
        fields = (("day", self.day, typed.day), ("start", self.start, typed.start), ("end", self.end, typed.end))
        for name, field, value in fields:
            if name != keep:
                field.set_value(value)  # type: ignore[arg-type]
                if not field.hasFocus():
                    field.setCursorPosition(0)
        self.next_day.setVisible(typed.next_day)
        if not keep:
            self._before = typed

    def _frame(self, instead: dict[str, dt.datetime] | None = None) -> Frame:
        assert self.facts is not None
        card, settings, course = self.facts.card, self.facts.directory.settings, self.facts.course
        known = {"starts_at": card.starts_at, "ends_at": card.ends_at} | (instead or {})
        minutes = course.duration_minutes if course else 60
        return Frame(known["starts_at"], known["ends_at"], settings.zone, settings.day_starts, minutes)

    def _is_backwards(self) -> bool:
        start, end = self.start.value, self.end.value
        return start is not None and end is not None and end <= start and not self._is_next_day

    def _today(self) -> dt.date:
        if self.facts is None:
            return dt.datetime.now(dt.UTC).date()
        return local(self.facts.now, self.facts.directory.settings.zone).date()

    def _fit(self) -> None:
        for field in (self.start, self.end):
            field.setFixedWidth(look().px(CLOCK_WIDTH))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.day, 1)
        row.addWidget(self.start)
        row.addWidget(PlainLabel("–", "muted"))
        row.addWidget(self.end)
        self.body.addLayout(row)
        self.head.addWidget(self.month)
        late = QHBoxLayout()
        late.addStretch(1)
        late.addWidget(self.next_day)
        self.body.addLayout(late)
        self.next_day.hide()
