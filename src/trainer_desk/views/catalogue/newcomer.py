"""A new thing of the catalogue: the fields that it cannot be without, and then Create."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.texts.translate import _
from trainer_desk.views.catalogue.design import Design
from trainer_desk.views.catalogue.facts import Surroundings
from trainer_desk.views.catalogue.fields import ComboField
from trainer_desk.views.catalogue.form import Form
from trainer_desk.views.catalogue.verdicts import refusal_of
from trainer_desk.views.desk import Desk
from trainer_desk.views.editing.verdict import SILENT
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel


class Newcomer(QWidget):
    """Nothing is stored before Create; what is refused is told at its field, and all that was typed stays."""

    made = Signal(int, str)
    """The id of the new thing, and what it is called."""

    def __init__(self, desk: Desk, design: Design, today: Callable[[], date]) -> None:
        super().__init__()
        self._desk, self._design = desk, design
        self._zone: ZoneInfo | None = None
        self.form = Form(design.words.new, (design.required(),), today)
        self.go = Button(_("Create"), "check", "primary")
        self.go.clicked.connect(self.finish)
        for field in self.form.fields.values():
            field.typed.connect(lambda _values, field=field: field.verdict.say(SILENT))
        hint = PlainLabel(_("Everything else can be filled in afterwards."), "small", tone="muted", wrap=True)
        if len(self.form.fields) < sum(len(section.flat()) for section in design.sections):
            self.form.more.addWidget(hint)
        foot = QWidget()
        foot.setObjectName("SheetFoot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 12, 16, 12)
        row.addStretch(1)
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.form, 1)
        column.addWidget(foot)

    def begin(self) -> None:
        """Start with empty fields, the first of them with the focus."""
        for field in self.form.fields.values():
            field.show_value(None)
            field.set_invalid(False)
            field.verdict.say(SILENT)
        self.form.go_to("")

    def offer(self, around: Surroundings) -> None:
        """Hear what can be referred to."""
        self._zone = around.zone
        for field in self.form.fields.values():
            field.offer(around.names)

    @property
    def is_filled(self) -> bool:
        """Whether anything was filled in that closing would lose."""
        values = [field.value for field in self.form.fields.values()]
        return any(value is not False and value not in (None, "") for value in values)

    def finish(self) -> None:
        """Make it, or say at the field why not."""
        self.form.finish_typing()
        values = {name: field.value for name, field in self.form.fields.items()}
        self.go.setEnabled(False)
        self._desk.write(
            self,
            self._design.words.new,
            self._design.create,
            self._design.kind,
            values,
            then=self._made,
            refused=self._refuse,
        )

    def _made(self, thing_id: int) -> None:
        self.go.setEnabled(True)
        name = next((str(field.value) for key, field in self.form.fields.items() if key in ("title", "name")), "")
        course = self.form.fields.get("course")
        if isinstance(course, ComboField):
            name = course.combo.currentText()
        self.made.emit(thing_id, name)

    def _refuse(self, error: DeskError) -> None:
        self.go.setEnabled(True)
        named = str(error.facts.get("field", ""))
        field = self.form.fields.get(named) or next(iter(self.form.fields.values()))
        for each in self.form.fields.values():
            each.set_invalid(each is field)
            each.verdict.say(refusal_of(error, self._zone) if each is field else SILENT)
        self.form.go_to(field.group)
        announce(self, field.verdict.verdict.text, urgent=True)
