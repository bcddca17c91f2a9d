"""Walks the picker's groups in order on their indexes and stops when the page is full (P1, P5).

Each stretch below is one walk along an index. The database works through the parts of the UNION ALL one after the
other and leaves the rest alone once it has enough rows, so a page costs what it shows, however many people there are.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import sqlalchemy as sa

from trainer_desk.models import ComplianceItem, Person
from trainer_desk.services.rules.compliance import EXPIRING, GREEN, RED, YELLOW
from trainer_desk.services.seats.asking import (
    COUNTS,
    EXPIRED,
    GREEN_ITEM,
    IN_GRACE,
    ITEM_HERE,
    LACKING,
    NOT_SEATED,
    OVERDUE,
    SOON,
    Criteria,
    Question,
    Shape,
)
from trainer_desk.services.store.db import Db

Key: TypeAlias = tuple[int, str, str, int]
"""`rules.compliance.order_key`: group, date or nothing, sort name, person."""

Stretch: TypeAlias = tuple[int, bool]
"""A group and whether its dated part is meant; without a date comes first (P1)."""

STRETCHES: tuple[Stretch, ...] = (
    (RED, False),
    (RED, True),
    (YELLOW, False),
    (YELLOW, True),
    (EXPIRING, True),
    (GREEN, False),
)
COLUMNS = (
    Person.id.label("person_id"),
    Person.employee_no,
    Person.name,
    Person.department,
    Person.site,
    Person.job_role,
    ComplianceItem.status,
    ComplianceItem.expires_on,
    ComplianceItem.due_on,
    ComplianceItem.counts_from,
    Person.intake_on.is_not(None).label("has_intake"),
    Person.sort_name,
)
KINDS = {
    (RED, False): (LACKING, OVERDUE),
    (RED, True): (LACKING, EXPIRED, OVERDUE),
    (YELLOW, False): (IN_GRACE,),
    (YELLOW, True): (IN_GRACE,),
    (EXPIRING, True): (SOON,),
}
"""What a stretch is made of; each lies within one status."""

ITEMS = sa.join(ComplianceItem, Person, ComplianceItem.person_id == Person.id)
PEOPLE = sa.outerjoin(Person, ComplianceItem, ITEM_HERE)
BY_NAME = (ComplianceItem.sort_name, ComplianceItem.person_id)
BY_DATE = (ComplianceItem.expires_on, *BY_NAME)
AFTER_NAME = (sa.bindparam("after_name", type_=Person.sort_name.type), sa.bindparam("after_id", type_=sa.Integer))
AFTER = (sa.bindparam("after_date", type_=ComplianceItem.expires_on.type), *AFTER_NAME)
LIMIT = sa.bindparam("most", type_=sa.Integer, literal_execute=True)

Part: TypeAlias = sa.Select[*tuple[Any, ...]]


def walk(db: Db, question: Question, criteria: Criteria, most: int, after: Key | None = None) -> list[Any]:
    """Return at most `most` rows (`grp`, then COLUMNS) in the picker's order, from behind `after` on."""
    stretches = tuple(stretch for stretch in _left(after) if stretch[0] in criteria.groups)
    if not stretches:
        return []
    continued = after is not None and stretches[0] == _stretch_of(after)
    values = question.values() | criteria.values | {"most": most}
    if continued and after is not None:
        values |= {"after_name": after[2], "after_id": after[3]}
        values |= {"after_date": sa.types.Date().python_type.fromisoformat(after[1])} if after[1] else {}
    return list(db.execute(_statement(criteria.shape, stretches, continued), values).all())


def _stretch_of(key: Key) -> Stretch:
    return key[0], bool(key[1])


def _left(after: Key | None) -> tuple[Stretch, ...]:
    return STRETCHES if after is None else STRETCHES[STRETCHES.index(_stretch_of(after)) :]


@lru_cache(maxsize=256)
def _statement(shape: Shape, stretches: tuple[Stretch, ...], continued: bool) -> sa.Executable:
    parts = [_part(shape, stretch, continued and number == 0) for number, stretch in enumerate(stretches)]
    return sa.union_all(*parts).limit(LIMIT)


def _part(shape: Shape, stretch: Stretch, continued: bool) -> Part:
    group, is_dated = stretch
    if group == GREEN:
        return _whole(_everyone_else(shape, continued))
    kinds = KINDS[stretch]
    parts = [_items(shape, group, kind, is_dated, continued) for kind in kinds]
    return _whole(parts[0]) if len(parts) == 1 else _merged(parts)


def _items(shape: Shape, group: int, kind: sa.ColumnElement[bool], is_dated: bool, continued: bool) -> Part:
    """Walk `ix_compliance_items_walk` along one status, its undated or its dated end."""
    own = [ComplianceItem.course_id == sa.bindparam("course_id"), kind, COUNTS]
    if is_dated:
        own.append(ComplianceItem.expires_on.is_not(None))
        if continued:
            own.append(sa.tuple_(*BY_DATE) > sa.tuple_(*AFTER))
    else:
        own.append(ComplianceItem.expires_on.is_(None))
        if continued:
            own.append(sa.tuple_(*BY_NAME) > sa.tuple_(*AFTER_NAME))
    chosen: Part = sa.select(sa.literal_column(str(group)).label("grp"), *COLUMNS).select_from(ITEMS)
    chosen = chosen.where(*own, NOT_SEATED, *shape.conditions())
    # The undated end, too, is put in the index's own order: PostgreSQL would sort it otherwise.
    return chosen.order_by(*BY_DATE).limit(LIMIT)


def _merged(parts: Sequence[Part]) -> Part:
    """Merge the kinds of red: not compliant, compliant until before the day, pending until before the day."""
    both = sa.union_all(*(_whole(part) for part in parts)).subquery()
    return _whole(sa.select(both).order_by(both.c.expires_on, both.c.sort_name, both.c.person_id).limit(LIMIT))


def _everyone_else(shape: Shape, continued: bool) -> Part:
    """Walk the people by name, past those whom an earlier group shows."""
    chosen: Part = sa.select(sa.literal_column(str(GREEN)).label("grp"), *COLUMNS).select_from(PEOPLE)
    chosen = chosen.where(GREEN_ITEM, NOT_SEATED, *shape.conditions())
    if continued:
        chosen = chosen.where(sa.tuple_(Person.sort_name, Person.id) > sa.tuple_(*AFTER_NAME))
    return chosen.order_by(Person.sort_name, Person.id).limit(LIMIT)


def _whole(part: Part) -> Part:
    """Wrap a part with an order and a limit of its own, as a UNION wants it."""
    return sa.select(part.subquery())
