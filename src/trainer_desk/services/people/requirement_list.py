"""Requirements as the catalogue shows them: whom each concerns, how many they are and how many of them lack it (N1)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import ComplianceItem, Course, Person, Requirement
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.catalogue import Asked, Found, Thing
from trainer_desk.services.rules.sifting import sift
from trainer_desk.services.store.db import Db

_PLAIN = ("job_role", "department", "site", "grace_days", "exempt", "reason", "until")
_PLACE = ("job_role", "department", "site")
RULES: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Requirement.id,
        Requirement.version,
        Requirement.deleted_at,
        Requirement.course_id,
        Requirement.person_id,
        *(getattr(Requirement, name) for name in _PLAIN),
        Course.code.label("course"),
        Course.title,
        Person.employee_no,
        Person.name.label("person"),
    )
    .join(Course, Course.id == Requirement.course_id)
    .outerjoin(Person, Person.id == Requirement.person_id)
)

Groups = Mapping[tuple[Any, ...], int]
"""How many people there are by course (0: whichever), job role, department, site and person (0: whoever)."""


def list_requirements(db: Db, asked: Asked) -> Found:
    """Return the requirements that pass, by course unless asked otherwise.

    The note `people` counts the active people whom each concerns, `red` those of them who are not compliant on
    `asked.day`; exemptions have none.
    """
    rows = db.execute(RULES).all()
    named = {row.person_id for row in rows if row.person_id is not None}
    everybody = _everybody(db, named)
    lacking = {} if asked.day is None else _lacking(db, {row.course_id for row in rows}, named, asked.day)
    return sift([_thing(row, everybody, lacking) for row in rows], asked)


def load_requirement(db: Db, requirement_id: int) -> Thing:
    """Return one requirement with all its values; the note `people` counts whom it concerns. Raises NotFound."""
    row = db.execute(RULES.where(Requirement.id == requirement_id)).one_or_none()
    if row is None:
        raise NotFound(kind="requirement", key=f"#{requirement_id}")
    return _thing(row, _everybody(db, {row.person_id} - {None}), {})


def _everybody(db: Db, named: set[int]) -> Groups:
    """Count active people by where they work; whom a rule calls by name counts apart."""
    who = _who(named)
    columns = (*(getattr(Person, name) for name in _PLACE), who)
    query = sa.select(*columns, sa.func.count()).where(Person.active).group_by(*columns)
    return {(0, *place): count for *place, count in db.execute(query)}


def _lacking(db: Db, courses: set[int], named: set[int], day: date) -> Groups:
    """Count those who are not compliant on a day, by course and where they work."""
    item, status = ComplianceItem, ComplianceItem.status
    is_red = sa.or_(
        status == ComplianceStatus.NON_COMPLIANT.value,
        sa.and_(status == ComplianceStatus.COMPLIANT.value, item.expires_on < day),
        sa.and_(status == ComplianceStatus.PENDING.value, item.due_on < day),
    )
    counts = sa.or_(item.counts_from.is_(None), item.counts_from <= day)
    columns = (item.course_id, *(getattr(Person, name) for name in _PLACE), _who(named))
    query = (
        sa.select(*columns, sa.func.count())
        .join(Person, Person.id == item.person_id)
        .where(item.course_id.in_(sorted(courses)), is_red, counts)
        .group_by(*columns)
    )
    return {tuple(key): count for *key, count in db.execute(query)}


def _who(named: set[int]) -> sa.Label[int]:
    nobody: sa.ColumnElement[int] = sa.literal_column("0")
    return sa.case((Person.id.in_(sorted(named) or [0]), Person.id), else_=nobody).label("who")


def _thing(row: Any, everybody: Groups, lacking: Groups) -> Thing:
    values = {name: getattr(row, name) for name in (*_PLAIN, "course", "employee_no")}
    is_there = row.deleted_at is None
    notes = {
        "person": row.person or "",
        "people": _concerned(row, 0, everybody),
        "red": 0 if row.exempt else _concerned(row, row.course_id, lacking),
    }
    return Thing(row.id, row.course, row.title, row.version, is_there, values | {"active": is_there}, notes)


def _concerned(row: Any, course_id: int, groups: Groups) -> int:
    found: Counter[int] = Counter()
    for (course, *place, who), count in groups.items():
        if course == course_id and row.person_id in (None, who) and _is_in(row, place):
            found[course] += count
    return found[course_id]


def _is_in(row: Any, place: Sequence[str]) -> bool:
    return all(getattr(row, name) in ("", value) for name, value in zip(_PLACE, place, strict=True))
