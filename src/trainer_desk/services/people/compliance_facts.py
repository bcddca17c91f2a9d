"""Reads what compliance follows from: people, rules, courses, what they attest and had, in the driver's own form.

A hundred thousand people hold two million items, so nothing is converted that is not looked at.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa

from trainer_desk.models import Base
from trainer_desk.services.rows.people import Placement, Rule
from trainer_desk.services.store.db import Db, plain
from trainer_desk.services.store.lists import Among

FEW = 2_000
"""Up to so many people are asked for by id; of more, everybody is read, course by course."""

TABLES = Base.metadata.tables
PEOPLE, RULES, COURSES = TABLES["people"], TABLES["requirements"], TABLES["courses"]
SAID, RECORDS, ITEMS = TABLES["attestations"], TABLES["training_records"], TABLES["compliance_items"]
CERTIFICATES = TABLES["certificates"]
GONE_AT = ("deleted_at", "withdrawn_at")
"""Columns that say, once they are filled, that a row counts no more."""

ROW = ("status", "expires_on", "sort_name", "due_on", "counts_from")
"""The columns of an item beside its key, in the order of `Row`."""

SHORT = ("status", "expires_on", "due_on", "counts_from")
"""Those of them that say what an item is."""

ITEMS_OF = sa.select(
    *(sa.type_coerce(ITEMS.c[name], sa.types.NullType()).label(name) for name in ("course_id", "person_id", *SHORT))
).where(Among(ITEMS.c.person_id, "people"))

Row = tuple[Any, ...]
Pair = tuple[int, int]
"""A course and a person."""


class Worker(NamedTuple):
    """A person as the items need them: the name that they repeat, and the number of their placement."""

    person_id: int
    sort_name: str
    place: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds for all courses of a question: active people with their placements, live rules and active courses.

    `validity` maps an active course to its months, `renews` any course to the one that it renews.
    """

    workers: Sequence[Worker]
    places: Sequence[Placement]
    rules: Mapping[int, Sequence[Rule]]
    validity: Mapping[int, int | None]
    renews: Mapping[int, int | None]


@dataclass(slots=True)
class Told:
    """What was told of people and some courses, and the items as they are stored; by course, then by person."""

    said: dict[int, dict[int, Row]] = field(default_factory=lambda: defaultdict(dict))
    """Status, last valid day and instant of each attestation."""
    records: dict[int, dict[int, list[Row]]] = field(default_factory=lambda: defaultdict(dict))
    """Id, day held, own last valid day and instant of each record."""
    certificates: dict[int, dict[int, list[Row]]] = field(default_factory=lambda: defaultdict(dict))
    """Id, last day held, frozen last valid day and instant of each certificate that counts."""
    items: dict[int, dict[int, Row]] = field(default_factory=lambda: defaultdict(dict))


@dataclass(frozen=True, slots=True)
class Until:
    """What had happened by the end of a day of the organisation's zone; `ended_at` is that end (UTC)."""

    day: dt.date
    ended_at: dt.datetime

    def passes(self, table: sa.Table) -> list[sa.ColumnElement[bool]]:
        """Return what leaves away trainings that were held later, and what was said later."""
        held = [table.c.held_on <= self.day] if "held_on" in table.c else []
        return held + ([table.c.stated_at < self.ended_at] if "stated_at" in table.c else [])


def read_facts(db: Db, people: Collection[int] | None) -> Facts:
    """Read the active people (all without `people`; none where there is no course), all live rules and all courses."""
    validity, renews = {}, {}
    query = sa.select(COURSES.c.id, COURSES.c.active, COURSES.c.validity_months, COURSES.c.renews_id)
    for course_id, is_active, months, renewed in plain(db).execute(query):
        renews[course_id] = renewed
        if is_active:
            validity[course_id] = months
    if not renews:
        return Facts((), (), {}, {}, {})
    rules = _rules(db)
    named = {rule.person_id for of_course in rules.values() for rule in of_course if rule.person_id is not None}
    workers, places = _workers(db, people, named)
    return Facts(workers, places, rules, validity, renews)


