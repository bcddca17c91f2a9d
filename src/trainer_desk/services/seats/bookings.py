"""What people hold elsewhere: other dates of this course, seats at the same time, a place here given up (P3)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Course, Enrollment, Session
from trainer_desk.models.enums import SEATED, EnrollmentState, OverlapPolicy, SessionStatus
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE
from trainer_desk.services.seats.asking import Question
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

BUSY = (SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS, SessionStatus.COMPLETED)
"""A draft keeps nobody busy, a cancelled session's seats count nowhere (S1, S4)."""

STARTS_AT = sa.bindparam("starts_at", type_=Session.starts_at.type)
ENDS_AT = sa.bindparam("ends_at", type_=Session.starts_at.type)
COMING = sa.and_(
    Session.course_id == sa.bindparam("course_id"),
    Session.status.in_([status.value for status in OPEN_FOR_PEOPLE]),
    sa.func.coalesce(Session.ends_at, Session.starts_at) > sa.bindparam("now"),
)
"""A draft may have no end yet (S1)."""

OVERLAPPING = sa.and_(
    Session.status.in_([status.value for status in BUSY]), Session.starts_at < ENDS_AT, Session.ends_at > STARTS_AT
)
HERE = Session.id == sa.bindparam("session_id")
SEAT = Enrollment.state.in_([state.value for state in SEATED])
GIVEN_UP = Enrollment.state == EnrollmentState.WITHDRAWN.value
ELSEWHERE = (
    sa.select(
        Enrollment.person_id,
        Session.ref,
        sa.func.coalesce(Session.title, Course.title).label("title"),
        Session.starts_at,
        HERE.label("is_here"),
        COMING.label("is_coming"),
        OVERLAPPING.label("is_overlapping"),
        Course.overlap_policy,
    )
    .join(Session, Session.id == Enrollment.session_id)
    .join(Course, Course.id == Session.course_id)
    .where(
        Among(Enrollment.person_id, "ids"),
        sa.or_(sa.and_(HERE, GIVEN_UP), sa.and_(~HERE, SEAT, sa.or_(COMING, OVERLAPPING))),
        Session.deleted_at.is_(None),
    )
    .order_by(Session.starts_at, Session.ref)
)


@dataclass(slots=True)
class Bookings:
    """One person's: refs and starts (UTC) of other coming sessions, refs and titles of overlapping
    ones, a place given up here."""

    booked_on: list[str] = field(default_factory=list)
    booked_at: list[dt.datetime] = field(default_factory=list)
    busy_in: list[str] = field(default_factory=list)
    busy_with: list[str] = field(default_factory=list)
    withdrawn: bool = False


def bookings_of(db: Db, question: Question, person_ids: Sequence[int]) -> Mapping[int, Bookings]:
    """Return what these people hold, in one statement; who holds nothing is left out."""
    if not person_ids:
        return {}
    moments = {"starts_at": question.starts_at, "ends_at": question.ends_at, "now": question.now}
    asked = {"session_id": question.session_id, "course_id": question.course_id, "ids": list(person_ids)}
    found: dict[int, Bookings] = {}
    for row in db.execute(ELSEWHERE, asked | moments).all():
        _note(found.setdefault(row.person_id, Bookings()), row, question.policy)
    return found


def _note(person: Bookings, row: Any, policy: OverlapPolicy) -> None:
    if row.is_here:
        person.withdrawn = True
        return
    if row.is_coming:
        person.booked_on.append(row.ref)
        person.booked_at.append(row.starts_at)
    # The stricter of both courses' policies counts (C6).
    if row.is_overlapping and {policy.value, row.overlap_policy} != {OverlapPolicy.IGNORE.value}:
        person.busy_in.append(row.ref)
        person.busy_with.append(row.title)
