"""Reads what training is needed: whose certificates end when and where, and what is planned for them (D4)."""

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from trainer_desk.models import Base, ComplianceItem, Course, Enrollment, Person, Run, Session
from trainer_desk.models.enums import SEATED, ComplianceStatus, SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.rows.demand import SITE, Demand, DemandLine
from trainer_desk.services.rows.directory import CourseRow
from trainer_desk.services.rules.demand import demand_of, reach_of, usual_size
from trainer_desk.services.rules.periods import months_before
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.db import Db

MONTHS = 12
VENUES = Base.metadata.tables["venues"]
INSTANT = Session.__table__.c.starts_at.type
DAY = ComplianceItem.__table__.c.expires_on.type
NOW = sa.bindparam("now", type_=INSTANT)
TODAY, LAST = sa.bindparam("today", type_=DAY), sa.bindparam("last", type_=DAY)
COMING = sa.and_(
    Session.status.in_([SessionStatus.DRAFT.value, SessionStatus.SCHEDULED.value]),
    sa.or_(Session.starts_at > NOW, Session.starts_at.is_(None)),
    Session.deleted_at.is_(None),
)
UNDER_WAY = sa.and_(
    Session.status.in_([SessionStatus.DRAFT.value, SessionStatus.SCHEDULED.value, SessionStatus.IN_PROGRESS.value]),
    sa.or_(Session.ends_at > NOW, Session.ends_at.is_(None)),
    Session.deleted_at.is_(None),
)
BOOKED = (
    sa.select(Session.course_id, Enrollment.person_id)
    .join(Enrollment, Enrollment.session_id == Session.id)
    .where(UNDER_WAY, Enrollment.state.in_(sorted(SEATED)))
    .distinct()
    .subquery()
)
ENDS = sa.case(
    (ComplianceItem.status == ComplianceStatus.NON_COMPLIANT.value, TODAY),
    (ComplianceItem.status == ComplianceStatus.PENDING.value, sa.func.coalesce(ComplianceItem.due_on, TODAY)),
    else_=ComplianceItem.expires_on,
)
FROM = sa.func.coalesce(ComplianceItem.counts_from, TODAY)
BY = sa.case((sa.and_(FROM > ENDS, FROM > TODAY), FROM), (ENDS < TODAY, TODAY), else_=ENDS)
"""The day until which somebody needs a place: today for who lacks the course or is late, never before it is asked."""
LATE = sa.and_(ENDS <= TODAY, BY <= TODAY)
NEEDS = (
    sa.select(ComplianceItem.course_id, Person.site, BY.label("by"), LATE.label("late"), sa.func.count())
    .join(Person, sa.and_(Person.id == ComplianceItem.person_id, Person.active.is_(sa.true())))
    .join(Course, sa.and_(Course.id == ComplianceItem.course_id, Course.active.is_(sa.true())))
    .outerjoin(
        BOOKED,
        sa.and_(BOOKED.c.course_id == ComplianceItem.course_id, BOOKED.c.person_id == ComplianceItem.person_id),
    )
    .where(
        BOOKED.c.person_id.is_(None),
        BY <= LAST,
    )
    .group_by(ComplianceItem.course_id, Person.site, BY, LATE)
)
PLANNED = (
    sa.select(
        Session.course_id, VENUES.c.site, Session.extra, Session.starts_at, Run.start_date, Session.capacity,
        Session.seats_taken, sa.case((Run.one_course, Run.id)).label("whole"),
    )
    .outerjoin(VENUES, VENUES.c.id == Session.venue_id)
    .outerjoin(Run, Run.id == Session.run_id)
    .where(COMING)
)  # fmt: skip
CAPACITIES = (
    sa.select(Session.course_id, Session.capacity)
    .where(
        Session.capacity.is_not(None),
        Session.deleted_at.is_(None),
        Session.starts_at > sa.bindparam("since", type_=INSTANT),
    )
    .order_by(Session.course_id, Session.starts_at.desc(), Session.id)
)
LATEST = 9
"""So many of a course's last sessions say how many one seats."""


RECENT = dt.timedelta(days=730)
"""Sessions that began before are no example of how many one seats."""


