"""Reads the compliance matrix: courses, people in the order of their names, and what they hold, as of any day (D3).

A screen is read by the ids of its people; the ids of everybody are one number each, so any place can be jumped to.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import ComplianceItem, Course, Person, Requirement
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.people.as_of import each_course_on, rows_on
from trainer_desk.services.people.compliance_facts import read_day
from trainer_desk.services.rows.matrix import NEEDED, Mark, MatrixAsked, MatrixCell, MatrixCourse, MatrixPage, MatrixRow
from trainer_desk.services.rules.holdings import Item
from trainer_desk.services.rules.matrix import mark_of
from trainer_desk.services.seats.asking import COUNTS, EXPIRED, LACKING, PENDING, Shape, criteria_of
from trainer_desk.services.seats.matching import IN_INDEX, with_index
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

Columns = tuple[Any, ...]
FIRST = 150
"""People of the first screen with some below it, which come before all ids are known."""
CHUNK = 500
"""People who are read together where all of them are wanted."""

COURSES = (
    sa.select(
        Course.id, Course.code, Course.title, Course.short_code, Course.category, Course.expiring_days
    )
    .where(Course.active.is_(sa.true()))
    .order_by(Course.category, Course.title, Course.id)
)  # fmt: skip
SOME = COURSES.where(Among(Course.id, "courses"))
IN_USE = COURSES.where(
    sa.or_(
        sa.exists().where(Requirement.course_id == Course.id, Requirement.deleted_at.is_(None)),
        sa.exists().where(ComplianceItem.course_id == Course.id),
    )
)
WHO: Columns = (Person.id, Person.employee_no, Person.name, Person.department, Person.site, Person.job_role)
PEOPLE: sa.Select[Any] = sa.select(*WHO).where(Among(Person.id, "ids"))
ITEM_LACKS = sa.and_(
    ComplianceItem.person_id == Person.id, COUNTS, sa.or_(LACKING, EXPIRED, PENDING)
)  # fmt: skip
"""An item that says that a person lacks a course today or awaits it, as `NEEDED` means it; a test compares the two."""

OF_SOME = Among(ComplianceItem.course_id + 0, "courses")
"""Looked at for the items of a person, which the database would otherwise seek course by course."""


def load_screen(db: Db, asked: MatrixAsked) -> MatrixPage:
    """Return the columns and the first people; all ids with them where there are no more."""
    courses = load_courses(db, asked)
    if asked.lacking and asked.day < asked.today:
        ids = _lacking_once(db, asked, courses, FIRST + 1)
        rows = load_rows(db, ids[:FIRST], asked, courses)
    else:
        who = _matching(db, asked, FIRST + 1, is_lacking=asked.lacking, columns=WHO)
        ids, rows = [one.id for one in who], _filled(db, who[:FIRST], asked, courses)
    return MatrixPage(asked, tuple(courses), tuple(rows), None if len(ids) > FIRST else tuple(ids))


def load_courses(db: Db, asked: MatrixAsked) -> list[MatrixCourse]:
    """Return the courses by category and title."""
    found = db.execute(SOME, {"courses": list(asked.courses)}) if asked.courses else db.execute(IN_USE)
    return [MatrixCourse(*row) for row in found]


def load_ids(db: Db, asked: MatrixAsked, courses: Sequence[MatrixCourse]) -> list[int]:
    """Return the ids of all people who are asked for, by name."""
    if asked.lacking and asked.day < asked.today:
        lacking = _marked(db, asked, courses, NEEDED)
        return [one.id for one in _matching(db, asked, None) if one.id in lacking]
    return [one.id for one in _matching(db, asked, None, is_lacking=asked.lacking)]


def load_rows(db: Db, ids: Sequence[int], asked: MatrixAsked, courses: Sequence[MatrixCourse]) -> list[MatrixRow]:
    """Return some people with their cells, in the order of the ids; who is gone meanwhile is left out."""
    people: dict[int, sa.Row[Any]] = {row[0]: row for row in db.execute(PEOPLE, {"ids": list(ids)})}
    return _filled(db, [people[one] for one in ids if one in people], asked, courses)


def load_first(db: Db, asked: MatrixAsked, most: int) -> tuple[list[MatrixCourse], list[MatrixRow], int]:
    """Return the courses, at most so many people, and how many there are in all."""
    courses = load_courses(db, asked)
    ids = load_ids(db, asked, courses)
    return courses, load_rows(db, ids[:most], asked, courses), len(ids)


def each_row(db: Db, asked: MatrixAsked, courses: Sequence[MatrixCourse]) -> Iterator[MatrixRow]:
    """Yield everybody who is asked for, a few hundred being read at a time."""
    ids = load_ids(db, asked, courses)
    for start in range(0, len(ids), CHUNK):
        yield from load_rows(db, ids[start : start + CHUNK], asked, courses)


def _filled(db: Db, people: Sequence[Any], asked: MatrixAsked, courses: Sequence[MatrixCourse]) -> list[MatrixRow]:
    """Return people, read with the columns of `WHO`, with their cells."""
    cells: dict[int, dict[int, MatrixCell]] = defaultdict(dict)
    horizon, day = {course.id: course.expiring_days for course in courses}, asked.day
    ids = [row[0] for row in people]
    items = rows_on(db, day, people=ids, courses=horizon, today=asked.today)
    for course, person, status, expires, due, counts in items:
        if course in horizon:
            cell = _cell(day, horizon[course], status, expires, due, counts)
            if cell is not None:
                cells[person][course] = cell
    return [
        MatrixRow(key, number, name, department, site, job_role, cells.get(key, {}))
        for key, number, name, department, site, job_role in people
    ]


def who_needs(db: Db, asked: MatrixAsked, course: MatrixCourse, ids: Sequence[int]) -> list[int]:
    """Return who of some people lacks a course, awaits it or is about to lose it, in their order."""
    needing = _marked(db, asked, [course], (*NEEDED, Mark.EXPIRING))
    return [one for one in ids if one in needing]


@lru_cache(maxsize=50_000)
def _cell(day: dt.date, expiring_days: int, status: str, expires: Any, due: Any, counts: Any) -> MatrixCell | None:
    """Return the cell of an item whose days are in the driver's form; equal ones are judged once."""
    item = Item(ComplianceStatus(status), read_day(expires), read_day(due), read_day(counts))
    mark = mark_of(item, day, expiring_days)
    if mark is Mark.NOT_ASKED:
        return None
    return MatrixCell(mark, item.status, item.expires_on, item.due_on, item.counts_from)


