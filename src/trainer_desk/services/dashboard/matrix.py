"""Reads the compliance matrix: courses, people in the order of their names, and what they hold, as of any day (D3).

A screen is read by the ids of its people; the ids of everybody are one number each, so any place can be jumped to.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import ComplianceItem, Course, Person, Requirement
from trainer_desk.services.people.as_of import each_course_on, items_on
from trainer_desk.services.people.compliance_facts import FEW
from trainer_desk.services.rows.matrix import NEEDED, Mark, MatrixAsked, MatrixCell, MatrixCourse, MatrixPage, MatrixRow
from trainer_desk.services.rules.holdings import Item
from trainer_desk.services.rules.matrix import mark_of
from trainer_desk.services.seats.asking import COUNTS, EXPIRED, LACKING, PENDING, Shape, criteria_of
from trainer_desk.services.seats.matching import IN_INDEX, with_index
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

FIRST = 60
"""People of the first screen, which comes before all ids are known."""
CHUNK = 500
"""People who are read together where all of them are wanted."""

COURSES = (
    sa.select(
        Course.id, Course.code, Course.title, Course.short_code, Course.category, Course.expiring_days
    )
    .where(Course.active.is_(sa.true()))
    .order_by(Course.category, Course.title, Course.id)
)  # fmt: skip
IN_USE = COURSES.where(
    sa.or_(
        sa.exists().where(Requirement.course_id == Course.id, Requirement.deleted_at.is_(None)),
        sa.exists().where(ComplianceItem.course_id == Course.id),
    )
)
PEOPLE = sa.select(
    Person.id, Person.employee_no, Person.name, Person.department, Person.site, Person.job_role
).where(Among(Person.id, "ids"))  # fmt: skip
ITEM_LACKS = sa.and_(
    ComplianceItem.person_id == Person.id, COUNTS, sa.or_(LACKING, EXPIRED, PENDING)
)  # fmt: skip
"""An item that says that a person lacks a course today or awaits it, as `NEEDED` means it; a test compares the two."""


def load_screen(db: Db, asked: MatrixAsked) -> MatrixPage:
    """Return the columns and the first people; all ids with them where there are no more."""
    courses = tuple(load_courses(db, asked))
    ids = _ids(db, asked, courses, FIRST + 1)
    rows = load_rows(db, ids[:FIRST], asked, courses)
    return MatrixPage(asked, courses, tuple(rows), None if len(ids) > FIRST else tuple(ids))


def load_courses(db: Db, asked: MatrixAsked) -> list[MatrixCourse]:
    """Return the courses by category and title."""
    found = (MatrixCourse(*row) for row in db.execute(COURSES if asked.courses else IN_USE))
    return [course for course in found if not asked.courses or course.id in asked.courses]


def load_ids(db: Db, asked: MatrixAsked, courses: Sequence[MatrixCourse]) -> list[int]:
    """Return the ids of all people who are asked for, by name."""
    return _ids(db, asked, courses, None)


def load_rows(db: Db, ids: Sequence[int], asked: MatrixAsked, courses: Sequence[MatrixCourse]) -> list[MatrixRow]:
    """Return some people with their cells, in the order of the ids; who is gone meanwhile is left out."""
    cells: dict[int, dict[int, MatrixCell]] = {}
    judge = _judge(asked, courses)
    wanted = [course.id for course in courses]
    items = items_on(db, asked.day, people=ids, courses=wanted, today=asked.today) if ids and wanted else {}
    for (course, person), item in items.items():
        cell = judge(course, item)
        if cell.mark is not Mark.NOT_ASKED:
            cells.setdefault(person, {})[course] = cell
    people = {row.id: row for row in db.execute(PEOPLE, {"ids": list(ids)})}
    return [MatrixRow(*people[one], cells.get(one, {})) for one in ids if one in people]


def each_row(db: Db, asked: MatrixAsked, courses: Sequence[MatrixCourse]) -> Iterator[MatrixRow]:
    """Yield everybody who is asked for, a few hundred being read at a time."""
    ids = load_ids(db, asked, courses)
    for start in range(0, len(ids), CHUNK):
        yield from load_rows(db, ids[start : start + CHUNK], asked, courses)


def who_needs(db: Db, asked: MatrixAsked, course: MatrixCourse, ids: Sequence[int]) -> list[int]:
    """Return who of some people lacks a course, awaits it or is about to lose it, in their order."""
    only = [course.id]
    if len(ids) <= FEW:
        items = {
            who: one for (_, who), one in items_on(db, asked.day, people=ids, courses=only, today=asked.today).items()
        }
    else:
        items = dict(each_course_on(db, asked.day, courses=only, today=asked.today))[course.id]
    judge = _judge(asked, [course])
    return [one for one in ids if one in items and judge(course.id, items[one]).mark in (*NEEDED, Mark.EXPIRING)]


def _judge(asked: MatrixAsked, courses: Sequence[MatrixCourse]) -> Callable[[int, Item], MatrixCell]:
    """Return what makes a cell of an item; equal ones are judged once."""
    horizon = {course.id: course.expiring_days for course in courses}

    @lru_cache(maxsize=20_000)
    def cell(days: int, item: Item) -> MatrixCell:
        mark = mark_of(item, asked.day, days)
        return MatrixCell(mark, item.status, item.expires_on, item.due_on, item.counts_from)

    return lambda course, item: cell(horizon[course], item)


def _ids(db: Db, asked: MatrixAsked, courses: Sequence[MatrixCourse], limit: int | None) -> list[int]:
    if not asked.lacking:
        return _matching(db, asked, limit)
    wanted = [course.id for course in courses]
    if asked.day >= asked.today:
        return _matching(db, asked, limit, wanted)
    if limit is None:
        lacking = lacking_on(db, asked, courses)
        return [one for one in _matching(db, asked, None) if one in lacking]
    found: list[int] = []
    everybody = _matching(db, asked, None)
    for start in range(0, len(everybody), CHUNK):
        rows = load_rows(db, everybody[start : start + CHUNK], asked, courses)
        found += [row.person_id for row in rows if row.count(*NEEDED)]
        if len(found) >= limit:
            break
    return found[:limit]


def _matching(db: Db, asked: MatrixAsked, limit: int | None, lacking: Sequence[int] | None = None) -> list[int]:
    """Return who passes the filter by name; with `lacking` those who lack one of these courses as items are stored."""
    criteria, indexed = with_index(db, criteria_of(asked.people))
    values: dict[str, Any] = dict(criteria.values)
    if lacking is not None:
        values |= {"courses": list(lacking), "day": asked.day}
    statement = _people(criteria.shape, indexed, lacking is not None)
    return [int(one) for one in db.execute(statement.limit(limit) if limit else statement, values).scalars()]


@lru_cache(maxsize=64)
def _people(shape: Shape, indexed: bool, is_lacking: bool) -> sa.Select[int]:
    chosen = sa.select(Person.id).where(*shape.conditions()).order_by(Person.sort_name, Person.id)
    if indexed:
        chosen = chosen.where(IN_INDEX)
    if is_lacking:
        chosen = chosen.where(sa.exists().where(ITEM_LACKS, Among(ComplianceItem.course_id, "courses")))
    return chosen


def lacking_on(db: Db, asked: MatrixAsked, courses: Sequence[MatrixCourse]) -> set[int]:
    """Return who lacks one of the courses on a past day, of everybody."""
    judge = _judge(asked, courses)
    found: set[int] = set()
    each = each_course_on(db, asked.day, courses=[course.id for course in courses], today=asked.today)
    for course, items in each:
        judged = partial(judge, course)
        found.update(person for person, item in items.items() if judged(item).mark in NEEDED)
    return found
