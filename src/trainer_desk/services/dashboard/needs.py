"""How people stand with each course today, and how many who need it have no place in it (D1)."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import ComplianceItem, Enrollment, Person, Session
from trainer_desk.models.enums import EnrollmentState, SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.planning.board import load_cards
from trainer_desk.services.rows.dashboard import Need, Needs
from trainer_desk.services.rows.directory import CourseRow
from trainer_desk.services.rules.compliance import EXPIRING, GREEN, RED, YELLOW
from trainer_desk.services.rules.times import local
from trainer_desk.services.seats.asking import RED_ITEM
from trainer_desk.services.seats.counting import GROUP
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

INSTANT = Session.__table__.c.starts_at.type
NOW: sa.BindParameter[Any] = sa.bindparam("now", type_=INSTANT)
COURSES = Among(ComplianceItem.course_id, "courses")
GROUPS = sa.select(ComplianceItem.course_id, GROUP.label("grp"), sa.func.count())
EVERYBODY: sa.Select[int, int, int] = GROUPS.where(COURSES).group_by(ComplianceItem.course_id, sa.text("grp"))
LEFT = sa.select(Person.id).where(Person.active.is_(sa.false()))
WHO_LEFT: sa.Select[int, int, int] = (
    GROUPS.where(Among(ComplianceItem.person_id, "left")).group_by(ComplianceItem.course_id, sa.text("grp"))
)  # fmt: skip
"""Those who have left, in all courses: they are looked up one by one, and not among all items of the courses."""
NOT_COMPLIANT = (
    sa.select(sa.func.count(sa.distinct(ComplianceItem.person_id)))
    .join(Person, sa.and_(Person.id == ComplianceItem.person_id, Person.active.is_(sa.true())))
    .where(RED_ITEM)
)
BOOKED = (
    sa.select(Session.course_id, Enrollment.person_id)
    .join(Enrollment, Enrollment.session_id == Session.id)
    .where(
        Session.status.in_([SessionStatus.DRAFT.value, SessionStatus.SCHEDULED.value, SessionStatus.IN_PROGRESS.value]),
        sa.or_(Session.ends_at > NOW, Session.ends_at.is_(None)),
        Session.deleted_at.is_(None),
        Enrollment.state != EnrollmentState.WITHDRAWN.value,
        Among(Session.course_id, "courses"),
    )
    .distinct()
    .subquery()
)
WITH_PLACE: sa.Select[int, int, int] = (
    sa.select(ComplianceItem.course_id, GROUP.label("grp"), sa.func.count())
    .join(
        BOOKED,
        sa.and_(BOOKED.c.course_id == ComplianceItem.course_id, BOOKED.c.person_id == ComplianceItem.person_id),
    )
    .join(Person, sa.and_(Person.id == ComplianceItem.person_id, Person.active.is_(sa.true())))
    .group_by(ComplianceItem.course_id, sa.text("grp"))
)
NEXT_FREE = (
    sa.select(Session.id, Session.course_id)
    .where(
        Session.status == SessionStatus.SCHEDULED.value,
        Session.starts_at > NOW,
        Session.deleted_at.is_(None),
        Session.waiting == 0,
        sa.or_(Session.capacity.is_(None), Session.seats_taken < Session.capacity),
        Among(Session.course_id, "courses"),
    )
    .order_by(Session.starts_at, Session.id)
)

Counts = Mapping[int, Mapping[int, int]]


def load_needs(db: Db, *, now: dt.datetime) -> Needs:
    """Return how active people stand with the courses that they must hold, as of `now` (UTC)."""
    directory = load_directory(db)
    day = local(now, directory.settings.zone).date()
    return Needs(day, directory, training_needs(db, directory.courses, day, now))


def people_not_compliant(db: Db, day: dt.date) -> int:
    """Return how many active people are not compliant on `day` with something that they must hold."""
    return int(db.execute(NOT_COMPLIANT, {"day": day}).scalar_one())


def training_needs(db: Db, courses: Mapping[int, CourseRow], day: dt.date, now: dt.datetime) -> tuple[Need, ...]:
    """Return how active people stand on `day` with each active course that anybody must hold, most lacking first.

    `now` (UTC) tells which sessions are still to come. Courses whose people are judged by the same number of days are
    counted by one statement.
    """
    alike: dict[int, list[int]] = defaultdict(list)
    for course in courses.values():
        if course.active:
            alike[course.expiring_days].append(course.id)
    needs: list[Need] = []
    left = list(db.execute(LEFT).scalars())
    for expiring_days, ids in alike.items():
        asked = {"courses": ids, "day": day, "soon": day + dt.timedelta(days=expiring_days), "now": now, "left": left}
        needs += _needs_of(db, ids, asked)
    needs = _with_next(db, needs, now)
    return tuple(
        sorted(needs, key=lambda need: (-need.red, -need.yellow, -need.expiring, courses[need.course_id].title))
    )


def _needs_of(db: Db, ids: Sequence[int], asked: Mapping[str, Any]) -> list[Need]:
    everybody, gone = _counted(db, EVERYBODY, asked), _counted(db, WHO_LEFT, asked) if asked["left"] else {}
    placed = _counted(db, WITH_PLACE, asked)
    found = []
    for course in ids:
        people = Counter(everybody.get(course, {}))
        people.subtract(gone.get(course, {}))
        lacking = people[RED] + people[EXPIRING]
        booked = placed.get(course, {})
        unbooked = lacking - booked.get(RED, 0) - booked.get(EXPIRING, 0)
        if sum(people.values()):
            found.append(Need(course, people[RED], people[YELLOW], people[EXPIRING], people[GREEN], unbooked))
    return found


def _counted(db: Db, statement: sa.Select[int, int, int], asked: Mapping[str, Any]) -> Counts:
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    for course, group, people in db.execute(statement, asked):
        counts[int(course)][int(group)] = int(people)
    return counts


def _with_next(db: Db, needs: list[Need], now: dt.datetime) -> list[Need]:
    """Add the next session with a place to each course in which somebody lacks one."""
    lacking = [need.course_id for need in needs if need.unbooked]
    first: dict[int, int] = {}
    if lacking:
        for session, course in db.execute(NEXT_FREE, {"courses": lacking, "now": now}):
            first.setdefault(int(course), int(session))
    cards = load_cards(db, sorted(first.values()), now=now) if first else {}
    return [
        Need(
            need.course_id, need.red, need.yellow, need.expiring, need.green, need.unbooked,
            cards[first[need.course_id]] if need.course_id in first else None,
        )
        for need in needs
    ]  # fmt: skip
