"""The line under a field: icon, fact, and the ways out as buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.findings import Fix
from trainer_desk.texts.translate import _
from trainer_desk.views.editing.verdict import SILENT, Verdict
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.emptying import empty
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.session.flow import FlowLayout

ICONS = {
    "danger": ("octagon-alert", "Refused"),
    "warn": ("triangle-alert", "Attention"),
    "ok": ("circle-check", "Good"),
    "muted": ("info", ""),
}
"""Icon of each tone and what a screen reader says for it: colour never speaks alone."""


class VerdictLine(QWidget):
    """Hidden while there is nothing to say."""

    fix_wanted = Signal(object)
    waive_wanted = Signal(object)
    take_back_wanted = Signal(object)
    """A Finding."""
    again_wanted = Signal()
    back_wanted = Signal()
    focus_left = Signal()
    """The button with the focus goes."""

    def __init__(self) -> None:
        super().__init__()
        self.verdict = SILENT
        self._icon = IconLabel("info", "text2", 14)
        self.label = PlainLabel("", "small", wrap=True)
        self.buttons: list[Button] = []
        self._links = QWidget()
        self._flow = FlowLayout(2)
        self._links.setLayout(self._flow)
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._links)
        self.hide()

    def say(self, verdict: Verdict, label: Callable[[Fix], str] | None = None) -> None:
        """Show a verdict, with a button for each way out if there is a `label` for them.

        The buttons stay as they are while it does.
        """
        if verdict == self.verdict:
            return
        self.verdict = verdict
        icon, meaning = ICONS[verdict.tone]
        self._icon.show_icon(icon, "text2" if verdict.tone == "muted" else verdict.tone, _(meaning) if meaning else "")
        self.label.setText(verdict.text)
        self.label.set_tone(verdict.tone)
        for part in (self._icon, self.label):
            part.setVisible(bool(verdict.text))
        self._show_links(verdict, label)
        self.setVisible(bool(verdict.text or self.buttons))

    def clear(self) -> None:
        """Say nothing."""
        self.say(SILENT)

    def _show_links(self, verdict: Verdict, label: Callable[[Fix], str] | None) -> None:
        if any(button.hasFocus() for button in self.buttons):
            self.focus_left.emit()
        empty(self._flow)
        self.buttons = []
        if label is not None:
            for fix in verdict.fixes:
                self._add(label(fix)).clicked.connect(lambda _on=False, f=fix: self.fix_wanted.emit(f))
        if verdict.pending:
            if verdict.can_retry:
                self._add(_("Try again")).clicked.connect(lambda: self.again_wanted.emit())
            self._add(verdict.back or _("Put back")).clicked.connect(lambda: self.back_wanted.emit())
        if verdict.waivable is not None:
            self._add(_("Waive…")).clicked.connect(lambda: self.waive_wanted.emit(verdict.waivable))
        if verdict.waived is not None:
            self._add(_("Take back")).clicked.connect(lambda: self.take_back_wanted.emit(verdict.waived))
        self._links.setVisible(bool(self.buttons))

    def _add(self, text: str) -> Button:
        button = Button(text, kind="link")
        button.setProperty("dense", True)
        self._flow.addWidget(button)
        self.buttons.append(button)
        return button
