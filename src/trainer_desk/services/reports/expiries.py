"""What people hold that ends within 30, 60 and 90 days (D2)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import ComplianceItem, Course, Person
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.reports.counting import total, word
from trainer_desk.services.reports.shaping import report_of
from trainer_desk.services.rows.reports import Measure, Period, Report, ReportWish, Split
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.db import Db

MEASURES = (Measure("within_90"), Measure("days_30"), Measure("days_60"), Measure("days_90"))
REACHES = (30, 60, 90)
ENDS = ComplianceItem.expires_on
DAY = ComplianceItem.__table__.c.expires_on.type
FIRST, IN_30, IN_60, IN_90 = (sa.bindparam(f"in_{days}", type_=DAY) for days in (0, *REACHES))
SUMS = (
    sa.func.count(),
    total(ENDS <= IN_30),
    total(sa.and_(ENDS > IN_30, ENDS <= IN_60)),
    total(ENDS > IN_60),
)
GROUPS: Mapping[Split, sa.ColumnElement[Any]] = {
    Split.COURSE: ComplianceItem.course_id.expression,
    Split.DEPARTMENT: Person.department.expression,
    Split.SITE: Person.site.expression,
}


def expiries(db: Db, wish: ReportWish, *, now: dt.datetime) -> Report:
    """Return how many trainings of people in use have their last valid day within 30, 60 and 90 days from today.

    Counted is what is asked for on that day, of courses in use. The days of the wish have no part in it.
    """
    directory = load_directory(db, with_qualifications=False)
    today = local(now, directory.settings.zone).date()
    query = (
        sa.select(GROUPS[wish.split], *SUMS)
        .join(Person, sa.and_(Person.id == ComplianceItem.person_id, Person.active.is_(sa.true())))
        .join(Course, sa.and_(Course.id == ComplianceItem.course_id, Course.active.is_(sa.true())))
        .where(
            ComplianceItem.status == word(ComplianceStatus.COMPLIANT),
            ENDS.between(FIRST, IN_90),
            sa.or_(ComplianceItem.counts_from.is_(None), ComplianceItem.counts_from <= ENDS),
        )
        .group_by(GROUPS[wish.split])
    )
    for column, value in (
        (ComplianceItem.course_id, wish.course_id),
        (Person.department, wish.department),
        (Person.site, wish.site),
    ):
        query = query if value is None else query.where(column == value)
    days = {f"in_{ahead}": today + dt.timedelta(days=ahead) for ahead in (0, *REACHES)}
    counted = {(0, group): tuple(int(one) for one in sums) for group, *sums in db.execute(query, days)}
    last = days["in_90"]
    period = Period(f"{today.isoformat()}/{last.isoformat()}", today, last)
    return report_of("expiries", wish, directory, (period,), MEASURES, counted, tuple, sums=len(SUMS))
