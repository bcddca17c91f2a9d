"""The seats held under a label: who may fill them until when, giving them back, and holding more (K7)."""

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.rows.seats import Hold
from trainer_desk.texts.facts import shown
from trainer_desk.texts.seats import seat_count, until_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.session.facts import Facts


class HeldSeats(QWidget):
    """A row for every hold that has not ended."""

    hold_wanted = Signal()
    fill_wanted = Signal(object)
    release_wanted = Signal(object)
    """A Hold."""

    def __init__(self) -> None:
        super().__init__()
        self.head = PlainLabel("", "field")
        self.hold = Button(_("Hold seats…"), kind="link")
        self.hold.clicked.connect(self.hold_wanted)
        self.rows: list[HoldRow] = []
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.head, 1)
        head.addWidget(self.hold)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addLayout(head)

    def show_facts(self, facts: Facts, *, editable: bool) -> None:
        """Show the holds; rows that say the same stay, with the focus in them."""
        self.head.setText(_("Held seats {n}").format(n=facts.card.held) if facts.holds else _("Held seats"))
        self.hold.setVisible(editable)
        self.setVisible(editable or bool(facts.holds))
        words = [_words(hold, facts) for hold in facts.holds]
        wanted = list(zip(facts.holds, words, strict=True))
        if wanted != [(row.told, row.text.text()) for row in self.rows]:
            self._build(wanted)
        for row in self.rows:
            row.set_editable(editable)

    def _build(self, wanted: list[tuple[Hold, str]]) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and any(row.isAncestorOf(focus) for row in self.rows):
            self.hold.setFocus()
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [HoldRow(hold, words) for hold, words in wanted]
        for row in self.rows:
            row.fill.clicked.connect(lambda _on=False, hold=row.told: self.fill_wanted.emit(hold))
            row.release.clicked.connect(lambda _on=False, hold=row.told: self.release_wanted.emit(hold))
            self._column.addWidget(row)
        stops = [self.hold, *(button for row in self.rows for button in (row.fill, row.release))]
        for one, following in pairwise(stops):
            self.setTabOrder(one, following)


class HoldRow(QWidget):
    """`Acme · 3 seats`, until when and by whom, and what can be done with it."""

    def __init__(self, hold: Hold, words: str) -> None:
        super().__init__()
        self.told = hold
        self.name = PlainLabel(f"{shown(hold.label)} · {seat_count(hold.seats)}", "medium", wrap=True)
        self.text = PlainLabel(words, "small", wrap=True)
        self.fill, self.release = Button(_("Fill…"), kind="link"), Button(_("Release"), kind="link")
        for button in (self.fill, self.release):
            button.setProperty("dense", True)
        self.fill.setAccessibleName(_("Fill the seats held for {name}").format(name=shown(hold.label)))
        self.release.setAccessibleName(_("Release the seats held for {name}").format(name=shown(hold.label)))
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self.name)
        side.addWidget(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(2)
        row.addLayout(side, 1)
        row.addWidget(self.fill)
        row.addWidget(self.release)

    def set_editable(self, editable: bool) -> None:
        """Let it be filled and released, or only be read."""
        for button in (self.fill, self.release):
            button.setVisible(editable)


def _words(hold: Hold, facts: Facts) -> str:
    until = until_text(hold.until_at, facts.directory.settings.zone, facts.now)
    return _("until {until} · by {who}").format(until=until, who=shown(hold.held_by))
