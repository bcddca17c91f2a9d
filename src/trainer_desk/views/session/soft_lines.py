"""The soft findings of one place of the panel, a line each: to be waived, or quiet with who waived it and why (S9)."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_desk.services.findings import Finding
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.verdict_line import VerdictLine
from trainer_desk.views.session.verdicts import soft_verdict


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
        self.lines: list[VerdictLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_findings(self, findings: Sequence[Finding], facts: Facts) -> None:
        """Show these."""
        while len(self.lines) < len(findings):
            self._add()
        for line, finding in zip(self.lines, findings, strict=False):
            line.say(soft_verdict(finding, facts, is_told=finding.code in self._told_elsewhere), facts)
        for line in self.lines[len(findings) :]:
            line.clear()
        self.setVisible(bool(findings))

    def _add(self) -> None:
        line = VerdictLine()
        line.waive_wanted.connect(self.waive_wanted)
        line.take_back_wanted.connect(self.take_back_wanted)
        line.fix_wanted.connect(self.fix_wanted)
        line.focus_left.connect(self.focus_left)
        self._column.addWidget(line)
        self.lines.append(line)
