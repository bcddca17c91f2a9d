"""Imports training records: what people learned elsewhere or before, which renews what they hold (N2)."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.courses import COURSES
from trainer_desk.services.exchange.importing.job import Job, chunks, refer
from trainer_desk.services.exchange.importing.people import AT_ONCE, people_ids
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.people.records import RECORDS
from trainer_desk.services.rows.records import Training
from trainer_desk.services.rules.records import checked
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.bulk import stored_form, upsert
from trainer_desk.services.store.lists import Among

LAYOUT = Layout(
    (
        Column("employee_no", cells.code, required=True),
        Column("course", cells.code, required=True),
        Column("held_on", cells.day, required=True),
        Column("provider", cells.line),
        Column("expires_on", cells.day),
        Column("number", cells.line),
    ),
    key=("employee_no", "course", "held_on"),
)

_KEY = ("person_id", "course_id", "held_on")
_TOLD = ("recorded_at", "recorded_by")
_WRITTEN = (*_KEY, "provider", "expires_on", "number", *_TOLD, "deleted_at", "created_at", "updated_at")
Key = tuple[Any, ...]
"""Person, course and day."""


def write(db: DbSession, rows: Sequence[Row], job: Job) -> None:
    """Add or change training records, and renew what people hold; one that was taken back is there again.

    A retired course is taken, because the training is past, and told.
    """
    courses = {found.code: found for found in db.execute(sa.select(COURSES.c.code, COURSES.c.id, COURSES.c.active))}
    people, touched = set[int](), set[int]()
    for chunk in chunks(rows, AT_ONCE):
        for values in _write_some(db, chunk, courses, job):
            people.add(values[0])
            touched.add(values[1])
    recompute(db, people=people, courses=touched)


def _write_some(db: DbSession, rows: Sequence[Row], courses: Mapping[str, Any], job: Job) -> list[tuple[Any, ...]]:
    """Write some of the rows; return what was written."""
    ids = {code: found.id for code, found in courses.items()}
    people = people_ids(db, {row.values["employee_no"] for row in rows})
    known = [row for row in rows if refer(row, "employee_no", "person", people, job)]
    known = [row for row in known if refer(row, "course", "course", ids, job)]
    keyed = [
        ((people[row.values["employee_no"]], ids[row.values["course"]], row.values["held_on"]), row) for row in known
    ]
    stored = _stored(db, {key[0] for key, _row in keyed})
    waiting = []
    for key, row in keyed:
        values = _values(row, stored.get(key), key, job)
        if values is None:
            continue
        waiting.append(values)
        if not courses[row.values["course"]].active:
            job.warn("course_retired", row, course=row.values["course"])
    form = stored_form(db)
    upsert(db, RECORDS, _WRITTEN, _KEY, [tuple(form(value) for value in values) for values in waiting], job.step)
    return waiting


def _values(row: Row, known: Mapping[str, Any] | None, key: Key, job: Job) -> tuple[Any, ...] | None:
    """Return what is written for a row; None for one that is refused or says nothing new."""
    before = None if known is None or known["deleted_at"] is not None else known
    said = {name: row.get(name, before and before[name]) for name in ("provider", "expires_on", "number")}
    try:
        training = checked(Training(held_on=key[2], **said), local(job.now, job.zone).date())
    except BadValue as fault:
        job.refuse(row, fault)
        return None
    own = (training.provider, training.expires_on, training.number)
    told = (job.now, job.actor)
    if before is not None:
        if own == (before["provider"], before["expires_on"], before["number"]):
            job.report.count("unchanged")
            return None
        if own[1] == before["expires_on"]:
            told = (before["recorded_at"], before["recorded_by"])  # what it says of validity is no news
    job.report.count("added" if before is None else "updated")
    return (*key, *own, *told, None, job.now, job.now)


def _stored(db: DbSession, people: set[int]) -> dict[Key, Mapping[str, Any]]:
    query = sa.select(*(RECORDS.c[name] for name in _WRITTEN[:9])).where(Among(RECORDS.c.person_id, "people"))
    found = db.execute(query, {"people": sorted(people)}).mappings()
    return {tuple(row[name] for name in _KEY): dict(row) for row in found}
