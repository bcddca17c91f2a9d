"""The fields of a training record: course, day, provider, number and the last valid day."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.services.errors import BadValue, DeskError
from trainer_desk.services.rows.directory import CourseRow
from trainer_desk.services.rows.records import Training
from trainer_desk.services.rules.names import NAME_LIMIT
from trainer_desk.services.rules.records import NUMBER_LIMIT
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.parts.search_combo import SearchCombo
from trainer_desk.views.records.facts import Facts, course_text, validity_text


class RecordFields(QWidget):
    """Reads what was typed as a Training; what is missing or cannot be read is raised, with the field as a fact."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._facts: Facts | None = None
        self.course = SearchCombo(_("Course"), optional=False, hint=_("Choose a course"))
        self.held_on, self.expires_on = DateField(_("Held on"), today), DateField(_("Last valid day"), today)
        self.provider, self.number = QLineEdit(), QLineEdit()
        self.validity = PlainLabel("", "small", wrap=True)
        self.retired = QWidget()
        self._name_fields()
        self._lay_out()
        self.course.chosen.connect(lambda _value: self._tell())
        for day in (self.held_on, self.expires_on):
            day.changed.connect(lambda _day: self._tell())

    def show_facts(self, facts: Facts, course_id: int | None) -> None:
        """Offer the courses, those in use first, and show the record that is to be corrected."""
        self._facts = facts
        courses = sorted(facts.courses.values(), key=lambda course: (not course.active, course.title.casefold()))
        self.course.set_choices([(course.id, course_text(course)) for course in courses])
        record = facts.record
        self.course.set_value(course_id if record is None else record.course_id)
        self.course.setEnabled(record is None)
        if record is not None:
            self._show_training(record.training)
        self._tell()

    def first_empty(self) -> QWidget:
        """Return the first field that is still to be filled in."""
        return self.course if self.course.value is None else self.held_on

    def course_id(self) -> int:
        """Return the course. Raises BadValue if there is none."""
        if not isinstance(self.course.value, int):
            raise BadValue(field="course_id", value="", why="missing")
        return self.course.value

    def training(self) -> Training:
        """Return what was typed. Raises BadValue for a day that is missing or cannot be read."""
        for name, field in (("held_on", self.held_on), ("expires_on", self.expires_on)):
            if field.problem:
                raise DeskError("bad_value", field=name, sentence=field.problem)
        if self.held_on.value is None:
            raise BadValue(field="held_on", value="", why="missing")
        return Training(self.held_on.value, self.provider.text(), self.expires_on.value, self.number.text())

    def field_of(self, name: str) -> QWidget:
        """Return the field that an error names, else the first."""
        fields: dict[str, QWidget] = {
            "course_id": self.course,
            "held_on": self.held_on,
            "expires_on": self.expires_on,
            "provider": self.provider,
            "number": self.number,
        }
        return fields.get(name, self.held_on)

    def _show_training(self, training: Training) -> None:
        self.held_on.set_value(training.held_on)
        self.expires_on.set_value(training.expires_on)
        self.provider.setText(training.provider or "")
        self.number.setText(training.number or "")

    def _tell(self) -> None:
        course = self._chosen()
        self.validity.setText(validity_text(course, self.held_on.value, self.expires_on.value))
        self.retired.setVisible(course is not None and not course.active)
        self.changed.emit()

    def _chosen(self) -> CourseRow | None:
        chosen = self.course.value
        return self._facts.courses.get(chosen) if self._facts and isinstance(chosen, int) else None

    def _name_fields(self) -> None:
        self.provider.setMaxLength(NAME_LIMIT)
        self.number.setMaxLength(NUMBER_LIMIT)
        self.provider.setPlaceholderText(_("Who held it"))
        self.number.setPlaceholderText(_("Of the card or certificate"))
        self.provider.setAccessibleName(_("Provider"))
        self.number.setAccessibleName(_("Number"))
        self.expires_on.setPlaceholderText(_("By the course"))

    def _lay_out(self) -> None:
        note = QHBoxLayout(self.retired)
        note.setContentsMargins(0, 0, 0, 0)
        note.setSpacing(6)
        note.addWidget(IconLabel("info", "text2", 14))
        sentence = _("This course is no longer in use. Training of the past can be recorded all the same.")
        note.addWidget(PlainLabel(sentence, "small", wrap=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(_titled(_("Course"), self.course))
        column.addWidget(self.retired)
        for left, right in (
            ((_("Held on"), self.held_on), (_("Provider"), self.provider)),
            ((_("Last valid day"), self.expires_on), (_("Number"), self.number)),
        ):
            row = QHBoxLayout()
            row.setSpacing(8)
            for title, field in (left, right):
                row.addLayout(_titled(title, field), 1)
            column.addLayout(row)
        column.addWidget(self.validity)


def _titled(title: str, field: QWidget) -> QVBoxLayout:
    part = QVBoxLayout()
    part.setSpacing(4)
    part.addWidget(PlainLabel(title, "field"))
    part.addWidget(field)
    return part
