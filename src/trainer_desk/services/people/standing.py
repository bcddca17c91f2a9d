"""How a person stands on a day with every course that is asked of them or held, and what that rests on (N1, N4)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import ComplianceItem, Course
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.people.compliance import told_held
from trainer_desk.services.people.compliance_facts import read_facts, read_told
from trainer_desk.services.rows.people import Placement, Rule, StandingRow
from trainer_desk.services.rules.compliance import effective_status, group_of
from trainer_desk.services.rules.holdings import Held, renewing
from trainer_desk.services.rules.requirements import matches
from trainer_desk.services.store.db import Db

ITEMS: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Course.id, Course.code, Course.title, Course.expiring_days, ComplianceItem.status, ComplianceItem.expires_on,
        ComplianceItem.due_on, ComplianceItem.counts_from,
    )
    .join(Course, Course.id == ComplianceItem.course_id)
    .where(ComplianceItem.person_id == sa.bindparam("person_id"))
    .order_by(Course.title, Course.id)
)  # fmt: skip


def load_standing(db: Db, person_id: int, day: dt.date) -> list[StandingRow]:
    """Return how a person stands with each course on a day, the most urgent first, then by title.

    Who has left stands nowhere. Items are the same on every day; only what they mean is asked of the day.
    """
    items = db.execute(ITEMS, {"person_id": person_id}).all()
    facts = read_facts(db, [person_id])
    if not facts.places:
        return []
    families = renewing(facts.renews)
    courses = [item.id for item in items]
    family = {*courses, *(other for course in courses for other in families.get(course, ()))}
    told = read_told(db, courses, family, [person_id])
    rows = []
    for item in items:
        held = told_held(item.id, told, families.get(item.id, ()), person_id, facts.validity.get(item.id))
        rows.append(_row(item, facts.places[0], facts.rules.get(item.id, ()), held, day))
    return sorted(rows, key=lambda row: row.group)


def _row(item: Any, place: Placement, rules: Sequence[Rule], held: Held | None, day: dt.date) -> StandingRow:
    course_id, code, title, expiring_days, word, expires_on, due_on, counts_from = item
    status = ComplianceStatus(word)
    own = [rule for rule in rules if matches(rule, place)]
    return StandingRow(
        course_id,
        code,
        title,
        group_of(status, expires_on, day, expiring_days, due_on, counts_from),
        status,
        effective_status(status, expires_on, day, due_on, counts_from),
        expires_on,
        due_on,
        counts_from,
        tuple(rule for rule in own if not rule.exempt),
        tuple(rule for rule in own if rule.exempt and (rule.until is None or day <= rule.until)),
        None if held is None else held.record_id,
        held is not None and held.record_id is None and held.certificate_id is None,
        None if held is None else held.certificate_id,
    )
