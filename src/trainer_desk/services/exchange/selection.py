"""Which sessions an export is about: named ones, or those of a range that pass a filter."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models import Base
from trainer_desk.models.enums import SEATED, EnrollmentState, SessionStatus
from trainer_desk.services.errors import NotFound

SESSIONS = Base.metadata.tables["sessions"]
ENROLLMENTS = Base.metadata.tables["enrollments"]
PEOPLE = Base.metadata.tables["people"]
COURSES = Base.metadata.tables["courses"]
RESOURCES = Base.metadata.tables["resources"]
RUNS = Base.metadata.tables["runs"]
LINKS = Base.metadata.tables["session_resources"]

PRESENT = sorted({*SEATED, EnrollmentState.WAITLISTED})
"""The states of people who are on a roster: all but withdrawn."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Sessions by `refs`, or those that start from `starts_at` to before `ends_at` (UTC instants; None is open).

    `trainer`, `venue`, `course`, `run` (codes) and `person` (employee number) narrow it. Sessions in the trash are
    never in it; cancelled ones only when they are named.
    """

    refs: tuple[str, ...] = ()
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    trainer: str | None = None
    venue: str | None = None
    course: str | None = None
    person: str | None = None
    run: str | None = None


def check_selection(db: Connection, selection: Selection) -> None:
    """Raise NotFound for the first ref, code or number that does not exist."""
    for ref in selection.refs:
        _require(db, SESSIONS.c.ref, "session", ref, SESSIONS.c.deleted_at.is_(None))
    if selection.trainer:
        _require(db, RESOURCES.c.code, "trainer", selection.trainer, RESOURCES.c.kind == "trainer")
    if selection.venue:
        _require(db, RESOURCES.c.code, "venue", selection.venue, RESOURCES.c.kind == "venue")
    if selection.course:
        _require(db, COURSES.c.code, "course", selection.course)
    if selection.run:
        _require(db, RUNS.c.code, "run", selection.run, RUNS.c.deleted_at.is_(None))
    if selection.person:
        _require(db, PEOPLE.c.employee_no, "person", selection.person)


def session_ids(db: Connection, selection: Selection) -> list[int]:
    """Return the ids of the sessions by start, those without one last."""
    order = (sa.nulls_last(SESSIONS.c.starts_at), SESSIONS.c.ref)
    return [row[0] for row in db.execute(sa.select(SESSIONS.c.id).where(*conditions(selection)).order_by(*order))]


def conditions(
    selection: Selection, *, cancelled: bool = False, withdrawn: bool = False
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions on the table of sessions.

    `cancelled` lets those that are cancelled through, `withdrawn` those whose place the person has given up.
    """
    found: list[sa.ColumnElement[bool]] = [SESSIONS.c.deleted_at.is_(None)]
    if selection.refs:
        found.append(SESSIONS.c.ref.in_(selection.refs))
    elif not cancelled:
        found.append(SESSIONS.c.status != SessionStatus.CANCELLED.value)
    if selection.starts_at:
        found.append(SESSIONS.c.starts_at >= selection.starts_at)
    if selection.ends_at:
        found.append(SESSIONS.c.starts_at < selection.ends_at)
    found += _narrowing(selection, withdrawn=withdrawn)
    return found


def _narrowing(selection: Selection, *, withdrawn: bool) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if selection.course:
        found.append(SESSIONS.c.course_id == _scalar(COURSES.c.id, COURSES.c.code == selection.course))
    if selection.venue:
        found.append(SESSIONS.c.venue_id == _scalar(RESOURCES.c.id, RESOURCES.c.code == selection.venue))
    if selection.run:
        found.append(SESSIONS.c.run_id == _scalar(RUNS.c.id, RUNS.c.code == selection.run))
    if selection.trainer:
        trainer = _scalar(RESOURCES.c.id, RESOURCES.c.code == selection.trainer)
        second = sa.select(LINKS.c.session_id).where(LINKS.c.resource_id == trainer)
        found.append(sa.or_(SESSIONS.c.trainer_id == trainer, SESSIONS.c.id.in_(second)))
    if selection.person:
        person = _scalar(PEOPLE.c.id, PEOPLE.c.employee_no == selection.person)
        seats = sa.select(ENROLLMENTS.c.session_id).where(ENROLLMENTS.c.person_id == person)
        if not withdrawn:
            seats = seats.where(ENROLLMENTS.c.state.in_(PRESENT))
        found.append(SESSIONS.c.id.in_(seats))
    return found


def _scalar(column: sa.Column[int], where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(column).where(where).scalar_subquery()


def _require(db: Connection, column: sa.Column[str], kind: str, key: str, *where: sa.ColumnElement[bool]) -> None:
    if db.execute(sa.select(column).where(column == key, *where)).first() is None:
        raise NotFound(kind=kind, key=key)
