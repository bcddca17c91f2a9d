"""Imports requirements: who must hold a course by job role, department, site or person, and who is exempt (N1)."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.courses import COURSES
from trainer_desk.services.exchange.importing.job import Job, ids_of, refer, save_row
from trainer_desk.services.exchange.importing.people import PEOPLE
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.rules.times import local

LAYOUT = Layout(
    (
        Column("course", cells.code, required=True),
        Column("job_role", cells.line, ""),
        Column("department", cells.line, ""),
        Column("site", cells.line, ""),
        Column("employee_no", cells.code),
        Column("grace_days", cells.whole(0, 36_500)),
        Column("exempt", cells.flag, False),
        Column("reason", cells.line),
        Column("until", cells.day),
    ),
    key=("course", "job_role", "department", "site", "employee_no"),
)

REQUIREMENTS = Base.metadata.tables["requirements"]
_SELECTORS = ("job_role", "department", "site")
_OWN = ("grace_days", "exempt", "reason", "until")
_BLANK = {"grace_days": None, "exempt": False, "reason": None, "until": None}

Key = tuple[Any, ...]
"""Course, job role, department, site and person."""


def write(db: DbSession, rows: Sequence[Row], job: Job) -> None:
    """Add or change requirements and exemptions, and make the compliance items of their courses anew.

    One that was deleted is there again, and counts from today.
    """
    courses = {found.code: found for found in db.execute(sa.select(COURSES.c.code, COURSES.c.id, COURSES.c.active))}
    ids = {code: found.id for code, found in courses.items()}
    people = ids_of(db, PEOPLE.c.employee_no, PEOPLE.c.id, {row.get("employee_no") for row in rows} - {None})
    stored = {_key_of(found): dict(found) for found in db.execute(sa.select(REQUIREMENTS)).mappings()}
    touched: set[int] = set()
    for row in rows:
        if not refer(row, "course", "course", ids, job) or not refer(row, "employee_no", "person", people, job):
            continue
        code = row.values["course"]
        if not courses[code].active:
            job.refuse(row, BadValue(field="course", value=code, why="course_retired"))
            continue
        selectors = {name: row.get(name, "") for name in _SELECTORS}
        number = row.get("employee_no")
        key = {"course_id": ids[code], **selectors, "person_id": None if number is None else people[number]}
        if _save(db, row, key, stored.get(_key_of(key)), job):
            touched.add(ids[code])
    recompute(db, courses=touched)


def _save(db: DbSession, row: Row, key: Mapping[str, Any], known: Mapping[str, Any] | None, job: Job) -> bool:
    """Write one rule; return whether it could be taken."""
    is_there = known is not None and known["deleted_at"] is None
    before = {name: known[name] for name in _OWN} if is_there and known else _BLANK
    values = before | {name: value for name, value in row.values.items() if name in _OWN}
    if not values["exempt"]:
        values |= {name: None for name in ("reason", "until") if name not in row.values}
    fault = _fault(values)
    if fault is not None:
        job.refuse(row, fault)
        return False
    if not is_there:
        values |= {"since": local(job.now, job.zone).date(), "deleted_at": None}
    save_row(db, REQUIREMENTS, {**key, **values}, known, job)
    return True


def _fault(values: Mapping[str, Any]) -> BadValue | None:
    """Return what is wrong with a rule as a whole."""
    if values["exempt"] and not values["reason"]:
        return BadValue(field="reason", value="", why="exempt_without_reason")
    if values["until"] is not None and not values["exempt"]:
        return BadValue(field="until", value=values["until"].isoformat(), why="until_without_exempt")
    return None


def _key_of(columns: Mapping[Any, Any]) -> Key:
    return tuple(columns[name] for name in ("course_id", *_SELECTORS, "person_id"))
