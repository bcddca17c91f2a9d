"""Capacity, minimum and decision date: short fields with a rule each."""

import datetime as dt

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from trainer_desk.services.errors import BadValue, DeskError
from trainer_desk.services.findings import Fix
from trainer_desk.services.rules.capacity import capacity_value
from trainer_desk.services.rules.times import local
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import restyle
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.field import Field


class CountField(Field):
    """A number of people, at least 1, or empty; Esc puts back what is stored (K1)."""

    def __init__(self, group: str, title: str, empty: str) -> None:
        super().__init__(group, title)
        self.edit = _CountEdit(self)
        self.edit.setAccessibleName(title)
        self.edit.setPlaceholderText(empty)
        self.edit.editingFinished.connect(self._take)
        self.edit.textEdited.connect(lambda _text: self.begun.emit())
        self.body.addWidget(self.edit)

    @property
    def is_being_edited(self) -> bool:
        """Whether something typed was not taken yet."""
        return self.edit.isModified()

    def first_editor(self) -> QWidget:
        """Return the line."""
        return self.edit

    def is_empty(self) -> bool:
        """Whether there is no number."""
        return not self.edit.text().strip()

    def set_invalid(self, invalid: bool) -> None:
        """Frame it in red, or not."""
        if bool(self.edit.property("invalid")) != invalid:
            self.edit.setProperty("invalid", invalid)
            restyle(self.edit)

    def show_facts(self, facts: Facts) -> None:
        """Show the stored number."""
        super().show_facts(facts)
        number = self.stored(facts)
        self.edit.setText("" if number is None else str(number))

    def stored(self, facts: Facts) -> int | None:
        """Return the stored number."""
        return facts.card.capacity if self.group == "capacity" else facts.detail.minimum

    def apply(self, fix: Fix) -> None:
        """Take the number of a way out."""
        self.edit.setText(str(fix.facts["capacity"]))
        self.tell({self.group: fix.facts["capacity"]})

    def _take(self) -> None:
        if not self.edit.isModified():
            return
        self.edit.setModified(False)
        try:
            number = capacity_value(self.edit.text(), field=self.group)
        except BadValue as error:
            self.tell_unreadable(error)
            return
        self.tell({self.group: number})


class _CountEdit(QLineEdit):
    def __init__(self, field: CountField) -> None:
        super().__init__()
        self._field = field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put back with Esc."""
        if event.matches(QKeySequence.StandardKey.Cancel) and self.isModified() and self._field.facts is not None:
            self._field.show_facts(self._field.facts)
            return
        super().keyPressEvent(event)


class DecisionField(Field):
    """The day on which is decided whether a session that does not fill takes place (S10)."""

    def __init__(self) -> None:
        super().__init__("decision", _("Decide on"))
        self.day = DateField(_("Day of the decision"), self._today, weekday=False)
        self.day.setPlaceholderText(_("No date"))
        self.day.changed.connect(lambda day: self.tell({"decision_on": day}))
        self.day.editingFinished.connect(self._finish)
        self.day.textEdited.connect(lambda _text: self.begun.emit())
        self._was_broken = False
        self.body.addWidget(self.day)

    @property
    def is_being_edited(self) -> bool:
        """Whether something typed was not taken yet."""
        return self.day.isModified()

    def first_editor(self) -> QWidget:
        """Return the day."""
        return self.day

    def show_facts(self, facts: Facts) -> None:
        """Show the stored day."""
        super().show_facts(facts)
        self.day.set_value(facts.detail.decision_on)

    def _finish(self) -> None:
        if self.day.problem:
            self.day.setModified(False)
            self._was_broken = True
            self.tell_unreadable(DeskError("bad_value", field="decision_on", sentence=self.day.problem))
        elif self._was_broken:
            self._was_broken = False
            self.tell({"decision_on": self.day.value})

    def _today(self) -> dt.date:
        if self.facts is None:
            return dt.datetime.now(dt.UTC).date()
        return local(self.facts.now, self.facts.directory.settings.zone).date()
