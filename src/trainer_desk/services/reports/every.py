"""The one table of reports: what makes each, what may split and narrow it, and how it is asked for at first (D2)."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from trainer_desk.services.reports.compliance import compliance
from trainer_desk.services.reports.enrollments import enrollments
from trainer_desk.services.reports.expiries import expiries
from trainer_desk.services.reports.fill_rate import fill_rate
from trainer_desk.services.reports.trainer_hours import trainer_hours
from trainer_desk.services.reports.venue_use import venue_use
from trainer_desk.services.reports.waitlist import waitlist
from trainer_desk.services.rows.reports import Report, ReportWish, Split, Step
from trainer_desk.services.rules.periods import months_before
from trainer_desk.services.store.db import Db

TOTAL, COURSE, DEPARTMENT, SITE = Split.TOTAL, Split.COURSE, Split.DEPARTMENT, Split.SITE
VENUE, TRAINER = Split.VENUE, Split.TRAINER

EVERY = frozenset({"site", "department", "course"})
OF_SESSIONS = frozenset({"site", "course"})


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report that there is: `splits` and `step` with what is asked at first in front, `narrows` names its filters."""

    make: Callable[..., Report]
    splits: tuple[Split, ...]
    narrows: frozenset[str] = EVERY
    step: Step = Step.MONTH
    is_dated: bool = True
    looks_ahead: bool = False
    """Whether it is asked for the coming months at first."""


REPORTS: Mapping[str, ReportKind] = {
    "compliance": ReportKind(compliance, (TOTAL, DEPARTMENT, COURSE, SITE)),
    "expiries": ReportKind(expiries, (COURSE, DEPARTMENT, SITE), step=Step.WHOLE, is_dated=False),
    "fill-rate": ReportKind(fill_rate, (TOTAL, COURSE, SITE, VENUE), OF_SESSIONS),
    "enrollments": ReportKind(enrollments, (TOTAL, COURSE, DEPARTMENT, SITE)),
    "venue-use": ReportKind(venue_use, (VENUE, SITE, TOTAL), OF_SESSIONS, Step.WHOLE),
    "trainer-hours": ReportKind(trainer_hours, (TRAINER, COURSE, SITE, TOTAL), OF_SESSIONS, Step.WHOLE),
    "waitlist": ReportKind(waitlist, (COURSE, TOTAL), OF_SESSIONS, Step.WHOLE, looks_ahead=True),
}
"""The reports with charts, by name."""


def make_report(db: Db, name: str, wish: ReportWish, *, now: dt.datetime) -> Report:
    """Return a report as of `now` (UTC). Raises KeyError for one that there is not, BadValue as `periods_of`."""
    return REPORTS[name].make(db, wish, now=now)


def first_wish(name: str, today: dt.date) -> ReportWish:
    """Return what a report is asked for at first: twelve months to the end of this one, or the coming three."""
    kind = REPORTS[name]
    first, last = months_before(today, 11), months_before(today, -1)
    if kind.looks_ahead or not kind.is_dated:
        first, last = today, months_before(today, -4)
    return ReportWish(first, last - dt.timedelta(days=1), kind.step, kind.splits[0])
