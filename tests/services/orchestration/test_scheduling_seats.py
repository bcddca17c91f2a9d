"""What a move of a session does to its people: rooms empty, queues settle, runs count again (S4, K5, K8, K9)."""

import datetime as dt

import pytest

from tests.databases import StoreFactory
from tests.factories import (
    MONDAY,
    make_course,
    make_enrollment,
    make_hold,
    make_people,
    make_run,
    make_scheduled,
    make_venue,
    prepared,
)
from trainer_desk.models.enums import EnrollmentState, OverlapPolicy, WaitlistMode
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import DeskError, Refused
from trainer_desk.services.orchestration import lowering, scheduling
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.seats.occupancy import check_in
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.services.store.engine import Store

NOW = MONDAY - dt.timedelta(days=3)
CONFIRMED, WAITING = EnrollmentState.CONFIRMED, EnrollmentState.WAITLISTED
OFFERED = EnrollmentState.OFFERED


@pytest.fixture
def desk(store_factory: StoreFactory) -> Store:
    """Give a store whose clock stands three days before the sessions."""
    return store_factory(FixedClock(NOW))


def states(store: Store, session: int) -> dict[int, EnrollmentState]:
    """Give how everybody stands in a session, by person."""
    return {seat.person_id: seat.state for seat in store.read(load_seats, session)}


def is_sound(store: Store) -> None:
    with store.snapshot() as db:
        assert check_database(db, now=NOW) == []


def test_more_seats_promote_and_keep_everybody(desk: Store) -> None:
    with prepared(desk) as db:
        session = make_scheduled(db, capacity=1, waitlist=WaitlistMode.ENROL)
        first, second, third = make_people(db, 3)
        make_enrollment(db, session, first)
        for person in (second, third):
            make_enrollment(db, session, person, WAITING)
    desk.write("Raise", scheduling.edit_session, session, {"capacity": 2})
    assert states(desk, session) == {first: CONFIRMED, second: CONFIRMED, third: WAITING}
    undo_last(desk)
    assert states(desk, session) == {first: CONFIRMED, second: WAITING, third: WAITING}
    redo_last(desk)
    assert states(desk, session) == {first: CONFIRMED, second: CONFIRMED, third: WAITING}
    is_sound(desk)


def test_fewer_seats_than_people_are_refused_with_the_ways_out(desk: Store) -> None:
    with prepared(desk) as db:
        session = make_scheduled(db, capacity=3, waitlist=WaitlistMode.ENROL)
        for person in make_people(db, 3):
            make_enrollment(db, session, person)
    with pytest.raises(Refused) as refusal:
        desk.write("Lower", scheduling.edit_session, session, {"capacity": 1})
    (finding,) = refusal.value.findings
    ways = [(fix.code, dict(fix.facts)) for fix in finding.fixes]
    assert finding.code == "capacity_below_people"
    assert ways == [
        ("set_capacity", {"capacity": 3}),
        ("newest_to_waitlist", {"capacity": 1, "people": 2}),
        ("rehome_newest", {"capacity": 1, "people": 2}),
    ]


def test_the_newest_go_to_the_head_of_the_queue_the_earliest_first(desk: Store) -> None:
    with prepared(desk) as db:
        session = make_scheduled(db, capacity=3, waitlist=WaitlistMode.ENROL)
        first, second, third, waiter = make_people(db, 4)
        for number, person in enumerate((first, second, third)):
            make_enrollment(db, session, person, enrolled_at=NOW + dt.timedelta(minutes=number))
        make_enrollment(db, session, waiter, WAITING)
    desk.write("Lower", lowering.lower_capacity, session, 1)
    ranks = {seat.person_id: seat.position for seat in desk.read(load_seats, session)}
    assert ranks == {first: None, second: 1, third: 2, waiter: 3}
    assert desk.read(load_card, session).capacity == 1
    is_sound(desk)
    desk.write("Raise", scheduling.edit_session, session, {"capacity": 2})
    assert states(desk, session)[second] is CONFIRMED
    undo_last(desk)
    undo_last(desk)
    assert states(desk, session) == dict.fromkeys((first, second, third), CONFIRMED) | {waiter: WAITING}
    is_sound(desk)


def test_an_ended_hold_does_not_keep_a_capacity_up(desk: Store) -> None:
    with prepared(desk) as db:
        session = make_scheduled(db, capacity=3)
        make_enrollment(db, session, *make_people(db, 1))
        make_hold(db, session, 2, until_at=NOW - dt.timedelta(minutes=1))
    desk.write("Lower", scheduling.edit_session, session, {"capacity": 1})
    assert desk.read(load_card, session).held == 0


