"""People as the catalogue shows them: a list of 100,000 that comes in pages, one of them whole, and words to choose."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from trainer_desk.models import ComplianceItem, Course, Person
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.catalogue import Asked, Found, Named, Thing
from trainer_desk.services.rules.compliance import EXPIRING, RED, group_of
from trainer_desk.services.rules.names import search_key
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

PAGE = 100
MOST_WORDS, LONGEST_WORD = 12, 100
"""What is looked at of a search text, as in the picker."""

_PLAIN = ("employee_no", "name", "department", "site", "job_role", "manager_no", "email", "phone", "intake_on")
_LED_BY = aliased(Person)
PEOPLE: sa.Select[Any] = sa.select(
    Person.id,
    Person.version,
    Person.active,
    Person.sort_name,
    *(getattr(Person, name) for name in _PLAIN),
    _LED_BY.name.label("manager"),
).outerjoin(_LED_BY, _LED_BY.employee_no == Person.manager_no)
ORDERS: dict[str, Any] = {
    "name": Person.sort_name,
    "key": Person.employee_no,
    "department": Person.department,
    "site": Person.site,
    "job_role": Person.job_role,
}
"""The columns that people can be ordered by; none of them is ever empty in the sense of the database."""
ITEMS = (
    sa.select(
        ComplianceItem.person_id,
        ComplianceItem.status,
        ComplianceItem.expires_on,
        Course.expiring_days,
        ComplianceItem.due_on,
        ComplianceItem.counts_from,
    )
    .join(Course, Course.id == ComplianceItem.course_id)
    .where(Among(ComplianceItem.person_id, "ids"))
)


def list_people(db: Db, asked: Asked) -> Found:
    """Return a page of the people who pass, by name unless asked otherwise; the first page counts them all.

    With `asked.day` each is shown with how much they lack and what expires soon on that day (`red`, `expiring`).
    """
    passes = _conditions(asked)
    order = ORDERS.get(asked.sort, Person.sort_name)
    query = PEOPLE.where(*passes).limit(PAGE + 1)
    if asked.after is not None:
        value, key = asked.after
        place, last = sa.tuple_(order, Person.id), sa.tuple_(sa.literal(value), sa.literal(key))
        query = query.where(place < last if asked.descending else place > last)
    directed = sa.desc if asked.descending else sa.asc
    rows = db.execute(query.order_by(directed(order), directed(Person.id))).all()
    shown, total = rows[:PAGE], None
    if asked.after is None:
        total = int(db.execute(sa.select(sa.func.count()).select_from(Person).where(*passes)).scalar_one())
    after = None
    if len(rows) > PAGE:
        after = (getattr(shown[-1], order.key), shown[-1].id)
    needs = count_needs(db, [row.id for row in shown], asked.day) if asked.day else {}
    return Found(tuple(_thing(row, needs) for row in shown), total, after)


def load_person(db: Db, person_id: int) -> Thing:
    """Return one person with all values but the emergency contact, which is looked at by itself. Raises NotFound."""
    row = db.execute(PEOPLE.where(Person.id == person_id)).one_or_none()
    if row is None:
        raise NotFound(kind="person", key=f"#{person_id}")
    return _thing(row, {})


def count_needs(db: Db, people: Sequence[int], day: date) -> dict[int, Counter[int]]:
    """Return how many courses each of some people lacks, awaits or is about to lose on `day`, by group (P1)."""
    needs: dict[int, Counter[int]] = {}
    for person, status, expires, expiring, due, counts in db.execute(ITEMS, {"ids": people}):
        group = group_of(ComplianceStatus(status), expires, day, expiring, due, counts)
        needs.setdefault(person, Counter())[group] += 1
    return needs


def _name_column(column: sa.ColumnElement[str] | Any) -> Callable[[Db], tuple[Named, ...]]:
    query = sa.select(column).where(Person.active.is_(sa.true()), column != "").distinct().order_by(column)

    def ask(db: Db) -> tuple[Named, ...]:
        return tuple(Named(word, word) for word in db.execute(query).scalars())

    return ask


name_departments = _name_column(Person.department)
name_sites = _name_column(Person.site)
name_job_roles = _name_column(Person.job_role)
"""The words that active people have there, to propose and to narrow a list by."""


def _conditions(asked: Asked) -> list[sa.ColumnElement[bool]]:
    passes = [Person.active.is_(sa.false() if asked.retired else sa.true())]
    passes += [getattr(Person, name) == value for name, value in asked.chosen.items() if value]
    words = [word[:LONGEST_WORD] for word in search_key(asked.search).split()][:MOST_WORDS]
    return passes + [Person.search.contains(word, autoescape=True) for word in words]


def _thing(row: Any, needs: dict[int, Counter[int]]) -> Thing:
    values = {name: getattr(row, name) for name in _PLAIN} | {"active": row.active}
    own = needs.get(row.id, Counter())
    notes = {"manager": row.manager or "", "red": own[RED], "expiring": own[EXPIRING]}
    return Thing(row.id, row.employee_no, row.name, row.version, row.active, values, notes)
