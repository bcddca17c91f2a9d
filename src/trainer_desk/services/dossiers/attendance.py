"""Reads the attendance sheet of a session: who is on it, what is marked, and what a facilitator needs (A2, A4)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from trainer_desk.models import Course, Enrollment, Intake, Person, Resource, Session
from trainer_desk.models.enums import Attendance, EnrollmentState, Result, SessionStatus
from trainer_desk.services.errors import NotAllowed, NotFound
from trainer_desk.services.orchestration.own import require_own_session
from trainer_desk.services.rights import AT_THE_DOOR
from trainer_desk.services.rows.attendance import AttendanceSheet, Attendee, EarlierTime, Mark, PendingPerson
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.gate import goes_through_gate, through_gate
from trainer_desk.services.store.lists import Among

MOST_EARLIER = 5
"""Earlier sessions of the course that are told of each person, the newest first."""

OF_SESSION = Enrollment.session_id == sa.bindparam("session_id")
ATTENDED, NO_SHOW = Attendance.ATTENDED.value, Attendance.NO_SHOW.value
CONFIRMED = Enrollment.state == EnrollmentState.CONFIRMED.value
TRAINER, VENUE = aliased(Resource), aliased(Resource)
SESSION: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Session.id,
        Session.uuid,
        Session.ref,
        sa.func.coalesce(Session.title, Course.title).label("title"),
        Course.title.label("course"),
        Session.status,
        Session.starts_at,
        Session.ends_at,
        VENUE.name.label("venue"),
        TRAINER.name.label("trainer"),
        Course.requires_result,
        Session.deleted_at,
        Session.course_id,
    )
    .join(Course, Course.id == Session.course_id)
    .outerjoin(VENUE, VENUE.id == Session.venue_id)
    .outerjoin(TRAINER, TRAINER.id == Session.trainer_id)
    .where(Session.id == sa.bindparam("session_id"))
)
NEWER = aliased(Intake)
NEWEST_INTAKE = (
    sa.select(NEWER.id)
    .where(NEWER.person_id == Person.id, NEWER.deleted_at.is_(None))
    .order_by(NEWER.held_on.desc(), NEWER.id.desc())
    .limit(1)
    .correlate(Person)
    .scalar_subquery()
)
PEOPLE: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Person.id,
        Person.employee_no,
        Person.name,
        Person.department,
        Person.site,
        Person.job_role,
        Enrollment.attendance,
        Enrollment.remarks,
        Enrollment.result,
        Enrollment.score,
        Enrollment.marked_by,
        Enrollment.marked_at,
        Person.intake_on,
        Intake.note,
    )
    .join(Person, Person.id == Enrollment.person_id)
    .outerjoin(Intake, Intake.id == NEWEST_INTAKE)
    .where(OF_SESSION, CONFIRMED)
    .order_by(Person.sort_name, Person.id)
)
PENDING: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Person.id,
        Person.employee_no,
        Person.name,
        Person.department,
        (Enrollment.state == EnrollmentState.OFFERED.value).label("offered"),
    )
    .join(Person, Person.id == Enrollment.person_id)
    .where(
        OF_SESSION,
        sa.or_(
            Enrollment.state == EnrollmentState.WAITLISTED.value,
            sa.and_(
                Enrollment.state == EnrollmentState.OFFERED.value,
                Enrollment.offer_until > sa.bindparam("now", type_=Session.starts_at.type),
            ),
        ),
    )
    .order_by(Enrollment.state, Enrollment.position, Person.sort_name, Person.id)
)
MARKED_ELSEWHERE = (
    CONFIRMED,
    Enrollment.attendance.in_((ATTENDED, NO_SHOW)),
    Enrollment.session_id != sa.bindparam("session_id"),
    Session.deleted_at.is_(None),
    Session.status != SessionStatus.CANCELLED.value,
    Among(Enrollment.person_id, "people"),
)
NO_SHOWS = (
    sa.select(Enrollment.person_id, sa.func.count())
    .join(Session, Session.id == Enrollment.session_id)
    .where(*MARKED_ELSEWHERE, Enrollment.attendance == NO_SHOW)
    .group_by(Enrollment.person_id)
)
EARLIER: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Enrollment.person_id,
        Session.ref,
        Session.starts_at,
        Enrollment.attendance,
        Enrollment.result,
        Enrollment.score,
    )
    .join(Session, Session.id == Enrollment.session_id)
    .where(*MARKED_ELSEWHERE, Session.course_id == sa.bindparam("course_id"), Session.starts_at.is_not(None))
    .order_by(Session.starts_at.desc(), Session.id.desc())
)


def load_sheet(db: Db, session_id: int, actor: str, *, now: dt.datetime) -> AttendanceSheet:
    """Return the sheet of a session at `now` (UTC) to `actor`: who plans, or is a trainer of that session.

    Raises NotAllowed for another trainer or a requester, NotFound, also for the trash.
    """
    identity = require_own_session(db, session_id, actor)
    if identity.role not in AT_THE_DOOR:
        raise NotAllowed(role=identity.role, roles=tuple(sorted(AT_THE_DOOR)))
    row: Any = db.execute(SESSION, {"session_id": session_id}).one_or_none()
    if row is None:
        raise NotFound(kind="session", key=session_id)
    if row.deleted_at is not None:
        raise NotFound(kind="session", key=row.ref, why="in_trash")
    people = db.execute(PEOPLE, {"session_id": session_id}).all()
    no_shows, earlier = _elsewhere(db, session_id, row.course_id, [person[0] for person in people])
    return AttendanceSheet(
        session_id=row.id,
        uuid=row.uuid,
        ref=row.ref,
        title=row.title,
        course=row.course,
        status=SessionStatus(row.status),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        venue=row.venue or "",
        trainer=row.trainer or "",
        requires_result=row.requires_result,
        people=tuple(_attendee(one, no_shows.get(one[0], 0), tuple(earlier.get(one[0], ()))) for one in people),
        pending=tuple(PendingPerson(*one) for one in db.execute(PENDING, {"session_id": session_id, "now": now})),
    )


def _attendee(row: Any, no_shows: int, earlier: tuple[EarlierTime, ...]) -> Attendee:
    person_id, number, name, department, site, job_role = row[:6]
    attendance, remarks, result, score, marked_by, marked_at, intake_on, note = row[6:]
    mark = Mark(Attendance(attendance), remarks, _result(result), score)
    return Attendee(
        person_id, number, name, department, site, job_role, mark, marked_by, marked_at, intake_on, note,
        no_shows, earlier,
    )  # fmt: skip


def _elsewhere(
    db: Db, session_id: int, course_id: int, people: list[int]
) -> tuple[dict[int, int], dict[int, list[EarlierTime]]]:
    """Return by person how often they did not come elsewhere, and their newest times in the course."""
    if goes_through_gate(db):
        said = through_gate(db, "earlier_marks", session_id)
        times = [(person, ref, dt.datetime.fromisoformat(at), *rest) for person, ref, at, *rest in said["earlier"]]
        return {int(person): times_of for person, times_of in said["no_shows"].items()}, _earlier(times)
    if not people:
        return {}, {}
    asked = {"session_id": session_id, "people": people}
    no_shows = dict(db.execute(NO_SHOWS, asked).all())
    return no_shows, _earlier(db.execute(EARLIER, asked | {"course_id": course_id}))


def _earlier(rows: Iterable[Any]) -> dict[int, list[EarlierTime]]:
    found: dict[int, list[EarlierTime]] = defaultdict(list)
    for person, ref, starts_at, attendance, result, score in rows:
        if len(found[person]) < MOST_EARLIER:
            found[person].append(EarlierTime(ref, starts_at, Attendance(attendance), _result(result), score))
    return found


def _result(word: str | None) -> Result | None:
    return None if word is None else Result(word)
