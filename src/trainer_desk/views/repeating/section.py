"""The series of a session in its panel: its days, one skipped or taken back, and an edit made of those that follow."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.models.enums import SkipWhy
from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.repeating import make_series
from trainer_desk.services.orchestration.series_editing import SPREAD, end_series, skip_day, spread, take_back
from trainer_desk.services.planning.board import load_session
from trainer_desk.services.planning.fields import fields_of
from trainer_desk.services.planning.series import load_series, series_of
from trainer_desk.services.rows.previews import Fate, PreviewLine
from trainer_desk.services.rows.repeating import Reach, Series, SeriesDay
from trainer_desk.texts import date_text, error_text
from trainer_desk.texts.recurrence import rule_text
from trainer_desk.texts.translate import _, mark, plural
from trainer_desk.texts.words import fields_text
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.emptying import empty
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.reason_sheet import ReasonSheet
from trainer_desk.views.session.flow import FlowLayout

SHOWN = 8
"""How many days that are left out are listed."""
TABLES = ("sessions", "series", "series_skips")
WHY = {
    SkipWhy.EXCEPTED: mark("left out"),
    SkipWhy.CLOSED: mark("closed"),
    SkipWhy.CLASH: mark("left out for a clash"),
    SkipWhy.TAKEN_OUT: mark("taken out"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the section shows: the session's fields, its day, and its series, if it has one."""

    fields: Mapping[str, Any]
    day: dt.date | None = None
    series: Series | None = None


def gather_series(db: Any, session_id: int, *, now: dt.datetime) -> Shown:
    """Return a session's fields with its series. Raises NotFound."""
    fields = fields_of(load_session(db, session_id))
    found = series_of(db, session_id)
    return Shown(fields) if found is None else Shown(fields, found[1], load_series(db, found[0], now=now))


