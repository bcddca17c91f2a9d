"""The people of the session: how full it is and why, who is in it, who waits, and what is held (K1–K8)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.findings import open_findings
from trainer_desk.texts import finding_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.meter import Meter
from trainer_desk.views.parts.meter_paint import HELD, INSIDE, OFFERED, SeatKey
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.schedule.words import seat_limit
from trainer_desk.views.session.deeds import Deed
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.flow import FlowLayout
from trainer_desk.views.session.held_seats import HeldSeats
from trainer_desk.views.session.people_group import PeopleGroup
from trainer_desk.views.session.people_rows import PersonRow, seated_rows, waiting_rows, withdrawn_rows
from trainer_desk.views.session.queue_look import QueuePart
from trainer_desk.views.session.seat_words import key_words, run_line, spots_line
from trainer_desk.views.session.soft_lines import SoftLines
from trainer_desk.views.session.verdicts import soft_findings


class PeopleSection(QWidget):
    """Count, meters, the yellow alert, the lists with their details, and the held seats."""

    add_wanted = Signal()
    groups_wanted = Signal()
    deed_wanted = Signal(object, object)
    """A Deed and the PersonRows it is for."""

    def __init__(self) -> None:
        super().__init__()
        self.facts: Facts | None = None
        self._is_editable = True
        self.count = PlainLabel(_("People"), "field")
        self.groups = Button(_("Groups…"), kind="link")
        self.add = Button(_("Add people"), kind="link")
        self.meter, self.run_meter = Meter(), Meter(with_figure=False)
        self.keys = {kind: SeatKey(kind) for kind in (INSIDE, HELD, OFFERED)}
        self.spots, self._spots_icon = PlainLabel("", "small", wrap=True), IconLabel("users", "text2", 14)
        self.run, self._run_icon = PlainLabel("", "small", wrap=True), IconLabel("users", "text2", 14)
        self.alert = Alert()
        self.soft = SoftLines("venue_capacity_exceeded")
        self.soft.focus_left.connect(self.add.setFocus)
        self.seated = PeopleGroup(_("People in this session"))
        self.waiting = PeopleGroup(_("People who wait"), heading=_("Waiting {n}"))
        self.queue = QueuePart()
        self.withdrawn = PeopleGroup(_("People who withdrew"), heading=_("Withdrawn {n}"), first=0)
        self.held = HeldSeats()
        self.add.clicked.connect(self.add_wanted)
        self.groups.clicked.connect(self.groups_wanted)
        for part in self.parts:
            part.deed_wanted.connect(self._ask)
            part.chosen_here.connect(lambda part=part: self._choose_only(part))
        self._lay_out()

    @property
    def parts(self) -> Sequence[PeopleGroup]:
        """Who has a seat or an offer, who waits, who withdrew."""
        return (self.seated, self.waiting, self.withdrawn)

    def reset(self) -> None:
        """Fold the lists for another session."""
        for part in self.parts:
            part.reset()
        self.queue.reset()

    def show_facts(self, facts: Facts) -> None:
        """Show how full it is, who is in it, who waits and what is held."""
        self.facts = facts
        self._show_seats(facts)
        self._show_run(facts)
        exceeded = [finding for finding in open_findings(facts.findings) if finding.code == "venue_capacity_exceeded"]
        zone = facts.directory.settings.zone
        self.alert.say(finding_text(exceeded[0], zone) if exceeded else "")
        self.soft.show_findings(soft_findings(facts.findings, "people"), facts)
        self.seated.show_rows(seated_rows(facts), facts)
        self.waiting.show_rows(waiting_rows(facts), facts)
        self.queue.show_facts(facts, editable=self._is_editable)
        self.withdrawn.show_rows(withdrawn_rows(facts), facts)
        self.held.show_facts(facts, editable=self._is_editable)

    def set_editable(self, editable: bool) -> None:
        """Let people be added and withdrawn, or only be read (K3)."""
        self._is_editable = editable
        self.add.setEnabled(editable)
        if self.facts is not None:
            self.queue.show_facts(self.facts, editable=editable)
            self.held.show_facts(self.facts, editable=editable)

    def _show_seats(self, facts: Facts) -> None:
        card = facts.card
        people = card.enrolled + card.offered
        self.count.setText(_("People {n}").format(n=people) if people else _("People"))
        self.groups.setVisible(bool(people))
        limit = seat_limit(card, facts.directory)
        self.meter.show_seats(card.enrolled, card.held, card.offered, limit)
        self.meter.setVisible(limit is not None)
        words = key_words(facts)
        for kind, key in self.keys.items():
            key.say(words[kind])
        self._keys.setVisible(any(words.values()) and limit is not None)
        said, icon, tone = spots_line(facts)
        self.spots.setText(said)
        self.spots.set_tone(tone)
        self._spots_icon.show_icon(icon, "text2" if tone == "muted" else tone)

    def _show_run(self, facts: Facts) -> None:
        words, is_full = run_line(facts)
        self.run.setText(words)
        self.run.set_tone("danger" if is_full else "muted")
        self._run_icon.show_icon("octagon-alert" if is_full else "calendar-check-2", "danger" if is_full else "text2")
        self._run_row.setVisible(bool(words))
        limit = facts.run.max_people if facts.run is not None else None
        self.run_meter.setVisible(limit is not None)
        if facts.run is not None:
            self.run_meter.show_people(facts.run.people_taken, limit)

    def _choose_only(self, chosen: PeopleGroup) -> None:
        """Let one list at a time have chosen people, so that it is clear whom a key is for."""
        for part in self.parts:
            if part is not chosen:
                part.list.clearSelection()

    def _ask(self, deed: Deed, rows: list[PersonRow]) -> None:
        self.deed_wanted.emit(deed, rows)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self.count, 1)
        head.addWidget(self.groups)
        head.addWidget(self.add)
        self._keys = QWidget()
        flow = FlowLayout(8)
        for key in self.keys.values():
            flow.addWidget(key)
        self._keys.setLayout(flow)
        self._spots_row = _beside(self._spots_icon, self.spots)
        self._run_row = _beside(self._run_icon, self.run)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        upper: tuple[QWidget, ...] = (self.meter, self._keys, self._spots_row, self._run_row, self.run_meter)
        lower = (self.alert, self.soft, self.seated, self.waiting, self.queue, self.withdrawn, self.held)
        for part in upper:
            column.addWidget(part)
        column.addSpacing(4)
        for below in lower:
            column.addWidget(below)


def _beside(icon: IconLabel, words: PlainLabel) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(6)
    line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(words, 1)
    return row
