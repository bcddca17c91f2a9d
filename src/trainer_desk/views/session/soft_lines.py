"""The soft findings of one place of the panel, a line each: to be waived, or quiet with who waived it and why (S9)."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.findings import Finding
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.editing.verdict_line import VerdictLine
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.verdicts import fix_label, soft_verdict

FIRST = 3
"""How many lines show before they are unfolded."""


class SoftLines(QWidget):
    """Hidden while the place has no soft finding; `told_elsewhere` are codes whose sentence an alert shows already."""

    waive_wanted = Signal(object)
    take_back_wanted = Signal(object)
    """A Finding."""
    fix_wanted = Signal(object)
    focus_left = Signal()
    """The button with the focus goes."""

    def __init__(self, *told_elsewhere: str) -> None:
        super().__init__()
        self._told_elsewhere = told_elsewhere
        self._shown: tuple[Sequence[Finding], Facts] | None = None
        self._unfolded_for: int | None = None
        self.lines: list[VerdictLine] = []
        self.more = Button("", kind="small")
        self.more.clicked.connect(self._unfold)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        unfold = QHBoxLayout()
        unfold.addWidget(self.more)
        unfold.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(self._column)
        whole.addLayout(unfold)
        self.hide()

    def show_findings(self, findings: Sequence[Finding], facts: Facts) -> None:
        """Show these, those that are open first; many are folded until one asks for all of them."""
        self._shown = (findings, facts)
        is_unfolded = self._unfolded_for == facts.card.id
        ordered = sorted(findings, key=lambda finding: finding.waived is not None)
        self._fill(ordered if is_unfolded else ordered[:FIRST], facts)
        hidden = len(findings) - FIRST
        self.more.setVisible(hidden > 0)
        self.more.set_words(_("Show fewer") if is_unfolded else plural("and {n} more", "and {n} more", hidden))
        self.setVisible(bool(findings))

    def _fill(self, findings: Sequence[Finding], facts: Facts) -> None:
        while len(self.lines) < len(findings):
            self._add()
        for line, finding in zip(self.lines, findings, strict=False):
            verdict = soft_verdict(finding, facts, is_told=finding.code in self._told_elsewhere)
            line.say(verdict, partial(fix_label, facts=facts))
        for line in self.lines[len(findings) :]:
            line.clear()

    def _unfold(self) -> None:
        if self._shown is not None:
            findings, facts = self._shown
            self._unfolded_for = None if self._unfolded_for == facts.card.id else facts.card.id
            self.show_findings(findings, facts)

    def _add(self) -> None:
        line = VerdictLine()
        line.waive_wanted.connect(self.waive_wanted)
        line.take_back_wanted.connect(self.take_back_wanted)
        line.fix_wanted.connect(self.fix_wanted)
        line.focus_left.connect(self.focus_left)
        self._column.addWidget(line)
        self.lines.append(line)
