"""Compliance as of any day: items as they are stored, or for a past day as the facts of that day make them (D3).

Items never depend on today, but they do on all that was told since: of a past day they say what came only later.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from functools import partial, reduce

from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.directory import load_settings
from trainer_desk.services.people.compliance import items_of_course
from trainer_desk.services.people.compliance_facts import (
    FEW,
    Facts,
    Row,
    Until,
    read_day,
    read_facts,
    read_items,
    read_told,
)
from trainer_desk.services.rules.holdings import Item, renewing
from trainer_desk.services.rules.requirements import duty_on
from trainer_desk.services.rules.times import day_bounds
from trainer_desk.services.store.bulk import stored_form
from trainer_desk.services.store.db import Db

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
    asked = sorted(people)
    for start in range(0, len(asked), FEW):
        for course, items in _of(db, day, asked[start : start + FEW], courses, today):
            found |= {(course, person): item for person, item in items.items()}
    return found


def each_course_on(
    db: Db, day: dt.date, *, courses: Collection[int] | None = None, today: dt.date
) -> Iterator[tuple[int, Items]]:
    """Yield each course in use with the items of all people as of a day, like `items_on`; one course is kept at a time.

    A course of which nothing is asked or held comes with none.
    """
    return _of(db, day, None, courses, today)


def until_day(db: Db, day: dt.date, today: dt.date) -> Until | None:
    """Return up to when facts count as of a day: None from today on, where all do."""
    if day >= today:
        return None
    return Until(day, day_bounds(day, load_settings(db).zone)[1])


def _of(
    db: Db, day: dt.date, people: Collection[int] | None, courses: Collection[int] | None, today: dt.date
) -> Iterator[tuple[int, Items]]:
    facts = read_facts(db, people)
    wanted = sorted(facts.validity if courses is None else facts.validity.keys() & set(courses))
    until = until_day(db, day, today)
    read = _Read()
    for batch in [wanted] if people is not None else [[course] for course in wanted]:
        made = read_items(db, batch, people) if until is None else _made(db, facts, batch, people, until)
        yield from ((course, read.items(made.get(course, {}))) for course in batch)


def _made(
    db: Db, facts: Facts, courses: Collection[int], people: Collection[int] | None, until: Until
) -> Mapping[int, Mapping[int, Row]]:
    """Return the items of courses as the facts of a past day make them, in the driver's form."""
    families, form = renewing(facts.renews), stored_form(db)
    family = reduce(set.union, (families.get(course, frozenset()) for course in courses), set(courses))
    told = read_told(db, courses, family, people, until)
    duty = partial(duty_on, day=until.day)
    return {course: items_of_course(course, facts, told, families.get(course, ()), form, duty) for course in courses}


class _Read:
    """Turns rows of the driver's form into items; most people are told the same, so what was read is kept."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Item] = {}

    def items(self, rows: Mapping[int, Row]) -> Items:
        """Return items by person."""
        return {person: self._item(row) for person, row in rows.items()}

    def _item(self, row: Row) -> Item:
        status, expires, _name, due, counts = row
        key = (status, expires, due, counts)
        found = self._known.get(key)
        if found is None:
            days = (read_day(expires), read_day(due), read_day(counts))
            found = self._known[key] = Item(ComplianceStatus(status), *days)
        return found
