"""Reads who missed a day of a course that is given over several, until it is made up (A5)."""

from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from trainer_desk.models import Certificate, Enrollment, Person, Run, Session
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.orchestration.certificate_facts import CourseFacts, load_course_facts
from trainer_desk.services.orchestration.certifying import verdicts
from trainer_desk.services.people.certificates import live_certificates
from trainer_desk.services.rows.certificates import Missed, MissedDay
from trainer_desk.services.rules.missed_days import missed_days
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

CERTIFIED = sa.exists().where(
    Certificate.person_id == Enrollment.person_id, Certificate.run_id == Run.id, Certificate.withdrawn_at.is_(None)
)
BEGUN = sa.exists().where(Session.run_id == Run.id, Session.status == SessionStatus.COMPLETED.value)
PLACE = aliased(Session)
CANDIDATES: sa.Select[*tuple[Any, ...]] = (
    sa.select(Run.course_id, Enrollment.person_id)
    .join(PLACE, PLACE.run_id == Run.id)
    .join(Enrollment, Enrollment.session_id == PLACE.id)
    .where(Run.one_course.is_(sa.true()), Run.deleted_at.is_(None), BEGUN, ~CERTIFIED)
    .distinct()
    .order_by(Run.course_id)
)
"""Who is or was in a run that is one course, has begun, and has certified nothing to them."""

NAMES = sa.select(Person.id, Person.employee_no, Person.name).where(
    Among(Person.id, "ids"), Person.active.is_(sa.true())
)
CODES = sa.select(Run.id, Run.code).where(Among(Run.id, "ids"))


def load_missed_days(
    db: Db, *, person_id: int | None = None, course_id: int | None = None, run_id: int | None = None
) -> list[MissedDay]:
    """Return missed days that are not made up, by course, the day missed and name; of one person, course or run.

    Whoever has left is not on the list.
    """
    query = CANDIDATES
    for column, wanted in ((Enrollment.person_id, person_id), (Run.course_id, course_id), (Run.id, run_id)):
        if wanted is not None:
            query = query.where(column == wanted)
    people: dict[int, list[int]] = {}
    for course, person in db.execute(query):
        people.setdefault(course, []).append(person)
    found = [line for course, concerned in people.items() for line in _of_course(db, course, concerned)]
    if run_id is not None:
        code = db.scalar(sa.select(Run.code).where(Run.id == run_id))
        found = [line for line in found if line.run == code]
    return sorted(found, key=lambda line: (line.course, line.starts_at, line.name, line.person_id))


def _of_course(db: Db, course_id: int, people: Collection[int]) -> Iterator[MissedDay]:
    facts = load_course_facts(db, course_id, people)
    names = {key: (number, name) for key, number, name in db.execute(NAMES, {"ids": sorted(people)})}
    codes = dict(db.execute(CODES, {"ids": sorted(facts.days)}).all())
    live = live_certificates(db, course_id, people)
    for person, verdict in verdicts(db, facts, people).items():
        own = [row for row in live if row.person_id == person]
        if person in names:
            for one in missed_days(facts.places.get(person, ()), facts.days, verdict.left, own):
                yield _line(facts, person, names[person], codes[one.run_id], one)


def _line(facts: CourseFacts, person_id: int, named: tuple[str, str], run: str, one: Missed) -> MissedDay:
    assert one.missed.starts_at is not None, "a day that was held began"
    return MissedDay(
        person_id,
        *named,
        facts.course_id,
        facts.title,
        run,
        one.day,
        one.missed.session_id,
        one.missed.ref,
        one.missed.starts_at,
        None if one.booked is None else one.booked.ref,
        None if one.booked is None else one.booked.starts_at,
    )
