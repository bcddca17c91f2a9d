"""Sixteen workstations want the same seat, person or promotion at one instant: each is given once (K3, K5–K8, C6)."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    Database,
    make_course,
    make_enrollment,
    make_hold,
    make_people,
    make_run,
    make_scheduled,
    prepared,
)
from tests.faults.conftest import COUNT
from tests.faults.seat_deeds import change, enroll_by_driver, no_seat_locks
from tests.faults.seat_judge import judge
from tests.faults.workstations import Answer, Fault, Task, Workstations
from tests.services.store.clients import LEVELS
from trainer_desk.models import ChangeRow, Enrollment
from trainer_desk.models.enums import SEATED, EnrollmentState, OverlapPolicy, WaitlistMode
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.seats.enrolling import enroll, withdraw
from trainer_desk.services.seats.holds import fill_hold, hold_seats
from trainer_desk.services.store.engine import Store

OFF, ENROL, OFFER = WaitlistMode.OFF, WaitlistMode.ENROL, WaitlistMode.OFFER
WAITING = EnrollmentState.WAITLISTED
MINUTE = dt.timedelta(minutes=1)
Step = tuple[Any, ...]
"""A verb and its words."""


class Race:
    """An organisation, and what all workstations do there."""

    def __init__(self, factory: StoreFactory, workstations: Workstations) -> None:
        self.store, self.url, self.workstations = factory(), factory.url, workstations
        self.starts_at = (self.store.clock.now() + dt.timedelta(days=30)).replace(hour=9)

    def session(self, db: Database, **columns: Any) -> int:
        """Make a session in a month; without further words for one person."""
        usual = {"capacity": 1, "starts_at": self.starts_at}
        return make_scheduled(db, **(usual | columns))

    def run(self, steps: Sequence[Step], fault: Fault | None = None) -> list[Answer]:
        """Have each workstation do a step."""
        return self.workstations.do([Task(self.url, change, step, fault) for step in steps])

    def seated(self, *sessions: int) -> int:
        """Count who has a seat in these sessions."""
        query = sa.select(sa.func.count()).where(
            Enrollment.session_id.in_(sessions), Enrollment.state.in_(sorted(SEATED))
        )
        return self.store.read(lambda db: int(db.scalar(query) or 0))

    def wrong(self) -> list[str]:
        return judge(self.store)


@pytest.fixture
def race(each_factory: StoreFactory, workstations: Workstations) -> Race:
    return Race(each_factory, workstations)


@pytest.fixture
def server_race(server_factory: StoreFactory, workstations: Workstations) -> Race:
    return Race(server_factory, workstations)


def outcomes(answers: Sequence[Answer]) -> Counter[str]:
    """Count what everybody was told, a refusal by its code."""
    return Counter(answer.code or (answer.log[0] if answer.log else "done") for answer in answers)


# ---- one person ----------------------------------------------------------------------------------------------------


def test_one_person_enrolled_everywhere_at_once_has_one_place(race: Race) -> None:
    with prepared(race.store) as db:
        session, (person,) = race.session(db, waitlist=ENROL, capacity=3), make_people(db, 1)
    answers = race.run([(enroll, session, [person])] * COUNT)
    assert outcomes(answers) == {"enrolled": 1, "already": COUNT - 1}
    assert race.seated(session) == 1
    assert race.wrong() == []


def overlapping(race: Race, waitlist: WaitlistMode) -> tuple[list[int], int]:
    """Make as many sessions at one time as there are workstations, and somebody who is wanted in all of them."""
    with prepared(race.store) as db:
        course = make_course(db, overlap_policy=OverlapPolicy.BLOCK)
        sessions = [
            race.session(db, course=course, starts_at=race.starts_at + number * MINUTE, waitlist=waitlist)
            for number in range(COUNT)
        ]
        return sessions, make_people(db, 1)[0]


@pytest.mark.parametrize(("waitlist", "others"), [(OFF, "attendee_busy"), (ENROL, "waitlisted")])
def test_one_person_in_sessions_at_one_time_gets_one_seat(race: Race, waitlist: WaitlistMode, others: str) -> None:
    sessions, person = overlapping(race, waitlist)
    answers = race.run([(enroll, session, [person]) for session in sessions])
    assert outcomes(answers) == {"enrolled": 1, others: COUNT - 1}
    assert race.seated(*sessions) == 1
    assert race.wrong() == []


def test_whoever_leaves_one_of_them_gets_one_of_the_others(race: Race) -> None:
    """All others find the person free at one and the same instant; a queue keeps the place, and one gives its seat."""
    sessions, person = overlapping(race, ENROL)
    with prepared(race.store) as db:
        make_enrollment(db, sessions[0], person)
        for session in sessions[1:]:
            make_enrollment(db, session, person, WAITING)
    answers = race.run([(withdraw, session, person) for session in sessions[:1] * COUNT])
    assert outcomes(answers) == {"done": COUNT}
    assert race.seated(*sessions) == 1
    assert race.wrong() == []


# ---- one seat ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("waitlist", "others"), [(OFF, "session_full"), (OFFER, "waitlisted")])
def test_the_last_seat_goes_to_one(race: Race, waitlist: WaitlistMode, others: str) -> None:
    with prepared(race.store) as db:
        session, people = race.session(db, waitlist=waitlist), make_people(db, COUNT)
    answers = race.run([(enroll, session, [person]) for person in people])
    assert outcomes(answers) == {"enrolled": 1, others: COUNT - 1}
    assert race.wrong() == []


@pytest.mark.parametrize(("waitlist", "others"), [(OFF, "run_full"), (ENROL, "waitlisted")])
def test_the_last_place_of_a_run_goes_to_one(race: Race, waitlist: WaitlistMode, others: str) -> None:
    with prepared(race.store) as db:
        run = make_run(db, max_people=1)
        sessions = [race.session(db, run_id=run, capacity=None, waitlist=waitlist) for _ in range(4)]
        people = make_people(db, COUNT)
    answers = race.run([(enroll, sessions[number % 4], [person]) for number, person in enumerate(people)])
    assert outcomes(answers) == {"enrolled": 1, others: COUNT - 1}
    assert race.wrong() == []


def test_a_seat_is_held_or_taken(race: Race) -> None:
    with prepared(race.store) as db:
        session, people = race.session(db, waitlist=OFF), make_people(db, COUNT // 2)
    until = race.starts_at
    answers = race.run(
        [step for person in people for step in ((enroll, session, [person]), (hold_seats, session, 1, "Late", until))]
    )
    told = outcomes(answers)
    assert (told["enrolled"] + told["done"], told["session_full"]) == (1, COUNT - 1)
    assert race.wrong() == []


def test_a_held_seat_is_filled_once(race: Race) -> None:
    with prepared(race.store) as db:
        session, people = race.session(db, waitlist=OFF), make_people(db, COUNT)
        hold = make_hold(db, session, until_at=race.starts_at)
    answers = race.run([(fill_hold, hold, [person]) for person in people])
    assert outcomes(answers) == {"enrolled": 1, "not_found": COUNT - 1}
    assert race.wrong() == []


# ---- one promotion -------------------------------------------------------------------------------------------------


def promotions(store: Store) -> Counter[str]:
    """Count by enrollment how often somebody came out of a queue into a seat."""
    rows = sa.select(ChangeRow.pk, ChangeRow.before, ChangeRow.after).where(ChangeRow.tbl == "enrollments")
    with store.reading() as db:
        return Counter(
            pk for pk, was, became in db.execute(rows) if was and was["state"] == WAITING and became["state"] in SEATED
        )


def test_everybody_leaves_at_once_and_everybody_waiting_is_offered_a_seat_once(race: Race) -> None:
    with prepared(race.store) as db:
        session, people = race.session(db, capacity=COUNT, waitlist=OFFER), make_people(db, 2 * COUNT)
        for number, person in enumerate(people):
            make_enrollment(db, session, person, EnrollmentState.CONFIRMED if number < COUNT else WAITING)
    answers = race.run([(withdraw, session, person) for person in people[:COUNT]])
    assert outcomes(answers) == {"done": COUNT}
    assert list(promotions(race.store).values()) == [1] * COUNT
    assert race.wrong() == []


def test_one_seat_and_two_who_wait_make_one_promotion(race: Race) -> None:
    """All workstations withdraw the one person; of the two who wait, the first one is promoted, and once."""
    with prepared(race.store) as db:
        session, (ana, *waiting) = race.session(db, waitlist=ENROL), make_people(db, 3)
        make_enrollment(db, session, ana)
        for person in waiting:
            make_enrollment(db, session, person, WAITING)
    assert outcomes(race.run([(withdraw, session, ana)] * COUNT)) == {"done": COUNT}
    assert list(promotions(race.store).values()) == [1]
    assert race.seated(session) == 1
    assert race.wrong() == []


def test_seats_of_a_run_are_promoted_once_across_its_sessions(race: Race) -> None:
    """The run is full; whoever leaves one session frees a place for somebody in another one."""
    with prepared(race.store) as db:
        run = make_run(db, max_people=COUNT)
        sessions = [race.session(db, run_id=run, capacity=COUNT, waitlist=ENROL) for _ in range(4)]
        leaving, waiting = make_people(db, COUNT), make_people(db, COUNT)
        for number, person in enumerate(leaving):
            make_enrollment(db, sessions[number % 2], person)
        for number, person in enumerate(waiting):
            make_enrollment(db, sessions[2 + number % 2], person, WAITING)
    answers = race.run([(withdraw, sessions[number % 2], person) for number, person in enumerate(leaving)])
    assert outcomes(answers) == {"done": COUNT}
    assert list(promotions(race.store).values()) == [1] * COUNT
    assert race.seated(*sessions) == COUNT
    assert race.wrong() == []


# ---- capacity ------------------------------------------------------------------------------------------------------


def test_a_capacity_is_never_lowered_below_the_people_who_enroll_meanwhile(race: Race) -> None:
    with prepared(race.store) as db:
        session, people = race.session(db, capacity=COUNT, waitlist=ENROL), make_people(db, COUNT // 2)
    answers = race.run(
        [
            step
            for number, person in enumerate(people)
            for step in ((enroll, session, [person]), (edit_session, session, {"capacity": 1 + number}))
        ]
    )
    told = outcomes(answers)
    assert set(told) <= {"enrolled", "done", "capacity_below_people", "session_full", "waitlisted"}, told
    assert race.seated(session) >= told["enrolled"] > 0
    assert race.wrong() == []


# ---- other programs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
def test_other_programs_among_the_workstations_cannot_oversell(race: Race, level: str) -> None:
    with prepared(race.store) as db:
        session, people = race.session(db, capacity=3, waitlist=OFF), make_people(db, COUNT)
    answers = race.workstations.do(
        [
            Task(race.url, enroll_by_driver, (level, session, person))
            if number % 2
            else Task(race.url, change, (enroll, session, [person]))
            for number, person in enumerate(people)
        ]
    )
    told = outcomes(answers)
    assert set(told) <= {"enrolled", "done", "session_full", "ck_sessions_seats"}, told
    assert told["enrolled"] + told["done"] == race.seated(session) == 3
    assert race.wrong() == []


# ---- planted faults ------------------------------------------------------------------------------------------------


def test_without_locks_somebody_sits_in_two_places_and_the_judge_sees_it(server_race: Race) -> None:
    """On a file every write has the whole of it from its first statement on: there is no lock to leave out."""
    sessions, person = overlapping(server_race, ENROL)
    answers = server_race.run([(enroll, session, [person]) for session in sessions], no_seat_locks)
    assert outcomes(answers) == {"enrolled": COUNT}
    assert {line.split(":")[0] for line in server_race.wrong()} == {"busy twice"}


def test_without_locks_a_promotion_is_lost_and_the_judge_sees_it(server_race: Race) -> None:
    """Who enrolls saw a full session and stands in the queue; who leaves saw nobody there."""
    with prepared(server_race.store) as db:
        session, (ana, *others) = server_race.session(db, waitlist=ENROL), make_people(db, COUNT)
        make_enrollment(db, session, ana)
    steps: list[Step] = [(withdraw, session, ana), *((enroll, session, [person]) for person in others)]
    answers = server_race.run(steps, no_seat_locks)
    assert outcomes(answers) == {"done": 1, "waitlisted": COUNT - 1}
    assert {line.split(":")[0] for line in server_race.wrong()} == {"promotion_lost"}


def test_without_locks_workstations_are_refused_a_place_in_the_queue(server_race: Race) -> None:
    """The database still sells the seat once, but those who come too late are told so instead of standing in line."""
    with prepared(server_race.store) as db:
        session, people = server_race.session(db, waitlist=ENROL), make_people(db, COUNT)
    answers = server_race.run([(enroll, session, [person]) for person in people], no_seat_locks)
    assert outcomes(answers) == {"enrolled": 1, "session_full": COUNT - 1}
