"""Proves that certificates are what they were, count once, and are those that the marks earn (O2, A5)."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models import Certificate, Course, Person, Session
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration.certificate_facts import load_course_facts
from trainer_desk.services.orchestration.certifying import verdicts
from trainer_desk.services.people.certificates import all_certificates
from trainer_desk.services.rules.certificates import checksum_of
from trainer_desk.services.store.lists import Among

DOUBLED = (
    sa.select(Certificate.number)
    .where(Certificate.withdrawn_at.is_(None))
    .group_by(Certificate.number)
    .having(sa.func.count() > 1)
)
HELD = sa.select(Course.id, Course.title).where(
    sa.or_(
        sa.exists().where(Session.course_id == Course.id, Session.status == SessionStatus.COMPLETED.value),
        sa.exists().where(Certificate.course_id == Course.id, Certificate.withdrawn_at.is_(None)),
    )
)
NUMBERS = sa.select(Person.id, Person.employee_no, Person.name).where(Among(Person.id, "ids"))


def frozen(db: Connection) -> Iterator[Finding]:
    """Find revisions that do not say what they said when they were issued, whether they count or not."""
    for row in all_certificates(db):
        if checksum_of(row) != row.checksum:
            facts = {"number": row.number, "revision": row.revision, "name": row.person_name}
            yield Finding("certificate_changed", subject=row.number, facts=facts)


def doubled(db: Connection) -> Iterator[Finding]:
    """Find numbers of which more than one revision counts."""
    for number in db.execute(DOUBLED).scalars():
        yield Finding("certificate_doubled", subject=number, facts={"number": number})


def earned(db: Connection) -> Iterator[Finding]:
    """Judge all completed days anew: who has a certificate that nothing earns, who earned one and has none."""
    for course_id, title in db.execute(HELD).all():
        judged = verdicts(db, load_course_facts(db, course_id, attended=True), None)
        wrong = {person: one for person, one in judged.items() if one.withdrawn or one.earned}
        people = {key: (number, name) for key, number, name in db.execute(NUMBERS, {"ids": sorted(wrong)})}
        for person, verdict in wrong.items():
            number, name = people[person]
            for row, _why in verdict.withdrawn:
                facts = {"name": name, "course": title, "number": row.number}
                yield Finding("certificate_unearned", subject=row.number, facts=facts)
            if len(verdict.earned) > sum(one.instead_of is not None for one in verdict.earned):
                yield Finding("certificate_missing", subject=number, facts={"name": name, "course": title})
