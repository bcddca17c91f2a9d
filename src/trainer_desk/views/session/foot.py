"""The foot of the panel: what must hold before scheduling, and the moves that the session's state allows (S2, S4)."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.findings import Finding
from trainer_desk.texts import moment_text
from trainer_desk.texts.translate import _, mark
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.emptying import empty
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.session.checks import Item, Mark, checklist, nearest_way_out
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.verdicts import fix_label

VERBS = {
    "publish": mark("Schedule"),
    "start": mark("Start session"),
    "complete": mark("Complete session"),
    "reopen": mark("Reopen session"),
    "reinstate": mark("Reinstate as a draft"),
    "unpublish": mark("Back to draft"),
    "cancel": mark("Cancel session"),
}
"""The button of each verb of the table of moves, in their order."""
ASIDE = {"unpublish": "", "cancel": "ghost"}
"""The moves that lead away, in a row below, and how their buttons look."""
PRIMARY = ("publish", "complete", "reinstate")
MARKS = {
    Mark.DONE: ("circle-check", "ok", mark("Done")),
    Mark.OPEN: ("circle-dashed", "muted", mark("Not known yet")),
    Mark.FAILS: ("octagon-alert", "danger", mark("Not yet")),
}
"""Icon, tone and spoken word of each mark."""


class Foot(QWidget):
    """Checklist of a draft, one button per move; the buttons are never disabled by what is missing."""

    move_wanted = Signal(str)
    fix_wanted = Signal(object)
    focus_left = Signal()
    """The button with the focus goes: it belongs elsewhere, not on the button that happens to come next."""

    def __init__(self) -> None:
        super().__init__()
        self._allowed = True
        self.alert = _Refusal()
        self.told = PlainLabel("", "muted", wrap=True)
        self.heading = PlainLabel(_("Before this can be scheduled"), "strong")
        self.items: list[Item] = []
        self.fix = Button("")
        self.buttons: dict[str, Button] = {}
        self._fix: object = None
        self.fix.clicked.connect(lambda: self.fix_wanted.emit(self._fix))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._side = QHBoxLayout()
        self._lay_out()

    def allow(self, allowed: bool) -> None:
        """Say what a draft still needs, to whoever may change it, from the next session shown on."""
        self._allowed = allowed

    def show_facts(self, facts: Facts, findings: Sequence[Finding], possible: Collection[str]) -> None:
        """Show checklist and the moves that are `possible`; `findings` are those of the session as it stands."""
        is_draft = facts.status is SessionStatus.DRAFT and self._allowed
        self._show_items(checklist(facts.card, findings) if is_draft else [])
        self.heading.setVisible(is_draft)
        told = self._told(facts)
        self.told.setText(told)
        self.told.setVisible(bool(told))
        fix = nearest_way_out(findings) if is_draft else None
        self._fix = fix
        self.fix.setVisible(fix is not None)
        if fix is not None:
            self.fix.set_words(fix_label(fix, facts))
            self.fix.setToolTip("")
        if any(button.hasFocus() and verb not in possible for verb, button in self.buttons.items()):
            self.focus_left.emit()
        for verb, button in self.buttons.items():
            button.setVisible(verb in possible)
        self.setVisible(bool(possible or told))

    @staticmethod
    def _told(facts: Facts) -> str:
        """Return why it was cancelled, or when it really began and ended (S4)."""
        zone, detail = facts.directory.settings.zone, facts.detail
        if facts.status is SessionStatus.CANCELLED:
            return _("Cancelled: {reason}").format(reason=detail.cancel_reason) if detail.cancel_reason else ""
        said = []
        if detail.began_at is not None:
            said.append(_("Started {when}.").format(when=moment_text(detail.began_at, zone)))
        if detail.finished_at is not None:
            said.append(_("Completed {when}.").format(when=moment_text(detail.finished_at, zone)))
        return " ".join(said)

    def refuse(self, sentence: str) -> None:
        """Say and speak why a move was refused; an empty sentence takes it away."""
        self.alert.say(sentence)

    def _show_items(self, items: list[Item]) -> None:
        if items == self.items:
            return
        self.items = items
        empty(self._rows)
        for item in items:
            self._rows.addWidget(_ItemRow(item))

    def _lay_out(self) -> None:
        rule = QFrame()
        rule.setProperty("role", "rule")
        main = QHBoxLayout()
        main.setSpacing(8)
        main.addWidget(self.fix)
        for verb, word in VERBS.items():
            is_main = verb not in ASIDE
            button = Button(_(word), kind="primary" if verb in PRIMARY else ASIDE.get(verb, ""))
            button.clicked.connect(lambda _on=False, verb=verb: self.move_wanted.emit(verb))
            self.buttons[verb] = button
            (main if is_main else self._side).addWidget(button, 1 if is_main else 0)
        self._side.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 14)
        column.setSpacing(6)
        column.addWidget(rule)
        column.addSpacing(4)
        column.addWidget(self.alert)
        column.addWidget(self.told)
        column.addWidget(self.heading)
        column.addLayout(self._rows)
        column.addSpacing(2)
        column.addLayout(main)
        column.addLayout(self._side)


class _ItemRow(QWidget):
    def __init__(self, item: Item) -> None:
        super().__init__()
        icon, tone, word = MARKS[item.mark]
        self.setAccessibleName(f"{item.text}: {_(word)}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, "text3" if tone == "muted" else tone, 15, _(word)), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(item.text, wrap=True), 1)
        if item.mark is not Mark.DONE:
            row.addWidget(PlainLabel(_(word), "caption", tone="danger" if item.mark is Mark.FAILS else ""))


class _Refusal(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Alert")
        self.setProperty("tone", "danger")
        self.label = PlainLabel("", "small", tone="danger", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(8)
        row.addWidget(IconLabel("octagon-alert", "danger"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        self.hide()

    def say(self, sentence: str) -> None:
        self.label.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence, urgent=True)
