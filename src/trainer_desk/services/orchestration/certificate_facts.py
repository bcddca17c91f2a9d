"""Reads what certificates follow from: the places of people in the days of courses, and how they are marked (A5)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Course, Enrollment, Resource, Run, Session
from trainer_desk.models.enums import SEATED, Attendance, EnrollmentState, Result, SessionStatus
from trainer_desk.services.rows.certificates import RunDay, Sitting
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

PAIRS = (
    sa.select(Session.course_id, Enrollment.person_id)
    .join(Enrollment, Enrollment.session_id == Session.id)
    .where(Among(Session.id, "ids"))
    .distinct()
)
ONE_COURSE = sa.and_(
    Run.id == Session.run_id,
    Run.one_course.is_(sa.true()),
    Run.course_id == Session.course_id,
    Run.deleted_at.is_(None),
)
PLACES: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Enrollment.id, Session.id, Enrollment.person_id, Session.course_id, Session.ref, Session.status,
        Session.starts_at, Session.ends_at, Resource.name, Enrollment.state, Enrollment.attendance, Enrollment.result,
        Enrollment.score, Run.id,
    )
    .join(Session, Session.id == Enrollment.session_id)
    .outerjoin(Resource, Resource.id == Session.trainer_id)
    .outerjoin(Run, ONE_COURSE)
    .where(
        Session.course_id == sa.bindparam("course_id"),
        Session.deleted_at.is_(None),
        Session.starts_at.is_not(None),
        Session.ends_at.is_not(None),
    )
    .order_by(Session.starts_at, Enrollment.id)
)  # fmt: skip
DAYS = (
    sa.select(Run.id, Session.id, Session.ref, Session.status, Session.starts_at)
    .join(Session, ONE_COURSE)
    .where(
        Run.course_id == sa.bindparam("course_id"),
        Session.deleted_at.is_(None),
        Session.status != SessionStatus.CANCELLED.value,
    )
    .order_by(Run.id, sa.nulls_last(Session.starts_at), Session.id)
)
WAS_THERE = sa.and_(Session.status == SessionStatus.COMPLETED.value, Enrollment.attendance == Attendance.ATTENDED.value)


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What is asked of one course, the days of its runs that are one course, and the places of people by person.

    `days` are in their order and hold drafts, too: what is still planned is not attended yet.
    """

    course_id: int
    code: str
    title: str
    validity_months: int | None
    asks_result: bool
    days: dict[int, list[RunDay]]
    places: dict[int, list[Sitting]]

    @property
    def lengths(self) -> dict[int, int]:
        """Return the number of days of each run."""
        return {run_id: len(days) for run_id, days in self.days.items()}


def concerned_by(db: Db, session_ids: Collection[int]) -> dict[int, set[int]]:
    """Return the people who ever had a place in these sessions, by course."""
    found: dict[int, set[int]] = defaultdict(set)
    for course_id, person_id in db.execute(PAIRS, {"ids": sorted(session_ids)}):
        found[course_id].add(person_id)
    return dict(found)


def load_course_facts(
    db: Db, course_id: int, people: Collection[int] | None = None, *, attended: bool = False
) -> CourseFacts:
    """Return the facts of a course with all places in it that these people, or (None) all people, have and had.

    With `attended` only the places of those who were there on a day that was completed.
    """
    query, values = PLACES, dict[str, Any](course_id=course_id)
    if people is not None:
        query, values = query.where(Among(Enrollment.person_id, "people")), values | {"people": sorted(people)}
    if attended:
        query = query.where(WAS_THERE)
    days: dict[int, list[RunDay]] = defaultdict(list)
    for run_id, session_id, ref, status, starts_at in db.execute(DAYS, {"course_id": course_id}):
        days[run_id].append(RunDay(session_id, ref, SessionStatus(status), starts_at))
    numbers = {one.session_id: number for run in days.values() for number, one in enumerate(run, start=1)}
    places: dict[int, list[Sitting]] = defaultdict(list)
    for row in db.execute(query, values):
        sitting = _sitting(row, numbers)
        places[sitting.person_id].append(sitting)
    asked = sa.select(Course.code, Course.title, Course.validity_months, Course.requires_result)
    code, title, months, asks = db.execute(asked.where(Course.id == course_id)).one()
    return CourseFacts(course_id, code, title, months, asks, dict(days), dict(places))


def _sitting(row: Any, numbers: dict[int, int]) -> Sitting:
    (
        key, session_id, person_id, course_id, ref, status, starts_at, ends_at, trainer, state, attendance, result,
        score, run_id,
    ) = row  # fmt: skip
    return Sitting(
        key,
        session_id,
        person_id,
        course_id,
        ref,
        SessionStatus(status),
        starts_at,
        ends_at,
        trainer or "",
        state == EnrollmentState.CONFIRMED and attendance == Attendance.ATTENDED,
        result and Result(result),
        score,
        run_id if session_id in numbers else None,
        numbers.get(session_id, 1),
        state in SEATED,
    )
