"""Puts the intake of people on file whom a course refuses without one: the day, a note, and back to what was tried."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.intakes import record_intakes
from trainer_desk.texts import error_text, people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LONGEST = 4_000


class IntakeSheet(Sheet):
    """One day and one note for all of these people; `recorded` says that the intakes are on file (K12)."""

    recorded = Signal()

    def __init__(
        self, desk: Desk, people: Sequence[tuple[int, str]], parent: QWidget, today: dt.date, zone: ZoneInfo
    ) -> None:
        names = people[0][1] if len(people) == 1 else people_text(len(people))
        super().__init__(parent, _("Record the intake of {name}").format(name=names), width=560)
        self._desk, self._people, self._zone, self._label = (
            desk,
            [key for key, _name in people],
            zone,
            self.title.text(),
        )
        self.day, self.note = DateField(_("Day of the intake"), lambda: today), QLineEdit()
        self.trouble = PlainLabel("", "small", tone="danger", wrap=True)
        self.back, self.go = Button(_("Cancel")), Button(_("Record"), kind="primary")
        self.day.set_value(today)
        self.note.setMaxLength(LONGEST)
        self.note.setAccessibleName(_("Note"))
        self.note.setPlaceholderText(_("What was said, if anything should be kept"))
        self._fill(people)
        self.back.clicked.connect(self.dismiss)
        self.go.clicked.connect(self.record)

    def ask(self) -> None:
        """Show the sheet with the cursor in the day."""
        self.open()
        self.day.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Record with Enter, but from Cancel: there, close."""
        if event.key() in ENTER:
            if self.back.hasFocus():
                self.dismiss()
            else:
                self.record()
            event.accept()
            return
        super().keyPressEvent(event)

    def record(self) -> None:
        """Put the intakes on file, as one change."""
        if self.day.problem or self.day.value is None or not self.go.isEnabled():
            self.day.setFocus()
            return
        self.go.setEnabled(False)
        self._desk.write(
            self,
            self._label,
            record_intakes,
            self._people,
            self.day.value,
            self.note.text().strip() or None,
            then=self._done,
            refused=self._refuse,
        )

    def _fill(self, people: Sequence[tuple[int, str]]) -> None:
        if len(people) > 1:
            self.body.addWidget(PlainLabel(", ".join(name for _key, name in people), "muted", wrap=True))
        for title, field in ((_("Day"), self.day), (_("Note"), self.note)):
            self.body.addWidget(PlainLabel(title, "field"))
            self.body.addWidget(field)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.foot.addStretch()
        self.foot.addWidget(self.back)
        self.foot.addWidget(self.go)

    def _done(self, _answer: object) -> None:
        self.finish()
        self.recorded.emit()

    def _refuse(self, error: DeskError) -> None:
        self.go.setEnabled(True)
        self.trouble.setText(error_text(error, self._zone))
        self.trouble.show()
        self.day.setFocus()
