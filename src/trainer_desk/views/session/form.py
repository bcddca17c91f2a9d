"""The fields of the panel in their order, and what each shows while the session changes or something is pending."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE, is_editable
from trainer_desk.texts.translate import _
from trainer_desk.views.editing.pending import Pending
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.field import Field
from trainer_desk.views.session.history import HistorySection
from trainer_desk.views.session.numbers import CountField, DecisionField
from trainer_desk.views.session.people import PeopleSection
from trainer_desk.views.session.prose import TITLE_EDGE, TextField, TitleField, read_metadata, read_text
from trainer_desk.views.session.queue_fields import OrderField, RunField, WaitlistField
from trainer_desk.views.session.resources import CourseField, TrainerField, VenueField
from trainer_desk.views.session.several import CoTrainersField, EquipmentField
from trainer_desk.views.session.soft_lines import SoftLines
from trainer_desk.views.session.verdicts import fix_label, soft_findings, verdict_of
from trainer_desk.views.session.when import WhenField

FIRST_EMPTY = ("when", "trainer", "venue")
"""The fields in which the focus lands when a session is opened by Enter or a double click."""
COLUMN_OF_GROUP = {
    "title": "title",
    "when": "ends_at",
    "trainer": "trainer_id",
    "co_trainers": "co_trainer_ids",
    "venue": "venue_id",
    "equipment": "equipment_ids",
    "capacity": "capacity",
    "minimum": "minimum",
    "decision": "decision_on",
    "waitlist": "waitlist",
    "waitlist_order": "waitlist_order",
    "run": "run_id",
    "course": "course_id",
    "description": "description",
    "notes": "notes",
    "metadata": "metadata",
}
"""One field of each group, by which is asked whether the state lets it change (S3)."""
GROUP_OF_FIX = {
    "use_trainer": "trainer",
    "use_venue": "venue",
    "use_equipment": "equipment",
    "set_capacity": "capacity",
}
"""In which group a way out is taken; all others are about the time."""
OF_DETAIL = ("minimum", "decision_on", "waitlist", "waitlist_order", "description", "notes", "metadata")


class Form(QScrollArea):
    """Scrolls the fields; `fields` gives them by group, `files` is the place of the attachments."""

    fix_wanted = Signal(object)
    waive_wanted = Signal(object)
    take_back_wanted = Signal(object)
    """A soft Finding."""
    again_wanted = Signal(str)
    back_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName(_("Fields of the session"))
        self._allowed = True
        self.title, self.when = TitleField(), WhenField()
        self.trainer, self.co_trainers = TrainerField(), CoTrainersField()
        self.venue, self.equipment = VenueField(), EquipmentField()
        self.capacity = CountField("capacity", _("Capacity"), _("No limit"))
        self.minimum = CountField("minimum", _("Minimum"), _("None"))
        self.decision = DecisionField()
        self.waitlist, self.order, self.run = WaitlistField(), OrderField(), RunField()
        self.people = PeopleSection()
        self.course = CourseField()
        hint = _("For those who attend")
        self.description = TextField("description", _("Description"), read_text("description"), hint=hint)
        self.notes = TextField("notes", _("Notes"), read_text("notes"), hint=_("For the desk only"))
        self.metadata = TextField("metadata", _("Metadata"), read_metadata, lines=1, hint='{"key": "value"}')
        self.files, self.history = QVBoxLayout(), HistorySection()
        self.files.setSpacing(12)
        self.corners: dict[str, Callable[[], object]] = {"people": self._go_to_people}
        """How to go to the parts that are no fields, by name."""
        own: list[Field] = [
            self.title, self.when, self.trainer, self.co_trainers, self.venue, self.equipment, self.capacity,
            self.minimum, self.decision, self.waitlist, self.order, self.run, self.course, self.description, self.notes,
            self.metadata,
        ]  # fmt: skip
        self.fields: dict[str, Field] = {field.group: field for field in own}
        for field in own:
            self._connect(field)
        for lines in (*(field.soft for field in own), self.people.soft):
            self._connect_soft(lines)
        self._lay_out()

    def allow(self, allowed: bool) -> None:
        """Let sessions be changed as far as their state does, or only be read; counts from the next one shown on."""
        self._allowed = allowed

    def show_facts(self, facts: Facts, pending: Pending, findings: Sequence[Finding], *, strict: bool) -> None:
        """Show the session; what is pending or being typed stays as it is."""
        for group, field in self.fields.items():
            entry = pending.entries.get(group)
            if entry is None and not field.is_being_edited:
                field.show_facts(facts)
            else:
                field.refresh(facts)
            field.set_invalid(entry is not None and entry.is_refused)
            field.verdict.say(verdict_of(group, facts, findings, entry, strict=strict), partial(fix_label, facts=facts))
            field.soft.show_findings(soft_findings(facts.findings, group), facts)
            field.set_editable(self._allowed and is_editable(facts.status, COLUMN_OF_GROUP[group]))
        if self._allowed and is_editable(facts.status, "ends_at"):
            self.when.set_start_editable(is_editable(facts.status, "starts_at"))
        self.people.set_editable(self._allowed and facts.status in OPEN_FOR_PEOPLE)
        self.people.show_facts(facts)
        self.history.show_facts(facts)

    def go_to_first_empty(self) -> None:
        """Put the focus into the first field that is empty, else into the title."""
        for group in FIRST_EMPTY:
            if self.fields[group].is_empty() and self.fields[group].first_editor().isEnabled():
                self.go_to(group)
                return
        self.go_to("title")

    def go_to(self, group: str) -> None:
        """Put the focus into a field or a corner, and show all of it."""
        corner = self.corners.get(group)
        if corner is not None:
            corner()
            return
        field = self.fields.get(group, self.when)
        self.ensureWidgetVisible(field, 0, 24)
        field.go()

    def _go_to_people(self) -> None:
        self.ensureWidgetVisible(self.people, 0, 24)
        self.people.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish_typing(self) -> None:
        """Take what is being typed."""
        for field in self.fields.values():
            field.finish_typing()

    def take(self, fix: Fix) -> None:
        """Carry out a way out in the field that it is about."""
        self.fields[GROUP_OF_FIX.get(fix.code, "when")].apply(fix)

    def _connect(self, field: Field) -> None:
        group = field.group
        field.verdict.fix_wanted.connect(self.fix_wanted)
        field.verdict.again_wanted.connect(lambda: self.again_wanted.emit(group))
        field.verdict.back_wanted.connect(lambda: self.back_wanted.emit(group))

    def _connect_soft(self, lines: SoftLines) -> None:
        lines.fix_wanted.connect(self.fix_wanted)
        lines.waive_wanted.connect(self.waive_wanted)
        lines.take_back_wanted.connect(self.take_back_wanted)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("Scrolled")
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(16 - TITLE_EDGE, 2, 16 - TITLE_EDGE, 16)
        whole.setSpacing(12)
        whole.addWidget(self.title)
        column = QVBoxLayout()
        column.setContentsMargins(TITLE_EDGE, 0, TITLE_EDGE, 0)
        column.setSpacing(12)
        whole.addLayout(column, 1)
        numbers = QHBoxLayout()
        numbers.setSpacing(6)
        for field, stretch in ((self.capacity, 3), (self.minimum, 3), (self.decision, 5)):
            numbers.addWidget(field, stretch)
        upper: tuple[QWidget, ...] = (self.when, self.trainer, self.co_trainers, self.venue, self.equipment)
        queue = QHBoxLayout()
        queue.setSpacing(6)
        for choice in (self.waitlist, self.order):
            queue.addWidget(choice, 1)
        lower = (self.run, self.people, self.description, self.notes, self.course, self.metadata)
        for part in upper:
            column.addWidget(part)
        column.addLayout(numbers)
        for field in (self.capacity, self.minimum, self.decision):
            column.addWidget(field.verdict)
            column.addWidget(field.soft)
        column.addLayout(queue)
        for choice in (self.waitlist, self.order):
            column.addWidget(choice.verdict)
            column.addWidget(choice.soft)
        for below in lower:
            column.addWidget(below)
        column.addLayout(self.files)
        column.addWidget(self.history)
        column.addStretch(1)
        self.setWidget(inside)


def differs(values: Mapping[str, Any], facts: Facts) -> bool:
    """Whether any of these fields is stored with another value."""
    return any(_stored(name, facts) != value for name, value in values.items())


def _stored(name: str, facts: Facts) -> Any:
    return getattr(facts.detail if name in OF_DETAIL else facts.card, name)
