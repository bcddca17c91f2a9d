"""Below the queue: settling it now, and looking first at what would happen, which changes nothing (K5)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.session.facts import Facts


class QueuePart(QWidget):
    """Two buttons and the answer, which goes away when somebody's place changes."""

    look_wanted = Signal()
    settle_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._queue: tuple[object, ...] = ()
        self.look = Button(_("What would happen?"), kind="link")
        self.settle = Button(_("Settle now"), kind="link")
        self.look.clicked.connect(self.look_wanted)
        self.settle.clicked.connect(self.settle_wanted)
        self.answer = PlainLabel("", "small", wrap=True)
        self._told = QWidget()
        told = QHBoxLayout(self._told)
        told.setContentsMargins(0, 2, 0, 4)
        told.setSpacing(6)
        told.addWidget(IconLabel("info", "text2", 14), 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self.answer, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(2)
        for button in (self.look, self.settle):
            button.setProperty("dense", True)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(buttons)
        column.addWidget(self._told)
        self._told.hide()
        self.hide()

    def reset(self) -> None:
        """Forget the answer."""
        self.say("")

    def show_facts(self, facts: Facts, *, editable: bool) -> None:
        """Stand there while somebody waits; an answer about another queue goes."""
        queue = (
            facts.card.seats_taken,
            facts.detail.waitlist,
            *((seat.person_id, seat.position) for seat in facts.queue),
        )
        if queue != self._queue:
            self.say("")
        self._queue = queue
        self.setVisible(editable and bool(facts.queue))

    def say(self, answer: str) -> None:
        """Show and speak what would happen; nothing takes it away."""
        self.answer.setText(answer)
        self._told.setVisible(bool(answer))
        if answer:
            announce(self, answer)