def _lacking_once(db: Db, asked: MatrixAsked, courses: Sequence[MatrixCourse], limit: int) -> list[int]:
    """Return the first people who lacked something on a past day; nobody further down is looked at."""
    found: list[int] = []
    everybody = [one.id for one in _matching(db, asked, None)]
    for start in range(0, len(everybody), CHUNK):
        rows = load_rows(db, everybody[start : start + CHUNK], asked, courses)
        found += [row.person_id for row in rows if row.count(*NEEDED)]
        if len(found) >= limit:
            break
    return found[:limit]


def _matching(
    db: Db, asked: MatrixAsked, limit: int | None, *, is_lacking: bool = False, columns: Columns = (Person.id,)
) -> Sequence[sa.Row[Any]]:
    """Return who passes the filter by name; with `is_lacking` those who lack a course as items are stored."""
    criteria, indexed = with_index(db, criteria_of(asked.people))
    values: dict[str, Any] = dict(criteria.values)
    if is_lacking:
        values |= {"courses": list(asked.courses), "day": asked.day}
    statement = _people(columns, criteria.shape, indexed, is_lacking, bool(asked.courses))
    return db.execute(statement.limit(limit) if limit else statement, values).all()


@lru_cache(maxsize=64)
def _people(columns: Columns, shape: Shape, indexed: bool, is_lacking: bool, is_of_some: bool) -> sa.Select[Any]:
    chosen = sa.select(*columns).where(*shape.conditions()).order_by(Person.sort_name, Person.id)
    if indexed:
        chosen = chosen.where(IN_INDEX)
    if is_lacking:
        chosen = chosen.where(sa.exists().where(ITEM_LACKS, *([OF_SOME] if is_of_some else [])))
    return chosen


def _marked(db: Db, asked: MatrixAsked, courses: Sequence[MatrixCourse], marks: Collection[Mark]) -> set[int]:
    """Return who of everybody has one of these marks in one of the courses."""
    horizon = {course.id: course.expiring_days for course in courses}
    found: set[int] = set()
    for course, items in each_course_on(db, asked.day, courses=horizon, today=asked.today):
        known = {item: mark_of(item, asked.day, horizon[course]) in marks for item in set(items.values())}
        found.update(person for person, item in items.items() if known[item])
    return found
