"""The foot of the picker: what the choice does to the capacity, said before it is made (K1, K8, P4)."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import Foresight
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.meter import Meter
from trainer_desk.views.parts.meter_paint import ADDED, HELD, INSIDE, OFFERED, SeatKey
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.picker.foot_words import (
    add_text,
    full_alert,
    limit_of,
    reason_alert,
    run_alert,
    run_text,
    venue_alert,
)
from trainer_desk.views.picker.words import venue_of

NOBODY = Foresight(queues=False)

REFUSING = ("attendee_busy", "intake_missing", "prerequisite_missing", "not_on_run")
"""The reasons of their own for which people are refused."""


class PickerFoot(QWidget):
    """Alerts, meters and buttons. Capacity never disables Add; having chosen nobody does, and adding under way."""

    def __init__(self, directory: Directory, *, has_dates: bool = True) -> None:
        """`has_dates` offers the next date of the course: no answer for somebody who stands in the room."""
        super().__init__()
        self._directory, self.has_dates = directory, has_dates
        self.trouble, self.full, self.venue = Alert("danger"), Alert("danger"), Alert("warn")
        self.run, self.reasons = Alert("danger"), Alert("danger")
        self.alerts = (self.trouble, self.full, self.run, self.reasons, self.venue)
        self.meter = Meter()
        self.keys = {kind: SeatKey(kind) for kind in (INSIDE, HELD, OFFERED, ADDED)}
        self.run_words, self.run_meter = PlainLabel("", "small"), Meter(with_figure=False)
        self.next_date = Button(_("Next date instead"))
        self.cancel, self.add = Button(_("Cancel")), Button(_("Add"), kind="primary")
        self.intake = Button(_("Record the intake…"))
        self.back, self.done = Button(_("Choose others")), Button(_("Done"), kind="primary")
        self._is_adding, self._is_told = False, False
        self._seen, self._chosen = NOBODY, 0
        self._lay_out()
        self.show_choice(None, NOBODY, 0)
        self.show_told(is_told=False)

    @property
    def is_adding(self) -> bool:
        """Whether a change is on its way."""
        return self._is_adding

    def show_choice(self, card: SessionCard | None, seen: Foresight, chosen: int) -> None:
        """Show what a session (None: not known yet) becomes with so many people more."""
        self._seen, self._chosen = seen, chosen
        self._label()
        if card is None:
            self.meter.show_people(0, None, chosen)
            return
        zone, venue = self._directory.settings.zone, venue_of(card, self._directory)
        self.meter.show_seats(card.enrolled, card.held, card.offered, limit_of(card, venue), added=seen.seated)
        self._name_seats(card, seen)
        self.full.say(*full_alert(card, seen, zone), tone="warn" if seen.queues else "danger")
        self.venue.say(*venue_alert(card, venue, seen, zone))
        self._show_run(seen)
        is_refused = not seen.refused.keys().isdisjoint(REFUSING)
        self.reasons.say(*reason_alert(seen), tone="danger" if is_refused else "warn")
        self._hide_choice()

    def show_adding(self, is_adding: bool) -> None:
        """Show that a change is on its way, or no longer."""
        self._is_adding = is_adding
        self._label()

    def show_told(self, *, is_told: bool, has_way_out: bool = False) -> None:
        """Show the buttons of the report, or of the choice; `has_way_out` offers to record missing intakes."""
        self._is_told = is_told
        for button in (self.cancel, self.add):
            button.setVisible(not is_told)
        for button in (self.back, self.done):
            button.setVisible(is_told)
        self.intake.setVisible(is_told and has_way_out)
        self._hide_choice()
        self._label()

    def _lay_out(self) -> None:
        keys = QHBoxLayout()
        keys.setSpacing(12)
        for key in self.keys.values():
            keys.addWidget(key)
        keys.addStretch()
        run = QHBoxLayout()
        run.setSpacing(12)
        run.addWidget(self.run_words)
        run.addWidget(self.run_meter, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.meter, 1)
        row.addSpacing(12)
        row.addStretch()
        for button in (self.next_date, self.cancel, self.add, self.intake, self.back, self.done):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for alert in self.alerts:
            column.addWidget(alert)
        column.addLayout(run)
        column.addLayout(keys)
        column.addLayout(row)

    def _name_seats(self, card: SessionCard, seen: Foresight) -> None:
        """Name the stretches of the meter where more than people are in it."""
        has_pattern = bool(card.held or card.offered)
        words = {
            INSIDE: (card.enrolled, _("{n} enrolled")),
            HELD: (card.held, _("{n} held")),
            OFFERED: (card.offered, _("{n} offered")),
            ADDED: (seen.seated, _("{n} to be added")),
        }
        for kind, (number, text) in words.items():
            self.keys[kind].say(text.format(n=number) if number and has_pattern else "")

    def _show_run(self, seen: Foresight) -> None:
        alert = run_alert(seen)
        self.run.say(*alert, tone="danger" if seen.refused.get("run_full") else "warn")
        words = "" if alert[0] else run_text(seen)
        self.run_words.setText(words)
        if seen.run is not None:
            self.run_meter.show_people(seen.run.people, seen.run.limit, seen.run.joining)
        for part in (self.run_words, self.run_meter):
            part.setVisible(bool(words))

    def _hide_choice(self) -> None:
        """Keep what concerns the choice away while the report is read."""
        self.meter.setVisible(not self._is_told)
        if self._is_told:
            for part in (*self.alerts, *self.keys.values(), self.run_words, self.run_meter):
                part.hide()

    def _label(self) -> None:
        self.add.set_words(_("Adding…") if self._is_adding else add_text(self._seen, self._chosen))
        can_act = self._chosen > 0 and not self._is_adding
        self.add.setEnabled(can_act)
        self.next_date.setEnabled(can_act)
        self.next_date.setVisible(self.has_dates and (not self._is_told or self._chosen > 0))
