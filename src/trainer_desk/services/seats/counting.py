"""Counts the picker's groups whole, without walking them (P4)."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import ComplianceItem, Enrollment, Person
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.rules.compliance import EXPIRING, GREEN, GROUPS, RED, YELLOW
from trainer_desk.services.seats.asking import (
    COUNTS,
    EXPIRED,
    EXPIRING_ITEM,
    LACKING,
    NOT_SEATED,
    OVERDUE,
    RED_ITEM,
    YELLOW_ITEM,
    Criteria,
    Question,
    Shape,
)
from trainer_desk.services.seats.matching import IN_INDEX, with_index
from trainer_desk.services.seats.walking import PEOPLE
from trainer_desk.services.store.db import Db

GROUP = sa.case((RED_ITEM, RED), (YELLOW_ITEM, YELLOW), (EXPIRING_ITEM, EXPIRING), else_=GREEN)
RANGES = (
    (RED, sa.and_(COUNTS, LACKING)),
    (RED, sa.and_(COUNTS, EXPIRED)),
    (RED, sa.and_(COUNTS, OVERDUE)),
    (YELLOW, YELLOW_ITEM),
    (EXPIRING, EXPIRING_ITEM),
)
"""Each is one range of `ix_compliance_items_walk`, so that it is counted inside the index."""


def count_everybody(db: Db, question: Question) -> Mapping[int, int]:
    """Return how many people each group holds when nothing narrows it."""
    counts: Counter[int] = Counter()
    for group, people in db.execute(EVERYBODY, question.values()):
        counts[group] += people
    counts[GREEN] -= counts[RED] + counts[YELLOW] + counts[EXPIRING]
    return {group: counts[group] for group in GROUPS}


def count_matching(db: Db, question: Question, criteria: Criteria) -> Mapping[int, int]:
    """Return how many people of each group the criteria let through."""
    criteria, indexed = with_index(db, criteria)
    found = db.execute(_matching(criteria.shape, indexed), question.values() | criteria.values)
    counts = {int(group): int(people) for group, people in found}
    return {group: counts.get(group, 0) for group in GROUPS}


def _everybody() -> sa.Executable:
    """Count the items of each range and all people, then take away those who are inactive or seated here.

    What is counted as GREEN is everybody; the other groups are taken from it afterwards.
    """
    course = ComplianceItem.course_id == sa.bindparam("course_id")
    number = sa.func.count()
    counted: list[sa.Select[*tuple[Any, ...]]] = [
        sa.select(sa.literal_column(str(group)), number).select_from(ComplianceItem).where(course, within)
        for group, within in RANGES
    ]
    counted.append(sa.select(sa.literal_column(str(GREEN)), number).select_from(Person))
    here = PEOPLE.join(
        Enrollment,
        sa.and_(
            Enrollment.session_id == sa.bindparam("session_id"),
            Enrollment.person_id == Person.id,
            Enrollment.state != EnrollmentState.WITHDRAWN.value,
        ),
    )
    for left_out, condition in ((PEOPLE, Person.active.is_(sa.false())), (here, Person.active.is_(sa.true()))):
        groups = sa.select(GROUP.label("grp"), number.label("people")).select_from(left_out).where(condition)
        whole = groups.group_by(GROUP).subquery()
        counted.append(sa.select(whole.c.grp, -whole.c.people).where(whole.c.grp != GREEN))
        counted.append(sa.select(sa.literal_column(str(GREEN)), -number).select_from(left_out).where(condition))
    return sa.union_all(*counted)


EVERYBODY = _everybody()


@lru_cache(maxsize=64)
def _matching(shape: Shape, indexed: bool) -> sa.Executable:
    chosen = sa.select(GROUP.label("grp"), sa.func.count()).select_from(PEOPLE)
    chosen = chosen.where(NOT_SEATED, *shape.conditions())
    return (chosen.where(IN_INDEX) if indexed else chosen).group_by(GROUP)