class SeriesSection(QWidget):
    """Follows the database by itself; `told` carries what was done."""

    told = Signal(str)
    repeat_wanted = Signal(int)
    session_wanted = Signal(int)

    def __init__(self, desk: Desk, clock: Clock) -> None:
        super().__init__()
        self._desk, self._clock = desk, clock
        self._session_id: int | None = None
        self.shown: Shown | None = None
        self._was_saved = False
        self.names: tuple[str, ...] = ()
        """The fields that were changed here and not made of the others yet."""
        self.rule = PlainLabel("", "small", wrap=True)
        self.changed = PlainLabel("", "small", wrap=True)
        self.trouble = Alert("danger")
        self.repeat = Button(_("Repeat…"), "copy", "small", size=14)
        self.skip, self.end = Button(_("Skip this day…"), kind="small"), Button(_("End after this…"), kind="small")
        self.following = Button(_("This and following"))
        self.all = Button(_("All to come"))
        self.only = Button(_("Only this"), kind="small")
        self._days = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.hide()

    def show_session(self, session_id: int) -> None:
        """Show the series of another session."""
        self._session_id, self.shown, self._was_saved, self.names = session_id, None, False, ()
        self.hide()
        self.reload()

    def reload(self) -> None:
        """Read the series anew."""
        if self._session_id is not None:
            self._desk.read(
                self,
                gather_series,
                self._session_id,
                now=self._clock.now(),
                then=self._show,
                failed=lambda _error: self.hide(),
                lane="series",
            )

    def note_saved(self) -> None:
        """Hear that fields of the session were saved in the panel: then is asked how far that goes."""
        self._was_saved = True
        self.reload()

    def _show(self, shown: Shown) -> None:
        before, self.shown = self.shown, shown
        if before is not None and self._was_saved and shown.series is not None:
            new = {name for name in SPREAD if before.fields[name] != shown.fields[name]}
            self.names = tuple(sorted({*self.names, *new}))
            self._was_saved = False
        self._render(shown)
        has_something = shown.series is not None or shown.fields["starts_at"] is not None
        self.setVisible(has_something and self._desk.may(make_series))

    def _render(self, shown: Shown) -> None:
        series = shown.series
        self.repeat.setVisible(series is None and shown.fields["starts_at"] is not None)
        for part in (self.rule, self.skip, self.end):
            part.setVisible(series is not None)
        self._question.setVisible(bool(self.names) and series is not None)
        if self.names:
            said = _("You changed the {fields}. Change other sessions of the series, too?")
            self.changed.setText(said.format(fields=fields_text(self._words())))
        self._show_days(series)
        if series is not None:
            self.rule.setText(_told(series, shown.day))

    def _words(self) -> list[str]:
        return list(dict.fromkeys("time" if name in ("starts_at", "ends_at") else name for name in self.names))

    def _show_days(self, series: Series | None) -> None:
        empty(self._days)
        left_out = [] if series is None else [day for day in series.days if day.why is not None]
        for day in left_out[:SHOWN]:
            self._days.addWidget(self._day_row(day))

    def _day_row(self, day: SeriesDay) -> QWidget:
        assert day.why is not None
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        words = f"{date_text(day.day)}, {_(WHY[day.why])}"
        back = Button(_("Take back"), kind="small")
        back.setAccessibleName(_("Take back {day}").format(day=words))
        back.clicked.connect(lambda _on=False: self._take_back(day.day))
        row.addWidget(PlainLabel(words, "small"), 1)
        row.addWidget(back)
        return box

    def _spread(self, reach: Reach) -> None:
        if self._session_id is None:
            return
        label = _("Change the series: {fields}").format(fields=fields_text(self._words()))
        self._desk.write(
            self, label, spread, self._session_id, self.names, reach, then=self._spread_done, refused=self._refused
        )

    def _spread_done(self, lines: tuple[PreviewLine, ...]) -> None:
        done = sum(line.fate in (Fate.FINE, Fate.WARNED) for line in lines)
        refused = [line for line in lines if line.fate is Fate.REFUSED]
        self.names = ()
        self.told.emit(plural("{n} session was changed.", "{n} sessions were changed.", done))
        zone_text = ", ".join(line.key for line in refused)
        self.trouble.say(
            _("These stay as they were, because they would clash: {refs}.").format(refs=zone_text) if refused else ""
        )
        self.reload()

    def _keep(self) -> None:
        self.names = ()
        self._question.hide()

    def _skip(self) -> None:
        self._ask(
            _("Skip this day?"), _("Skip this day"), _("Skip a day of the series"), skip_day, _("The day is left out.")
        )

    def _end(self) -> None:
        told = _("The series ends with this session.")
        self._ask(_("End the series here?"), _("End the series"), _("End the series"), end_series, told)

    def _ask(self, title: str, go: str, label: str, verb: Any, told: str) -> None:
        session_id = self._session_id

        def carry_out(reason: str) -> None:
            self._desk.write(
                self, label, verb, session_id, reason, then=lambda _value: self.told.emit(told), refused=self._refused
            )

        sheet = ReasonSheet(
            self,
            title,
            _("Whoever is enrolled keeps the place on record."),
            keep=_("Keep it"),
            go=go,
            missing=_("Give a reason, so that people can be told."),
        )
        sheet.confirmed.connect(carry_out)
        sheet.ask()

    def _take_back(self, day: dt.date) -> None:
        if self.shown is None or self.shown.series is None:
            return
        told = _("{day} is a draft again.").format(day=date_text(day))
        self._desk.write(
            self,
            _("Take back {day}").format(day=date_text(day)),
            take_back,
            self.shown.series.id,
            day,
            then=lambda _id: self.told.emit(told),
            refused=self._refused,
        )

    def _refused(self, error: DeskError) -> None:
        self.trouble.say(error_text(error))
        self.reload()

    def _follow(self, changes: Changes) -> None:
        if changes.touch(*TABLES):
            self.reload()

    def _connect(self) -> None:
        self.repeat.clicked.connect(lambda _on=False: self.repeat_wanted.emit(self._session_id))
        self.skip.clicked.connect(self._skip)
        self.end.clicked.connect(self._end)
        self.following.clicked.connect(lambda _on=False: self._spread(Reach.FOLLOWING))
        self.all.clicked.connect(lambda _on=False: self._spread(Reach.ALL))
        self.only.clicked.connect(self._keep)
        self._desk.changed.connect(self._follow)

    def _lay_out(self) -> None:
        self._question = QWidget()
        asked = QVBoxLayout(self._question)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.addWidget(self.changed)
        asked.addLayout(_row(self.following, self.all, self.only))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(PlainLabel(_("Series"), "field"))
        column.addWidget(self.rule)
        column.addWidget(self._question)
        column.addLayout(self._days)
        column.addWidget(self.trouble)
        column.addLayout(_row(self.repeat, self.skip, self.end))


def _row(*parts: QWidget) -> FlowLayout:
    row = FlowLayout(6)
    for part in parts:
        row.addWidget(part)
    return row


def _told(series: Series, day: dt.date | None) -> str:
    """Return how it recurs and which of its sessions this is."""
    there = [one.day for one in series.days if one.card is not None and not one.is_out]
    place = there.index(day) + 1 if day in there else None
    said = rule_text(series.rule)
    return said if place is None else _("{rule} This is {place} of {n}.").format(rule=said, place=place, n=len(there))
