"""Imports compliance: what is said of people and a course and until when, course by course."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.errors import NotFound
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.courses import COURSES
from trainer_desk.services.exchange.importing.job import Job, chunks, complete, ids_of, refer
from trainer_desk.services.exchange.importing.people import AT_ONCE, people_ids
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.store.bulk import stored_form, upsert
from trainer_desk.services.store.lists import Among

LAYOUT = Layout(
    (
        Column("employee_no", cells.code, required=True),
        Column("course", cells.code, required=True),
        Column("status", cells.word_of(ComplianceStatus), required=True),
        Column("expires_on", cells.day),
    ),
    key=("employee_no", "course"),
)

_SAID = Base.metadata.tables["attestations"]
_WRITTEN = ("course_id", "person_id", "status", "expires_on", "stated_at", "deleted_at", "created_at", "updated_at")


def write(db: DbSession, rows: Sequence[Row], job: Job) -> None:
    """Add or change what is attested, and make the compliance items anew; `expires_on` is the last valid day.

    What a file says settles everything recorded before it; what it only repeats is not said anew.
    """
    courses = ids_of(db, COURSES.c.code, COURSES.c.id)
    touched, named = set[int](), set[int]()
    for chunk in chunks(rows, AT_ONCE):
        people = people_ids(db, {row.values["employee_no"] for row in chunk})
        by_course: dict[str, list[Row]] = defaultdict(list)
        for row in chunk:
            number = row.values["employee_no"]
            if number not in people:
                job.refuse(row, NotFound(kind="person", key=number, field="employee_no"))
            elif refer(row, "course", "course", courses, job):
                by_course[row.values["course"]].append(row)
        for code, group in by_course.items():
            touched |= _write_course(db, courses[code], group, people, job)
        named |= {courses[code] for code in by_course}
    recompute(db, people=touched, courses=named)


def _write_course(db: DbSession, course_id: int, rows: Sequence[Row], people: Mapping[str, int], job: Job) -> set[int]:
    form = stored_form(db)
    stored = _stored(db, course_id, [people[row.values["employee_no"]] for row in rows])
    at = form(job.now)
    waiting: list[tuple[Any, ...]] = []
    for row in rows:
        person_id = people[row.values["employee_no"]]
        known = stored.get(person_id)
        if known is None and not complete(row, job):
            continue
        status, expires_on = known or (None, None)
        values = row.get("status", status), row.get("expires_on", expires_on)
        if values == known:
            job.report.count("unchanged")
            continue
        waiting.append((course_id, person_id, str(values[0]), form(values[1]), at, None, at, at))
        job.report.count("added" if known is None else "updated")
    upsert(db, _SAID, _WRITTEN, ("course_id", "person_id"), waiting, job.step)
    return {row[1] for row in waiting}


def _stored(db: DbSession, course_id: int, person_ids: Sequence[int]) -> dict[int, tuple[Any, Any]]:
    query = sa.select(_SAID.c.person_id, _SAID.c.status, _SAID.c.expires_on)
    query = query.where(_SAID.c.course_id == course_id, _SAID.c.deleted_at.is_(None))
    query = query.where(Among(_SAID.c.person_id, "people"))
    found = db.execute(query, {"people": list(person_ids)})
    return {person: (status, expires) for person, status, expires in found}
