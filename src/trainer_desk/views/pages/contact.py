"""Whom to call for a person in an emergency: shown when asked for, and each look is recorded (A4)."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.models.enums import Role
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.attending import look_at_contact
from trainer_desk.services.people.contacts import look_at
from trainer_desk.services.rights import may
from trainer_desk.services.rows.records import ContactRow
from trainer_desk.services.store.access import load_role
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel


class EmergencyContact(QWidget):
    """Shows nothing of the contact until the button is pressed, and hides it again with the next person."""

    looked = Signal()
    """Somebody looked, which is recorded now."""

    def __init__(self, desk: Desk, session_id: int | None = None) -> None:
        """With a session the look is that of a sheet, which its trainers have as well, at its people alone."""
        super().__init__()
        self._desk = desk
        self._verb: Callable[..., ContactRow] = look_at if session_id is None else look_at_contact
        self._where = () if session_id is None else (session_id,)
        self._person: int | None = None
        self.show_button = Button(_("Show emergency contact"), "phone")
        self.words = PlainLabel("", wrap=True)
        self.note = PlainLabel(_("Each look is recorded with name and time."), "small", wrap=True)
        self.show_button.clicked.connect(self._look)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.show_button)
        row.addWidget(self.words, 1)
        row.addWidget(self.note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(PlainLabel(_("Emergency contact"), "h3"))
        column.addLayout(row)
        self._tell("")
        self.hide()

    def show_person(self, person_id: int | None) -> None:
        """Be ready for a person, whose contact is not shown yet; None: there is nobody."""
        if person_id == self._person:
            return
        self._person = person_id
        self._tell("")
        self.hide()
        if person_id is not None:
            self._desk.read(self, load_role, self._desk.actor, then=self._allow, lane="role")

    def _allow(self, role: Role | None) -> None:
        """Offer the look to those who may have it, by the table that the store asks as well."""
        self.setVisible(self._person is not None and may(role, self._verb))

    def _look(self) -> None:
        person = self._person
        if person is None:
            return
        self._desk.write(
            self,
            _("Look at an emergency contact"),
            self._verb,
            *self._where,
            person,
            then=lambda contact: self._show(person, contact),
            refused=self._refuse,
        )

    def _show(self, person: int, contact: ContactRow) -> None:
        if person != self._person:
            return
        told = " · ".join(part for part in (contact.name, contact.phone) if part)
        self._tell(told or _("No emergency contact is known."))
        self.looked.emit()

    def _refuse(self, error: DeskError) -> None:
        self._tell(error_text(error))

    def _tell(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.note.setVisible(not words)
        if words:
            announce(self, words)
