"""Counts the marks of each course of the compliance matrix, of all people whom the filter lets through (D3)."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import ComplianceItem, Person
from trainer_desk.services.dashboard.matrix import load_ids
from trainer_desk.services.people.as_of import each_course_on
from trainer_desk.services.rows.matrix import Mark, MatrixAsked, MatrixCourse
from trainer_desk.services.rules.matrix import mark_of
from trainer_desk.services.seats.asking import (
    COMPLIANT,
    DAY,
    EXPIRING_ITEM,
    RED_ITEM,
    YELLOW_ITEM,
    Shape,
    criteria_of,
)
from trainer_desk.services.seats.matching import IN_INDEX, with_index
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

VALID = sa.and_(COMPLIANT, sa.or_(ComplianceItem.expires_on.is_(None), ComplianceItem.expires_on >= DAY))
MARK = sa.case(
    (RED_ITEM, int(Mark.LACKING)),
    (YELLOW_ITEM, int(Mark.PENDING)),
    (EXPIRING_ITEM, int(Mark.EXPIRING)),
    (VALID, int(Mark.HELD)),
    else_=int(Mark.NOT_ASKED),
)
"""The mark of a stored item as `rules.matrix.mark_of` says it; a test compares the two."""

LEFT = sa.select(Person.id).where(Person.active.is_(sa.false()))
OF_COURSES = (
    sa.select(ComplianceItem.course_id, MARK.label("mark"), sa.func.count())
    .where(Among(ComplianceItem.course_id, "courses"))
    .group_by(ComplianceItem.course_id, sa.text("mark"))
)
WHO_LEFT = OF_COURSES.where(Among(ComplianceItem.person_id, "left"))

CourseCounts = dict[int, Counter[Mark]]


def count_marks(db: Db, asked: MatrixAsked, courses: Sequence[MatrixCourse]) -> CourseCounts:
    """Return how many people have which mark, by course; who has none of the others is not counted.

    That a matrix shows only people who lack something changes no count.
    """
    if asked.day < asked.today:
        return _on_past_day(db, asked, courses)
    alike: dict[int, list[int]] = defaultdict(list)
    for course in courses:
        alike[course.expiring_days].append(course.id)
    counts: CourseCounts = {course.id: Counter() for course in courses}
    for expiring_days, ids in alike.items():
        soon = asked.day + dt.timedelta(days=min(expiring_days, (dt.date.max - asked.day).days))
        _add(db, asked, {"courses": ids, "day": asked.day, "soon": soon}, counts)
    return counts


def _add(db: Db, asked: MatrixAsked, values: Mapping[str, Any], counts: CourseCounts) -> None:
    """Add the items as they are stored; where nothing narrows the people, they are counted inside the index."""
    criteria, indexed = with_index(db, criteria_of(asked.people))
    if not criteria.shape.is_open:
        _sum(db.execute(_narrowed(criteria.shape, indexed), {**values, **criteria.values}), counts, 1)
        return
    _sum(db.execute(OF_COURSES, values), counts, 1)
    left = list(db.execute(LEFT).scalars())
    if left:
        _sum(db.execute(WHO_LEFT, {**values, "left": left}), counts, -1)


def _sum(rows: Any, counts: CourseCounts, sign: int) -> None:
    for course, mark, people in rows:
        if mark != Mark.NOT_ASKED:
            counts[course][Mark(mark)] += sign * people


@lru_cache(maxsize=64)
def _narrowed(shape: Shape, indexed: bool) -> sa.Select[Any]:
    who = [Person.id == ComplianceItem.person_id, *shape.conditions()]
    return OF_COURSES.where(*who, IN_INDEX) if indexed else OF_COURSES.where(*who)


def _on_past_day(db: Db, asked: MatrixAsked, courses: Sequence[MatrixCourse]) -> CourseCounts:
    horizon = {course.id: course.expiring_days for course in courses}
    counts: CourseCounts = {course.id: Counter() for course in courses}
    is_open = criteria_of(asked.people).shape.is_open
    among = None if is_open else set(load_ids(db, replace(asked, lacking=False), courses))
    for course, items in each_course_on(db, asked.day, courses=horizon, today=asked.today):
        alike = Counter(item for person, item in items.items() if among is None or person in among)
        for item, people in alike.items():
            mark = mark_of(item, asked.day, horizon[course])
            if mark is not Mark.NOT_ASKED:
                counts[course][mark] += people
    return counts
