"""Ranges of days that move with the day: this week, next 4 weeks, last month (X1)."""

import datetime as dt
from collections.abc import Callable, Mapping

Days = tuple[dt.date, dt.date]
"""The first and the last day, both of them in the range."""


def days_of(name: str, today: dt.date) -> Days:
    """Return the range of a name as of `today`. Raises KeyError for a name that is not in `RANGES`."""
    return RANGES[name](today)


def _days(today: dt.date, first: int, last: int) -> Days:
    return today + dt.timedelta(days=first), today + dt.timedelta(days=last)


def _week(today: dt.date, weeks: int) -> Days:
    monday = today + dt.timedelta(days=7 * weeks - today.weekday())
    return monday, monday + dt.timedelta(days=6)


def _months(today: dt.date, first: int, count: int) -> Days:
    begins = _month(today.year * 12 + today.month - 1 + first)
    ends = _month(begins.year * 12 + begins.month - 1 + count)
    return begins, ends - dt.timedelta(days=1)


def _month(number: int) -> dt.date:
    return dt.date(number // 12, number % 12 + 1, 1)


RANGES: Mapping[str, Callable[[dt.date], Days]] = {
    "today": lambda day: (day, day),
    "this_week": lambda day: _week(day, 0),
    "next_week": lambda day: _week(day, 1),
    "last_week": lambda day: _week(day, -1),
    "next_4_weeks": lambda day: _days(day, 0, 27),
    "this_month": lambda day: _months(day, 0, 1),
    "next_month": lambda day: _months(day, 1, 1),
    "last_month": lambda day: _months(day, -1, 1),
    "this_quarter": lambda day: _months(day, -((day.month - 1) % 3), 3),
    "this_year": lambda day: _months(day, 1 - day.month, 12),
}
"""What makes each range of the day on which it is asked for; weeks begin on Monday."""
