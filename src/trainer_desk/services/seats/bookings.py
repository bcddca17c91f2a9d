"""What people hold elsewhere: other dates of this course, seats at the same time, a place here given up (P3)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import ComplianceItem, Course, Enrollment, Session
from trainer_desk.models.enums import ComplianceStatus, EnrollmentState, OverlapPolicy
from trainer_desk.services.membership import members_among
from trainer_desk.services.rules.seating import BUSY, stricter
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE
from trainer_desk.services.seats.asking import Question
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

STARTS_AT = sa.bindparam("starts_at", type_=Session.starts_at.type)
ENDS_AT = sa.bindparam("ends_at", type_=Session.starts_at.type)
COMING = sa.and_(
    Session.course_id == sa.bindparam("course_id"),
    Session.status.in_([status.value for status in OPEN_FOR_PEOPLE]),
    sa.func.coalesce(Session.ends_at, Session.starts_at) > sa.bindparam("now"),
)
"""A draft may have no end yet (S1)."""

OVERLAPPING = sa.and_(Session.status.in_(sorted(BUSY)), Session.starts_at < ENDS_AT, Session.ends_at > STARTS_AT)
HERE = Session.id == sa.bindparam("session_id")
SEAT = sa.or_(
    Enrollment.state == EnrollmentState.CONFIRMED.value,
    sa.and_(
        Enrollment.state == EnrollmentState.OFFERED.value,
        Enrollment.offer_until > sa.bindparam("now", type_=Session.starts_at.type),
    ),
)
"""An offer that ended is no seat, swept or not. Of confirmed places the index alone is read."""

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

HOLDING = sa.select(ComplianceItem.person_id).where(
    ComplianceItem.course_id == sa.bindparam("prerequisite_id"),
    ComplianceItem.status == ComplianceStatus.COMPLIANT.value,
    sa.or_(ComplianceItem.expires_on.is_(None), ComplianceItem.expires_on >= sa.bindparam("day")),
    Among(ComplianceItem.person_id, "ids"),
)
"""Who holds a course on a day, as `rules.seating.is_held` says; a test compares the two."""


@dataclass(slots=True)
class Bookings:
    """One person's: refs and starts (UTC) of other coming sessions of the course; refs, titles and starts of those at
    the same time, and which of them keep the person from a seat; a place given up here."""

    booked_on: list[str] = field(default_factory=list)
    booked_at: list[dt.datetime] = field(default_factory=list)
    busy_in: list[str] = field(default_factory=list)
    busy_with: list[str] = field(default_factory=list)
    withdrawn: bool = False
    busy_at: list[dt.datetime] = field(default_factory=list)
    busy_blocks: list[bool] = field(default_factory=list)


def bookings_of(db: Db, question: Question, person_ids: Sequence[int]) -> Mapping[int, Bookings]:
    """Return what these people hold, in one statement; who holds nothing is left out."""
    if not person_ids:
        return {}
    moments = {"starts_at": question.starts_at, "ends_at": question.ends_at, "now": question.now}
    asked = {"session_id": question.session_id, "course_id": question.course_id, "ids": list(person_ids)}
    found: dict[int, Bookings] = {}
    for row in db.execute(ELSEWHERE, asked | moments).all():
        _note(found.setdefault(row.person_id, Bookings()), row, question)
    return found


def lacking_of(db: Db, question: Question, person_ids: Sequence[int]) -> frozenset[int]:
    """Return those of these people who do not hold what the course requires (N5); asked only where it does."""
    if question.prerequisite is None or not person_ids:
        return frozenset()
    asked = {"prerequisite_id": question.prerequisite.course_id, "day": question.day, "ids": list(person_ids)}
    return frozenset(person_ids) - frozenset(db.execute(HOLDING, asked).scalars())


def outside_of(db: Db, question: Question, person_ids: Sequence[int]) -> frozenset[int]:
    """Return those of these people who are not on the run that alone may take its days (R1); asked only where it is."""
    if question.closed_run is None or not person_ids:
        return frozenset()
    return frozenset(person_ids) - members_among(db, question.closed_run, person_ids)


def _note(person: Bookings, row: Any, question: Question) -> None:
    if row.is_here:
        person.withdrawn = True
        return
    if row.is_coming:
        person.booked_on.append(row.ref)
        person.booked_at.append(row.starts_at)
    policy = stricter(question.policy, OverlapPolicy(row.overlap_policy))
    if row.is_overlapping and policy is not OverlapPolicy.IGNORE:
        person.busy_in.append(row.ref)
        person.busy_with.append(row.title)
        person.busy_at.append(row.starts_at)
        # A draft is not judged by the clock yet, as in `rules.seating`.
        person.busy_blocks.append(policy is OverlapPolicy.BLOCK and question.status in BUSY)
