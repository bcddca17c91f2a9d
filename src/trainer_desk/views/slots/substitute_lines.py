"""The sessions of somebody who is replaced, one under the other, each with a drop-down of those who could step in."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.substitutes import StandIn
from trainer_desk.texts import state_word
from trainer_desk.texts.slots import reasons_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.line_area import LineArea
from trainer_desk.views.parts.plain_label import ElidedLabel, PlainLabel
from trainer_desk.views.schedule.words import title_of
from trainer_desk.views.session.resource_combo import Choice, ResourceCombo
from trainer_desk.views.settling.words import when_of
from trainer_desk.views.slots.words import substitute_text
from trainer_desk.views.theme import look

WIDE = 324
LEAVE = 0
"""The value of leaving a session as it is."""


class StandInLine(QFrame):
    """One session: when and what it is at the left with the reason below, who steps in at the right."""

    changed = Signal()

    def __init__(self, stand_in: StandIn, directory: Directory) -> None:
        super().__init__()
        self.stand_in = stand_in
        card = stand_in.card
        self.when = ElidedLabel(when_of(card, directory), "medium")
        self.what = ElidedLabel(f"{title_of(card, directory)} · {state_word(card.status)}", "small", tone="muted")
        self.why = PlainLabel(reasons_text(stand_in.reasons), "small", wrap=True)
        self.who = ResourceCombo(f"{self.when.whole()}, {self.what.whole()}", optional=False)
        self.who.setFixedWidth(look().px(WIDE))
        leave = Choice(LEAVE, _("Leave as it is"), icon="x")
        self.who.offer([*(Choice(one.id, substitute_text(one), icon="user") for one in stand_in.options), leave])
        self.who.set_value(stand_in.proposed.id if stand_in.proposed else LEAVE)
        self.who.setEnabled(bool(stand_in.options))
        self.who.chosen.connect(lambda _value: self._chose())
        self._lay_out()

    @property
    def chosen(self) -> int | None:
        """The id of whoever steps in; None leaves the session as it is."""
        value = self.who.value
        return value if isinstance(value, int) and value != LEAVE else None

    def _chose(self) -> None:
        first = self.stand_in.proposed
        is_proposed = first is not None and self.chosen == first.id
        self.why.setVisible(is_proposed or not self.stand_in.options)
        self.changed.emit()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(1)
        for part in (self.when, self.what):
            left.addWidget(part)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addLayout(left, 1)
        top.addWidget(self.who, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self.why)


class StandInLines(LineArea):
    """All sessions; `choices` is what somebody made of them, by session."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Sessions"), gap=2)
        self.lines: list[StandInLine] = []

    def show_sessions(self, sessions: Sequence[StandIn], directory: Directory) -> None:
        """Show these sessions; what was chosen for one that stays is kept where it is still possible."""
        before = {line.stand_in.card.id: line.chosen for line in self.lines}
        self.lines = [StandInLine(one, directory) for one in sessions]
        for line in self.lines:
            _keep(line, before)
            line.changed.connect(self.changed)
        self.put(self.lines)

    def choices(self) -> dict[int, int]:
        """Return who steps in, by session; those that stay as they are are left out."""
        return {line.stand_in.card.id: line.chosen for line in self.lines if line.chosen is not None}


def _keep(line: StandInLine, before: Mapping[int, int | None]) -> None:
    key = line.stand_in.card.id
    if key not in before:
        return
    wanted = before[key]
    if wanted is None or any(one.id == wanted for one in line.stand_in.options):
        line.who.set_value(LEAVE if wanted is None else wanted)
