"""Makes, changes and deletes requirements one at a time, by the import's own writer with its guards (N1)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Course, Person, Requirement
from trainer_desk.services.errors import DeskError, NotFound, Stale
from trainer_desk.services.exchange.importing.columns import Row
from trainer_desk.services.exchange.importing.requirements import LAYOUT, REQUIREMENTS
from trainer_desk.services.journal.history import last_change, of_row
from trainer_desk.services.orchestration.catalogue import read_values, write_row
from trainer_desk.services.people.compliance import recompute

KIND = "requirements"
_KEY = ("course", "job_role", "department", "site", "employee_no")
_STORED: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Requirement.id,
        Requirement.course_id,
        Requirement.version,
        Requirement.deleted_at,
        Course.code.label("course"),
        Requirement.job_role,
        Requirement.department,
        Requirement.site,
        Person.employee_no,
    )
    .join(Course, Course.id == Requirement.course_id)
    .outerjoin(Person, Person.id == Requirement.person_id)
)


def create_requirement(db: DbSession, kind: str, values: Mapping[str, Any], *, actor: str, now: dt.datetime) -> int:
    """Make a requirement or an exemption and return its id; `values` go by the import's columns.

    Raises BadValue for a value that cannot be taken, `duplicate_ref` for a rule that is there already, and whatever
    the import would refuse.
    """
    read = read_values(LAYOUT, {"course": None} | dict(values))
    read = {name: read.get(name) for name in _KEY} | read
    stored = _of_key(db, read)
    if stored is not None and stored.deleted_at is None:
        raise DeskError("duplicate_ref", ref=read["course"], field="course", why="rule_stands")
    write_row(db, KIND, LAYOUT, Row(0, read["course"], _blanks(read)), actor=actor, now=now)
    made = _of_key(db, read)
    assert made is not None
    return int(made.id)


def change_requirement(
    db: DbSession,
    kind: str,
    requirement_id: int,
    values: Mapping[str, Any],
    *,
    version: int,
    actor: str,
    now: dt.datetime,
) -> int:
    """Change what a requirement says (whom it concerns stays), or bring a deleted one back; return its id.

    Raises NotFound, Stale, and as `create_requirement`.
    """
    stored = _lock(db, requirement_id, version)
    read = read_values(LAYOUT, {name: value for name, value in values.items() if name not in (*_KEY, "active")})
    kept = {} if stored.deleted_at is None else _says(db, requirement_id)
    key = {name: getattr(stored, name) for name in _KEY}
    write_row(db, KIND, LAYOUT, Row(0, stored.course, _blanks(key | kept | read)), actor=actor, now=now)
    return requirement_id


def delete_requirement(db: DbSession, requirement_id: int, *, actor: str, now: dt.datetime) -> None:
    """Delete a requirement; who must hold the course follows at once. Raises NotFound."""
    stored = _lock(db, requirement_id, None)
    if stored.deleted_at is not None:
        raise NotFound(kind="requirement", key=f"#{requirement_id}")
    gone = sa.update(REQUIREMENTS).where(REQUIREMENTS.c.id == requirement_id)
    db.execute(gone.values(deleted_at=now, version=REQUIREMENTS.c.version + 1, updated_at=now))
    recompute(db, courses={stored.course_id})


def _lock(db: DbSession, requirement_id: int, version: int | None) -> Any:
    db.execute(sa.select(REQUIREMENTS.c.id).where(REQUIREMENTS.c.id == requirement_id).with_for_update())
    stored = db.execute(_STORED.where(Requirement.id == requirement_id)).one_or_none()
    if stored is None:
        raise NotFound(kind="requirement", key=f"#{requirement_id}")
    if version is not None and stored.version != version:
        last = last_change(db, of_row("requirements", str(requirement_id)))
        raise Stale(ref=stored.course, by=last and last.by, at=last and last.at, version=stored.version)
    return stored


def _of_key(db: DbSession, read: Mapping[str, Any]) -> Any:
    query = _STORED.where(
        Course.code == read["course"],
        *(getattr(Requirement, name) == (read[name] or "") for name in ("job_role", "department", "site")),
        Person.employee_no.is_(None) if read["employee_no"] is None else Person.employee_no == read["employee_no"],
    )
    return db.execute(query).one_or_none()


def _says(db: DbSession, requirement_id: int) -> dict[str, Any]:
    """Return what a deleted rule said: brought back, it says the same again."""
    names = ("grace_days", "exempt", "reason", "until")
    query = sa.select(*(REQUIREMENTS.c[name] for name in names)).where(REQUIREMENTS.c.id == requirement_id)
    return dict(db.execute(query).mappings().one())


def _blanks(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with empty texts where whom the rule concerns is left open."""
    open_ended = {name: values.get(name) or "" for name in ("job_role", "department", "site")}
    return {**values, **open_ended}
