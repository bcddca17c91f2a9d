"""The sheet that enters or changes leave, a closure or a holiday, and settles the sessions that stand there (C4)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError, Stale
from trainer_desk.services.orchestration.absence_concerns import foresee
from trainer_desk.services.orchestration.absences import (
    change_absence,
    change_holiday,
    enter_absence,
    enter_holiday,
)
from trainer_desk.services.planning.absences import load_absence
from trainer_desk.services.rows.absences import ORGANISATION, Absence, Entered, Foreseen, Wanted
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rules.names import LINE_LIMIT
from trainer_desk.services.rules.times import local
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.absences import words
from trainer_desk.views.absences.people import PeoplePart
from trainer_desk.views.absences.time_row import TimeRow
from trainer_desk.views.comparing.absence_words import absence_fields, told_absence
from trainer_desk.views.comparing.forms import FormAsking, Typed
from trainer_desk.views.comparing.whose import Thing
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.settling.lines import Manner
from trainer_desk.views.settling.part import SettlingPart

WIDTH, TALL, TALLER = 760, 600, 720
"""Pixels at 100 % text size: with many sessions, and with the people of cancelled ones below."""
FEW = 3
"""Up to so many sessions the sheet is as high as its content."""


@dataclass(frozen=True, slots=True)
class Away:
    """Who or what is away (None: the whole organisation), what is filled in already, or which absence is changed."""

    kind: str
    resource_id: int | None
    name: str
    first: date | None = None
    last: date | None = None
    reason: str = ""
    absence: Absence | None = None


class AbsenceSheet(Sheet):
    """Asks what stands in the time each time that changes; `entered` carries the sentence for a toast with Undo."""

    entered = Signal(str)

    def __init__(self, over: QWidget, desk: Desk, away: Away, directory: Directory, clock: Clock) -> None:
        super().__init__(over, words.title(away.kind, away.name), width=WIDTH, widest=WIDTH)
        self._desk, self._away, self._directory, self._clock = desk, away, directory, clock
        self._found: Foreseen | None = None
        """What stands in the time that is filled in; None while that is asked."""
        self._goes_on = False
        self.when = TimeRow(self._today, directory.settings.zone)
        self.reason = QLineEdit()
        self.question = PlainLabel("", "muted", wrap=True)
        self.part = SettlingPart()
        self.settling = self.part.lines
        self.people = PeoplePart(desk, directory, clock.now)
        self.trouble = Alert("danger")
        self.cancel = Button(_("Cancel"))
        self.go = Button(words.verb(away.kind, is_new=away.absence is None), kind="primary")
        self.asking = FormAsking(desk, self, self.finish)
        self._fill()
        self._lay_out_sheet()
        self._connect()

    def ask(self) -> None:
        """Show the sheet, and what stands in the time that is filled in."""
        self.open()
        (self.reason if self._away.kind == ORGANISATION and not self.reason.text() else self.when.first).setFocus()
        self._look()

    def wanted(self) -> Wanted:
        """Return what is filled in. Raises BadValue, and what a skipped or doubled hour raises."""
        return Wanted(self._away.resource_id, *self.when.span(), self.reason.text().strip())

    def _look(self) -> None:
        """Ask which sessions stand there; while the time cannot be read, say nothing."""
        self._found = None
        try:
            wanted = self.wanted()
        except DeskError:
            self._show(None)
            return
        absence = self._away.absence
        self._desk.read(
            self,
            foresee,
            wanted,
            changing=None if absence is None else absence.id,
            now=self._clock.now(),
            then=self._show,
            failed=self._refused,
            lane="absence",
        )

    def _show(self, found: Foreseen | None) -> None:
        self._found = found
        self.question.setText("" if found is None else words.question(found))
        self.question.setVisible(found is not None)
        sessions = () if found is None else found.sessions
        away = self._away
        manner = Manner(away.kind, lambda way, card: words.way_text(away.kind, away.resource_id, way, card))
        self.part.show_sessions(sessions, manner, self._directory)
        self.part.setVisible(bool(sessions))
        self._fit()
        goes_on, self._goes_on = self._goes_on, False
        if goes_on and found is not None and not sessions:
            self._go()

    def _fit(self) -> None:
        many = len(self.settling.lines) > FEW
        self.set_height(TALLER if self.people.isVisibleTo(self) else TALL if many else 0)

    def _follow_people(self) -> None:
        self.people.follow(self.part.choices())
        self._fit()

    def _take_people(self) -> None:
        self._fit()
        goes_on, self._goes_on = self._goes_on, False
        if goes_on and not self.people.has_dates:
            self._go()

    def _go(self) -> None:
        try:
            wanted = self.wanted()
        except DeskError as error:
            self._refused(error)
            return
        lacking = self._lacking()
        self.trouble.say(lacking)
        self._goes_on = not lacking and (self._found is None or self.people.is_waiting)
        if lacking or self._goes_on:
            return
        self.go.setEnabled(False)
        self._write(wanted)

    def _lacking(self) -> str:
        if self._away.kind == ORGANISATION and not self.reason.text().strip():
            self.reason.setFocus()
            return _("Give the holiday a name.")
        return self.part.lacks_reason() or self.people.too_many()

    def _write(self, wanted: Wanted) -> None:
        away, is_holiday = self._away, self._away.kind == ORGANISATION
        label = words.label(away.kind, self._name, is_new=away.absence is None)
        settled = (wanted, self.part.choices(), self.part.reason.text(), self.people.places())
        if away.absence is None:
            verb = enter_holiday if is_holiday else enter_absence
            self._desk.write(self, label, verb, *settled, then=self._done, refused=self._refused)
            return
        self._desk.write(
            self,
            label,
            change_holiday if is_holiday else change_absence,
            away.absence.id,
            *settled,
            version=away.absence.version,
            then=self._done,
            refused=partial(self._refused_change, before=away.absence, wanted=wanted),
        )

    @property
    def _name(self) -> str:
        return self.reason.text().strip() if self._away.kind == ORGANISATION else self._away.name

    def _done(self, entered: Entered) -> None:
        said = words.done(self._away.kind, self._name, entered, is_new=self._away.absence is None)
        self.finish()
        self.entered.emit(said)

    def _refused_change(self, error: DeskError, before: Absence, wanted: Wanted) -> None:
        """Lay both side by side where somebody else changed the absence meanwhile (U5)."""
        self._refused(error)
        if not isinstance(error, Stale) or error.facts.get("why") == "changed_since":
            return
        stored: list[Absence] = []

        def read(absence: Absence) -> tuple[dict[str, Any], int]:
            stored.append(absence)
            return absence_fields(absence), absence.version

        self.asking.ask(
            load_absence,
            before.id,
            typed=Typed(absence_fields(before), absence_fields(wanted), Thing("absence", before.id), before.version),
            read=read,
            told=told_absence(
                words.title(self._away.kind, self._name),
                self._directory.settings.zone,
                is_holiday=self._away.kind == ORGANISATION,
            ),
            error=error,
            save=lambda kept, _version: self._take_over(stored[-1], kept),
        )

    def _take_over(self, stored: Absence, kept: Mapping[str, Any]) -> None:
        """Fill in what stands, and save it at once unless sessions are to be settled first."""
        self._away = replace(self._away, absence=stored)
        merged = replace(stored, **kept)
        self.trouble.say("")
        self.when.show_span(merged.starts_at, merged.ends_at)
        self.reason.setText(merged.reason)
        self._goes_on = True
        self._look()

    def _refused(self, error: DeskError) -> None:
        self.go.setEnabled(True)
        said = str(error.facts.get("sentence") or error_text(error, self._directory.settings.zone))
        if isinstance(error, Stale) and error.facts.get("why") == "changed_since":
            said = _("What stands there has changed meanwhile. Look at the list again.")
            self._look()
            self.people.follow(self.part.choices(), again=True)
        self.trouble.say(said)

    def _today(self) -> date:
        return local(self._clock.now(), self._directory.settings.zone).date()

    def _fill(self) -> None:
        away = self._away
        if away.absence is not None:
            self.when.show_span(away.absence.starts_at, away.absence.ends_at)
            self.reason.setText(away.absence.reason)
            return
        first = away.first or self._today()
        self.when.show_days(first, away.last or first)
        self.reason.setText(away.reason)

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.dismiss)
        self.go.clicked.connect(self._go)
        self.when.changed.connect(self._look)
        self.reason.returnPressed.connect(self._go)
        self.part.returned.connect(self._go)
        self.part.changed.connect(self._follow_people)
        self.people.shown.connect(self._take_people)
        self.people.failed.connect(self._refused)

    def _lay_out_sheet(self) -> None:
        is_holiday = self._away.kind == ORGANISATION
        title = _("Name") if is_holiday else _("Reason")
        hints = {
            "trainer": _("Ill, leave, own training…"),
            "venue": _("Repairs, painting, another use…"),
            "equipment": _("Repair, lent out…"),
            ORGANISATION: _("Like Christmas"),
        }
        label = PlainLabel(title, "field")
        label.setBuddy(self.reason)
        self.reason.setAccessibleName(title)
        self.reason.setMaxLength(LINE_LIMIT)
        self.reason.setPlaceholderText(hints[self._away.kind])
        for part in (self.when, label, self.reason, self.question):
            self.body.addWidget(part)
        self.body.addWidget(self.part, 1)
        self.body.addWidget(self.people, 1)
        self.body.addWidget(self.trouble)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)
