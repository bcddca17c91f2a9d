"""Cuts days into the periods of a report: weeks, months, quarters or years, the first and last of them cut short."""

from collections.abc import Sequence
from datetime import date, timedelta

from trainer_desk.services.errors import BadValue
from trainer_desk.services.rows.reports import Period, Step

MOST = 600
"""So many periods a report has at most: the weeks of eleven years."""

ONE = timedelta(days=1)
MONTHS = {Step.MONTH: 1, Step.QUARTER: 3, Step.YEAR: 12}


def periods_of(first: date, last: date, step: Step) -> tuple[Period, ...]:
    """Return the periods from `first` to `last`, both included.

    Raises BadValue for a last day before the first, and for more than `MOST` periods.
    """
    if last < first:
        raise BadValue(field="to", value=last.isoformat(), why="to_before_from")
    if step is Step.WHOLE:
        return (Period(f"{first.isoformat()}/{last.isoformat()}", first, last),)
    found: list[Period] = []
    begins = first
    while begins <= last:
        if len(found) == MOST:
            raise BadValue(field="to", value=last.isoformat(), why="too_many_periods", limit=MOST)
        ends = min(_last_of(begins, step), last)
        found.append(Period(_name(begins, step), begins, ends))
        begins = ends + ONE
    return tuple(found)


def months_before(day: date, months: int) -> date:
    """Return the first day of the month so many months before that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def place_of(day: date, periods: Sequence[Period]) -> int | None:
    """Return the place of the period that holds a day; None outside of all."""
    return next((place for place, one in enumerate(periods) if one.first <= day <= one.last), None)


def _last_of(day: date, step: Step) -> date:
    """Return the last day of the week, month, quarter or year of a day."""
    if step is Step.WEEK:
        return day + timedelta(days=6 - day.weekday())
    months = MONTHS[step]
    begins = (day.month - 1) // months * months
    year, month = divmod(day.year * 12 + begins + months, 12)
    return date(year, month + 1, 1) - ONE


def _name(day: date, step: Step) -> str:
    if step is Step.WEEK:
        year, week, _day = day.isocalendar()
        return f"{year}-W{week:02}"
    if step is Step.QUARTER:
        return f"{day.year}-Q{(day.month + 2) // 3}"
    return f"{day.year}-{day.month:02}" if step is Step.MONTH else str(day.year)
