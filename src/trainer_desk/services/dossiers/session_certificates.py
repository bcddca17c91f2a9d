"""Reads what a completed session proves: who is certified by it, and who came and is not, and why (A5, A7)."""

from collections.abc import Iterator

import sqlalchemy as sa

from trainer_desk.models import Person
from trainer_desk.models.enums import Result, SessionStatus
from trainer_desk.services.orchestration.certificate_facts import CourseFacts, concerned_by, load_course_facts
from trainer_desk.services.people.certificates import live_certificates
from trainer_desk.services.rows.certificates import CertificateRow, SessionProof, Sitting, Uncertified, WhyNot
from trainer_desk.services.rules.names import sort_name
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

NAMES = sa.select(Person.id, Person.name).where(Among(Person.id, "ids"))


def load_session_proof(db: Db, session_id: int) -> SessionProof:
    """Return the certificates that a session made or helped to make, by name, and who attended without getting one.

    Both are empty while it is not completed.
    """
    certificates: list[CertificateRow] = []
    lacking: list[Uncertified] = []
    for course_id, people in concerned_by(db, [session_id]).items():
        facts = load_course_facts(db, course_id, people)
        here = [one for places in facts.places.values() for one in places if one.session_id == session_id]
        held = {one.enrollment_id for one in here if one.status is SessionStatus.COMPLETED and one.attended}
        live = [
            row
            for row in live_certificates(db, course_id, people)
            if any(day.enrollment_id in held for day in row.days)
        ]
        certified = {day.enrollment_id for row in live for day in row.days}
        certificates += live
        names: dict[int, str] = dict(db.execute(NAMES, {"ids": sorted(people)}).all())
        lacking += _lacking(facts, [one for one in here if one.enrollment_id in held - certified], names)
    return SessionProof(
        tuple(sorted(certificates, key=lambda row: (sort_name(row.person_name), row.id))),
        tuple(sorted(lacking, key=lambda one: (sort_name(one.name), one.person_id))),
    )


def _lacking(facts: CourseFacts, places: list[Sitting], names: dict[int, str]) -> Iterator[Uncertified]:
    for one in places:
        yield Uncertified(one.person_id, names[one.person_id], _why_not(facts, one))


def _why_not(facts: CourseFacts, sitting: Sitting) -> WhyNot:
    if sitting.result is Result.FAILED:
        return WhyNot.FAILED
    is_last = sitting.run_id is None or sitting.day == facts.lengths.get(sitting.run_id)
    if facts.asks_result and is_last and sitting.result is None:
        return WhyNot.NO_RESULT
    return WhyNot.OTHER_DAYS
