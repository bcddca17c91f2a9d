"""Reports made by hand, for tests of what is painted of them."""

import datetime as dt

from trainer_desk.services.reports.fill_rate import MEASURES
from trainer_desk.services.rows.reports import EVERYTHING, Group, Report, ReportLine, ReportWish, Split, Step
from trainer_desk.services.rules.periods import periods_of

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def fill_rates(
    names: tuple[str, ...], step: Step = Step.MONTH, last: dt.date = LAST, rates: tuple[float | None, ...] = (0.5,)
) -> Report:
    """Return fill rates of courses of these names, which take turns in the rates; without names of all together."""
    periods = periods_of(FIRST, last, step)
    groups = tuple(Group(number, f"C{number}", name) for number, name in enumerate(names)) or (EVERYTHING,)
    lines = []
    for period in periods:
        for group in groups:
            rate = rates[len(lines) % len(rates)]
            lines.append(ReportLine(period, group, (10 - (group.key or 0) % 9, 0, 20, rate and rate * 20, rate)))
    wish = ReportWish(FIRST, last, step, Split.COURSE if names else Split.TOTAL)
    return Report("fill-rate", wish, MEASURES, periods, groups, tuple(lines))
