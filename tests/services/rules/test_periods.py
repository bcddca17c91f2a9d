"""Days cut into periods: nothing is left out and nothing counts twice (D2)."""

import datetime as dt
import itertools

import pytest

from trainer_desk.services.errors import BadValue
from trainer_desk.services.rows.reports import Step
from trainer_desk.services.rules.periods import months_before, periods_of


@pytest.mark.parametrize(
    ("step", "names"),
    [
        (Step.WEEK, ["2025-W52", "2026-W01", "2026-W02"]),
        (Step.MONTH, ["2025-12", "2026-01"]),
        (Step.QUARTER, ["2025-Q4", "2026-Q1"]),
        (Step.YEAR, ["2025", "2026"]),
        (Step.WHOLE, ["2025-12-24/2026-01-06"]),
    ],
)
def test_the_first_and_the_last_are_cut_short(step: Step, names: list[str]) -> None:
    first, last = dt.date(2025, 12, 24), dt.date(2026, 1, 6)
    found = periods_of(first, last, step)
    assert [one.name for one in found] == names
    assert (found[0].first, found[-1].last) == (first, last)
    assert all(other.first - one.last == dt.timedelta(days=1) for one, other in itertools.pairwise(found))


def test_too_many_and_none_are_refused() -> None:
    day = dt.date(2026, 1, 1)
    with pytest.raises(BadValue, match="bad_value"):
        periods_of(day, day - dt.timedelta(days=1), Step.WEEK)
    assert len(periods_of(day, day + dt.timedelta(weeks=598), Step.WEEK)) <= 600
    with pytest.raises(BadValue):
        periods_of(day, day + dt.timedelta(weeks=601), Step.WEEK)


def test_months_go_over_years() -> None:
    assert months_before(dt.date(2026, 3, 31), 11) == dt.date(2025, 4, 1)
    assert months_before(dt.date(2026, 12, 31), -1) == dt.date(2027, 1, 1)
