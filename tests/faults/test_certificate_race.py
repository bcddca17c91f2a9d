"""All days of a course are completed at one instant: everybody is certified once; of all re-issues one counts (A5)."""

from collections import Counter
from datetime import timedelta

import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    MONDAY,
    make_course,
    make_enrollment,
    make_people,
    make_run,
    make_scheduled,
    make_trainer,
    prepared,
)
from tests.faults.certificate_deeds import issue_again
from tests.faults.completion_deeds import complete
from tests.faults.conftest import COUNT
from tests.faults.workstations import Task, Workstations
from trainer_desk.models import Certificate
from trainer_desk.models.enums import Attendance, SessionStatus
from trainer_desk.services.orchestration import completing
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.people.certificates import certificates_of

PEOPLE = 4


def test_days_that_are_completed_at_one_instant_certify_everybody_once(
    store_factory: StoreFactory, workstations: Workstations
) -> None:
    store = store_factory()
    with prepared(store) as db:
        course = make_course(db, "FIRE", validity_months=12)
        trainer, people = make_trainer(db, courses=[course]), make_people(db, PEOPLE)
        run = make_run(db, course=course, one_course=True)
        days = [
            make_scheduled(
                db, course=course, trainer=trainer, run_id=run, starts_at=MONDAY + timedelta(days=number),
                status=SessionStatus.IN_PROGRESS,
            )
            for number in range(COUNT)
        ]  # fmt: skip
        for day in days:
            for person in people:
                make_enrollment(db, day, person, attendance=Attendance.ATTENDED)
    answers = workstations.do([Task(store_factory.url, complete, (day,)) for day in days])
    assert {answer.code for answer in answers} == {None}
    for person in people:
        [row] = store.read(certificates_of, person)
        assert (len(row.days), row.revision, row.is_live) == (COUNT, 1, True)
    with store.snapshot() as db:
        assert check_database(db, now=store.clock.now()) == []


def test_of_many_who_issue_a_certificate_again_one_does(
    store_factory: StoreFactory, workstations: Workstations
) -> None:
    store = store_factory()
    with prepared(store) as db:
        course = make_course(db, "FIRE")
        session, [person] = make_scheduled(db, course=course, status=SessionStatus.IN_PROGRESS), make_people(db, 1)
        make_enrollment(db, session, person, attendance=Attendance.ATTENDED)
    store.write("Complete", completing.complete, session)
    with store.reading() as db:
        first = db.execute(sa.select(Certificate.id)).scalar_one()
    answers = workstations.do([Task(store_factory.url, issue_again, (first,))] * COUNT)
    assert Counter(answer.code for answer in answers) == {None: 1, "stale": COUNT - 1}
    assert [(row.revision, row.is_live) for row in store.read(certificates_of, person)] == [(2, True), (1, False)]
