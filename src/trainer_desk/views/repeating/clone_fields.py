"""The fields in which somebody says from which day on a run takes place again, and under which name."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.services.rows.directory import RunRow
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel


class CloneFields(QWidget):
    """`starts_on` is the day of the first session; the names are only for a run."""

    changed = Signal()

    def __init__(self, run: RunRow, today: Callable[[], date]) -> None:
        super().__init__()
        self.day = DateField(_("First day"), today)
        self.name, self.code = QLineEdit(run.name), QLineEdit()
        self.day.set_value(today() + timedelta(days=7 - today().weekday()))
        self.name.setAccessibleName(_("Name of the new run"))
        self.code.setAccessibleName(_("Code of the new run"))
        self.code.setPlaceholderText(_("Made up"))
        self.day.changed.connect(lambda _day: self.changed.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for words, part, wide in ((_("First day"), self.day, 0), (_("Name"), self.name, 1), (_("Code"), self.code, 0)):
            label = PlainLabel(words, "field")
            label.setBuddy(part)
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(label)
            column.addWidget(part)
            row.addLayout(column, wide)

    @property
    def starts_on(self) -> date | None:
        """The day of the first session."""
        return self.day.value

    @property
    def problem(self) -> str:
        """Why the fields cannot be read; empty when they can."""
        return self.day.problem or ("" if self.day.value else _("Set the first day."))
