"""What a plan on paper is made from: days, board and names, read at once, and which of it is wanted."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.journal.history import newest_change
from trainer_desk.services.planning.board import load_board
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import Board, SessionCard
from trainer_desk.texts import month_text, range_text
from trainer_desk.texts.translate import _
from trainer_desk.views.schedule.filters import Filters
from trainer_desk.views.schedule.ranges import DayRange, View, range_of, stepped


class Stretch(StrEnum):
    """How many days a plan covers."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


class Shape(StrEnum):
    """What a plan looks like: hours down, lanes of a kind of resource, or a table."""

    WEEK = "week"
    TRAINERS = "trainer"
    VENUES = "venue"
    EQUIPMENT = "equipment"
    LIST = "list"


LANES = (Shape.TRAINERS, Shape.VENUES, Shape.EQUIPMENT)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be put on paper; with `reasons` it says why somebody is away or a room closed."""

    shape: Shape = Shape.WEEK
    stretch: Stretch = Stretch.WEEK
    drafts: bool = True
    reasons: bool = False


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The plan of `days` around `anchor` as of `now` (UTC), printed by `who`.

    `change` numbers the newest change that is in it. `filters` narrow it as they narrow the schedule; `board` may
    reach further than the days.
    """

    directory: Directory
    board: Board
    anchor: date
    days: DayRange
    now: datetime
    who: str
    change: int = 0
    filters: Filters = field(default_factory=Filters)

    def over(self, stretch: Stretch) -> "PlanFacts":
        """Return the same for other days around the anchor."""
        return replace(self, days=days_of(stretch, self.anchor))

    def cards(self, wanted: Wanted) -> list[SessionCard]:
        """Return what is held on these days: nothing cancelled, drafts only where they are wanted."""
        left_out = {SessionStatus.CANCELLED} if wanted.drafts else {SessionStatus.CANCELLED, SessionStatus.DRAFT}
        begins, ends = self.days.bounds(self.directory.settings.zone)
        return [
            card
            for card in self.board.sessions
            if card.starts_at is not None
            and card.ends_at is not None
            and card.starts_at < ends
            and card.ends_at > begins
            and card.status not in left_out
            and self.filters.passes(card, self.directory)
        ]

    def lanes(self, kind: str) -> Collection[int] | None:
        """Return the lanes to which the filters narrow a kind of resource, None without such a filter."""
        return {int(key) for chosen, key in self.filters.chosen if chosen == kind} or None


def days_of(stretch: Stretch, anchor: date) -> DayRange:
    """Return the day, the ISO week, the month or the quarter of the year in which `anchor` lies."""
    if stretch is Stretch.DAY:
        return DayRange(anchor, anchor + timedelta(days=1))
    if stretch is Stretch.WEEK:
        return range_of(View.WEEK, anchor)
    months = 1 if stretch is Stretch.MONTH else 3
    first = anchor.replace(day=1, month=(anchor.month - 1) // months * months + 1)
    return DayRange(first, stepped(View.MONTH, first, months))


def load_plan(db: Any, anchor: date, filters: Filters, *, now: datetime, who: str) -> PlanFacts:
    """Return what any plan around `anchor` needs, up to that of its quarter, as of `now` (UTC), printed by `who`."""
    directory = load_directory(db)
    ranges = [days_of(stretch, anchor) for stretch in Stretch]
    days = DayRange(min(one.first for one in ranges), max(one.end for one in ranges))
    board = load_board(db, *days.bounds(directory.settings.zone), now=now)
    return PlanFacts(directory, board, anchor, days, now, who, newest_change(db), filters)


def plain(text: str) -> str:
    """Return a text on one line, whole."""
    return " ".join(text.split())


def title_of(shape: Shape) -> str:
    """Return what a plan is called."""
    return {
        Shape.WEEK: _("Plan"),
        Shape.TRAINERS: _("Trainers"),
        Shape.VENUES: _("Venues"),
        Shape.EQUIPMENT: _("Equipment"),
        Shape.LIST: _("Sessions"),
    }[shape]


def days_text(days: DayRange) -> str:
    """Return `23 – 29 Nov 2026 · week 48`, `November 2026`, `1 Oct – 31 Dec 2026`."""
    count = (days.end - days.first).days
    if days.first.day == 1 and days.end == stepped(View.MONTH, days.first, 1):
        return month_text(days.first)
    said = range_text(days.first, days.last)
    week = _("week {n}").format(n=days.first.isocalendar().week)
    return f"{said} · {week}" if count <= 7 else said
