"""The large card of what a trainer teaches next, or right now: when, where, how many, and the sheet (A1)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.times import local
from trainer_desk.texts import full_day_text, length_text, people_text, seats_text, span_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.schedule import words
from trainer_desk.views.today.day_card import is_running

SOON_MINUTES = 12 * 60
"""Up to so many minutes before its begin is said how long there is until then."""


class NextCard(QFrame):
    """`attendance_wanted`, `session_wanted` and `print_wanted` carry the session's id."""

    attendance_wanted = Signal(int)
    session_wanted = Signal(int)
    print_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._session_id = 0
        self.over = PlainLabel("", "field", tone="accent")
        self.title = PlainLabel("", "h1", wrap=True)
        self.clock, self.venue, self.seats = PlainLabel(), PlainLabel(wrap=True), PlainLabel()
        self.attendance = Button(_("Take attendance"), "clipboard-check", "primary", token="on_accent", size=20)
        self.attendance.setProperty("tall", True)
        self.details = Button(_("Details"))
        self.details.setProperty("tall", True)
        self.print = Button(_("Sign-in sheet"), "printer")
        self.print.setProperty("tall", True)
        self.print.clicked.connect(lambda: self.print_wanted.emit(self._session_id))
        self.attendance.clicked.connect(lambda: self.attendance_wanted.emit(self._session_id))
        self.details.clicked.connect(lambda: self.session_wanted.emit(self._session_id))
        self._lay_out()

    def show_session(self, card: SessionCard, directory: Directory, zone: ZoneInfo, now: datetime) -> None:
        """Show a dated session as of `now` (UTC)."""
        self._session_id = card.id
        title = words.title_of(card, directory)
        venue = None if card.venue_id is None else directory.venues.get(card.venue_id)
        self.over.setText(when_words(card, zone, now))
        self.title.setText(title)
        self.clock.setText(span_text(card.starts_at, card.ends_at, zone) if card.starts_at and card.ends_at else "")
        self.venue.setText(venue.name if venue else words.no_venue())
        people = people_text(card.enrolled)
        taken = seats_text(card.enrolled, card.capacity)
        self.seats.setText(people if card.capacity is None else _("{seats} people").format(seats=taken))
        self.setAccessibleName(f"{self.over.text()}: {title}")
        self.attendance.setAccessibleName(_("Take attendance of {title}").format(title=title))
        self.print.setAccessibleName(_("Print the sign-in sheet of {title}").format(title=title))
        self.details.setAccessibleName(_("Details of {title}").format(title=title))

    def _lay_out(self) -> None:
        facts = QHBoxLayout()
        facts.setSpacing(20)
        for icon, label in (("clock", self.clock), ("map-pin", self.venue), ("users", self.seats)):
            fact = QHBoxLayout()
            fact.setSpacing(7)
            fact.addWidget(IconLabel(icon, "text2", 18))
            fact.addWidget(label)
            facts.addLayout(fact)
        facts.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.attendance)
        buttons.addWidget(self.print)
        buttons.addWidget(self.details)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 20)
        column.setSpacing(6)
        column.addWidget(self.over, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.title)
        column.addLayout(facts)
        column.addSpacing(10)
        column.addLayout(buttons)


def when_words(card: SessionCard, zone: ZoneInfo, now: datetime) -> str:
    """Return `Now`, `Next, in 45 min`, `Next, today` or `Next, Thursday 26 November`."""
    assert card.starts_at is not None
    if is_running(card, now):
        return _("Now")
    minutes = round((card.starts_at - now).total_seconds() / 60)
    if 0 < minutes <= SOON_MINUTES:
        return _("Next, in {length}").format(length=length_text(minutes))
    day = local(card.starts_at, zone).date()
    return _("Next, today") if day == local(now, zone).date() else _("Next, {day}").format(day=full_day_text(day))
