"""What happened to the session, newest first, and when it was made and changed last (U4)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.models.enums import ChangeKind
from trainer_desk.services.journal.history import ChangeEntry
from trainer_desk.texts import moment_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.session.facts import Facts

FIRST = 3


class HistorySection(QWidget):
    """A few lines; all that were read on demand. `details_wanted`: what each change was, before and after."""

    details_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._facts: Facts | None = None
        self._unfolded = False
        self.lines: list[str] = []
        self.text = PlainLabel("", "small", wrap=True)
        self.made = PlainLabel("", "caption", wrap=True)
        self.more = Button(_("Show all"), kind="small")
        self.more.clicked.connect(self._unfold)
        self.details = Button(_("Before and after…"), kind="small")
        self.details.clicked.connect(self.details_wanted)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        for button in (self.more, self.details):
            foot.addWidget(button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(PlainLabel(_("History"), "field"))
        column.addWidget(self.text)
        column.addLayout(foot)
        column.addWidget(self.made)

    def show_facts(self, facts: Facts) -> None:
        """Show the newest changes."""
        self._facts = facts
        zone = facts.directory.settings.zone
        self.lines = [history_line(entry, facts) for entry in facts.history]
        shown = self.lines if self._unfolded else self.lines[:FIRST]
        self.text.setText("\n".join(shown))
        self.text.setVisible(bool(shown))
        self.more.setVisible(len(self.lines) > FIRST)
        self.details.setVisible(bool(self.lines))
        self.more.set_words(_("Show fewer") if self._unfolded else _("Show all"))
        words = _("{ref} · made {made} · changed {changed}")
        made, changed = facts.detail.created_at.replace(second=0), facts.detail.updated_at.replace(second=0)
        shown_made, shown_changed = moment_text(made, zone, year=True), moment_text(changed, zone, year=True)
        self.made.setText(words.format(ref=facts.card.ref, made=shown_made, changed=shown_changed))

    def _unfold(self) -> None:
        self._unfolded = not self._unfolded
        if self._facts is not None:
            self.show_facts(self._facts)


def history_line(entry: ChangeEntry, facts: Facts) -> str:
    """Return `Tue 24 Nov 11:02 marta: Move Fire Warden`; what was taken back says so."""
    at = moment_text(entry.at.replace(second=0), facts.directory.settings.zone)
    kind = {ChangeKind.UNDO: _("Undone: "), ChangeKind.REDO: _("Done again: ")}.get(ChangeKind(entry.kind), "")
    return f"{at} · {entry.by}: {kind}{entry.label}"
