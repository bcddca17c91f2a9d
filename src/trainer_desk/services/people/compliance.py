"""Keeps compliance items what the facts say: whoever changes a fact has them made anew in the same transaction (N1).

Items never depend on today: what grace, expiry and exemptions mean on a day, `rules.compliance` tells.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.people.compliance_facts import (
    FEW,
    ITEMS,
    ROW,
    Facts,
    Row,
    Told,
    read_day,
    read_facts,
    read_instant,
    read_told,
)
from trainer_desk.services.rows.people import Placement, Rule
from trainer_desk.services.rules.holdings import (
    Attested,
    Held,
    Item,
    Trained,
    held_of,
    item_of,
    renewing,
    valid_until,
)
from trainer_desk.services.rules.requirements import Duty, duty_of
from trainer_desk.services.store.bulk import stored_form, upsert
from trainer_desk.services.store.db import Db, is_sqlite, plain
from trainer_desk.services.store.lists import Among

MANY = 100_000
"""Up to so many people are read at once, which is quicker than some thousand at a time, and takes memory."""

IN_LINE = sa.select(sa.func.facts_in_line())

GONE = sa.delete(ITEMS).where(ITEMS.c.course_id == sa.bindparam("course"), Among(ITEMS.c.person_id, "people"))


def recompute(db: DbSession, *, people: Collection[int] | None = None, courses: Collection[int] | None = None) -> None:
    """Make the items of these people and courses anew (None: of all) and write what differs.

    Courses that the given ones renew are looked at, too. Nothing else writes items, and the journal does not show
    them: they follow from rows that it does show.
    """
    if any(asked is not None and not asked for asked in (people, courses)):
        return
    wait_in_line(db)
    for wanted, stored in made_items(db, people, courses):
        _write(db, wanted, stored)


def recompute_many(db: DbSession, people: Sequence[int]) -> None:
    """Make the items of these people anew, however many they are: beyond all measure, some thousand at a time."""
    if len(people) <= MANY:
        recompute(db, people=set(people))
        return
    for start in range(0, len(people), FEW):
        recompute(db, people=set(people[start : start + FEW]))


def wait_in_line(db: DbSession) -> None:
    """Let one change of facts after the other be made, to the end of the transaction.

    On a server two at one time would each not see the other's; the second waits and sees both.
    """
    if not is_sqlite(db):
        plain(db).execute(IN_LINE)


def made_items(
    db: Db, people: Collection[int] | None = None, courses: Collection[int] | None = None
) -> Iterator[tuple[dict[int, dict[int, Row]], Mapping[int, Mapping[int, Row]]]]:
    """Yield the items as the facts make them and as they are stored, by course and person, in the driver's form.

    Few people come with all their courses at once, many course by course.
    """
    asked = people if people is not None and len(people) <= FEW else None
    facts = read_facts(db, asked)
    form = stored_form(db)
    families = renewing(facts.renews)
    wanted = _concerned(facts, courses)
    for batch in [wanted] if asked is not None else [[course] for course in wanted]:
        family = {*batch, *(other for course in batch for other in families.get(course, ()))}
        told = read_told(db, batch, family, asked)
        yield (
            {course: items_of_course(course, facts, told, families.get(course, ()), form) for course in batch},
            told.items,
        )


def _concerned(facts: Facts, courses: Collection[int] | None) -> list[int]:
    """Return the courses asked for, and all that they renew."""
    if courses is None:
        return sorted(facts.renews)
    left, found = list(courses), set[int]()
    while left:
        course = left.pop()
        if course in found or course not in facts.renews:
            continue
        found.add(course)
        renewed = facts.renews[course]
        left += [] if renewed is None else [renewed]
    return sorted(found)


def items_of_course(
    course: int,
    facts: Facts,
    told: Told,
    renewers: Iterable[int],
    form: Callable[[Any], Any],
    duty: Callable[[Sequence[Rule], Placement], Duty] = duty_of,
) -> dict[int, Row]:
    """Return the items of one course by person, in the driver's form; equal facts are judged once."""
    if course not in facts.validity:
        return {}
    rules = facts.rules.get(course, ())
    duties = [duty(rules, place) for place in facts.places]
    said, records = told.said.get(course, {}), trainings_of(course, told, renewers)
    made: dict[int, Row] = {}
    if rules:
        lacking = [item_of(one, None) for one in duties]
        bare = [None if item is None else _spread(item, form) for item in lacking]
        for person_id, sort_name, place in facts.workers:
            row = bare[place]
            if row is not None:
                made[person_id] = (row[0], row[1], sort_name, row[2], row[3])
    if said or records:
        judge = _judge(duties, facts.validity[course], form)
        for person_id, sort_name, place in facts.workers:
            own, trained = said.get(person_id), records.get(person_id)
            if own is None and trained is None:
                continue
            row = judge(place, own, tuple(trained or ()))
            made[person_id] = (row[0], row[1], sort_name, row[2], row[3])
    return made


