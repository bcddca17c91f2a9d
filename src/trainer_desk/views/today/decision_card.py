"""The card of what needs a decision: an icon, the problem, its cause, and the one button that helps."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.today.card import Card
from trainer_desk.views.today.line_frame import LineFrame
from trainer_desk.views.today.lines import ICONS, DecisionLine, Kind

FEW = 7
"""How many lines stand on the page before it is unfolded, so that the day's sessions are still in sight."""


class DecisionRow(LineFrame):
    """One line; `task_wanted` carries what is to be done."""

    task_wanted = Signal(object)

    def __init__(self, line: DecisionLine, *, can_help: bool) -> None:
        super().__init__()
        self.line = line
        self.setAccessibleName(f"{line.title}. {line.cause}")
        self.title = PlainLabel(line.title, "strong", wrap=True)
        self.cause = PlainLabel(line.cause, "small", wrap=True)
        self.button = Button(line.verb)
        self.button.setAccessibleName(f"{line.verb}: {line.title}")
        if not can_help:
            self.button.hide()
        self.opened.connect(lambda: self.task_wanted.emit(line.open))
        self.button.clicked.connect(lambda: self.task_wanted.emit(line.help))
        name, token = ICONS[line.kind]
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(1)
        side.addWidget(self.title)
        side.addWidget(self.cause)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 5, 6, 5)
        row.setSpacing(10)
        row.addWidget(IconLabel(name, token, 17), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(side, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)


class DecisionCard(Card):
    """Shows the lines, and asks who may do what stands on their buttons."""

    task_wanted = Signal(object)

    def __init__(self, title: str = "") -> None:
        super().__init__(title or _("Needs a decision"))

    def show_decisions(self, lines: Sequence[DecisionLine], allowed: Sequence[bool]) -> None:
        """Show these lines, each with its button where it is allowed; the same lines stay as they are."""
        shown = list(zip(lines, allowed, strict=True))
        if shown == self.shown_facts:
            return
        self.shown_facts = shown
        self.count.setText(str(len(shown)))
        self.count.setVisible(bool(shown))
        makers = [partial(self._row, line, can) for line, can in shown]
        self.show_lines(makers, first=at_first(lines), empty=_("Nothing needs a decision. Well planned."))

    def _row(self, line: DecisionLine, can_help: bool) -> DecisionRow:
        row = DecisionRow(line, can_help=can_help)
        row.task_wanted.connect(self.task_wanted)
        return row


def at_first(lines: Sequence[DecisionLine]) -> frozenset[int]:
    """Return the places of the lines that show at first: one of each kind, then more of each while there is room."""
    of_kind: dict[Kind, int] = {}
    turns = []
    for place, line in enumerate(lines):
        turns.append((of_kind.get(line.kind, 0), line.kind, place))
        of_kind[line.kind] = of_kind.get(line.kind, 0) + 1
    return frozenset(place for _turn, _kind, place in sorted(turns)[:FEW])
