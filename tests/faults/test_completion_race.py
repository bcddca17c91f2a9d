"""A session is completed once, however many do it at one instant, and its end and what follows it agree (S4–S6, A5)."""

from collections import Counter

import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    MONDAY,
    make_course,
    make_draft,
    make_enrollment,
    make_people,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.faults.completion_deeds import complete, mark, reopen
from tests.faults.conftest import COUNT
from tests.faults.workstations import Task, Workstations, publish
from trainer_desk.models import Certificate, Change, Enrollment, Session
from trainer_desk.models.enums import Attendance, SessionStatus
from trainer_desk.services.orchestration.certifying import certify
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.store.engine import Store

ATTENDED, NO_SHOW = Attendance.ATTENDED, Attendance.NO_SHOW


def running(store: Store, *marks: Attendance) -> tuple[int, list[int]]:
    """Make a session that runs, with as many people as marks."""
    with prepared(store) as db:
        course = make_course(db, "FIRE", validity_months=12)
        session, people = (
            make_scheduled(db, course=course, status=SessionStatus.IN_PROGRESS),
            make_people(db, len(marks)),
        )
        for person, mark_of in zip(people, marks, strict=True):
            make_enrollment(db, session, person, attendance=mark_of)
    return session, people


def is_sound(store: Store) -> None:
    with store.snapshot() as db:
        assert check_database(db, now=store.clock.now()) == []


def test_of_sixteen_who_complete_one_does(store_factory: StoreFactory, workstations: Workstations) -> None:
    store = store_factory()
    session, people = running(store, ATTENDED, ATTENDED, NO_SHOW)
    answers = workstations.do([Task(store_factory.url, complete, (session,))] * COUNT)
    assert Counter(answer.code for answer in answers) == {None: 1, "wrong_state": COUNT - 1}
    with store.reading() as db:
        assert sorted(db.execute(sa.select(Certificate.person_id)).scalars()) == people[:2]
        done = sa.select(sa.func.count()).where(Change.label == "Complete")
        assert db.execute(done).scalar_one() == 1
    is_sound(store)


def test_marks_that_meet_the_end_are_kept_and_certified(
    store_factory: StoreFactory, workstations: Workstations
) -> None:
    """Half of them complete and take the rest for no-shows; the others mark them: whoever is seen is not lost."""
    store = store_factory()
    late = COUNT // 2
    session, people = running(store, *[Attendance.REGISTERED] * late, ATTENDED)
    completing = [Task(store_factory.url, complete, (session,))] * late
    marking = [Task(store_factory.url, mark, (session, person)) for person in people[:late]]
    answers = workstations.do([task for pair in zip(completing, marking, strict=True) for task in pair])
    assert Counter(answer.code for answer in answers[::2]) == {None: 1, "wrong_state": late - 1}
    assert {answer.code for answer in answers[1::2]} == {None}, "a mark is written before the end or corrected after it"
    with store.reading() as db:
        assert set(db.execute(sa.select(Enrollment.attendance)).scalars()) == {ATTENDED}
        assert len(set(db.execute(sa.select(Certificate.person_id)).scalars())) == late + 1
    is_sound(store)


def test_a_room_that_is_wanted_while_a_session_is_reopened_goes_to_one(
    store_factory: StoreFactory, workstations: Workstations
) -> None:
    store = store_factory()
    with prepared(store) as db:
        course = make_course(db, "FIRE")
        room, ann = make_venue(db, "ROOM"), make_trainer(db, "ANN", courses=[course])
        over = make_scheduled(
            db, course=course, trainer=ann, venue=room, starts_at=MONDAY, status=SessionStatus.COMPLETED
        )
        certify(db, [over], actor="supervisor", now=MONDAY)
        rivals = [
            make_draft(db, course=course, trainer=make_trainer(db, courses=[course]), venue=room, starts_at=MONDAY)
            for _ in range(COUNT - 1)
        ]
    tasks = [Task(store_factory.url, reopen, (over,)), *(Task(store_factory.url, publish, (one,)) for one in rivals)]
    answers = workstations.do(tasks)
    assert Counter(answer.code for answer in answers) == {None: 1, "venue_busy": COUNT - 1}
    with store.reading() as db:
        holding = sa.select(Session.id).where(Session.status.in_(["SCHEDULED", "IN_PROGRESS"]))
        winner = [over, *rivals][[answer.code for answer in answers].index(None)]
        assert list(db.execute(holding).scalars()) == [winner]
    is_sound(store)
