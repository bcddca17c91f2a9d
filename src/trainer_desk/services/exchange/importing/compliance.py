"""Imports compliance: what people hold for a course and until when, course by course."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.errors import NotFound
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.bulk import stored_form, upsert
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.courses import COURSES
from trainer_desk.services.exchange.importing.job import FEW, Job, complete, ids_of, refer
from trainer_desk.services.exchange.importing.people import PEOPLE

LAYOUT = Layout(
    (
        Column("employee_no", cells.code, required=True),
        Column("course", cells.code, required=True),
        Column("status", cells.word_of(ComplianceStatus), required=True),
        Column("expires_on", cells.day),
    ),
    key=("employee_no", "course"),
)

_ITEMS = Base.metadata.tables["compliance_items"]
_WRITTEN = ("course_id", "person_id", "status", "expires_on", "sort_name")

People = dict[str, tuple[int, str]]
"""Id and sort name of people by number."""


def write(db: DbSession, rows: Sequence[Row], job: Job) -> None:
    """Add or change compliance items; `expires_on` is the last valid day."""
    courses = ids_of(db, COURSES.c.code, COURSES.c.id)
    people = _people(db, rows)
    by_course: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        number = row.values["employee_no"]
        if number not in people:
            job.refuse(row, NotFound(kind="person", key=number, field="employee_no"))
        elif refer(row, "course", "course", courses, job):
            by_course[row.values["course"]].append(row)
    for code, group in by_course.items():
        _write_course(db, courses[code], group, people, job)


def _write_course(db: DbSession, course_id: int, rows: Sequence[Row], people: People, job: Job) -> None:
    form = stored_form(db)
    stored = _stored(db, course_id, [people[row.values["employee_no"]][0] for row in rows])
    waiting: list[tuple[Any, ...]] = []
    for row in rows:
        person_id, sorted_by = people[row.values["employee_no"]]
        known = stored.get(person_id)
        if known is None and not complete(row, job):
            continue
        status, expires_on = known or (None, None)
        values = row.get("status", status), row.get("expires_on", expires_on)
        if values == known:
            job.report.count("unchanged")
            continue
        waiting.append((course_id, person_id, str(values[0]), form(values[1]), sorted_by))
        job.report.count("added" if known is None else "updated")
    upsert(db, _ITEMS, _WRITTEN, ("course_id", "person_id"), waiting, job.step)


def _stored(db: DbSession, course_id: int, person_ids: Sequence[int]) -> dict[int, tuple[Any, Any]]:
    query = sa.select(_ITEMS.c.person_id, _ITEMS.c.status, _ITEMS.c.expires_on).where(_ITEMS.c.course_id == course_id)
    if len(person_ids) <= FEW:
        query = query.where(_ITEMS.c.person_id.in_(person_ids))
    return {person: (status, expires) for person, status, expires in db.execute(query)}


def _people(db: DbSession, rows: Sequence[Row]) -> People:
    numbers = {row.values["employee_no"] for row in rows}
    query = sa.select(PEOPLE.c.employee_no, PEOPLE.c.id, PEOPLE.c.sort_name)
    if len(numbers) <= FEW:
        query = query.where(PEOPLE.c.employee_no.in_(sorted(numbers)))
    return {number: (key, name) for number, key, name in db.execute(query) if number in numbers}
