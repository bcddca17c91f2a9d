"""The fields of a panel of the catalogue: each shows a value of the import, and tells what the user made of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QCompleter, QHBoxLayout, QLineEdit, QListView, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.catalogue import Named
from trainer_desk.texts.translate import _
from trainer_desk.views.catalogue.design import Day, FieldDesign, Flag, Number, OneOf, Prose, Reference, Text
from trainer_desk.views.editing.field import EditField
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel, restyle
from trainer_desk.views.session.growing_edit import GrowingEdit
from trainer_desk.views.session.resource_combo import Choice, ResourceCombo

Names = Mapping[str, Sequence[Named]]


class ThingField(EditField):
    """One value; `value` is what is on show now, `show_value` puts a stored one there without telling anybody."""

    def __init__(self, design: FieldDesign) -> None:
        super().__init__(design.name, "" if isinstance(design, Flag) else design.title)
        self.design = design
        self.stored: Any = None

    @property
    def value(self) -> Any:
        """What stands in the field."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Show a stored value."""
        self.stored = value

    def offer(self, names: Names) -> None:
        """Hear what can be referred to."""

    def tell_notes(self, notes: Mapping[str, Any]) -> None:
        """Hear what else is to be known of the thing."""

    def set_invalid(self, invalid: bool) -> None:
        """Frame the editor in red, or not."""
        editor = self.first_editor()
        if bool(editor.property("invalid")) != invalid:
            editor.setProperty("invalid", invalid)
            restyle(editor)

    def add_note(self) -> None:
        """Put the note below the editor, if there is one."""
        if self.design.note:
            self.body.addWidget(PlainLabel(self.design.note, "small", tone="muted", wrap=True))

    def tell_value(self) -> None:
        """Say what stands in the field."""
        self.tell({self.design.name: self.value})


