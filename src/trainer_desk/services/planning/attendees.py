"""Finds what speaks against people who sit in a session: seats elsewhere, a course that must come first (C6, N5)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from trainer_desk.models import ComplianceItem, Course, Enrollment, Person, Session
from trainer_desk.models.enums import SEATED, ComplianceStatus, OverlapPolicy, PrerequisitePolicy, SessionStatus
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.seating import (
    BUSY,
    Occasion,
    Prerequisite,
    Sitter,
    busy_findings,
    prerequisite_missing,
    stricter,
)
from trainer_desk.services.rules.slot_wishes import Busy
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.db import Db

HERE, INSTANT = aliased(Enrollment), Session.__table__.c.starts_at.type
CLASHING = (
    sa.select(
        Person.id.label("person_id"),
        Person.employee_no,
        Person.name,
        Session.id,
        Session.ref,
        sa.func.coalesce(Session.title, Course.title).label("title"),
        Session.status,
        Session.starts_at,
        Session.ends_at,
        Course.title.label("course"),
        Course.overlap_policy,
    )
    .select_from(HERE)
    .join(Enrollment, sa.and_(Enrollment.person_id == HERE.person_id, Enrollment.session_id != HERE.session_id))
    .join(Session, Session.id == Enrollment.session_id)
    .join(Course, Course.id == Session.course_id)
    .join(Person, Person.id == HERE.person_id)
    .where(
        HERE.session_id == sa.bindparam("session_id"),
        HERE.state.in_(sorted(SEATED)),
        Enrollment.state.in_(sorted(SEATED)),
        sa.or_(Enrollment.offer_until.is_(None), Enrollment.offer_until > sa.bindparam("now", type_=INSTANT)),
        Session.status.in_(sorted(BUSY)),
        Session.starts_at < sa.bindparam("ends_at", type_=INSTANT),
        Session.ends_at > sa.bindparam("starts_at", type_=INSTANT),
    )
    .order_by(Person.sort_name, Person.id, Session.starts_at, Session.id)
)

UNPREPARED = (
    sa.select(Person.id, Person.employee_no, Person.name, Course.title)
    .select_from(Enrollment)
    .join(Person, Person.id == Enrollment.person_id)
    .join(Course, Course.id == sa.bindparam("prerequisite_id"))
    .outerjoin(
        ComplianceItem,
        sa.and_(
            ComplianceItem.course_id == Course.id,
            ComplianceItem.person_id == Person.id,
            ComplianceItem.status == ComplianceStatus.COMPLIANT.value,
            sa.or_(ComplianceItem.expires_on.is_(None), ComplianceItem.expires_on >= sa.bindparam("day")),
        ),
    )
    .where(
        Enrollment.session_id == sa.bindparam("session_id"),
        Enrollment.state.in_(sorted(SEATED)),
        ComplianceItem.person_id.is_(None),
    )
    .order_by(Person.sort_name, Person.id)
)
"""Who sits there and does not hold a course on a day, as `rules.seating.is_held` says."""


def busy_attendees(db: Db, card: SessionCard, directory: Directory, now: dt.datetime) -> Iterator[Finding]:
    """Yield a finding for everybody seated in the session who has a seat elsewhere at its time (C6).

    Red where one of the two courses blocks, orange where the stricter warns; the session counts as scheduled. An
    offer that ended by `now` (UTC) keeps nobody busy.
    """
    if not card.enrolled + card.offered or card.starts_at is None or card.ends_at is None:
        return
    asked = {"session_id": card.id, "starts_at": card.starts_at, "ends_at": card.ends_at, "now": now}
    seats: dict[Sitter, list[Occasion]] = defaultdict(list)
    for row in db.execute(CLASHING, asked):
        seats[Sitter(row.person_id, row.employee_no, row.name)].append(_seat(row))
    occasion = _as_scheduled(card, directory)
    for sitter, held in seats.items():
        yield from busy_findings(sitter, occasion, held)


def busy_times(
    db: Db, card: SessionCard, directory: Directory, starts_at: dt.datetime, ends_at: dt.datetime
) -> list[Busy]:
    """Return when those seated in the session have a seat elsewhere within [starts_at, ends_at) (UTC) (C6).

    Where the stricter of the two courses ignores that, nothing is told of it.
    """
    if not card.enrolled + card.offered:
        return []
    policy = directory.courses[card.course_id].overlap_policy
    asked = {"session_id": card.id, "starts_at": starts_at, "ends_at": ends_at, "now": starts_at}
    found = []
    for row in db.execute(CLASHING, asked):
        both = stricter(policy, OverlapPolicy(row.overlap_policy))
        if both is not OverlapPolicy.IGNORE:
            found.append(Busy(row.starts_at, row.ends_at, row.person_id, both is OverlapPolicy.BLOCK))
    return found


def unprepared_attendees(db: Db, card: SessionCard, directory: Directory, now: dt.datetime) -> Iterator[Finding]:
    """Yield an orange finding for everybody seated who does not hold on the day what must come first (N5).

    Nobody new gets a seat so; who has one keeps it, and the session can still be changed. Undated, `now` (UTC) counts.
    """
    course_id = directory.courses[card.course_id].prerequisite_id
    if course_id is None or not card.enrolled + card.offered:
        return
    day = local(card.starts_at or now, directory.settings.zone).date()
    for row in db.execute(UNPREPARED, {"prerequisite_id": course_id, "session_id": card.id, "day": day}):
        required = Prerequisite(course_id, row.title, PrerequisitePolicy.WARN, day)
        yield prerequisite_missing(Sitter(row.id, row.employee_no, row.name), required)


def _seat(row: Any) -> Occasion:
    return Occasion(
        row.id, row.ref, row.title, row.course, SessionStatus(row.status), row.starts_at, row.ends_at,
        OverlapPolicy(row.overlap_policy),
    )  # fmt: skip


def _as_scheduled(card: SessionCard, directory: Directory) -> Occasion:
    course = directory.courses[card.course_id]
    status = SessionStatus.SCHEDULED if card.status is SessionStatus.DRAFT else card.status
    return Occasion(
        card.id, card.ref, card.title or course.title, course.title, status, card.starts_at, card.ends_at,
        course.overlap_policy,
    )  # fmt: skip
