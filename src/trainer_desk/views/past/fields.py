"""The fields of a session that was held: course, when, trainer and venue."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.directory import CourseRow
from trainer_desk.services.rows.past import PastForm
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.search_combo import SearchCombo
from trainer_desk.views.parts.time_field import TimeField
from trainer_desk.views.session.when_typed import Frame, Typed, completed, to_fields
from trainer_desk.views.theme import look

CLOCK = 84
"""Pixels of a time at 100 % text size."""


class PastFields(QWidget):
    """Reads what was typed as the fields of a session; a start brings the end by the length of the course."""

    course_chosen = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._form: PastForm | None = None
        self.course = SearchCombo(_("Course"), optional=False, hint=_("Choose a course"))
        self.day = DateField(_("Day"), today)
        self.start, self.end = TimeField(_("Start")), TimeField(_("End"))
        self.next_day = QCheckBox(_("Ends the next day"))
        self.trainer = SearchCombo(_("Trainer"), optional=False, hint=_("Who taught"))
        self.venue = SearchCombo(_("Venue"), optional=False, hint=_("Where it was"))
        self._lay_out()
        self.course.chosen.connect(lambda _value: self.course_chosen.emit())
        self.start.changed.connect(lambda _moment: self._complete())
        look().changed.connect(self._fit)
        self._fit()

    def show_form(self, form: PastForm) -> None:
        """Offer what is in use, by name."""
        self._form = form
        directory = form.directory
        self.course.set_choices([(one.id, f"{one.title} · {one.code}") for one in _in_use(directory.courses.values())])
        self.trainer.set_choices([(one.id, one.name) for one in _in_use(directory.trainers.values())])
        self.venue.set_choices([(one.id, one.name) for one in _in_use(directory.venues.values())])

    def chosen_course(self) -> CourseRow | None:
        """Return the course that was chosen."""
        value = self.course.value
        return self._form.directory.courses.get(value) if self._form and isinstance(value, int) else None

    def values(self) -> Mapping[str, Any]:
        """Return the fields; what is empty is None. Raises DeskError for a day or time that cannot be read."""
        for name, field in (("day", self.day), ("starts_at", self.start), ("ends_at", self.end)):
            if field.problem:
                raise DeskError("bad_value", field=name, sentence=field.problem)
        chosen: dict[str, Any] = {
            "course_id": self.course.value,
            "trainer_id": self.trainer.value,
            "venue_id": self.venue.value,
        }
        return {**chosen, **to_fields(self._typed(), self._frame())}

    def is_empty(self) -> bool:
        """Whether nothing was filled in yet."""
        boxes = (self.course, self.trainer, self.venue)
        return all(box.value is None for box in boxes) and self._typed() == Typed()

    def field_of(self, name: str) -> QWidget:
        """Return the field that an error names, else the first."""
        fields: dict[str, QWidget] = {
            "day": self.day,
            "start": self.start,
            "starts_at": self.start,
            "end": self.end,
            "ends_at": self.end,
            "trainer": self.trainer,
            "venue": self.venue,
        }
        return fields.get(name, self.course)

    def _typed(self) -> Typed:
        return Typed(self.day.value, self.start.value, self.end.value, self.next_day.isChecked())

    def _frame(self) -> Frame:
        assert self._form is not None
        course = self.chosen_course()
        minutes = course.duration_minutes if course else 60
        return Frame(None, None, self._form.directory.settings.zone, usual_minutes=minutes)

    def _complete(self) -> None:
        """Fill in the end, once the start is known and nobody gave one."""
        if self._form is None or self.end.value is not None:
            return
        typed = completed(self._typed(), Typed(), "start", self._frame())
        self.end.set_value(typed.end)
        self.next_day.setChecked(typed.next_day)

    def _fit(self) -> None:
        for field in (self.start, self.end):
            field.setFixedWidth(look().px(CLOCK))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        when = QHBoxLayout()
        when.setSpacing(8)
        for name, field in ((_("Start"), self.start), (_("End"), self.end)):
            when.addLayout(_labelled(name, field))
        below = QVBoxLayout()
        below.setSpacing(4)
        below.addWidget(PlainLabel("", "field"))
        below.addWidget(self.next_day)
        when.addLayout(below)
        when.addStretch()
        grid.addLayout(_labelled(_("Course"), self.course), 0, 0, 1, 2)
        grid.addLayout(_labelled(_("Day"), self.day), 1, 0)
        grid.addLayout(when, 1, 1)
        grid.addLayout(_labelled(_("Trainer"), self.trainer), 2, 0)
        grid.addLayout(_labelled(_("Venue"), self.venue), 2, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        for box in (self.course, self.trainer, self.venue):
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)


def _in_use(rows: Iterable[Any]) -> list[Any]:
    return [row for row in rows if row.active]


def _labelled(name: str, field: QWidget) -> QVBoxLayout:
    label = PlainLabel(name, "field")
    label.setBuddy(field)
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(label)
    column.addWidget(field)
    return column