def test_a_cancelled_session_frees_its_run_and_its_people_and_ends_what_is_open(desk: Store) -> None:
    with prepared(desk) as db:
        course = make_course(db, overlap_policy=OverlapPolicy.BLOCK)
        run = make_run(db, course=course, max_people=1)
        one = make_scheduled(db, course=course, run_id=run, capacity=2)
        other = make_scheduled(db, course=course, run_id=run, capacity=2, waitlist=WaitlistMode.ENROL)
        there, waiter, offered = make_people(db, 3)
        make_enrollment(db, one, there)
        make_enrollment(db, other, waiter, WAITING)
        make_hold(db, one, until_at=NOW + dt.timedelta(days=1))
        free = make_scheduled(db, course=course, capacity=2, waitlist=WaitlistMode.OFFER)
        make_enrollment(db, free, offered, OFFERED, position=1)
    desk.write("Cancel", scheduling.cancel, one, "Snow")
    assert states(desk, other) == {waiter: CONFIRMED}
    card = desk.read(load_card, one)
    assert (card.enrolled, card.held) == (1, 0)
    desk.write("Cancel", scheduling.cancel, free, "Snow")
    assert states(desk, free) == {offered: WAITING}
    with pytest.raises(DeskError) as refusal:
        desk.write("Reinstate", scheduling.reinstate, one)
    assert refusal.value.code == "run_full"
    is_sound(desk)


@pytest.mark.parametrize("move", ["unpublish", "another time"])
def test_who_is_free_again_moves_up_elsewhere(desk: Store, move: str) -> None:
    with prepared(desk) as db:
        course = make_course(db, overlap_policy=OverlapPolicy.BLOCK)
        here = make_scheduled(db, course=course, capacity=1)
        there = make_scheduled(db, course=course, capacity=1, waitlist=WaitlistMode.ENROL)
        (person,) = make_people(db, 1)
        make_enrollment(db, here, person)
        make_enrollment(db, there, person, WAITING)
    if move == "unpublish":
        desk.write("Back", scheduling.unpublish, here)
    else:
        later = MONDAY + dt.timedelta(hours=5)
        times = {"starts_at": later, "ends_at": later + dt.timedelta(hours=1)}
        desk.write("Move", scheduling.edit_session, here, times)
    assert states(desk, there) == {person: CONFIRMED}
    is_sound(desk)
    undo_last(desk)
    assert states(desk, there) == {person: WAITING}
    is_sound(desk)


@pytest.mark.parametrize("move", ["cancel", "unpublish"])
def test_the_room_is_empty_when_the_session_is_not_held(desk: Store, move: str) -> None:
    with prepared(desk) as db:
        venue = make_venue(db)
        session = make_scheduled(db, venue=venue)
        (person,) = make_people(db, 1)
        make_enrollment(db, session, person)
    (seat,) = desk.read(load_seats, session)
    desk.write("In", check_in, session, seat.employee_no)
    if move == "cancel":
        desk.write("Cancel", scheduling.cancel, session, "Snow")
    else:
        desk.write("Back", scheduling.unpublish, session)
    with desk.reading() as db:
        assert db.exec_driver_sql(f"SELECT present FROM venues WHERE id = {venue}").scalar() == 0
    is_sound(desk)


@pytest.mark.parametrize(("policy", "refuses"), [("ignore", None), ("warn", False), ("block", True)])
def test_people_who_sit_elsewhere_speak_when_a_draft_is_scheduled(
    desk: Store, policy: str, refuses: bool | None
) -> None:
    with prepared(desk) as db:
        busy = make_scheduled(db, course=make_course(db, overlap_policy=OverlapPolicy.IGNORE))
        course = make_course(db, overlap_policy=policy)
        session = make_scheduled(db, course=course, status="DRAFT")
        (person,) = make_people(db, 1)
        for one in (busy, session):
            make_enrollment(db, one, person)
    if refuses:
        with pytest.raises(Refused) as refusal:
            desk.write("Schedule", scheduling.publish, session)
        assert [finding.code for finding in refusal.value.findings] == ["attendee_busy"]
        return
    found = desk.write("Schedule", scheduling.publish, session).value or ()
    assert [finding.code for finding in found] == ([] if refuses is None else ["attendee_busy"])
