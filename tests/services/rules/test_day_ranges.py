"""Ranges that move with the day."""

from datetime import date, timedelta

import pytest

from trainer_desk.services.rules.day_ranges import RANGES, days_of
from trainer_desk.texts import exports

TUESDAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("name", "today", "first", "last"),
    [
        ("today", TUESDAY, "2026-12-01", "2026-12-01"),
        ("this_week", TUESDAY, "2026-11-30", "2026-12-06"),
        ("this_week", date(2026, 12, 6), "2026-11-30", "2026-12-06"),
        ("next_week", TUESDAY, "2026-12-07", "2026-12-13"),
        ("last_week", TUESDAY, "2026-11-23", "2026-11-29"),
        ("next_4_weeks", TUESDAY, "2026-12-01", "2026-12-28"),
        ("this_month", TUESDAY, "2026-12-01", "2026-12-31"),
        ("next_month", TUESDAY, "2027-01-01", "2027-01-31"),
        ("last_month", date(2026, 1, 31), "2025-12-01", "2025-12-31"),
        ("last_month", date(2028, 3, 31), "2028-02-01", "2028-02-29"),
        ("this_quarter", TUESDAY, "2026-10-01", "2026-12-31"),
        ("this_quarter", date(2026, 2, 28), "2026-01-01", "2026-03-31"),
        ("this_year", TUESDAY, "2026-01-01", "2026-12-31"),
    ],
)
def test_the_days_of_a_range(name: str, today: date, first: str, last: str) -> None:
    assert [day.isoformat() for day in days_of(name, today)] == [first, last]


def test_on_every_day_a_range_is_whole_and_has_words() -> None:
    assert RANGES.keys() == exports.RANGES.keys()
    for day in (date(2024, 1, 1) + timedelta(days=number) for number in range(1100)):
        for name in RANGES:
            first, last = days_of(name, day)
            assert first <= last
            assert first <= day <= last or name.startswith(("next_", "last_"))
