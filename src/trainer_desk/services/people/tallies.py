"""How many people stand how with each course on several days at once: compliance over time (D2).

People of whom the same was told are counted first and judged once for each day, so that many days cost little more
than one. Before today the facts of the day count, from today on the items as they are stored (see `as_of`).
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from trainer_desk.models import Course
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.directory import load_settings
from trainer_desk.services.people.compliance import held_by, trainings_of
from trainer_desk.services.people.compliance_facts import (
    Facts,
    Pair,
    Row,
    Told,
    Until,
    read_day,
    read_facts,
    read_items,
    read_told,
)
from trainer_desk.services.people.said_before import older_words, said_by
from trainer_desk.services.rules.compliance import group_of
from trainer_desk.services.rules.holdings import Item, item_of, renewing
from trainer_desk.services.rules.requirements import Duty, duty_on
from trainer_desk.services.rules.times import day_bounds
from trainer_desk.services.store.db import Db


class Stand(NamedTuple):
    """Where people work, and in which group of the picker they are on a day (1 red … 4 green)."""

    department: str
    site: str
    group: int


Tally = Counter[Stand]
"""How many people of whom a course asks something stand like that."""

Alike = dict[tuple[tuple[Row, ...], tuple[Row, ...]], Counter[int]]
"""How many people of each placement share what was attested, in its order, and trainings: an item follows from both."""

Where = Mapping[int, int]
"""The number of the placement of everybody in use."""

EXPIRING = sa.select(Course.id, Course.expiring_days)


def tallies(
    db: Db, days: Sequence[dt.date], *, courses: Collection[int] | None = None, today: dt.date
) -> Iterator[tuple[int, Mapping[dt.date, Tally]]]:
    """Yield each course in use (None: of all) with the tally of every day; who has left is not counted.

    Counted is who is asked to hold the course on the day. `today` is the day of the organisation's zone.
    """
    facts = read_facts(db, None)
    where = {person: place for person, _name, place in facts.workers}
    everybody = Counter(where.values())
    expiring = {row.id: row.expiring_days for row in db.execute(EXPIRING)}
    families = renewing(facts.renews)
    past, coming = [day for day in days if day < today], [day for day in days if day >= today]
    zone = load_settings(db).zone
    ends = {day: day_bounds(day, zone)[1] for day in past}
    for course in sorted(facts.validity if courses is None else facts.validity.keys() & set(courses)):
        found: dict[dt.date, Tally] = {}
        if past:
            until = Until(max(past), max(ends.values()))
            family = {course, *families.get(course, ())}
            told = read_told(db, [course], family, None, until)
            older = older_words(db, [course], None, min(ends.values()))
            alike = _alike(course, where, everybody, told, older, families.get(course, ()))
            for day in past:
                found[day] = _past(course, facts, alike, day, ends[day], expiring[course])
        if coming:
            stored = _stored(where, read_items(db, [course], None).get(course, {}))
            for day in coming:
                found[day] = _coming(facts, stored, day, expiring[course])
        yield course, found


def _alike(
    course: int,
    where: Where,
    everybody: Counter[int],
    told: Told,
    older: Mapping[Pair, Sequence[Row]],
    renewers: Collection[int],
) -> Alike:
    """Count the people of whom the same is known by placement; which record or certificate it is tells nothing."""
    newest, trained = told.said.get(course, {}), trainings_of(course, told, renewers)
    bare = {
        person: tuple(sorted(((0 if row[0] else None, 0 if row[1] else None, *row[2:]) for row in rows), key=repr))
        for person, rows in trained.items()
    }
    said: dict[int, tuple[Row, ...]] = {person: (row,) for person, row in newest.items()}
    for (_course, person), words in older.items():
        said[person] = (*words, *said.get(person, ()))
    found: Alike = defaultdict(Counter)
    for person in said.keys() | bare.keys():
        place = where.get(person)
        if place is not None:
            found[said.get(person, ()), bare.get(person, ())][place] += 1
    silent = everybody.copy()
    for places in found.values():
        silent.subtract(places)
    found[(), ()] = silent
    return found


def _past(course: int, facts: Facts, alike: Alike, day: dt.date, ended_at: dt.datetime, expiring_days: int) -> Tally:
    """Judge everybody as of the end of a day that is over, by what had happened until then."""
    rules, numbers = facts.rules.get(course, ()), dict[Duty, int]()
    duties = [numbers.setdefault(duty_on(rules, place, day), len(numbers)) for place in facts.places]
    found: Counter[tuple[int, int]] = Counter()
    for (said, trained), places in alike.items():
        own = said_by(said, ended_at)
        held = held_by(own, [row for row in trained if _held_on(row) <= day], facts.validity[course])
        groups = [_group(item_of(duty, held), day, expiring_days) for duty in numbers]
        for place, people in places.items():
            group = groups[duties[place]]
            if group is not None:
                found[place, group] += people
    return _by_place(facts, found)


def _stored(where: Where, items: Mapping[int, Row]) -> Counter[tuple[int, Item]]:
    """Count the people in use by placement and the item that is stored of them."""
    known: dict[Row, Item] = {}
    found: Counter[tuple[int, Item]] = Counter()
    for person, row in items.items():
        place = where.get(person)
        if place is None:
            continue
        status, expires, _sort_name, due, counts = row
        key = (status, expires, due, counts)
        if key not in known:
            known[key] = Item(ComplianceStatus(status), read_day(expires), read_day(due), read_day(counts))
        found[place, known[key]] += 1
    return found


def _coming(facts: Facts, stored: Counter[tuple[int, Item]], day: dt.date, expiring_days: int) -> Tally:
    found: Counter[tuple[int, int]] = Counter()
    for (place, item), people in stored.items():
        group = _group(item, day, expiring_days)
        if group is not None:
            found[place, group] += people
    return _by_place(facts, found)


def _group(item: Item | None, day: dt.date, expiring_days: int) -> int | None:
    """Return in which group somebody is on a day, None if nothing is asked of them."""
    if item is None or (item.counts_from is not None and day < item.counts_from):
        return None
    return group_of(item.status, item.expires_on, day, expiring_days, item.due_on, item.counts_from)


def _by_place(facts: Facts, found: Counter[tuple[int, int]]) -> Tally:
    """Add up placements that share department and site."""
    tally = Tally()
    for (place, group), people in found.items():
        where = facts.places[place]
        tally[Stand(where.department, where.site, group)] += people
    return tally


def _held_on(training: Row) -> dt.date:
    day = read_day(training[2])
    assert day is not None, "a training was held on some day"
    return day