def read_told(
    db: Db,
    courses: Collection[int],
    families: Collection[int],
    people: Collection[int] | None,
    until: Until | None = None,
) -> Told:
    """Read what was told of people and of these courses; `families` are those and all courses that renew them.

    With `until` only what had happened by then; stored items have no part in that.
    """
    told = Told()
    for course_id, person_id, *rest in _rows(db, SAID, courses, people, ("status", "expires_on", "stated_at"), until):
        told.said[course_id][person_id] = tuple(rest)
    columns = ("id", "held_on", "expires_on", "recorded_at")
    for course_id, person_id, *rest in _rows(db, RECORDS, families, people, columns, until):
        told.records[course_id].setdefault(person_id, []).append(tuple(rest))
    columns = ("id", "held_on", "expires_on", "certified_at")
    for course_id, person_id, *rest in _rows(db, CERTIFICATES, families, people, columns, until):
        told.certificates[course_id].setdefault(person_id, []).append(tuple(rest))
    if until is None:
        told.items = read_items(db, courses, people)
    return told


def read_items(db: Db, courses: Collection[int], people: Collection[int] | None) -> dict[int, dict[int, Row]]:
    """Return the items as they are stored, by course and person, in the driver's form."""
    items: dict[int, dict[int, Row]] = defaultdict(dict)
    for course_id, person_id, *rest in _rows(db, ITEMS, courses, people, ROW):
        items[course_id][person_id] = tuple(rest)
    return items


def item_rows(db: Db, people: Collection[int]) -> Sequence[Row]:
    """Return all items of few people as they are stored: course, person, status and the three days."""
    # The driver's own rows: SQLAlchemy's row objects would cost as much as the query.
    result: Any = plain(db).execute(ITEMS_OF, {"people": list(people)})
    rows: Sequence[Row] = result.cursor.fetchall()
    result.close()
    return rows


def read_day(value: Any) -> dt.date | None:
    """Return a day as the driver gives it as a day."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def read_instant(value: Any) -> dt.datetime:
    """Return an instant (UTC) as the driver gives it as an instant."""
    return dt.datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(dt.UTC)


def _rows(
    db: Db,
    table: sa.Table,
    courses: Collection[int],
    people: Collection[int] | None,
    columns: Iterable[str],
    until: Until | None = None,
) -> Sequence[Row]:
    """Return course, person and those columns; without types, so that values stay the driver's."""
    names = ("course_id", "person_id", *columns)
    query = sa.select(*(sa.type_coerce(table.c[name], sa.types.NullType()).label(name) for name in names))
    query = query.where(Among(table.c.course_id, "courses"))
    values: dict[str, Any] = {"courses": sorted(courses)}
    if people is not None:
        query = query.where(Among(table.c.person_id, "people"))
        values["people"] = sorted(people)
    for gone in GONE_AT:
        if gone in table.c:
            query = query.where(table.c[gone].is_(None))
    if until is not None:
        query = query.where(*until.passes(table))
    return plain(db).execute(query, values).all()


def _rules(db: Db) -> dict[int, list[Rule]]:
    query = sa.select(
        RULES.c.course_id, RULES.c.id, RULES.c.job_role, RULES.c.department, RULES.c.site, RULES.c.person_id,
        RULES.c.grace_days, RULES.c.exempt, RULES.c.until, RULES.c.since, RULES.c.reason,
    ).where(RULES.c.deleted_at.is_(None)).order_by(RULES.c.id)  # fmt: skip
    found: dict[int, list[Rule]] = defaultdict(list)
    for course_id, *columns in plain(db).execute(query):
        found[course_id].append(Rule(*columns))
    return found


def _workers(db: Db, people: Collection[int] | None, named: Collection[int]) -> tuple[list[Worker], list[Placement]]:
    """Return active people, each with the number of a placement that they share with their like.

    Whom a rule calls by name has a placement of their own.
    """
    where = (
        PEOPLE.c.job_role,
        PEOPLE.c.department,
        PEOPLE.c.site,
        sa.type_coerce(PEOPLE.c.placed_on, sa.types.NullType()),
    )
    query = sa.select(PEOPLE.c.id, PEOPLE.c.sort_name, *where).where(PEOPLE.c.active.is_(sa.true()))
    values = {}
    if people is not None:
        query, values = query.where(Among(PEOPLE.c.id, "people")), {"people": sorted(people)}
    numbers: dict[Row, int] = {}
    workers = []
    for person_id, sort_name, *place in plain(db).execute(query, values):
        key = (person_id if person_id in named else 0, *place)
        workers.append(Worker(person_id, sort_name, numbers.setdefault(key, len(numbers))))
    places = [Placement(who, role, unit, site, read_day(day)) for who, role, unit, site, day in numbers]
    return workers, places
