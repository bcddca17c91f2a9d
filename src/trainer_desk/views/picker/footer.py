"""The foot of the picker: what the choice does to the capacity, said before it is made (K1, P4)."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.meter import Meter
from trainer_desk.views.picker.words import add_text, full_alert, limit_of, venue_alert, venue_of


class PickerFoot(QWidget):
    """Alerts, meter, Cancel and Add. Capacity never disables Add; having chosen nobody does, and adding under way."""

    def __init__(self, directory: Directory) -> None:
        super().__init__()
        self._directory = directory
        self.trouble, self.full, self.venue = Alert("danger"), Alert("danger"), Alert("warn")
        self.meter = Meter()
        self.cancel, self.add = Button(_("Cancel")), Button(add_text(0), kind="primary")
        self._is_adding = False
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.meter, 1)
        row.addSpacing(12)
        row.addWidget(self.cancel)
        row.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for alert in (self.trouble, self.full, self.venue):
            column.addWidget(alert)
        column.addLayout(row)
        self.show_choice(None, 0)

    @property
    def is_adding(self) -> bool:
        """Whether a change is on its way."""
        return self._is_adding

    def show_choice(self, card: SessionCard | None, chosen: int) -> None:
        """Show what a session (None: not known yet) becomes with so many people more."""
        self._label(chosen)
        if card is None:
            self.meter.show_people(0, None, chosen)
            return
        zone, venue = self._directory.settings.zone, venue_of(card, self._directory)
        self.meter.show_people(card.seats_taken, limit_of(card, venue), chosen)
        self.full.say(*full_alert(card, chosen, zone), tone="danger")
        self.venue.say(*venue_alert(card, venue, chosen, zone))

    def show_adding(self, is_adding: bool, chosen: int) -> None:
        """Show that a change is on its way, or no longer."""
        self._is_adding = is_adding
        self._label(chosen)

    def _label(self, chosen: int) -> None:
        self.add.set_words(_("Adding…") if self._is_adding else add_text(chosen))
        self.add.setEnabled(chosen > 0 and not self._is_adding)
