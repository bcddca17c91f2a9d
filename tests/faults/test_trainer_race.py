"""Trainers with logins of their own and planners end, mark and keep the door of one session at one instant (U2, A5)."""

from collections import Counter

import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import make_course, make_enrollment, make_people, make_scheduled, make_trainer, prepared
from tests.faults.completion_deeds import complete, mark
from tests.faults.conftest import COUNT
from tests.faults.test_completion_race import is_sound
from tests.faults.workstations import Task, Workstations
from tests.logins import login_url, make_login
from trainer_desk.models import Certificate, Enrollment
from trainer_desk.models.enums import Attendance, Role, SessionStatus

HALF = COUNT // 2


def test_marks_of_trainers_and_planners_meet_the_end(server_factory: StoreFactory, workstations: Workstations) -> None:
    """Two trainers and a planner complete, and others of them mark: one ends it, and whoever was seen is certified."""
    store, url = server_factory(), server_factory.url
    with prepared(store) as db:
        course = make_course(db, "FIRE", validity_months=12)
        trainers = [make_trainer(db, courses=[course]) for _ in range(2)]
        session = make_scheduled(
            db, course=course, trainer=trainers[0], co_trainers=trainers[1:], status=SessionStatus.IN_PROGRESS
        )
        people = make_people(db, HALF)
        for person in people:
            make_enrollment(db, session, person)
    one, other, third = (login_url(url, make_login(store, Role.TRAINER, trainer_id=trainers[n])) for n in (0, 1, 0))
    completing = [Task(door, complete, (session,)) for door in (one, one, one, other, other, other, url, url)]
    marking = [Task(third if place % 2 else url, mark, (session, person)) for place, person in enumerate(people)]
    answers = workstations.do([*completing, *marking])
    assert Counter(answer.code for answer in answers[:HALF]) == {None: 1, "wrong_state": HALF - 1}
    assert {answer.code for answer in answers[HALF:]} == {None}
    with store.reading() as db:
        assert set(db.execute(sa.select(Enrollment.attendance)).scalars()) == {Attendance.ATTENDED}
        live = sa.select(Certificate.person_id).where(Certificate.withdrawn_at.is_(None))
        assert sorted(db.execute(live).scalars()) == people
    is_sound(store)
