"""The card that opens an invented organisation, to look around in."""

from PySide6.QtWidgets import QWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.start.card import Card

TOLD = (
    "A month of sessions with trainers, venues and people, some of it with problems to solve.",
    "Everything can be tried: drag sessions, add people, mark attendance, take it back.",
    "It is made anew each time and kept in a temporary file, which is deleted when you close the window.",
)


class DemoCard(Card):
    """One button; nothing has to be decided."""

    verb = "Open the demo"
    working = "Making the demo…"

    def __init__(self) -> None:
        super().__init__(_("Explore the demo"), _("Harbour Training Centre is invented, and so is all in it."), "sun")
        for sentence in TOLD:
            self._add_line(_(sentence))
        self._finish()

    def first_field(self) -> QWidget:
        """Return where the cursor belongs."""
        return self.button

    def _add_line(self, sentence: str) -> None:
        self._add_row(IconLabel("check", "ok", 16), PlainLabel(sentence, wrap=True))