def trainings_of(course: int, told: Told, renewers: Iterable[int]) -> dict[int, list[Row]]:
    """Return the trainings that count for a course by person: record, certificate, day held, instant, last valid day.

    The last valid day is what a record says, or None; of a certificate it is in a tuple, since None is for ever there.
    A training of a course that renews this one has none of its own.
    """
    found: dict[int, list[Row]] = {}
    for other in (course, *renewers):
        own = other == course
        for person, rows in told.records.get(other, {}).items():
            trained = ((key, None, held_on, at, expires if own else None) for key, held_on, expires, at in rows)
            found.setdefault(person, []).extend(trained)
        for person, rows in told.certificates.get(other, {}).items():
            trained = ((None, key, held_on, at, (expires,) if own else None) for key, held_on, expires, at in rows)
            found.setdefault(person, []).extend(trained)
    return found


def _judge(
    duties: Sequence[Duty], validity: int | None, form: Callable[[Any], Any]
) -> Callable[[int, Row | None, tuple[Row, ...]], Row]:
    """Return what makes an item of a placement and of what was told; it remembers: most people are told the same."""
    numbers: dict[Duty, int] = {}
    alike = [numbers.setdefault(duty, len(numbers)) for duty in duties]
    known: dict[tuple[int, Row | None, tuple[Row, ...]], Row] = {}

    def judge(place: int, said: Row | None, trained: tuple[Row, ...]) -> Row:
        key = (alike[place], said, trained)
        found = known.get(key)
        if found is None:
            item = item_of(duties[place], held_by(said, trained, validity))
            assert item is not None, "something is held"
            found = known[key] = _spread(item, form)
        return found

    return judge


def told_held(course: int, told: Told, renewers: Iterable[int], person: int, validity: int | None) -> Held | None:
    """Return what one person holds for a course of that validity, by what was read of it and of those that renew it."""
    records = trainings_of(course, told, renewers)
    return held_by(told.said.get(course, {}).get(person), records.get(person, ()), validity)


def held_by(said: Row | None, trained: Iterable[Row], validity: int | None) -> Held | None:
    """Return what is held by rows of facts; an own last valid day counts before the validity."""
    attested = said and Attested(ComplianceStatus(said[0]), read_day(said[1]), read_instant(said[2]))
    return held_of(attested or None, [_trained(row, validity) for row in trained])


def _trained(row: Row, validity: int | None) -> Trained:
    record_id, certificate_id, held_on, told_at, own = row
    if isinstance(own, tuple):
        expires_on = read_day(own[0])
    elif own is not None:
        expires_on = read_day(own)
    else:
        held = read_day(held_on)
        assert held is not None
        expires_on = valid_until(held, validity)
    return Trained(record_id, read_instant(told_at), expires_on, certificate_id)


def _spread(item: Item, form: Callable[[Any], Any]) -> Row:
    return item.status.value, form(item.expires_on), form(item.due_on), form(item.counts_from)


def _write(db: DbSession, wanted: Mapping[int, Mapping[int, Row]], stored: Mapping[int, Mapping[int, Row]]) -> None:
    differing: list[Row] = []
    for course, items in wanted.items():
        known = stored.get(course, {})
        differing += [(course, person, *row) for person, row in items.items() if known.get(person) != row]
        gone = [person for person in known if person not in items]
        if gone:
            plain(db).execute(GONE, {"course": course, "people": gone})
    upsert(db, ITEMS, ("course_id", "person_id", *ROW), ("course_id", "person_id"), differing)
