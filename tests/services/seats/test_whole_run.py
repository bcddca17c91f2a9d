"""A whole run at once: a seat on every coming day or on none, by the guard of every path (R4, K8)."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    make_course,
    make_draft,
    make_enrollment,
    make_hold,
    make_people,
    make_person,
    make_run,
    make_scheduled,
    prepared,
)
from trainer_desk.models import Enrollment, RunSeat, Session
from trainer_desk.models.enums import SEATED, EnrollmentState, OverlapPolicy, SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.seats.whole_run import enroll_in_run
from trainer_desk.services.store.engine import Store

NOW = dt.datetime(2026, 7, 6, 12, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def store(store_factory: StoreFactory) -> Store:
    """Open an organisation in which it is noon (UTC) on 6 July."""
    return store_factory(FixedClock(NOW))


def make_days(store: Store, count: int, *, max_people: int | None = None, **columns: Any) -> tuple[int, list[int]]:
    """Make a run with a session on each of the next days, of three seats."""
    with prepared(store) as db:
        course = make_course(db, overlap_policy=OverlapPolicy.BLOCK)
        run = make_run(db, course=course, max_people=max_people)
        facts = {"course": course, "run_id": run, "capacity": 3} | columns
        return run, [make_scheduled(db, starts_at=NOW + DAY * place, **facts) for place in range(1, count + 1)]


def join(store: Store, run: int, people: list[int]) -> list[Outcome]:
    return store.write("Enroll in the run", enroll_in_run, run, people).value


def told(outcomes: list[Outcome]) -> list[tuple[str, str | None]]:
    return [(outcome.outcome, outcome.code) for outcome in outcomes]


def seated(store: Store, session: int) -> set[int]:
    query = sa.select(Enrollment.person_id).where(
        Enrollment.session_id == session, Enrollment.state.in_(sorted(SEATED))
    )
    return store.read(lambda db: set(db.execute(query).scalars()))


def refs(store: Store, sessions: list[int]) -> list[str]:
    found = store.read(lambda db: dict(db.execute(sa.select(Session.id, Session.ref)).all()))
    return [found[session] for session in sessions]


def test_each_gets_a_seat_on_every_day_or_none(store: Store) -> None:
    run, days = make_days(store, 3)
    with prepared(store) as db:
        one, two, three, four = make_people(db, 4)
        make_enrollment(db, days[1], four)
        make_hold(db, days[1], 1, until_at=NOW + DAY)
    outcomes = join(store, run, [one, two, three, four, 9999, one])
    assert told(outcomes) == [
        ("enrolled", None),
        ("refused", "session_full"),
        ("refused", "session_full"),
        ("enrolled", None),
        ("refused", "not_found"),
        ("already", "already_enrolled"),
    ]
    assert (outcomes[1].session, outcomes[1].findings[0].facts["capacity"]) == (refs(store, days)[1], 3)
    assert [seated(store, day) for day in days] == [{one, four}] * 3
    assert told(join(store, run, [one, four])) == [("already", "already_enrolled")] * 2


def test_a_day_that_those_before_filled_is_told_as_full(store: Store) -> None:
    run, _ = make_days(store, 1, capacity=1)
    with prepared(store) as db:
        people = make_people(db, 2)
    _, late = join(store, run, people)
    (reason,) = late.findings
    assert (reason.code, dict(reason.facts)) == ("session_full", {"people": 1, "capacity": 1})


def test_days_that_are_over_cancelled_or_in_the_trash_are_left_out(store: Store) -> None:
    run, days = make_days(store, 2)
    with prepared(store) as db:
        person = make_person(db)
        facts = {"run_id": run, "capacity": 3}
        over = make_scheduled(db, starts_at=NOW - DAY, **facts)
        begun = make_scheduled(db, starts_at=NOW, **facts)
        running = make_scheduled(db, starts_at=NOW + DAY * 3, status=SessionStatus.IN_PROGRESS, **facts)
        cancelled = make_draft(db, starts_at=NOW + DAY, status=SessionStatus.CANCELLED, cancel_reason="ill", **facts)
        deleted = make_draft(db, deleted_at=NOW, **facts)
        undated, planned = make_draft(db, **facts), make_draft(db, starts_at=NOW + DAY * 9, **facts)
    assert told(join(store, run, [person])) == [("enrolled", None)]
    assert [seated(store, day) for day in (*days, undated, planned)] == [{person}] * 4
    assert [seated(store, day) for day in (over, begun, running, cancelled, deleted)] == [set()] * 5


def test_a_cap_lets_in_who_is_on_the_run_already(store: Store) -> None:
    run, days = make_days(store, 2, max_people=2)
    with prepared(store) as db:
        one, two, three = make_people(db, 3)
        make_enrollment(db, days[0], three)
    assert told(join(store, run, [one, two, three])) == [
        ("enrolled", None),
        ("refused", "run_full"),
        ("enrolled", None),
    ]
    assert [seated(store, day) for day in days] == [{one, three}] * 2
    on_run = store.read(lambda db: db.execute(sa.select(sa.func.count()).where(RunSeat.run_id == run)).scalar_one())
    assert on_run == 2


def test_who_is_refused_on_a_later_day_uses_up_no_place_of_the_run(store: Store) -> None:
    run, days = make_days(store, 2, max_people=1)
    with prepared(store) as db:
        busy, free = make_people(db, 2)
        make_enrollment(db, make_scheduled(db, starts_at=NOW + DAY * 2), busy)
    assert told(join(store, run, [busy, free, busy])) == [
        ("refused", "attendee_busy"),
        ("enrolled", None),
        ("refused", "run_full"),
    ]
    assert [seated(store, day) for day in days] == [{free}] * 2


def test_who_is_elsewhere_on_one_day_is_refused_and_days_at_one_time_exclude_each_other(store: Store) -> None:
    run, days = make_days(store, 2)
    with prepared(store) as db:
        busy, free = make_people(db, 2)
        make_enrollment(db, make_scheduled(db, starts_at=NOW + DAY * 2), busy)
    outcomes = join(store, run, [busy, free])
    assert told(outcomes) == [("refused", "attendee_busy"), ("enrolled", None)]
    assert (outcomes[0].session, seated(store, days[0])) == (refs(store, days)[1], {free})
    with prepared(store) as db:
        course = make_course(db, overlap_policy=OverlapPolicy.BLOCK)
        other = make_scheduled(db, course=course, starts_at=NOW + DAY, run_id=run, capacity=3)
        late = make_person(db)
    outcomes = join(store, run, [late])
    assert told(outcomes) == [("refused", "attendee_busy")]
    assert outcomes[0].session in refs(store, [days[0], other])
    assert (seated(store, other), seated(store, days[0])) == (set(), {free})


def test_who_waits_on_a_day_comes_first_and_nobody_is_queued(store: Store) -> None:
    run, days = make_days(store, 2, waitlist="enrol", capacity=1)
    with prepared(store) as db:
        first, newcomer, gone = make_people(db, 3)
        make_enrollment(db, days[0], gone, EnrollmentState.WITHDRAWN)
        make_enrollment(db, days[0], first, EnrollmentState.WAITLISTED)
    assert told(join(store, run, [newcomer])) == [("refused", "session_full")]
    assert [seated(store, day) for day in days] == [{first}, set()]
    assert told(join(store, run, [first])) == [("enrolled", None)]
    waiting = sa.select(sa.func.count()).where(Enrollment.state == EnrollmentState.WAITLISTED)
    assert store.read(lambda db: db.execute(waiting).scalar_one()) == 0


def test_who_withdrew_comes_back_and_an_open_offer_is_a_seat(store: Store) -> None:
    run, days = make_days(store, 2)
    with prepared(store) as db:
        back, asked = make_people(db, 2)
        make_enrollment(db, days[0], back, EnrollmentState.WITHDRAWN)
        make_enrollment(db, days[0], asked, EnrollmentState.OFFERED, position=1, offer_until=NOW + DAY / 2)
    assert told(join(store, run, [back, asked])) == [("enrolled", None)] * 2
    assert [seated(store, day) for day in days] == [{back, asked}] * 2


@pytest.mark.parametrize("columns", [{"active": False}, {}])
def test_who_left_or_lacks_the_intake_is_refused(store: Store, columns: dict[str, Any]) -> None:
    run, days = make_days(store, 1)
    with prepared(store) as db:
        course = make_course(db, requires_intake=True)
        make_draft(db, course=course, run_id=run)
        person = make_person(db, **columns)
    [outcome] = join(store, run, [person])
    assert (outcome.outcome, outcome.code) == ("refused", "not_found" if columns else "intake_missing")
    assert seated(store, days[0]) == set()


def test_a_run_that_is_not_there_or_has_no_day_to_come(store: Store) -> None:
    run, _days = make_days(store, 1, status=SessionStatus.COMPLETED)
    with prepared(store) as db:
        person = make_person(db)
    with pytest.raises(NotFound) as refusal:
        join(store, run, [person])
    assert refusal.value.facts["why"] == "no_days"
    with pytest.raises(NotFound):
        join(store, 9999, [person])


def test_workstations_never_split_a_run(store_factory: StoreFactory) -> None:
    stores = [store_factory(FixedClock(NOW)) for _ in range(3)]
    run, days = make_days(stores[0], 3, capacity=4, max_people=4)
    with prepared(stores[0]) as db:
        people = make_people(db, 12)
    start = Barrier(len(stores))

    def fill(place: int) -> list[Outcome]:
        start.wait(60)
        return join(stores[place], run, people[place::3])

    with ThreadPoolExecutor(len(stores)) as pool:
        outcomes = [one for found in pool.map(fill, range(len(stores))) for one in found]
    assert sorted({one.outcome for one in outcomes}) == ["enrolled", "refused"]
    assert {one.code for one in outcomes if one.outcome == "refused"} <= {"run_full", "session_full"}
    assert [len(seated(stores[0], day)) for day in days] == [4, 4, 4]
    assert seated(stores[0], days[0]) == seated(stores[0], days[1]) == seated(stores[0], days[2])
