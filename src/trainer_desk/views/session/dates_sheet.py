"""Chooses another date of the same course that has a free place, by day (K15)."""

import datetime as dt
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.planning.listing import SessionFilter, list_sessions
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.capacity import available
from trainer_desk.texts import error_text, people_text, spots_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.empty_state import EmptyState
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.schedule.words import title_of, trainers_of, venue_name, when
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.lines import EnteredList, Line


class DatesSheet(Sheet):
    """Over the panel's window; `taken` carries the Line of the date, whose key is the session.

    It stays open until `finish` or `stay` answers what came of it.
    """

    taken = Signal(object)

    def __init__(self, desk: Desk, facts: Facts, over: QWidget, title: str, clock: Clock) -> None:
        super().__init__(over, title, width=560, height=520, subtitle=facts.course_title)
        self._desk, self._facts, self._clock = desk, facts, clock
        self.list = EnteredList(_("Dates"))
        self.empty = EmptyState()
        self.trouble = Alert("danger")
        self.cancel, self.take = Button(_("Cancel")), Button(_("Move there"), kind="primary")
        self.take.setEnabled(False)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.trouble)
        self.foot.addWidget(PlainLabel(_("Coming dates with a free place"), "small", wrap=True), 1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.take)
        self.empty.hide()
        self.cancel.clicked.connect(self.dismiss)
        self.take.clicked.connect(self._take)
        self.list.entered_on.connect(self._take)
        self.list.doubleClicked.connect(lambda _index: self._take())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show_choice())
        self._desk.changed.connect(self._changed)

    def open(self) -> None:
        """Show the sheet and ask for the dates."""
        super().open()
        self.list.setFocus()
        self._ask()

    def stay(self, sentence: str) -> None:
        """Say why it was not done."""
        self._show_choice()
        self.trouble.say(sentence, tone="danger")

    def _ask(self) -> None:
        self._desk.read(
            self,
            coming_dates,
            self._facts.card,
            now=self._clock.now(),
            then=self._show,
            failed=lambda error: self.stay(self._words(error)),
            lane="dates",
        )

    def _show(self, cards: list[SessionCard]) -> None:
        self.list.show_lines([date_line(card, self._facts.directory) for card in cards])
        self.list.setVisible(bool(cards))
        self.empty.setVisible(not cards)
        if not cards:
            self.empty.say(
                _("No other coming date of {course} has a free place.").format(course=self._facts.course_title)
            )
            self.cancel.setFocus()
        elif not self.list.chosen():
            self.list.setCurrentIndex(self.list.lines.index(0))
        self._show_choice()

    def _show_choice(self) -> None:
        self.take.setEnabled(bool(self.list.chosen()))

    def _take(self) -> None:
        chosen = self.list.chosen()
        if chosen and self.take.isEnabled():
            self.take.setEnabled(False)
            self.trouble.say("")
            self.taken.emit(chosen[0])

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.touch("sessions", "enrollments", "seat_holds"):
            self._ask()

    def _words(self, error: DeskError) -> str:
        return error_text(error, self._facts.directory.settings.zone)


def coming_dates(db: Any, card: SessionCard, *, now: dt.datetime) -> list[SessionCard]:
    """Return the scheduled sessions of the same course that start after `now` (UTC) and have a free place, by start."""
    wanted = SessionFilter(starts_at=now, status=SessionStatus.SCHEDULED.value, course_id=card.course_id)
    found = [detail.card for detail in list_sessions(db, wanted, now=now)]
    return [one for one in found if one.id != card.id and available(one.capacity, one.seats_taken) != 0]


def date_line(card: SessionCard, directory: Directory) -> Line:
    """Return the line of a date: when, how many places, and with whom where."""
    left = available(card.capacity, card.seats_taken)
    words = spots_text(left) if left is not None else people_text(card.seats_taken)
    note = f"{trainers_of(card, directory)} · {venue_name(card.venue_id, directory)}"
    if card.title:
        note = f"{title_of(card, directory)} · {note}"
    return Line(card.id, when(card, directory), words, "calendar-check", "ok" if left is not None else "muted", note)
