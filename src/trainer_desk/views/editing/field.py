"""What all fields of a panel have in common: a title, an editor, and the verdict under it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.views.editing.verdict_line import VerdictLine
from trainer_desk.views.parts.plain_label import PlainLabel


class EditField(QWidget):
    """One group of a panel; tells what the user made of it.

    Subclasses put their editors into `body` and override `first_editor` and `is_being_edited`.
    """

    typed = Signal(object)
    """A mapping of fields for the change."""
    unreadable = Signal(object)
    """The DeskError that says why what was typed cannot be read."""
    begun = Signal()
    """Somebody began to type."""

    def __init__(self, group: str, title: str = "") -> None:
        super().__init__()
        self.group = group
        self.title = PlainLabel(title, "field")
        self.verdict = VerdictLine()
        self.verdict.focus_left.connect(self.go)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(0, 0, 0, 0)
        self.head.setSpacing(6)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(4)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        if title:
            self.column.addLayout(self.head)
        self.column.addLayout(self.body)
        self.column.addWidget(self.verdict)

    @property
    def is_being_edited(self) -> bool:
        """Whether there is typed text that was not taken yet, so that a reload must not touch it."""
        return False

    def first_editor(self) -> QWidget:
        """Return the widget that takes the focus when this field needs attention."""
        raise NotImplementedError

    def is_empty(self) -> bool:
        """Whether nothing is set here."""
        return False

    def finish_typing(self) -> None:
        """Take what is typed now, as if the focus had left."""
        if self.is_being_edited:
            editor = self.first_editor()
            editor.clearFocus()

    def set_editable(self, editable: bool) -> None:
        """Let the field be changed, or only be read (S3)."""
        for index in range(self.body.count()):
            item = self.body.itemAt(index)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.setEnabled(editable)

    def set_invalid(self, invalid: bool) -> None:
        """Frame the editor in red while something is pending here."""

    def go(self) -> None:
        """Take the focus as if one had come by Tab."""
        self.first_editor().setFocus(Qt.FocusReason.TabFocusReason)

    def tell(self, values: Mapping[str, Any]) -> None:
        """Say what the user made of the field."""
        self.typed.emit(dict(values))

    def tell_unreadable(self, error: DeskError) -> None:
        """Say that it cannot be read."""
        self.unreadable.emit(error)
