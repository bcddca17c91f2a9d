"""Which days a view shows, how one steps, what the range is called, over years and clock changes."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from trainer_desk.views.schedule.ranges import View, range_of, stepped, title_of, week_words

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("view", "first", "last"),
    [
        (View.DAY, TUESDAY, TUESDAY),
        (View.WEEK, date(2026, 11, 23), date(2026, 11, 29)),
        (View.TRAINERS, date(2026, 11, 23), date(2026, 11, 29)),
        (View.LIST, date(2026, 11, 23), date(2026, 11, 29)),
        (View.MONTH, date(2026, 10, 26), date(2026, 12, 6)),
    ],
)
def test_ranges(view: View, first: date, last: date) -> None:
    shown = range_of(view, TUESDAY)
    assert (shown.first, shown.last) == (first, last)


@pytest.mark.parametrize(
    ("view", "day", "steps", "there"),
    [
        (View.DAY, date(2026, 12, 31), 1, date(2027, 1, 1)),
        (View.WEEK, date(2026, 12, 28), 1, date(2027, 1, 4)),
        (View.MONTH, date(2026, 12, 31), 1, date(2027, 1, 31)),
        (View.MONTH, date(2027, 1, 31), 1, date(2027, 2, 28)),
        (View.MONTH, date(2027, 1, 31), -13, date(2025, 12, 31)),
    ],
)
def test_steps(view: View, day: date, steps: int, there: date) -> None:
    assert stepped(view, day, steps) == there


@pytest.mark.parametrize(
    ("view", "day", "title", "week"),
    [
        (View.WEEK, TUESDAY, "23–29 Nov 2026", "Week 48"),
        (View.WEEK, date(2026, 12, 1), "30 Nov – 6 Dec 2026", "Week 49"),
        (View.WEEK, date(2027, 1, 1), "28 Dec 2026 – 3 Jan 2027", "Week 53"),
        (View.DAY, TUESDAY, "Tue 24 Nov 2026", "Week 48"),
        (View.MONTH, TUESDAY, "November 2026", ""),
    ],
)
def test_titles(view: View, day: date, title: str, week: str) -> None:
    assert (title_of(view, day), week_words(view, day)) == (title, week)


def test_a_week_with_a_clock_change_has_an_hour_more() -> None:
    starts_at, ends_at = range_of(View.WEEK, date(2026, 10, 25)).bounds(ZoneInfo("Europe/Berlin"))
    assert (starts_at, ends_at) == (datetime(2026, 10, 18, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC))
