"""Reads the people of a session, with what they hold for its course and who enrolled them when (K4)."""

import datetime as dt
from dataclasses import replace

import sqlalchemy as sa

from trainer_desk.models import ComplianceItem, Enrollment, GroupMember, Person, Session
from trainer_desk.models.enums import Attendance, ComplianceStatus, EnrollmentState, Result, WithdrawnWhy
from trainer_desk.services.clock import Clock
from trainer_desk.services.rows.seats import Seat
from trainer_desk.services.seats.scope import read_scope
from trainer_desk.services.seats.seekers import load_ranks
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.gate import goes_through_gate

SEATS = (
    sa.select(
        Enrollment.id,
        Enrollment.person_id,
        Person.employee_no,
        Person.name,
        Person.department,
        Enrollment.state,
        Enrollment.attendance,
        Enrollment.remarks,
        Enrollment.position,
        Enrollment.enrolled_at,
        Enrollment.enrolled_by,
        Enrollment.withdrawn_at,
        Enrollment.withdrawn_by,
        ComplianceItem.status,
        ComplianceItem.expires_on,
        Enrollment.offer_until,
        Enrollment.promoted_at,
        Enrollment.promoted_by,
        Enrollment.withdrawn_why,
        Enrollment.skip_code,
        Enrollment.skip_ref,
        GroupMember.group_id,
        ComplianceItem.due_on,
        ComplianceItem.counts_from,
        Enrollment.result,
        Enrollment.score,
        Enrollment.marked_at,
        Enrollment.marked_by,
    )
    .join(Session, Session.id == Enrollment.session_id)
    .join(Person, Person.id == Enrollment.person_id)
    .outerjoin(
        ComplianceItem,
        sa.and_(ComplianceItem.course_id == Session.course_id, ComplianceItem.person_id == Enrollment.person_id),
    )
    .outerjoin(
        GroupMember,
        sa.and_(GroupMember.session_id == Enrollment.session_id, GroupMember.person_id == Enrollment.person_id),
    )
    .where(Enrollment.session_id == sa.bindparam("session_id"))
    .order_by(Person.sort_name, Person.id)
)

SEEN_RANKS = sa.text("SELECT person_id, rank FROM seen_ranks(:id)")


def load_seats(db: Db, session_id: int, *, now: dt.datetime | None = None) -> list[Seat]:
    """Return every enrollment of a session by name, those waiting and withdrawn too; empty if it does not exist.

    With `now` (UTC) an offer that ended by then is told as lapsed, although nobody has swept it yet (K5).
    """
    rows = db.execute(SEATS, {"session_id": session_id}).all()
    is_queued = any(row.state == EnrollmentState.WAITLISTED for row in rows)
    ranks = _ranks(db, session_id, now or Clock().now()) if is_queued else {}
    seats = [
        Seat(
            enrollment_id=row[0],
            person_id=row[1],
            employee_no=row[2],
            name=row[3],
            department=row[4],
            state=EnrollmentState(row[5]),
            attendance=Attendance(row[6]),
            remarks=row[7],
            position=ranks.get(row[1]),
            enrolled_at=row[9],
            enrolled_by=row[10],
            withdrawn_at=row[11],
            withdrawn_by=row[12],
            status=None if row[13] is None else ComplianceStatus(row[13]),
            expires_on=row[14],
            offer_until=row[15],
            promoted_at=row[16],
            promoted_by=row[17],
            withdrawn_why=None if row[18] is None else WithdrawnWhy(row[18]),
            skip_code=row[19],
            skip_ref=row[20],
            group_id=row[21],
            due_on=row[22],
            counts_from=row[23],
            result=None if row[24] is None else Result(row[24]),
            score=row[25],
            marked_at=row[26],
            marked_by=row[27],
        )
        for row in rows
    ]
    return seats if now is None else [_as_of(seat, now) for seat in seats]


def _as_of(seat: Seat, now: dt.datetime) -> Seat:
    if seat.offer_until is None or seat.offer_until > now:
        return seat
    lapsed = WithdrawnWhy.LAPSED
    return replace(
        seat, state=EnrollmentState.WITHDRAWN, offer_until=None, withdrawn_at=seat.offer_until, withdrawn_why=lapsed
    )


def _ranks(db: Db, session_id: int, now: dt.datetime) -> dict[int, int]:
    """Return who waits at which rank; of a server, trainers and requesters hear those of the people whom they see."""
    if goes_through_gate(db):
        found: dict[int, int] = dict(db.execute(SEEN_RANKS, {"id": session_id}).all())
        return found
    return load_ranks(db, read_scope(db, [session_id], now).sessions[session_id])
