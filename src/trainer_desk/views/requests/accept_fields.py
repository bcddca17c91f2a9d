"""What is filled in while a request is accepted as a new session: when, trainer, venue, seats, draft or not (Q2)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.services.findings import Fix
from trainer_desk.services.orchestration.foreseeing_accept import Foreseen
from trainer_desk.services.rules.capacity import capacity_value
from trainer_desk.services.rules.load import LoadMinutes
from trainer_desk.texts.translate import _
from trainer_desk.views.requests.file_sheet import titled
from trainer_desk.views.requests.when_line import WhenLine
from trainer_desk.views.session.choices import trainer_choices, venue_choices
from trainer_desk.views.session.resource_combo import ResourceCombo
from trainer_desk.views.session.when_typed import Frame
from trainer_desk.views.theme import look

NOTHING_BOOKED = LoadMinutes()


class AcceptFields(QWidget):
    """`changed` fires when something was filled in; trainers stand by their hours of that week (L1)."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._is_filled = False
        self.when = WhenLine(today)
        self.trainer = ResourceCombo(_("Trainer"), hint=_("Choose a trainer"))
        self.venue = ResourceCombo(_("Venue"), hint=_("Choose a venue"))
        self.capacity = QLineEdit()
        self.capacity.setAccessibleName(_("Capacity"))
        self.capacity.setPlaceholderText(_("Unlimited"))
        self.draft = QCheckBox(_("Keep it as a draft for now"))
        self._lay_out()
        self.when.changed.connect(self.changed)
        for combo in (self.trainer, self.venue):
            combo.chosen.connect(lambda _value: self.changed.emit())
        self.capacity.editingFinished.connect(self.changed)
        self.draft.toggled.connect(lambda _on: self.changed.emit())

    def show_foreseen(self, foreseen: Foreseen) -> None:
        """Offer trainers and venues as they stand for that time; the first time fill in what was asked for."""
        card = foreseen.card
        self.trainer.offer(trainer_choices(foreseen, by_load=True))
        self.venue.offer(venue_choices(foreseen))
        if self._is_filled:
            return
        self._is_filled = True
        settings = foreseen.directory.settings
        minutes = foreseen.directory.courses[card.course_id].duration_minutes
        frame = Frame(card.starts_at, card.ends_at, settings.zone, settings.day_starts, minutes)
        self.when.show_span(card.starts_at, card.ends_at, frame)
        self.trainer.set_value(card.trainer_id)
        self.venue.set_value(card.venue_id)
        self.capacity.setText("" if card.capacity is None else str(card.capacity))

    def fields(self) -> dict[str, Any]:
        """Return the session's fields as filled in. Raises DeskError for what cannot be read."""
        return {
            **self.when.span(),
            "trainer_id": self.trainer.value,
            "venue_id": self.venue.value,
            "capacity": capacity_value(self.capacity.text()),
        }

    def first_empty(self) -> QWidget:
        """Return the first field that is still to be filled in, else the day."""
        if self.when.day.value is None or self.when.start.value is None:
            return self.when.day if self.when.day.value is None else self.when.start
        empty = (combo for combo in (self.trainer, self.venue) if combo.value is None)
        return next(empty, self.when.day)

    def apply(self, fix: Fix) -> None:
        """Take a way out that a finding offers."""
        if fix.code == "use_trainer":
            self.trainer.set_value(fix.facts["id"])
        elif fix.code == "use_venue":
            self.venue.set_value(fix.facts["id"])
        elif fix.code == "free_from":
            self.when.start_at(fix.facts["starts_at"])
        self.changed.emit()

    def _lay_out(self) -> None:
        self.capacity.setFixedWidth(look().px(110))
        row, foot = QHBoxLayout(), QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(titled(_("Trainer"), self.trainer), 1)
        row.addWidget(titled(_("Venue"), self.venue), 1)
        foot.setSpacing(10)
        foot.addWidget(titled(_("When"), self.when), 1)
        foot.addWidget(titled(_("Capacity"), self.capacity))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(foot)
        column.addLayout(row)
        column.addWidget(self.draft)
