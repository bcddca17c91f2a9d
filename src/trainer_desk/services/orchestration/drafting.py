"""Makes drafts of a course for people who need it, as many as it takes, and enrolls them there (D3)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Course
from trainer_desk.services.errors import NotFound
from trainer_desk.services.planning.drafts import create_draft
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.seats.enrolling import enroll

USUAL = sa.select(Course.default_capacity).where(Course.id == sa.bindparam("course_id"))


@dataclass(frozen=True, slots=True)
class Drafted:
    """The drafts in the order in which they were made, and what became of each person, by id."""

    session_ids: tuple[int, ...]
    outcomes: tuple[Outcome, ...]


def draft_for(db: DbSession, course_id: int, person_ids: Sequence[int], *, actor: str, now: dt.datetime) -> Drafted:
    """Make drafts without a date of a course, each of its usual capacity, and give every person a place.

    Who may not sit there is refused as `enroll` does; the drafts stand. `now` is UTC. Raises NotFound for the course.
    """
    row = db.execute(USUAL, {"course_id": course_id}).one_or_none()
    if row is None:
        raise NotFound(kind="course", key=f"#{course_id}")
    people = sorted(set(person_ids))  # so that people are locked by id from the first draft to the last
    size = row.default_capacity or max(1, len(people))
    sessions: list[int] = []
    outcomes: list[Outcome] = []
    for start in range(0, len(people), size):
        fields = {"course_id": course_id, "capacity": row.default_capacity}
        sessions.append(create_draft(db, fields, actor=actor, now=now))
        outcomes += enroll(db, sessions[-1], people[start : start + size], actor=actor, now=now)
    return Drafted(tuple(sessions), tuple(outcomes))
