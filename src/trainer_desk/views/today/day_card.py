"""The card of the day's sessions: when, what, who and where, and how full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from trainer_desk.models.enums import SessionLabel, SessionStatus
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.capacity import venue_capacity_exceeded
from trainer_desk.services.rules.labels import label
from trainer_desk.services.rules.times import local
from trainer_desk.texts import label_word, seats_text, time_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.pill import Pill
from trainer_desk.views.parts.plain_label import ElidedLabel, IconLabel, PlainLabel
from trainer_desk.views.schedule import words
from trainer_desk.views.theme import look
from trainer_desk.views.today.card import Card
from trainer_desk.views.today.line_frame import LineFrame

FEW, CLOCK, TALL = 12, 44, 34
PILLS = {
    SessionLabel.IN_PROGRESS: ("ok", "circle-dashed"),
    SessionLabel.AWAITING_ATTENDANCE: ("warn", "clipboard-check"),
    SessionLabel.COMPLETED: ("muted", "circle-check"),
    SessionLabel.CANCELLED: ("muted", "ban"),
    SessionLabel.DRAFT: ("muted", "pencil-line"),
}
"""The states that are told; that a session is to come is seen by its time."""


@dataclass(frozen=True, slots=True)
class DayLine:
    """What a line says of a session; `tone` and `icon` are those of the pill, `over` says why it is over capacity."""

    session_id: int
    clock: str
    title: str
    about: str
    state: str
    tone: str
    icon: str
    seats: str
    over: str
    is_now: bool


def day_line(card: SessionCard, directory: Directory, zone: ZoneInfo, now: datetime) -> DayLine:
    """Return what is said of a dated session at `now` (UTC)."""
    assert card.starts_at is not None
    is_now = card.status in (SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS) and is_running(card, now)
    state = label(card, now)
    tone, icon = PILLS.get(state, ("accent", ""))
    told = label_word(state) if state in PILLS else ""
    if is_now and state is not SessionLabel.IN_PROGRESS:
        told = _("Now")
    venue = None if card.venue_id is None else directory.venues.get(card.venue_id)
    exceeded = venue_capacity_exceeded(card.seats_taken, venue)
    room = venue.capacity if exceeded is not None and venue is not None else card.capacity
    return DayLine(
        card.id,
        time_text(card.starts_at, zone),
        words.title_of(card, directory),
        about(card, directory),
        told,
        tone if told != _("Now") else "accent",
        icon if told != _("Now") else "",
        seats_text(card.seats_taken, room),
        _("over the venue's capacity") if exceeded is not None else "",
        is_now,
    )


def about(card: SessionCard, directory: Directory) -> str:
    """Return `John Smith · Training Room A`, with what is missing in words."""
    trainer = None if card.trainer_id is None else directory.trainers.get(card.trainer_id)
    venue = None if card.venue_id is None else directory.venues.get(card.venue_id)
    who = trainer.name if trainer else words.no_trainer()
    return f"{who} · {venue.name if venue else words.no_venue()}"


def is_running(card: SessionCard, now: datetime) -> bool:
    """Whether the clock says that a session is going on."""
    return card.starts_at is not None and card.ends_at is not None and card.starts_at <= now < card.ends_at


def sessions_of(cards: Sequence[SessionCard], day: date, zone: ZoneInfo) -> list[SessionCard]:
    """Return the sessions that start on a day, by start; cancelled ones not."""
    return [
        card
        for card in cards
        if card.starts_at is not None
        and local(card.starts_at, zone).date() == day
        and card.status is not SessionStatus.CANCELLED
    ]


class DayRow(LineFrame):
    """One session."""

    def __init__(self, line: DayLine) -> None:
        super().__init__()
        self.line = line
        said = (line.clock, line.title, line.about, line.state, line.seats, line.over)
        self.setAccessibleName(", ".join(part for part in said if part))
        self.clock = PlainLabel(line.clock, "medium", tone="accent" if line.is_now else "muted")
        self.clock.setFixedWidth(look().px(CLOCK))
        self.setMinimumHeight(look().px(TALL))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 3, 6, 3)
        row.setSpacing(10)
        row.addWidget(self.clock)
        row.addWidget(PlainLabel(line.title, "strong"))
        row.addWidget(ElidedLabel(line.about, "muted"), 1)
        if line.state:
            row.addWidget(Pill(line.state, line.tone, line.icon))
        if line.over:
            row.addWidget(IconLabel("triangle-alert", "warn", 15, line.over))
        seats = PlainLabel(line.seats, "strong", tone="warn" if line.over else "")
        seats.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        seats.setMinimumWidth(look().px(CLOCK))
        row.addWidget(seats)


class DayCard(Card):
    """The sessions of a day; `session_wanted` carries the id of the one that was pressed."""

    session_wanted = Signal(int)

    def show_day(self, lines: list[DayLine], empty: str) -> None:
        """Show these lines; the same ones stay as they are."""
        if (lines, empty) == self.shown_facts:
            return
        self.shown_facts = (lines, empty)
        makers = [partial(self._row, line) for line in lines]
        self.show_lines(makers, first=range(min(FEW, len(lines))), empty=empty)

    def _row(self, line: DayLine) -> DayRow:
        row = DayRow(line)
        row.opened.connect(lambda: self.session_wanted.emit(line.session_id))
        return row
