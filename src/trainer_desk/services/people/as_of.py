"""Compliance as of any day: items as they are stored, or for a past day as the facts of that day make them (D3).

Items never depend on today, but they do on all that was told since: of a past day they say what came only later.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial, reduce
from itertools import chain

import sqlalchemy as sa

from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.directory import load_settings
from trainer_desk.services.people.compliance import items_of_course
from trainer_desk.services.people.compliance_facts import (
    COURSES,
    FEW,
    Facts,
    Row,
    Told,
    Until,
    item_rows,
    read_day,
    read_facts,
    read_items,
    read_told,
)
from trainer_desk.services.people.said_before import add_said_before
from trainer_desk.services.rules.holdings import Item, renewing
from trainer_desk.services.rules.requirements import duty_on
from trainer_desk.services.rules.times import day_bounds
from trainer_desk.services.store.bulk import stored_form
from trainer_desk.services.store.db import Db

IN_USE = sa.select(COURSES.c.id).where(COURSES.c.active.is_(sa.true())).order_by(COURSES.c.id)
Items = dict[int, Item]
"""Items of one course by person."""


def items_on(
    db: Db, day: dt.date, *, people: Collection[int], courses: Collection[int] | None = None, today: dt.date
) -> dict[tuple[int, int], Item]:
    """Return the items of these people as of a day by course and person; `courses` None: of all courses in use.

    `rules.compliance` judges them on the same day. `today` is the day of the organisation's zone: before it, items are
    made from what held on that day and is known now, from it on they are as they are stored.
    """
    found: dict[tuple[int, int], Item] = {}
    read, found = _Read(), {}
    for course, person, *row in rows_on(db, day, people=sorted(people), courses=courses, today=today):
        if courses is None or course in courses:
            found[course, person] = read.item(tuple(row))
    return found


def rows_on(
    db: Db, day: dt.date, *, people: Sequence[int], courses: Collection[int] | None = None, today: dt.date
) -> Iterator[Row]:
    """Return what `items_on` returns as course, person and the columns of `SHORT`, all in the driver's form.

    From today on items of courses that were not asked for are among them: of few people all come soonest.
    """
    parts = [people[start : start + FEW] for start in range(0, len(people), FEW)]
    if day >= today:
        return chain.from_iterable(item_rows(db, some) for some in parts)
    return chain.from_iterable(_short_rows(_past(db, day, some, courses, today)) for some in parts)


def each_course_on(
    db: Db, day: dt.date, *, courses: Collection[int] | None = None, today: dt.date
) -> Iterator[tuple[int, Items]]:
    """Yield each course in use with the items of all people as of a day, like `items_on`; one course is kept at a time.

    A course of which nothing is asked or held comes with none.
    """
    read = _Read()
    if day < today:
        for course, items in _past(db, day, None, courses, today):
            yield course, read.items(items)
        return
    for course in db.execute(IN_USE).scalars().all():
        if courses is None or course in courses:
            yield course, read.items(read_items(db, [course], None)[course])


def until_day(db: Db, day: dt.date, today: dt.date) -> Until | None:
    """Return up to when facts count as of a day: None from today on, where all do."""
    if day >= today:
        return None
    return Until(day, day_bounds(day, load_settings(db).zone)[1])


def told_until(
    db: Db, courses: Collection[int], families: Collection[int], people: Collection[int] | None, until: Until
) -> Told:
    """Return what `read_told` does, with what was attested by then where something newer was said since."""
    told = read_told(db, courses, families, people, until)
    add_said_before(db, told, courses, people, until)
    return told


def _past(
    db: Db, day: dt.date, people: Collection[int] | None, courses: Collection[int] | None, today: dt.date
) -> Iterator[tuple[int, Mapping[int, Row]]]:
    """Yield the courses in use with the items of a past day in the driver's form, of few people at once."""
    until = until_day(db, day, today)
    assert until is not None, "the day is past"
    facts = read_facts(db, people)
    wanted = sorted(facts.validity if courses is None else facts.validity.keys() & set(courses))
    for batch in [wanted] if people is not None else [[course] for course in wanted]:
        yield from _made(db, facts, batch, people, until).items()


def _made(
    db: Db, facts: Facts, courses: Collection[int], people: Collection[int] | None, until: Until
) -> Mapping[int, Mapping[int, Row]]:
    """Return the items of courses as the facts of a past day make them, in the driver's form."""
    families, form = renewing(facts.renews), stored_form(db)
    family = reduce(set.union, (families.get(course, frozenset()) for course in courses), set(courses))
    told = told_until(db, courses, family, people, until)
    duty = partial(duty_on, day=until.day)
    return {course: items_of_course(course, facts, told, families.get(course, ()), form, duty) for course in courses}


def _short_rows(courses: Iterable[tuple[int, Mapping[int, Row]]]) -> Iterator[Row]:
    for course, items in courses:
        yield from ((course, person, *_short(row)) for person, row in items.items())


class _Read:
    """Turns rows of the driver's form into items; most people are told the same, so what was read is kept."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Item] = {}

    def items(self, rows: Mapping[int, Row]) -> Items:
        """Return items by person."""
        return {person: self.item(_short(row)) for person, row in rows.items()}

    def item(self, row: Row) -> Item:
        """Return the item of the columns of `SHORT`."""
        found = self._known.get(row)
        if found is None:
            status, *days = row
            found = self._known[row] = Item(ComplianceStatus(status), *map(read_day, days))
        return found


def _short(row: Row) -> Row:
    """Return the columns of `SHORT` from those of `ROW`."""
    status, expires, _name, due, counts = row
    return status, expires, due, counts
