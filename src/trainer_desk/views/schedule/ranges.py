"""Which days each view of the schedule shows, how one steps from range to range, and what a range is called."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from trainer_desk.services.rules.times import day_bounds
from trainer_desk.texts import day_text, month_text, range_text
from trainer_desk.texts.translate import _


class View(StrEnum):
    """The ways to look at the schedule (V1)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    TRAINERS = "trainers"
    VENUES = "venues"
    EQUIPMENT = "equipment"
    LIST = "list"


LANES = {View.TRAINERS: "trainer", View.VENUES: "venue", View.EQUIPMENT: "equipment"}
"""The timelines, and the kind of resource that has a lane in each."""


def view_words() -> tuple[tuple[str, str], ...]:
    """Return id and word of each view, in the order of the segment control."""
    return (
        (View.DAY, _("Day")),
        (View.WEEK, _("Week")),
        (View.MONTH, _("Month")),
        (View.TRAINERS, _("Trainers")),
        (View.VENUES, _("Venues")),
        (View.EQUIPMENT, _("Equipment")),
        (View.LIST, _("List")),
    )


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days of the organisation's zone from `first` up to and without `end`."""

    first: date
    end: date

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.end

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the UTC instants at which the first day begins and the last one ends."""
        return day_bounds(self.first, zone)[0], day_bounds(self.last, zone)[1]


def monday_of(day: date) -> date:
    """Return the Monday of a day's ISO week."""
    return day - timedelta(days=day.weekday())


def range_of(view: View, anchor: date) -> DayRange:
    """Return the days that a view shows around `anchor`: a day, an ISO week, or the whole weeks of a month."""
    if view is View.DAY:
        return DayRange(anchor, anchor + timedelta(days=1))
    if view is View.MONTH:
        first = anchor.replace(day=1)
        start = monday_of(first)
        last = _next_month(first) - timedelta(days=1)
        return DayRange(start, monday_of(last) + timedelta(days=7))
    start = monday_of(anchor)
    return DayRange(start, start + timedelta(days=7))


def stepped(view: View, anchor: date, steps: int) -> date:
    """Return the day around which the range `steps` further lies; a month keeps the day of the month if it can."""
    if view is View.DAY:
        return anchor + timedelta(days=steps)
    if view is not View.MONTH:
        return anchor + timedelta(days=7 * steps)
    months = anchor.year * 12 + anchor.month - 1 + steps
    first = date(months // 12, months % 12 + 1, 1)
    length = (_next_month(first) - first).days
    return first.replace(day=min(anchor.day, length))


def title_of(view: View, anchor: date) -> str:
    """Return `23–29 Nov 2026`, `Tue 24 Nov 2026` or `November 2026`."""
    if view is View.DAY:
        return day_text(anchor, year=True)
    if view is View.MONTH:
        return month_text(anchor)
    shown = range_of(view, anchor)
    return range_text(shown.first, shown.last).replace(" – ", "–" if shown.first.month == shown.last.month else " – ")


def week_words(view: View, anchor: date) -> str:
    """Return `Week 48`, or nothing for a month."""
    return "" if view is View.MONTH else _("Week {n}").format(n=anchor.isocalendar().week)


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
