"""Compliance over time: of all that is asked of people, what they hold at the end of each period (D2)."""

import datetime as dt
from collections import defaultdict

from trainer_desk.services.directory import load_directory
from trainer_desk.services.people.tallies import Stand, tallies
from trainer_desk.services.reports.counting import GroupKey, Sums
from trainer_desk.services.reports.shaping import report_of, share
from trainer_desk.services.rows.reports import Measure, Number, Period, Report, ReportWish, Split, Unit
from trainer_desk.services.rules.compliance import EXPIRING, GREEN, RED, YELLOW
from trainer_desk.services.rules.periods import periods_of
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.db import Db

MEASURES = (
    Measure("asked"), Measure("compliant"), Measure("expiring"), Measure("pending"), Measure("not_compliant"),
    Measure("compliance", Unit.SHARE),
)  # fmt: skip
PLACES = {GREEN: 1, EXPIRING: 2, YELLOW: 3, RED: 4}


def compliance(db: Db, wish: ReportWish, *, now: dt.datetime) -> Report:
    """Return how people in use stand with what they are asked to hold, on the last day of each period.

    The period that holds today is judged today; later ones tell what comes of it if nobody is trained. `compliance`
    is the share of those who hold it, be it that it expires soon.
    """
    directory = load_directory(db, with_qualifications=False)
    today = local(now, directory.settings.zone).date()
    periods = periods_of(wish.first, wish.last, wish.step)
    days = [_day_of(period, today) for period in periods]
    counted: dict[tuple[int, GroupKey], list[int]] = defaultdict(lambda: [0] * 5)
    courses = None if wish.course_id is None else [wish.course_id]
    for course, by_day in tallies(db, sorted(set(days)), courses=courses, today=today):
        for place, day in enumerate(days):
            for stand, people in by_day[day].items():
                if wish.site in (None, stand.site) and wish.department in (None, stand.department):
                    sums = counted[place, _key(wish.split, course, stand)]
                    sums[0] += people
                    sums[PLACES[stand.group]] += people
    whole = {key: tuple(sums) for key, sums in counted.items()}
    return report_of("compliance", wish, directory, periods, MEASURES, whole, _worked, sums=5)


def _day_of(period: Period, today: dt.date) -> dt.date:
    return today if period.first <= today <= period.last else period.last


def _key(split: Split, course: int, stand: Stand) -> GroupKey:
    if split is Split.TOTAL:
        return None
    if split is Split.COURSE:
        return course
    return stand.department if split is Split.DEPARTMENT else stand.site


def _worked(sums: Sums) -> tuple[Number, ...]:
    return (*sums, share(sums[1] + sums[2], sums[0]))
