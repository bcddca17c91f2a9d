"""Name and places of a group, to be made or changed; Enter saves, Esc leaves it as it was."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.seats import GroupRow
from trainer_desk.services.rules.names import NAME_LIMIT
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel, restyle
from trainer_desk.views.theme import look

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
NAME_WIDTH, PLACES_WIDTH = 220, 96


class GroupForm(QWidget):
    """Two fields and a button that says what it does; what cannot be taken is framed in red.

    With a `title` they stand in one row behind it, else one above the other.
    """

    submitted = Signal(str, str)
    """Name and capacity as they were typed; an empty capacity is unlimited."""
    left = Signal()

    def __init__(self, verb: str, name: str, title: str = "") -> None:
        super().__init__()
        self.name, self.places = QLineEdit(), QLineEdit()
        self.save = Button(verb)
        self.name.setMaxLength(NAME_LIMIT)
        self.name.setAccessibleName(name)
        self.places.setAccessibleName(_("Places; empty is no limit"))
        self.places.setPlaceholderText(_("No limit"))
        self.save.clicked.connect(self.submit)
        if title:
            self._stand_in_a_row(title)
        else:
            self._stand_in_a_column()

    def offer(self, name: str, capacity: int | None = None) -> None:
        """Show a name and a capacity to be changed."""
        self.name.setText(name)
        self.places.setText("" if capacity is None else str(capacity))
        self._frame(None)

    def propose(self, name: str) -> None:
        """Write a name into the empty form, ready to be typed over; the places of the last one stay."""
        self.name.setText(name)
        if self.isAncestorOf(QApplication.focusWidget() or self):
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.name.selectAll()

    def show_group(self, group: GroupRow) -> None:
        """Show what a group has, with the name ready to be typed over."""
        self.offer(group.name, group.capacity)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def submit(self) -> None:
        """Hand on what was typed."""
        self._frame(None)
        self.submitted.emit(self.name.text(), self.places.text())

    def refuse(self, error: DeskError) -> None:
        """Frame the line that cannot be taken and go there."""
        field = error.facts.get("field") or (error.findings[0].field if error.findings else "name")
        line = self.places if field == "capacity" else self.name
        self._frame(line)
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter, leave with Esc."""
        if event.key() in ENTER:
            self.submit()
        elif event.key() == Qt.Key.Key_Escape and not self.isHidden():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _stand_in_a_row(self, title: str) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(PlainLabel(title, "field"))
        row.addWidget(self.name)
        row.addWidget(PlainLabel(_("Places"), "field"))
        row.addWidget(self.places)
        row.addWidget(self.save)
        row.addStretch(1)
        look().changed.connect(self._fit)
        self._fit()

    def _stand_in_a_column(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.places, 1)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(PlainLabel(_("Name"), "field"))
        column.addWidget(self.name)
        column.addWidget(PlainLabel(_("Places"), "field"))
        column.addLayout(row)

    def _fit(self) -> None:
        self.name.setFixedWidth(look().px(NAME_WIDTH))
        self.places.setFixedWidth(look().px(PLACES_WIDTH))

    def _frame(self, wrong: QLineEdit | None) -> None:
        for line in (self.name, self.places):
            if bool(line.property("invalid")) != (line is wrong):
                line.setProperty("invalid", line is wrong)
                restyle(line)
