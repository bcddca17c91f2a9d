"""Asks how many seats are held, for whom and until when (K7)."""

import datetime as dt

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import BadValue, DeskError
from trainer_desk.services.rules.capacity import available
from trainer_desk.services.rules.names import NAME_LIMIT
from trainer_desk.services.rules.times import local, to_instant
from trainer_desk.texts import error_text, spots_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.parts.time_field import TimeField
from trainer_desk.views.session.facts import Facts

USUAL_DAYS = 2
"""Days that seats are held unless one says otherwise; never past the start."""


class HoldSheet(Sheet):
    """`wanted` carries seats, label and the end (UTC). It stays open until `finish` or `refuse` answers."""

    wanted = Signal(int, str, object)

    def __init__(self, over: QWidget, facts: Facts, clock: Clock) -> None:
        super().__init__(over, _("Hold seats"), width=560, subtitle=facts.title)
        self._facts, self._clock = facts, clock
        self._zone = facts.directory.settings.zone
        self.label, self.seats = QLineEdit(), QLineEdit("1")
        self.day, self.time = DateField(_("Held until, day"), self._today), TimeField(_("Held until, time"))
        self.trouble = Alert("danger")
        self.cancel, self.go = Button(_("Cancel")), Button(_("Hold seats"), kind="primary")
        self._fill_body()
        self._propose()
        for field in (self.label, self.seats):
            field.returnPressed.connect(self._confirm)
        for clock_field in (self.day, self.time):
            # They read what was typed only after Enter was told.
            clock_field.returnPressed.connect(lambda: QTimer.singleShot(0, self, self._confirm))
        self.cancel.clicked.connect(self.dismiss)
        self.go.clicked.connect(self._confirm)

    def ask(self) -> None:
        """Show the sheet with the cursor in the label."""
        self.open()
        self.label.setFocus()

    def refuse(self, error: DeskError) -> None:
        """Say why the seats are not held, and go to the field that it is about."""
        self.go.setEnabled(True)
        said = error.facts.get("sentence") or error_text(error, self._zone)
        self.trouble.say(str(said), tone="danger")
        fields = {"label": self.label, "seats": self.seats, "until": self.day, "time": self.time}
        field = fields.get(str(error.facts.get("field")), self.seats)
        field.setFocus()
        field.selectAll()

    def _confirm(self) -> None:
        try:
            seats, until = self._typed_seats(), self._typed_end()
        except DeskError as error:
            self.refuse(error)
            return
        self.go.setEnabled(False)
        self.trouble.say("")
        self.wanted.emit(seats, self.label.text(), until)

    def _typed_seats(self) -> int:
        text = self.seats.text().strip()
        if not (text.isascii() and text.isdigit()) or len(text) > 9:
            raise BadValue(field="seats", value=text, why="not_a_number" if text else "missing")
        return int(text)

    def _typed_end(self) -> dt.datetime:
        for name, field in (("until", self.day), ("time", self.time)):
            if field.problem:
                raise DeskError("bad_value", field=name, sentence=field.problem)
            if field.value is None:
                raise BadValue(field="until", value=None, why="missing")
        assert self.day.value is not None
        assert self.time.value is not None
        return to_instant(dt.datetime.combine(self.day.value, self.time.value), self._zone, field="until")

    def _propose(self) -> None:
        """Propose the end of a working day soon, but not after the start."""
        today = self._today() + dt.timedelta(days=USUAL_DAYS)
        wall = dt.datetime.combine(today, self._facts.directory.settings.day_ends)
        starts_at = self._facts.card.starts_at
        if starts_at is not None and starts_at > self._clock.now():
            wall = min(wall, local(starts_at, self._zone).replace(tzinfo=None, fold=0, second=0))
        self.day.set_value(wall.date())
        self.time.set_value(wall.time())

    def _today(self) -> dt.date:
        return local(self._clock.now(), self._zone).date()

    def _fill_body(self) -> None:
        self.label.setMaxLength(NAME_LIMIT)
        self.label.setPlaceholderText(_("For whom, like a customer or a department"))
        self.label.setAccessibleName(_("Held for"))
        self.seats.setAccessibleName(_("Seats"))
        left = available(self._facts.card.capacity, self._facts.card.seats_taken)
        row = QHBoxLayout()
        row.setSpacing(8)
        for title, field, stretch in ((_("Seats"), self.seats, 1), (_("Until"), self.day, 2), ("", self.time, 0)):
            part = QVBoxLayout()
            part.setSpacing(4)
            part.addWidget(PlainLabel(title or " ", "field"))
            part.addWidget(field)
            row.addLayout(part, stretch)
        self.body.addWidget(PlainLabel(_("Held for"), "field"))
        self.body.addWidget(self.label)
        self.body.addLayout(row)
        self.body.addWidget(
            PlainLabel(_("Held seats count as taken until they are filled or released."), "small", wrap=True)
        )
        self.body.addWidget(self.trouble)
        self.foot.addWidget(PlainLabel(spots_text(left) if left is not None else "", "small"), 1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)