@dataclass(frozen=True, slots=True)
class _Planned:
    """A coming session: the site (None: any), the place of the month, and how many seats it has left of how many."""

    site: str | None
    month: int
    capacity: int | None
    taken: int


@dataclass(slots=True)
class _Needed:
    """People of a course by site and month, and those of the first month who are late already."""

    months: int
    people: dict[str, list[int]] = field(default_factory=dict)
    late: Counter[str] = field(default_factory=Counter)

    def add(self, site: str, month: int, people: int, *, late: bool) -> None:
        self.people.setdefault(site, [0] * self.months)[month] += people
        self.late[site] += people if late else 0


def load_demand(db: Db, *, now: dt.datetime, months: int = MONTHS) -> Demand:
    """Return what is needed as of `now` (UTC), by course, site and month, most sessions first.

    Whoever has a seat in a coming or running session of the course is not counted. Of a run that is one course its
    fullest day counts. Lines without anybody are left out.
    """
    directory = load_directory(db, with_qualifications=False)
    today = local(now, directory.settings.zone).date()
    firsts = tuple(months_before(today, -ahead) for ahead in range(months))
    last = months_before(today, -months) - dt.timedelta(days=1)
    values = {"now": now, "today": today, "last": last, "since": now - RECENT}
    needs = _needs(db.execute(NEEDS, values), firsts)
    planned, sizes = _planned(db, values, directory.settings.zone, firsts), _capacities(db, values)
    lines: list[DemandLine] = []
    for course_id, needed in needs.items():
        course = directory.courses[course_id]
        size = usual_size(course.default_capacity, sizes.get(course_id, ()))
        lines += _lines(course, needed, planned.get(course_id, ()), size)
    lines.sort(key=lambda line: (-line.sessions, -line.people, line.title, line.site))
    return Demand(today, firsts, tuple(lines))


def _lines(course: CourseRow, needed: _Needed, planned: Iterable[_Planned], size: int) -> list[DemandLine]:
    places = [(one.site, one.month, max(0, (one.capacity or size) - one.taken)) for one in planned]
    found = demand_of(needed.people, places, size, reach=reach_of(course.expiring_days), late=needed.late)
    return [DemandLine(course.id, course.code, course.title, site, size, cells) for site, cells in found.items()]


def _needs(rows: Iterable[Any], firsts: tuple[dt.date, ...]) -> dict[int, _Needed]:
    found: dict[int, _Needed] = {}
    for course_id, site, by, late, people in sorted(rows, key=lambda row: (row[1], str(row[2]))):
        day = dt.date.fromisoformat(by) if isinstance(by, str) else by
        found.setdefault(course_id, _Needed(len(firsts))).add(site, _month(day, firsts), people, late=bool(late))
    return found


def _month(day: dt.date, firsts: tuple[dt.date, ...]) -> int:
    """Return the place of the month of a day; days before the first month are in it."""
    months = (day.year - firsts[0].year) * 12 + day.month - firsts[0].month
    return max(0, months)


def _planned(
    db: Db, values: Mapping[str, Any], zone: ZoneInfo, firsts: tuple[dt.date, ...]
) -> dict[int, list[_Planned]]:
    found: dict[int, list[_Planned]] = defaultdict(list)
    wholes: dict[int, list[_Planned]] = defaultdict(list)
    courses: dict[int, int] = {}
    for course_id, site, extra, starts_at, run_day, capacity, taken, whole in db.execute(PLANNED, values):
        day = local(starts_at, zone).date() if starts_at is not None else run_day or firsts[0]
        one = _Planned(site or (extra or {}).get(SITE), _month(day, firsts), capacity, taken)
        if whole is None:
            found[course_id].append(one)
        else:
            wholes[whole].append(one)
            courses[whole] = course_id
    for run, days in wholes.items():
        fullest = min(days, key=lambda one: (one.capacity or math.inf) - one.taken)
        found[courses[run]].append(replace(fullest, month=max(one.month for one in days)))
    return found


def _capacities(db: Db, values: Mapping[str, Any]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for course_id, capacity in db.execute(CAPACITIES, values):
        if capacity is not None and len(found[course_id]) < LATEST:
            found[course_id].append(capacity)
    return found
