"""The sheet that puts others into the place of a trainer: in one session, or in all of some days (C8)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.substituting import foresee_period, foresee_session, substitute
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.substitutes import StandIns, Substituted
from trainer_desk.services.rules.times import day_bounds
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.slots import words
from trainer_desk.views.slots.calendar import TABLES
from trainer_desk.views.slots.substitute_lines import StandInLines

DAYS = 7
"""How many days are looked at unless somebody says otherwise, today included."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """The trainer who is replaced, in one session (`session_id`) or in all of a period."""

    trainer_id: int
    name: str
    session_id: int | None = None


class SubstituteSheet(Sheet):
    """`substituted` carries the sentence for a toast with Undo."""

    substituted = Signal(str)

    def __init__(
        self,
        over: QWidget,
        desk: Desk,
        leaving: Leaving,
        directory: Directory,
        clock: Clock,
        today: Callable[[], date],
    ) -> None:
        title = _("Substitute for {name}").format(name=leaving.name)
        super().__init__(over, title, width=680, height=0 if leaving.session_id else 560)
        self._desk, self._leaving, self._directory, self._clock = desk, leaving, directory, clock
        self.first, self.last = DateField(_("From"), today), DateField(_("Until"), today)
        self.first.set_value(today())
        self.last.set_value(today() + timedelta(days=DAYS - 1))
        self.summary = PlainLabel("", "muted", wrap=True)
        self.lines = StandInLines()
        self.trouble = Alert("danger")
        self.cancel, self.go = Button(_("Cancel")), Button(_("Replace"), kind="primary")
        self._found: StandIns | None = None
        self._fill()
        self._connect()

    def open(self) -> None:
        """Show the sheet and look who could step in."""
        super().open()
        self.go.setEnabled(False)
        self._ask()

    def _ask(self) -> None:
        question, asked = self._question()
        if question is not None:
            self._desk.read(
                self,
                question,
                *asked,
                now=self._clock.now(),
                then=self._show,
                failed=self._refused,
                lane="substitutes",
            )

    def _question(self) -> tuple[Callable[..., StandIns] | None, tuple[Any, ...]]:
        leaving, zone = self._leaving, self._directory.settings.zone
        if leaving.session_id is not None:
            return foresee_session, (leaving.session_id, leaving.trainer_id)
        first, last = self.first.value, self.last.value
        if first is None or last is None or last < first:
            self.trouble.say(_("Fill in the first and the last day, in this order."))
            self._show(StandIns(leaving.trainer_id, leaving.name))
            return None, ()
        self.trouble.say("")
        return foresee_period, (leaving.trainer_id, day_bounds(first, zone)[0], day_bounds(last, zone)[1])

    def _show(self, found: StandIns) -> None:
        self._found = found
        self.lines.show_sessions(found.sessions, self._directory)
        self.lines.setVisible(bool(found.sessions))
        self._count()

    def _count(self) -> None:
        chosen = self.lines.choices()
        if self._found is not None:
            self.summary.setText(words.summary(self._found, len(chosen)))
        self.go.setEnabled(bool(chosen))

    def _go(self) -> None:
        choices = self.lines.choices()
        if not choices or not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        self.trouble.say("")
        self._desk.write(
            self,
            _("Substitute for {name}").format(name=self._leaving.name),
            substitute,
            self._leaving.trainer_id,
            choices,
            then=self._done,
            refused=self._refused,
        )

    def _done(self, became: Substituted) -> None:
        said = words.done(self._leaving.name, became, self._directory)
        if became.done:
            self.finish()
            self.substituted.emit(said)
        else:
            self.trouble.say(said)
            self._ask()

    def _refused(self, error: DeskError) -> None:
        self._count()
        self.trouble.say(error_text(error, self._directory.settings.zone))

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.touch(*TABLES):
            self._ask()

    def _fill(self) -> None:
        if self._leaving.session_id is None:
            days = QHBoxLayout()
            days.setSpacing(8)
            for label, field in ((_("From"), self.first), (_("until"), self.last)):
                days.addWidget(PlainLabel(label))
                days.addWidget(field)
            days.addStretch(1)
            self.body.addLayout(days)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.lines, 1)
        self.body.addWidget(self.trouble)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)
        self.lines.hide()

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.dismiss)
        self.go.clicked.connect(self._go)
        self.lines.changed.connect(self._count)
        for field in (self.first, self.last):
            field.changed.connect(lambda _day: self._ask())
        self._desk.changed.connect(self._changed)
