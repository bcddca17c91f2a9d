"""A request that cannot be raced: of sixteen who accept it at once one makes the session, all learn which (Q2)."""

from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    MONDAY,
    make_course,
    make_people,
    make_request,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.faults.conftest import COUNT
from tests.faults.request_deeds import accept, accept_into, cancel, decline, no_lock
from tests.faults.workstations import Answer, Task, Workstations
from trainer_desk.models import BookingRequest, Enrollment, Session
from trainer_desk.models.enums import RequestStatus
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.requests.reading import load_request
from trainer_desk.services.store.engine import Store


def asked(store: Store, count: int = 1, **columns: Any) -> list[int]:
    """File requests for one course on Monday from nine to ten, all with the same trainer, each with two people."""
    with prepared(store) as db:
        course = make_course(db, "FIRE")
        trainer = make_trainer(db, "ANN", courses=[course])
        ends_at = MONDAY.replace(hour=MONDAY.hour + 1)
        return [
            make_request(
                db,
                course,
                make_people(db, 2),
                trainer_id=trainer,
                venue_id=make_venue(db),
                starts_at=MONDAY,
                ends_at=ends_at,
                **columns,
            )
            for _ in range(count)
        ]


def sessions(store: Store) -> dict[str, int | None]:
    """Give the request of each session, by ref; and prove the database on the way."""
    with store.snapshot() as db:
        assert check_database(db) == []
        return {row[0]: row[1] for row in db.execute(sa.select(Session.ref, Session.booking_request_id))}


def judge(store: Store, request: int, answers: list[Answer]) -> None:
    """One accepted it and made the one session with both people; everybody else was told by its ref."""
    made = sessions(store)
    assert Counter(answer.code for answer in answers) == {None: 1, "already_accepted": COUNT - 1}
    assert list(made.values()) == [request]
    [ref] = made
    assert {answer.facts["ref"] for answer in answers if answer.code} == {ref}
    with store.reading() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(Enrollment)) == 2
    assert store.read(load_request, request).status is RequestStatus.ACCEPTED


def test_one_session_comes_of_a_request(store_factory: StoreFactory, workstations: Workstations) -> None:
    store = store_factory()
    [request] = asked(store)
    judge(store, request, workstations.do([Task(store_factory.url, accept, (request,))] * COUNT))


@pytest.mark.postgres
def test_without_the_lock_the_database_still_refuses_and_the_winner_is_named(
    server_factory: StoreFactory, workstations: Workstations
) -> None:
    """All have read an open request before anybody writes: the index speaks, then they look again."""
    store = server_factory()
    [request] = asked(store)
    judge(store, request, workstations.do([Task(server_factory.url, accept, (request,), no_lock)] * COUNT))


def test_whoever_decides_first_has_decided(store_factory: StoreFactory, workstations: Workstations) -> None:
    """Some accept, some decline and some withdraw the same request: one of them did, and nothing is left of others."""
    store = store_factory()
    [request] = asked(store)
    deeds = [accept, decline, cancel, accept]
    tasks = [Task(store_factory.url, deeds[number % 4], (request,)) for number in range(COUNT)]
    answers = workstations.do(tasks)
    [winner] = [tasks[number].deed for number, answer in enumerate(answers) if answer.code is None]
    ended = {accept: RequestStatus.ACCEPTED, decline: RequestStatus.DECLINED, cancel: RequestStatus.CANCELLED}
    assert store.read(load_request, request).status is ended[winner]
    assert {answer.code for answer in answers} <= {None, "already_accepted", "wrong_state"}
    assert len(sessions(store)) == (1 if winner is accept else 0)


def test_of_requests_for_one_trainer_one_is_accepted_and_the_others_stay_open(
    store_factory: StoreFactory, workstations: Workstations
) -> None:
    store = store_factory()
    requests = asked(store, COUNT)
    answers = workstations.do([Task(store_factory.url, accept, (request,)) for request in requests])
    made = sessions(store)
    assert Counter(answer.code for answer in answers) == {None: 1, "trainer_busy": COUNT - 1}
    assert {answer.named for answer in answers if answer.code} == {tuple(made)}
    with store.reading() as db:
        states = Counter(db.scalars(sa.select(BookingRequest.status)))
    assert states == {"ACCEPTED": 1, "DRAFT": COUNT - 1}


def test_one_session_takes_the_people_of_many_requests_up_to_its_capacity(
    store_factory: StoreFactory, workstations: Workstations
) -> None:
    """Sixteen requests of two people go into a session of twenty seats at one instant: never one more is seated."""
    store = store_factory()
    requests = asked(store, COUNT)
    with prepared(store) as db:
        course = db.execute(sa.select(BookingRequest.course_id).limit(1)).scalar_one()
        there = make_scheduled(db, ref="S-THERE", course=course, starts_at=MONDAY, capacity=20)
    answers = workstations.do([Task(store_factory.url, accept_into, (request, there)) for request in requests])
    assert {answer.code for answer in answers} == {None}
    assert sessions(store) == {"S-THERE": None}
    with store.reading() as db:
        assert db.scalar(sa.select(Session.seats_taken).where(Session.id == there)) == 20
