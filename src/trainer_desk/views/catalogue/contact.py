"""Whom to call for a person in an emergency: hidden until somebody asks, because each look is recorded (A4)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt

from trainer_desk.services.errors import DeskError
from trainer_desk.services.people.contacts import look_at, set_contact
from trainer_desk.services.rows.records import ContactRow
from trainer_desk.texts.translate import _
from trainer_desk.views.catalogue.design import Text
from trainer_desk.views.catalogue.facts import Facts
from trainer_desk.views.catalogue.fields import LineField
from trainer_desk.views.catalogue.more import MoreSection
from trainer_desk.views.catalogue.verdicts import refusal_of
from trainer_desk.views.desk import Desk
from trainer_desk.views.editing.verdict import SILENT
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel


class ContactSection(MoreSection):
    """A button; once pressed, name and phone to read and to change. Another person's stay hidden again."""

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__(desk, today)
        self._facts: Facts | None = None
        self.show_button = Button(_("Show emergency contact"), "phone", "small")
        self.remark = PlainLabel(_("Who looks at it is recorded."), "small", tone="muted", wrap=True)
        self.fields = (
            LineField(Text("emergency_contact_name", _("Name"), hint=_("Nobody is named"))),
            LineField(Text("emergency_contact_phone", _("Phone"), hint=_("None"))),
        )
        self.column.addWidget(PlainLabel(_("In an emergency"), "h3"))
        self.column.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.remark)
        self.show_button.clicked.connect(self._look)
        for field in self.fields:
            self.column.addWidget(field)
            field.typed.connect(self._save)
        self._hide()

    def show_facts(self, facts: Facts) -> None:
        """Hide what was shown as soon as it is another person's."""
        if self._facts is None or facts.thing.id != self._facts.thing.id:
            self._hide()
        self._facts = facts

    def _hide(self) -> None:
        self.show_button.show()
        self.remark.show()
        for field in self.fields:
            field.show_value(None)
            field.verdict.say(SILENT)
            field.hide()

    def _look(self) -> None:
        if self._facts is None:
            return
        thing = self._facts.thing
        label = _("Look at the emergency contact of {name}").format(name=thing.name)
        self._desk.write(self, label, look_at, thing.id, then=lambda found: self._show(thing.id, found))

    def _show(self, person_id: int, found: ContactRow) -> None:
        if self._facts is None or self._facts.thing.id != person_id:
            return
        self.show_button.hide()
        self.remark.hide()
        for field, value in zip(self.fields, (found.name, found.phone), strict=True):
            field.show_value(value)
            field.show()

    def _save(self, _values: Mapping[str, Any]) -> None:
        if self._facts is None:
            return
        thing, (name, phone) = self._facts.thing, (field.value for field in self.fields)
        for field in self.fields:
            field.set_invalid(False)
            field.verdict.say(SILENT)
        said = _("Changed the emergency contact of {name}.").format(name=thing.name)
        self._desk.write(
            self,
            _("Change the emergency contact of {name}").format(name=thing.name),
            set_contact,
            thing.id,
            name,
            phone,
            then=lambda _done: self.toast_requested.emit(said, False),
            refused=self._refuse,
        )

    def _refuse(self, error: DeskError) -> None:
        named = str(error.facts.get("field", ""))
        field = next((each for each in self.fields if each.group == named), self.fields[0])
        zone = self._facts.around.zone if self._facts else None
        field.set_invalid(True)
        field.verdict.say(refusal_of(error, zone))
