"""Takes a pasted list of names and numbers, shows who is meant by each line, and asks where that is not sure (K11)."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.seats.pasted import Line, candidates, match_pasted
from trainer_desk.texts import error_text, people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.picker.paste_lines import PasteLines
from trainer_desk.views.theme import look

DEBOUNCE = 150
"""Milliseconds without a key before the list is matched."""

TEXT_HEIGHT = 96
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PasteSheet(Sheet):
    """`taken` carries the people of the list as the picker offers them (Candidates). Call `open_with`."""

    taken = Signal(object)

    def __init__(self, desk: Desk, session_id: int, parent: QWidget, clock: Clock, zone: ZoneInfo) -> None:
        super().__init__(parent, _("Paste a list"), width=680, height=700, subtitle=_("Names or employee numbers"))
        self._desk, self._session_id, self._clock = desk, session_id, clock
        self._asked, self._zone = "", zone
        self.text, self.lines = QPlainTextEdit(), PasteLines()
        self.trouble = PlainLabel("", "small", tone="danger", wrap=True)
        self.back, self.go = Button(_("Cancel")), Button(_("Choose"), kind="primary")
        self._timer = QTimer(self)
        self._fill()
        self._join()

    @property
    def is_settled(self) -> bool:
        """Whether the lines answer what stands in the text."""
        return not self._timer.isActive() and self._asked == self.text.toPlainText()

    def open_with(self, text: str) -> None:
        """Show the sheet with a text, matched at once; without one it waits for a list."""
        self.open()
        self.text.setPlainText(text)
        self._ask()
        self.text.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the people with Ctrl+Enter from wherever the focus is."""
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.take()
            event.accept()
            return
        super().keyPressEvent(event)

    def take(self) -> None:
        """Give the ticked people to the picker, and close."""
        ids = self.lines.chosen()
        if not ids or not self.is_settled:
            return
        now, failed = self._clock.now(), self._show_trouble
        self._desk.read(self, candidates, self._session_id, ids, now=now, then=self._give, failed=failed, lane="taken")

    def _fill(self) -> None:
        self.text.setAccessibleName(_("Pasted list"))
        self.text.setPlaceholderText(_("One person on each line: a name, or an employee number"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(look().px(TEXT_HEIGHT))
        self.trouble.hide()
        self.body.addWidget(self.text)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.lines, 1)
        self.foot.addWidget(self.lines.summary, 1)
        self.foot.addWidget(self.back)
        self.foot.addWidget(self.go)

    def _join(self) -> None:
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE)
        self._timer.timeout.connect(self._ask)
        self.text.textChanged.connect(self._timer.start)
        self.lines.changed.connect(self._show_choice)
        self.back.clicked.connect(self.dismiss)
        self.go.clicked.connect(self.take)
        self._show_choice()

    def _ask(self) -> None:
        self._timer.stop()
        text = self.text.toPlainText()
        self._desk.read(
            self,
            match_pasted,
            self._session_id,
            text,
            then=lambda found: self._show_lines(text, found),
            failed=self._show_trouble,
            lane="pasted",
        )

    def _show_lines(self, text: str, found: Sequence[Line]) -> None:
        self._asked = text
        self.trouble.hide()
        self.lines.show_lines(found)
        announce(self.text, self.lines.summary.text())

    def _show_choice(self) -> None:
        number = len(self.lines.chosen())
        self.go.set_words(_("Choose {people}").format(people=people_text(number)) if number else _("Choose"))
        self.go.setEnabled(number > 0)

    def _show_trouble(self, error: DeskError) -> None:
        self._asked = self.text.toPlainText()
        self.lines.show_lines(())
        self.trouble.setText(error_text(error, self._zone))
        self.trouble.show()

    def _give(self, people: Sequence[object]) -> None:
        self.finish()
        self.taken.emit(people)
