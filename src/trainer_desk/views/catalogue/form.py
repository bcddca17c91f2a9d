"""The fields of a panel of the catalogue in their sections, and what each shows while something is pending there."""

from collections.abc import Callable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_desk.services.rows.catalogue import Thing
from trainer_desk.views.catalogue.design import (
    Colour,
    Day,
    FieldDesign,
    Flag,
    Number,
    OneOf,
    Prose,
    Reference,
    Section,
    Text,
    Weekdays,
)
from trainer_desk.views.catalogue.fields import (
    ComboField,
    DayField,
    FlagField,
    LineField,
    Names,
    NumberField,
    ProseField,
    ThingField,
)
from trainer_desk.views.catalogue.swatches import SwatchField
from trainer_desk.views.catalogue.verdicts import verdict_of
from trainer_desk.views.catalogue.weekdays import WeekdaysField
from trainer_desk.views.editing.pending import Pending
from trainer_desk.views.parts.plain_label import PlainLabel


def field_of(design: FieldDesign, today: Callable[[], date]) -> ThingField:
    """Make the field of a design. Raises TypeError for a design that nobody draws."""
    match design:
        case Text():
            return LineField(design)
        case Number():
            return NumberField(design)
        case Prose():
            return ProseField(design)
        case Flag():
            return FlagField(design)
        case OneOf() | Reference():
            return ComboField(design)
        case Day():
            return DayField(design, today)
        case Colour():
            return SwatchField(design)
        case Weekdays():
            return WeekdaysField(design)
    raise TypeError(type(design).__name__)


class Form(QScrollArea):
    """Scrolls the fields; `fields` gives them by name. `more` at its end is for what belongs to one kind only."""

    again_wanted = Signal(str)
    back_wanted = Signal(str)

    def __init__(self, name: str, sections: tuple[Section, ...], today: Callable[[], date]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName(name)
        self.fields: dict[str, ThingField] = {}
        inside = QWidget()
        inside.setObjectName("Scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(12)
        for section in sections:
            self._add(section, column, today)
        self.more = QVBoxLayout()
        self.more.setSpacing(12)
        column.addLayout(self.more)
        column.addStretch(1)
        self.setWidget(inside)

    def show_thing(self, thing: Thing, names: Names, pending: Pending, zone: ZoneInfo) -> None:
        """Show what is stored; what is pending or being typed stays as it is."""
        for name, field in self.fields.items():
            entry = pending.entries.get(name)
            if entry is None and not field.is_being_edited:
                field.stored = thing.values.get(name)
                field.offer(names)
                field.show_value(thing.values.get(name))
            field.tell_notes(thing.notes)
            field.set_invalid(entry is not None and entry.is_refused)
            was_silent = not field.verdict.verdict.text
            field.verdict.say(verdict_of(entry, zone))
            if was_silent and field.verdict.verdict.text:
                self._show_whole(field)

    def put_back(self, name: str, thing: Thing) -> None:
        """Show what is stored in one field."""
        self.fields[name].show_value(thing.values.get(name))

    def being_edited(self) -> str:
        """Return the name of the field in which something is being typed, empty if there is none."""
        return next((name for name, field in self.fields.items() if field.is_being_edited), "")

    def finish_typing(self) -> None:
        """Take what is being typed."""
        for field in self.fields.values():
            field.finish_typing()

    def set_editable(self, editable: bool) -> None:
        """Let the fields be changed, or only be read."""
        for field in self.fields.values():
            field.set_editable(editable and not field.design.fixed)

    def go_to(self, name: str) -> None:
        """Put the focus into a field and show all of it; without a name into the first."""
        field = self.fields.get(name) or next(iter(self.fields.values()))
        self.ensureWidgetVisible(field, 0, 24)
        field.go()

    def _show_whole(self, field: ThingField) -> None:
        """Scroll as far as it takes to read why a value was refused."""
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(field.verdict, 0, 16))  # once it is laid out

    def _add(self, section: Section, column: QVBoxLayout, today: Callable[[], date]) -> None:
        if section.title:
            heading = PlainLabel(section.title, "h3")
            heading.setContentsMargins(0, 6, 0, 0)
            column.addWidget(heading)
        for place in section.fields:
            together = place if isinstance(place, tuple) else (place,)
            row = QHBoxLayout()
            row.setSpacing(8)
            fields = [self._make(design, today) for design in together]
            for field in fields:
                row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
            if len(fields) > 1:
                self._put_verdicts_below(fields, column)

    def _put_verdicts_below(self, fields: Sequence[ThingField], column: QVBoxLayout) -> None:
        """Give the verdicts of fields that stand side by side the whole width."""
        for field in fields:
            column.addWidget(field.verdict)

    def _make(self, design: FieldDesign, today: Callable[[], date]) -> ThingField:
        field = self.fields[design.name] = field_of(design, today)
        field.verdict.again_wanted.connect(lambda: self.again_wanted.emit(design.name))
        field.verdict.back_wanted.connect(lambda: self.back_wanted.emit(design.name))
        return field
