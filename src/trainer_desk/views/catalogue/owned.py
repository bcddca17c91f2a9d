"""What belongs to a thing as lines below its fields: added and changed in a small form, removed by a click."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.catalogue.facts import Facts
from trainer_desk.views.catalogue.more import MoreSection
from trainer_desk.views.catalogue.owned_row import OwnedRow
from trainer_desk.views.desk import Desk
from trainer_desk.views.editing.verdict import Verdict
from trainer_desk.views.editing.verdict_line import VerdictLine
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel


class OwnedSection(MoreSection):
    """A heading with a button to add, the lines, and the form, which is hidden while nothing is added or changed.

    Subclasses fill `form_body`, make the lines in `lines_of` and save in `save`.
    """

    def __init__(self, desk: Desk, today: Callable[[], date], title: str, add: str, none: str) -> None:
        super().__init__(desk, today)
        self.facts: Facts | None = None
        self.rows: list[OwnedRow] = []
        self.add = Button(add, "plus", "small", size=14)
        self.add.clicked.connect(lambda: self.begin())
        self._none = PlainLabel(none, "small", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.form = QWidget()
        self.form_body = QVBoxLayout()
        self.form_body.setSpacing(8)
        self.trouble = VerdictLine()
        self.go = Button(_("Save"), "check", "primary")
        self.cancel = Button(_("Cancel"))
        self.go.clicked.connect(self.save)
        self.cancel.clicked.connect(self.end)
        self._lay_out(title)
        self.form.hide()

    def lines_of(self, facts: Facts) -> Sequence[OwnedRow]:
        """Return the lines of a thing."""
        raise NotImplementedError

    def begin(self) -> None:
        """Open the form; subclasses fill it."""
        self.trouble.say(Verdict())
        self.go.setEnabled(True)
        self.form.show()
        self.look_wanted.emit(self.form)

    def save(self) -> None:
        """Write what stands in the form."""
        raise NotImplementedError

    def end(self) -> None:
        """Put the form away, the focus back to the button that adds."""
        had_focus = self._has_focus(self.form)
        self.form.hide()
        if had_focus:
            self.add.setFocus()

    def show_facts(self, facts: Facts) -> None:
        """Show the lines; what is being filled in stays as long as the thing is the same."""
        if self.facts is None or self.facts.thing.id != facts.thing.id:
            self.form.hide()
        self.facts = facts
        if any(self._has_focus(row) for row in self.rows):
            self.add.setFocus()
        for row in self.rows:
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = list(self.lines_of(facts))
        for row in self.rows:
            self._lines.addWidget(row)
        self._none.setVisible(not self.rows)
        stops = [self.add, *(button for row in self.rows for button in (row.edit, row.remove))]
        for one, following in pairwise(stops):
            self.setTabOrder(one, following)

    def done(self, told: str) -> None:
        """Put the form away and tell what was done."""
        self.end()
        self.toast_requested.emit(told, True)

    def refuse(self, error: DeskError) -> None:
        """Say in the form why it was not saved; what was filled in stays."""
        self.go.setEnabled(True)
        zone = self.facts.around.zone if self.facts else None
        said = str(error.facts.get("sentence") or error_text(error, zone))
        self.form.show()
        self.trouble.say(Verdict(said, "danger"))
        self.look_wanted.emit(self.form)
        announce(self, said, urgent=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the form away with Esc, save it with Enter."""
        if self.form.isVisible() and event.key() == Qt.Key.Key_Escape:
            self.end()
        elif self._has_focus(self.form) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)

    def _has_focus(self, part: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and part.isAncestorOf(focus)

    def _lay_out(self, title: str) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 6, 0, 0)
        head.addWidget(PlainLabel(title, "h3"), 1)
        head.addWidget(self.add)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go)
        inside = QVBoxLayout(self.form)
        inside.setContentsMargins(0, 4, 0, 4)
        inside.setSpacing(8)
        inside.addLayout(self.form_body)
        inside.addWidget(self.trouble)
        inside.addLayout(buttons)
        self.column.addLayout(head)
        self.column.addWidget(self._none)
        self.column.addWidget(self.form)
        self.column.addLayout(self._lines)


def beside(*parts: tuple[str, QWidget]) -> QHBoxLayout:
    """Return titled editors side by side."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for title, editor in parts:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(PlainLabel(title, "field"))
        column.addWidget(editor)
        row.addLayout(column, 1)
    return row
