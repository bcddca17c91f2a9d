"""A run's limit counts distinct people over its sessions, and a place on the run freed in one helps all (K8)."""

from tests.services.seats.desk import DAY, NINE, Desk, told
from trainer_desk.models.enums import SessionStatus, WaitlistMode
from trainer_desk.services.seats.moving import move_person, replace_person
from trainer_desk.services.seats.settling import settle_sessions

OFF = WaitlistMode.OFF
TUESDAY, WEDNESDAY = NINE + DAY, NINE + 2 * DAY


def test_a_full_run_refuses_although_seats_are_free(desk: Desk) -> None:
    run = desk.run(2)
    desk.session("A", "ann", capacity=5, run_id=run, waitlist=OFF)
    desk.session("B", "bo", capacity=5, run_id=run, starts_at=TUESDAY, waitlist=OFF)
    [outcome] = desk.enroll("B", "cy")
    assert told([outcome]) == [("refused", "run_full", None)]
    assert outcome.findings[0].facts == {"people": 2, "capacity": 2}


def test_who_is_on_the_run_already_costs_no_room(desk: Desk) -> None:
    run = desk.run(1)
    desk.session("A", "ann", capacity=5, run_id=run)
    desk.session("B", capacity=5, run_id=run, starts_at=TUESDAY)
    assert told(desk.enroll("B", "bo ann")) == [("waitlisted", "run_full", 1), ("enrolled", None, None)]


def test_a_waiter_is_promoted_when_somebody_leaves_the_run_in_the_sister_session(desk: Desk) -> None:
    run = desk.run(2)
    desk.session("A", "ann bo", capacity=5, run_id=run)
    desk.session("B", "bo", waiting="cy", capacity=5, run_id=run, starts_at=TUESDAY)
    assert desk.do(settle_sessions, [desk.id("B")]).promoted == {}
    assert desk.withdraw("A", "bo").promoted == {}  # he still has his other seat
    assert desk.skip("B", "cy") == ("run_full", None)
    assert desk.withdraw("A", "ann").promoted == {desk.id("B"): ("cy",)}
    assert (desk.stands("B")["cy"], desk.skip("B", "cy")) == ("confirmed", (None, None))


def test_the_earlier_session_of_a_run_comes_first(desk: Desk) -> None:
    run = desk.run(1)
    desk.session("C", "ann", capacity=5, run_id=run, starts_at=WEDNESDAY)
    desk.session("B", waiting="bo", capacity=5, run_id=run, starts_at=TUESDAY)
    desk.session("A", waiting="cy bo", capacity=5, run_id=run)
    settled = desk.withdraw("C", "ann")
    assert settled.promoted == {desk.id("A"): ("cy",)}
    assert desk.skip("B", "bo") == desk.skip("A", "bo") == ("run_full", None)


def test_one_room_on_the_run_gives_a_person_both_seats(desk: Desk) -> None:
    run = desk.run(1)
    desk.session("A", "ann", waiting="bo", capacity=5, run_id=run)
    desk.session("B", waiting="cy bo", capacity=5, run_id=run, starts_at=TUESDAY)
    assert desk.withdraw("A", "ann").promoted == {desk.id("A"): ("bo",), desk.id("B"): ("bo",)}


def test_a_waiter_in_a_full_session_of_the_run_stays_out(desk: Desk) -> None:
    run = desk.run(2)
    desk.session("A", "ann", waiting="cy", run_id=run)
    desk.session("B", "bo", capacity=5, run_id=run, starts_at=TUESDAY)
    assert desk.withdraw("B", "bo").promoted == {}
    assert (desk.queue("A"), desk.skip("A", "cy")) == (["cy"], (None, None))


def test_a_run_without_a_limit_keeps_its_sessions_apart(desk: Desk) -> None:
    run = desk.run(None)
    desk.session("A", "ann", capacity=5, run_id=run)
    desk.session("B", "bo", waiting="cy", run_id=run, starts_at=TUESDAY)
    assert desk.withdraw("A", "ann").promoted == {}
    assert told(desk.enroll("A", "di eve")) == [("enrolled", None, None)] * 2


def test_a_cancelled_session_counts_nowhere(desk: Desk) -> None:
    run = desk.run(1)
    desk.session("A", "ann", run_id=run, status=SessionStatus.CANCELLED, cancel_reason="Storm")
    desk.session("B", capacity=5, run_id=run, starts_at=TUESDAY, waitlist=OFF)
    assert told(desk.enroll("B", "bo")) == [("enrolled", None, None)]


def test_whoever_replaces_a_person_takes_that_room_on_the_run(desk: Desk) -> None:
    """Bo waits on Tuesday because the run is full; as soon as he is on it, he is seated there, too."""
    run = desk.run(1)
    desk.session("A", "ann", capacity=5, run_id=run)
    desk.session("B", waiting="cy bo", capacity=5, run_id=run, starts_at=TUESDAY)
    assert desk.do(settle_sessions, [desk.id("B")]).promoted == {}
    _found, settled = desk.do(replace_person, "A", "ann", "bo")
    assert settled.promoted == {desk.id("B"): ("bo",)}
    assert desk.skip("B", "cy") == ("run_full", None)


def test_a_move_within_the_run_needs_no_second_room(desk: Desk) -> None:
    run = desk.run(1)
    desk.session("A", "ann", waiting="bo", run_id=run)
    desk.session("B", capacity=5, run_id=run, starts_at=TUESDAY)
    desk.do(move_person, "ann", "A", "B")
    assert (desk.seated("A"), desk.seated("B")) == (set(), {"ann"})
    assert desk.skip("A", "bo") == ("run_full", None)
