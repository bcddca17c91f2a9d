"""Whom and which sessions a pack is about (X6)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Base
from trainer_desk.models.enums import EnrollmentState, SessionRole, SessionStatus
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.exchange.selection import COURSES, ENROLLMENTS, LINKS, PEOPLE, RESOURCES, SESSIONS
from trainer_desk.services.rows.inspector import AttendanceSheet, Marked, PackAsked
from trainer_desk.services.rules.times import day_bounds
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

ITEMS = Base.metadata.tables["compliance_items"]
LEAD, PLACE = RESOURCES.alias("lead"), RESOURCES.alias("place")
HELD = sorted({SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS, SessionStatus.COMPLETED})

IN_SPAN = (
    SESSIONS.c.deleted_at.is_(None),
    SESSIONS.c.status.in_(HELD),
    SESSIONS.c.starts_at >= sa.bindparam("begins", type_=SESSIONS.c.starts_at.type),
    SESSIONS.c.starts_at < sa.bindparam("ends", type_=SESSIONS.c.starts_at.type),
)
"""Sessions that were or are to be held on the days."""

SHEETS = (
    sa.select(
        SESSIONS.c.id, SESSIONS.c.ref, SESSIONS.c.version, SESSIONS.c.title, SESSIONS.c.status, SESSIONS.c.starts_at,
        SESSIONS.c.ends_at, SESSIONS.c.finished_at, SESSIONS.c.trainer_id, SESSIONS.c.course_id, COURSES.c.code,
        COURSES.c.title.label("course"), LEAD.c.name.label("trainer"), PLACE.c.name.label("venue"),
    )
    .join(COURSES, COURSES.c.id == SESSIONS.c.course_id)
    .outerjoin(LEAD, LEAD.c.id == SESSIONS.c.trainer_id)
    .outerjoin(PLACE, PLACE.c.id == SESSIONS.c.venue_id)
    .where(
        *IN_SPAN
    )
    .order_by(SESSIONS.c.starts_at, SESSIONS.c.id)
)  # fmt: skip
SAT = (
    sa.select(
        ENROLLMENTS.c.session_id, PEOPLE.c.employee_no, PEOPLE.c.name, PEOPLE.c.department, ENROLLMENTS.c.attendance,
        ENROLLMENTS.c.result, ENROLLMENTS.c.score, ENROLLMENTS.c.remarks, ENROLLMENTS.c.marked_by,
        ENROLLMENTS.c.marked_at,
    )
    .join(PEOPLE, PEOPLE.c.id == ENROLLMENTS.c.person_id)
    .where(ENROLLMENTS.c.state == EnrollmentState.CONFIRMED.value, Among(ENROLLMENTS.c.session_id, "sessions"))
    .order_by(ENROLLMENTS.c.session_id, PEOPLE.c.sort_name, PEOPLE.c.id)
)  # fmt: skip
HELPED = (
    sa.select(LINKS.c.session_id, LINKS.c.resource_id, RESOURCES.c.name)
    .join(RESOURCES, RESOURCES.c.id == LINKS.c.resource_id)
    .where(LINKS.c.role == SessionRole.CO_TRAINER.value, Among(LINKS.c.session_id, "sessions"))
    .order_by(LINKS.c.session_id, RESOURCES.c.name)
)


@dataclass(frozen=True, slots=True)
class Scope:
    """People by id, and the sessions of the days in which one of them sat, or all of the course."""

    subject: str
    people: tuple[int, ...]
    course_id: int | None
    sheets: tuple[AttendanceSheet, ...]


def find_scope(db: Db, asked: PackAsked, zone: Any) -> Scope:
    """Return whom and what a pack is about.

    Of a person or a site the sheets show its own people only. Raises NotFound, and BadValue for days in the wrong
    order or more than one thing.
    """
    if sum(one is not None for one in (asked.person, asked.site, asked.course)) != 1:
        raise BadValue(field="selection", value=None, why="one_subject")
    if asked.last < asked.first:
        raise BadValue(field="to", value=asked.last.isoformat(), why="to_before_from")
    span = {"begins": day_bounds(asked.first, zone)[0], "ends": day_bounds(asked.last, zone)[1]}
    subject, people, course = _subject(db, asked, span)
    own = None if course is not None else sa.select(PEOPLE.c.id).where(_own(asked))
    sheets = _sheets(db, course, own, span)
    return Scope(subject, people, course, sheets)


def _subject(db: Db, asked: PackAsked, span: Mapping[str, dt.datetime]) -> tuple[str, tuple[int, ...], int | None]:
    if asked.course is not None:
        row = db.execute(sa.select(COURSES.c.id, COURSES.c.title).where(COURSES.c.code == asked.course)).first()
        if row is None:
            raise NotFound(kind="course", key=asked.course)
        held = sa.select(ITEMS.c.person_id).where(ITEMS.c.course_id == row.id)
        sat = (
            sa.select(ENROLLMENTS.c.person_id)
            .join(SESSIONS, SESSIONS.c.id == ENROLLMENTS.c.session_id)
            .where(SESSIONS.c.course_id == row.id, ENROLLMENTS.c.state == EnrollmentState.CONFIRMED.value, *IN_SPAN)
        )
        stands = sa.and_(PEOPLE.c.active.is_(sa.true()), PEOPLE.c.id.in_(held))
        return row.title, _ids(db, sa.or_(stands, PEOPLE.c.id.in_(sat)), values=span), row.id
    people = _ids(db, _own(asked))
    if not people:
        kind, key = ("person", asked.person) if asked.person is not None else ("site", asked.site)
        raise NotFound(kind=kind, key=key)
    if asked.person is None:
        return str(asked.site), people, None
    return str(db.execute(sa.select(PEOPLE.c.name).where(PEOPLE.c.id == people[0])).scalar_one()), people, None


def _own(asked: PackAsked) -> sa.ColumnElement[bool]:
    return PEOPLE.c.employee_no == asked.person if asked.person is not None else PEOPLE.c.site == asked.site


def _ids(db: Db, where: sa.ColumnElement[bool], values: Mapping[str, Any] | None = None) -> tuple[int, ...]:
    query = sa.select(PEOPLE.c.id).where(where).order_by(PEOPLE.c.sort_name, PEOPLE.c.id)
    return tuple(db.execute(query, values or {}).scalars())


def _sheets(
    db: Db, course: int | None, own: sa.Select[Any] | None, span: Mapping[str, dt.datetime]
) -> tuple[AttendanceSheet, ...]:
    query, sat = SHEETS, SAT
    if own is None:
        query = query.where(SESSIONS.c.course_id == course)
    else:
        theirs = sa.select(ENROLLMENTS.c.session_id).where(
            ENROLLMENTS.c.person_id.in_(own), ENROLLMENTS.c.state == EnrollmentState.CONFIRMED.value
        )
        query, sat = query.where(SESSIONS.c.id.in_(theirs)), sat.where(PEOPLE.c.id.in_(own))
    rows = db.execute(query, span).all()
    finished = {row.id: row.finished_at for row in rows}
    asked = {"sessions": list(finished)}
    people: dict[int, list[Marked]] = defaultdict(list)
    for session, *values in db.execute(sat, asked):
        people[session].append(_marked(values, finished[session]))
    helped = _helped(db.execute(HELPED, asked))
    return tuple(_sheet(row, people[row.id], helped[row.id]) for row in rows)


def _marked(values: list[Any], finished_at: dt.datetime | None) -> Marked:
    number, name, department, attendance, result, score, remarks, by, at = values
    late = at is not None and finished_at is not None and at > finished_at
    shown = "" if score is None else str(score)
    return Marked(number, name, department, attendance, result or "", shown, remarks or "", by or "", at, late)


def _sheet(row: Any, people: Iterable[Marked], helped: list[tuple[int, str]]) -> AttendanceSheet:
    trainers = [(row.trainer_id, row.trainer), *helped] if row.trainer_id is not None else helped
    return AttendanceSheet(
        row.id, row.ref, row.version, row.code, row.title or row.course, row.status, row.starts_at, row.ends_at,
        row.venue or "", tuple(name for _key, name in trainers), tuple(key for key, _name in trainers), row.course_id,
        tuple(people),
    )  # fmt: skip


def _helped(rows: Iterable[Any]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for session, trainer, name in rows:
        found[session].append((trainer, name))
    return found
