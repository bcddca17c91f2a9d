"""The one table of reports: what makes each, what may split and narrow it, and how it is asked for at first (D2)."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from trainer_desk.services.reports.enrollments import enrollments
from trainer_desk.services.reports.fill_rate import fill_rate
from trainer_desk.services.rows.reports import Report, ReportWish, Split, Step
from trainer_desk.services.rules.periods import months_before
from trainer_desk.services.store.db import Db

TOTAL, COURSE, DEPARTMENT, SITE = Split.TOTAL, Split.COURSE, Split.DEPARTMENT, Split.SITE
VENUE, TRAINER = Split.VENUE, Split.TRAINER


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report that there is: `splits` and `step` with what is asked at first in front, `narrows` names its filters."""

    make: Callable[..., Report]
    splits: tuple[Split, ...]
    narrows: frozenset[str]
    step: Step = Step.MONTH
    is_dated: bool = True


REPORTS: Mapping[str, ReportKind] = {
    "fill-rate": ReportKind(fill_rate, (TOTAL, COURSE, SITE, VENUE), frozenset({"site", "course"})),
    "enrollments": ReportKind(
        enrollments, (TOTAL, COURSE, DEPARTMENT, SITE), frozenset({"site", "department", "course"})
    ),
}
"""The reports with charts, by name."""


def make_report(db: Db, name: str, wish: ReportWish, *, now: dt.datetime) -> Report:
    """Return a report as of `now` (UTC). Raises KeyError for one that there is not, BadValue as `periods_of`."""
    return REPORTS[name].make(db, wish, now=now)


def first_wish(name: str, today: dt.date) -> ReportWish:
    """Return what a report is asked for at first: the last twelve months and this one, to their end."""
    kind = REPORTS[name]
    first = months_before(today, 11)
    return ReportWish(first, months_before(today, -1) - dt.timedelta(days=1), kind.step, kind.splits[0])
