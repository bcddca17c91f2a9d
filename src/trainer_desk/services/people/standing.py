"""How a person stands on a day with every course that is asked of them or held, and what that rests on (N1, N4)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Course
from trainer_desk.services.people.as_of import items_on, told_until, until_day
from trainer_desk.services.people.compliance import told_held
from trainer_desk.services.people.compliance_facts import read_facts, read_told
from trainer_desk.services.rows.people import Placement, Rule, StandingRow
from trainer_desk.services.rules.compliance import effective_status, group_of
from trainer_desk.services.rules.holdings import Held, Item, renewing
from trainer_desk.services.rules.requirements import matches
from trainer_desk.services.store.db import Db

COURSES = sa.select(Course.id, Course.code, Course.title, Course.expiring_days).order_by(Course.title, Course.id)


def load_standing(db: Db, person_id: int, day: dt.date, *, today: dt.date) -> list[StandingRow]:
    """Return how a person stands with each course on a day, the most urgent first, then by title.

    Who has left stands nowhere. `today` is the day of the organisation's zone; before it counts what held then.
    """
    facts = read_facts(db, [person_id])
    if not facts.places:
        return []
    items = {course: item for (course, _), item in items_on(db, day, people=[person_id], today=today).items()}
    until, families = until_day(db, day, today), renewing(facts.renews)
    family = {*items, *(other for course in items for other in families.get(course, ()))}
    asked = db, items.keys(), family, [person_id]
    told = read_told(*asked) if until is None else told_until(*asked, until)
    rows = []
    for course in db.execute(COURSES):
        if course.id not in items:
            continue
        held = told_held(course.id, told, families.get(course.id, ()), person_id, facts.validity.get(course.id))
        rules = [rule for rule in facts.rules.get(course.id, ()) if until is None or rule.since <= day]
        rows.append(_row(course, items[course.id], facts.places[0], rules, held, day))
    return sorted(rows, key=lambda row: row.group)


def _row(
    course: Any,
    item: Item,
    place: Placement,
    rules: Sequence[Rule],
    held: Held | None,
    day: dt.date,
) -> StandingRow:
    days = item.due_on, item.counts_from
    own = [rule for rule in rules if matches(rule, place)]
    return StandingRow(
        course.id,
        course.code,
        course.title,
        group_of(item.status, item.expires_on, day, course.expiring_days, *days),
        item.status,
        effective_status(item.status, item.expires_on, day, *days),
        item.expires_on,
        *days,
        tuple(rule for rule in own if not rule.exempt),
        tuple(rule for rule in own if rule.exempt and (rule.until is None or day <= rule.until)),
        None if held is None else held.record_id,
        held is not None and held.record_id is None and held.certificate_id is None,
        None if held is None else held.certificate_id,
    )
