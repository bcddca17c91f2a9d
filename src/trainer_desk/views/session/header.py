"""The top of the panel: in which state the session is, and what can be done with it as a whole."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.models.enums import CLAIMING, SessionLabel, SessionStatus
from trainer_desk.services.rules.labels import label
from trainer_desk.services.rules.marking import MARKABLE
from trainer_desk.services.rules.transitions import DELETABLE, is_editable
from trainer_desk.texts import label_word, state_word
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import IconButton
from trainer_desk.views.parts.pill import Pill
from trainer_desk.views.schedule.out_button import OutButton
from trainer_desk.views.session.facts import Facts

PILLS = {
    SessionStatus.DRAFT: ("pencil-line", "muted"),
    SessionStatus.SCHEDULED: ("calendar-check", "accent"),
    SessionStatus.IN_PROGRESS: ("circle-dashed", "ok"),
    SessionStatus.COMPLETED: ("circle-check", "ok"),
    SessionStatus.CANCELLED: ("ban", "muted"),
}
"""Icon and tone of each state."""
TOLD = (SessionLabel.AWAITING_ATTENDANCE, SessionLabel.FULL)
"""Derived words that stand below the state (S8)."""


class Header(QWidget):
    """State, attendance, the door, duplicate, delete or cancel, close."""

    attendance_wanted = Signal()
    door_wanted = Signal()
    free_times_wanted = Signal()
    substitute_wanted = Signal()
    out_wanted = Signal(str)
    """The session is to leave as a file or on paper, by the action of `views.schedule.out_menu`."""
    duplicate_wanted = Signal()
    delete_wanted = Signal()
    cancel_wanted = Signal()
    close_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.state = Pill()
        self.derived = Pill()
        self.attendance = IconButton("clipboard-check", _("Take attendance"), "iconsmall")
        self.door = IconButton("log-in", _("Check-in at the door"), "iconsmall")
        self.free_times = IconButton("calendar-check-2", _("Free times"), "iconsmall")
        self.substitute = IconButton("users", _("Find a substitute for the trainer"), "iconsmall")
        self.out = OutButton("iconsmall")
        self.duplicate = IconButton("copy", _("Duplicate as a draft"), "iconsmall")
        self.remove = IconButton("trash-2", _("Delete this draft"), "iconsmall")
        self.close_button = IconButton("x", _("Close the panel"), "iconsmall")
        self._cancels = False
        self._plans = self._checks_in = True
        self.attendance.clicked.connect(self.attendance_wanted)
        self.door.clicked.connect(self.door_wanted)
        self.free_times.clicked.connect(self.free_times_wanted)
        self.substitute.clicked.connect(self.substitute_wanted)
        self.out.wanted.connect(self.out_wanted)
        self.duplicate.clicked.connect(self.duplicate_wanted)
        self.remove.clicked.connect(lambda: (self.cancel_wanted if self._cancels else self.delete_wanted).emit())
        self.close_button.clicked.connect(self.close_wanted)
        row = QHBoxLayout()
        row.setSpacing(2)
        looking = (self.free_times, self.substitute)
        for button in (self.attendance, self.door, *looking, self.out, self.duplicate, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        states = QHBoxLayout()
        states.setSpacing(6)
        states.addWidget(self.state)
        states.addWidget(self.derived)
        states.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addLayout(states)

    def allow(self, *, plans: bool, checks_in: bool) -> None:
        """Offer what the role may do, from the next session shown on."""
        self._plans, self._checks_in = plans, checks_in

    def show_facts(self, facts: Facts) -> None:
        """Show the state and what it allows."""
        status = facts.status
        icon, tone = PILLS[status]
        self.state.show_pill(state_word(status), tone, icon, dashed=status is SessionStatus.DRAFT)
        derived = label(facts.card, facts.now)
        self.derived.setVisible(derived in TOLD)
        if derived in TOLD:
            tone = "danger" if derived is SessionLabel.FULL else "warn"
            self.derived.show_pill(
                label_word(derived), tone, "octagon-alert" if derived is SessionLabel.FULL else "clock"
            )
        self.attendance.setVisible(status in MARKABLE and self._checks_in)
        self.door.setVisible(status in CLAIMING and self._checks_in)
        self.out.offer(prints=self._checks_in, has_proof=status is SessionStatus.COMPLETED)
        card = facts.card
        self.free_times.setVisible(is_editable(status, "starts_at") and self._plans)
        is_led = card.trainer_id is not None and card.starts_at is not None
        self.substitute.setVisible(is_led and is_editable(status, "trainer_id") and self._plans)
        self.duplicate.setVisible(self._plans)
        self._cancels = status not in DELETABLE
        self.remove.setVisible(status is not SessionStatus.COMPLETED and self._plans)
        self.remove.set_icon("ban" if self._cancels else "trash-2")
        if self._cancels:
            self.remove.set_name(_("Cancel this session"))
        else:
            deletes = _("Delete this draft") if status is SessionStatus.DRAFT else _("Delete this session")
            self.remove.set_name(deletes)