class LineEdit(QLineEdit):
    """A line that puts back what is stored with Esc; Enter and leaving it take what was typed."""

    def __init__(self, field: ThingField) -> None:
        super().__init__()
        self._field = field
        self.setAccessibleName(field.design.title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put back with Esc."""
        if event.matches(QKeySequence.StandardKey.Cancel) and self.isModified():
            self._field.show_value(self._field.stored)
            return
        super().keyPressEvent(event)


class LineField(ThingField):
    """A text of one line, with proposals where there are any."""

    def __init__(self, design: Text) -> None:
        super().__init__(design)
        self._of, self._told_by = design.of, design.told_by
        self.edit = LineEdit(self)
        self.edit.setPlaceholderText(design.hint)
        self.edit.editingFinished.connect(self._take)
        self.edit.textEdited.connect(lambda _text: self.begun.emit())
        self.told = PlainLabel("", "small", tone="muted", wrap=True)
        self.told.hide()
        self.body.addWidget(self.edit)
        self.body.addWidget(self.told)
        self.add_note()

    def tell_notes(self, notes: Mapping[str, Any]) -> None:
        """Say below the line what its text means: whose number it is."""
        if self._told_by:
            self.told.setText(str(notes.get(self._told_by) or ""))
            self.told.setVisible(bool(self.told.text()))

    @property
    def is_being_edited(self) -> bool:
        """Whether something typed was not taken yet."""
        return self.edit.isModified()

    @property
    def value(self) -> Any:
        """The text, None if there is none."""
        return self.edit.text().strip() or None

    def first_editor(self) -> QWidget:
        """Return the line."""
        return self.edit

    def show_value(self, value: Any) -> None:
        """Show the stored text; what stands there already keeps its cursor."""
        super().show_value(value)
        text = "" if value is None else str(value)
        if text != self.edit.text():
            self.edit.setText(text)
        self.edit.setModified(False)

    def offer(self, names: Names) -> None:
        """Propose the names while one types."""
        if not self._of:
            return
        completer = QCompleter([each.name for each in names.get(self._of, ())], self.edit)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = QListView()
        popup.setObjectName("Popup")
        popup.setAccessibleName(self.design.title)
        completer.setPopup(popup)
        completer.activated.connect(self._take)
        self.edit.setCompleter(completer)

    def _take(self) -> None:
        if self.edit.isModified():
            self.edit.setModified(False)
            self.tell_value()


class NumberField(LineField):
    """A whole number; what is no number is told by the service, like every other limit."""

    def __init__(self, design: Number) -> None:
        super().__init__(Text(design.name, design.title, design.required, design.note, hint=design.empty))
        self.body.removeWidget(self.edit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        if design.unit:
            row.addWidget(PlainLabel(design.unit, "muted"))
        self.body.insertLayout(0, row)

    @property
    def value(self) -> Any:
        """The number; the text where it is none."""
        text = self.edit.text().strip()
        digits = text[1:] if text[:1] in "+-" else text
        return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 10 else text or None

    def set_editable(self, editable: bool) -> None:
        """Let the number be changed, or only be read."""
        self.edit.setEnabled(editable)


class ProseField(ThingField):
    """A text of several lines, which grows."""

    def __init__(self, design: Prose) -> None:
        super().__init__(design)
        self.edit = GrowingEdit(design.title, kind="text", lines=2, hint=design.hint)
        self.edit.finished.connect(self.tell_value)
        self.edit.begun.connect(self.begun)
        self.body.addWidget(self.edit)
        self.add_note()

    @property
    def is_being_edited(self) -> bool:
        """Whether something typed was not taken yet."""
        return self.edit.is_typed_in

    @property
    def value(self) -> Any:
        """The text, None if there is none."""
        return self.edit.toPlainText().strip() or None

    def first_editor(self) -> QWidget:
        """Return the text."""
        return self.edit

    def show_value(self, value: Any) -> None:
        """Show the stored text."""
        super().show_value(value)
        self.edit.show_text(value or "")


class FlagField(ThingField):
    """A box to tick; its note stands below."""

    def __init__(self, design: Flag) -> None:
        super().__init__(design)
        self.box = QCheckBox(design.title)
        self.box.setAccessibleName(design.title)
        self.box.clicked.connect(self.tell_value)
        self.body.addWidget(self.box)
        self.add_note()

    @property
    def value(self) -> Any:
        """Whether it is ticked."""
        return self.box.isChecked()

    def first_editor(self) -> QWidget:
        """Return the box."""
        return self.box

    def show_value(self, value: Any) -> None:
        """Tick it, or not."""
        super().show_value(value)
        self.box.setChecked(bool(value))


class ComboField(ThingField):
    """A searchable list of choices."""

    def __init__(self, design: OneOf | Reference) -> None:
        super().__init__(design)
        self._of = design.of if isinstance(design, Reference) else ""
        hint = design.hint if isinstance(design, Reference) else ""
        self.combo = ResourceCombo(design.title, optional=isinstance(design, Reference), hint=hint)
        if isinstance(design, OneOf):
            self.combo.offer(design.choices)
            self.combo.set_value(design.choices[0].value)
        self.combo.setMinimumContentsLength(4)
        self.combo.chosen.connect(lambda _value: self.tell_value())
        self.body.addWidget(self.combo)
        self.add_note()

    @property
    def is_being_edited(self) -> bool:
        """Whether somebody searches in the list."""
        return self.combo.is_busy

    @property
    def value(self) -> Any:
        """What is chosen, None if nothing is."""
        return self.combo.value

    def first_editor(self) -> QWidget:
        """Return the list."""
        return self.combo

    def show_value(self, value: Any) -> None:
        """Show what is stored; what is chosen already keeps its selected text."""
        super().show_value(value)
        if value != self.combo.value:
            self.combo.set_value(value)

    def offer(self, names: Names) -> None:
        """Offer what can be referred to; what is no longer in use only where it is still named."""
        if self._of:
            offered = [each for each in names.get(self._of, ()) if each.active or each.code == self.stored]
            self.combo.offer([Choice(each.code, each.name, each.code) for each in offered])


class DayField(ThingField):
    """A calendar day."""

    def __init__(self, design: Day, today: Callable[[], date]) -> None:
        super().__init__(design)
        self.day = DateField(design.title, today, weekday=False)
        self.day.setPlaceholderText(_("No day"))
        self.day.changed.connect(lambda _day: self.tell_value())
        self.day.textEdited.connect(lambda _text: self.begun.emit())
        self.day.editingFinished.connect(self._finish)
        self._was_broken = False
        self.body.addWidget(self.day)
        self.add_note()

    @property
    def is_being_edited(self) -> bool:
        """Whether something typed was not taken yet."""
        return self.day.isModified()

    @property
    def value(self) -> Any:
        """The day, None if there is none."""
        return self.day.value

    def first_editor(self) -> QWidget:
        """Return the day."""
        return self.day

    def show_value(self, value: Any) -> None:
        """Show the stored day."""
        super().show_value(value)
        self.day.set_value(value)

    def _finish(self) -> None:
        self.day.setModified(False)
        if self.day.problem:
            self._was_broken = True
            self.tell_unreadable(DeskError("bad_value", field=self.design.name, sentence=self.day.problem))
        elif self._was_broken:
            self._was_broken = False
            self.tell_value()
