"""The people of the session: how full it is and why, who is in it, adding and withdrawing (K1, K2, K4)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.findings import open_findings
from trainer_desk.services.seats.enrolling import withdraw
from trainer_desk.texts import finding_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.meter import Meter
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.schedule.words import seat_limit
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.people_list import PeopleList
from trainer_desk.views.session.people_rows import person_rows, spots_line
from trainer_desk.views.session.soft_lines import SoftLines
from trainer_desk.views.session.verdicts import soft_findings

FIRST = 4
"""How many people show before the list is unfolded."""


def withdraw_all(db: Any, session_id: int, person_ids: Sequence[int], *, actor: str, now: dt.datetime) -> None:
    """Withdraw several people in one change. Raises what `withdraw` raises."""
    for person_id in person_ids:
        withdraw(db, session_id, person_id, actor=actor, now=now)


class PeopleSection(QWidget):
    """Count, meter, the yellow alert, and the list with its details."""

    add_wanted = Signal()
    withdraw_wanted = Signal(object)
    """The PersonRows to be withdrawn."""

    def __init__(self) -> None:
        super().__init__()
        self.facts: Facts | None = None
        self._unfolded = False
        self.count = PlainLabel(_("People"), "field")
        self.add = Button(_("Add people"), kind="link")
        self.meter = Meter()
        self.spots = PlainLabel("", "small", wrap=True)
        self._spots_icon = IconLabel("users", "text2", 14)
        self.alert = Alert()
        self.soft = SoftLines("venue_capacity_exceeded")
        self.soft.focus_left.connect(self.add.setFocus)
        self.list = PeopleList()
        self.more = Button("", kind="small")
        self.details = PlainLabel("", "small", wrap=True)
        self.withdraw = Button(_("Withdraw"), "user-x", size=14)
        self.add.clicked.connect(self.add_wanted)
        self.more.clicked.connect(self._unfold)
        self.withdraw.clicked.connect(self._ask_withdraw)
        self.list.withdraw_wanted.connect(self._ask_withdraw)
        self.list.chosen.connect(self._show_details)
        self._lay_out()

    def reset(self) -> None:
        """Fold the list for another session."""
        self._unfolded = False
        self.list.clearSelection()

    def show_facts(self, facts: Facts) -> None:
        """Show how full it is and who is in it."""
        self.facts = facts
        rows = person_rows(facts)
        self.count.setText(_("People {n}").format(n=facts.card.seats_taken) if rows else _("People"))
        limit = seat_limit(facts.card, facts.directory)
        self.meter.show_people(facts.card.seats_taken, limit)
        self.meter.setVisible(limit is not None)
        words, icon, tone = spots_line(facts)
        self.spots.setText(words)
        self.spots.set_tone(tone)
        self._spots_icon.show_icon(icon, "text2" if tone == "muted" else tone)
        exceeded = [finding for finding in open_findings(facts.findings) if finding.code == "venue_capacity_exceeded"]
        zone = facts.directory.settings.zone
        self.alert.say(finding_text(exceeded[0], zone) if exceeded else "")
        self.soft.show_findings(soft_findings(facts.findings, "people"), facts)
        self.list.show_rows(rows, None if self._unfolded else FIRST)
        hidden = len(rows) - FIRST
        self.more.setVisible(hidden > 0)
        folded = plural("and {n} more", "and {n} more", hidden)
        self.more.set_words(_("Show fewer") if self._unfolded else folded)

    def set_editable(self, editable: bool) -> None:
        """Let people be added and withdrawn, or only be read (K3)."""
        self.add.setEnabled(editable)
        self.withdraw.setEnabled(editable)

    def _unfold(self) -> None:
        self._unfolded = not self._unfolded
        if self.facts is not None:
            self.show_facts(self.facts)

    def _show_details(self) -> None:
        rows = self.list.chosen_rows()
        self._chosen.setVisible(bool(rows))
        if len(rows) == 1:
            self.details.setText(rows[0].details)
            self.withdraw.set_words(_("Withdraw"))
            self.withdraw.setAccessibleName(_("Withdraw {name}").format(name=rows[0].name))
        elif rows:
            self.details.setText(plural("{n} person chosen", "{n} people chosen", len(rows)))
            self.withdraw.set_words(_("Withdraw {n}").format(n=len(rows)))

    def _ask_withdraw(self) -> None:
        rows = self.list.chosen_rows()
        if rows and self.withdraw.isEnabled():
            self.withdraw_wanted.emit(rows)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.count, 1)
        head.addWidget(self.add)
        spots = QHBoxLayout()
        spots.setSpacing(6)
        spots.addWidget(self._spots_icon)
        spots.addWidget(self.spots, 1)
        self._chosen = QWidget()
        chosen = QHBoxLayout(self._chosen)
        chosen.setContentsMargins(0, 2, 0, 2)
        chosen.addWidget(self.details, 1)
        chosen.addWidget(self.withdraw)
        self._chosen.hide()
        unfold = QHBoxLayout()
        unfold.addWidget(self.more)
        unfold.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.meter)
        column.addLayout(spots)
        column.addSpacing(2)
        column.addWidget(self.alert)
        column.addWidget(self.soft)
        column.addWidget(self.list)
        column.addLayout(unfold)
        column.addWidget(self._chosen)
