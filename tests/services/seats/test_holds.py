"""Held seats: kept until a time, filled with named people, given back, and over without anybody looking (K7)."""

import pytest
import sqlalchemy as sa

from tests.services.seats.desk import DAY, HALF_PAST, HOUR, NINE, NOW, Desk, told
from trainer_desk.models import SeatHold
from trainer_desk.models.enums import OverlapPolicy, SessionStatus, WaitlistMode
from trainer_desk.services.errors import BadValue, DeskError, NotFound, Refused, WrongState
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.seats import Settled
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.seats.holds import fill_hold, hold_seats, live_holds, release_hold
from trainer_desk.services.seats.settling import settle_due, settle_sessions

LATER = NOW + HOUR


def ended(desk: Desk, hold: int) -> tuple[object, str | None, int]:
    query = sa.select(SeatHold.ended_at, SeatHold.ended_why, SeatHold.seats).where(SeatHold.id == hold)
    return tuple(desk.store.read(lambda db: db.execute(query).one()))  # type: ignore[return-value]


def free(desk: Desk, ref: str) -> int:
    card = desk.store.read(load_card, desk.id(ref), now=desk.clock.instant)
    assert card.capacity is not None
    return card.capacity - card.seats_taken


def test_held_seats_are_not_free(desk: Desk) -> None:
    desk.session("A", "ann", capacity=3)
    hold = desk.do(hold_seats, "A", 2, " Night  shift ", LATER, actor="jo")
    assert (hold.seats, hold.label, hold.until_at, hold.held_by) == (2, "Night shift", LATER, "jo")
    assert desk.store.read(live_holds, desk.id("A"), NOW) == [hold]
    assert free(desk, "A") == 0
    assert told(desk.enroll("A", "bo")) == [("waitlisted", None, 1)]


def test_no_more_is_held_than_is_free(desk: Desk) -> None:
    desk.session("A", "ann", capacity=3)
    with pytest.raises(Refused) as refusal:
        desk.do(hold_seats, "A", 3, "Night shift", LATER)
    [finding] = refusal.value.findings
    assert (finding.code, finding.facts["free"], finding.facts["seats"]) == ("session_full", 2, 3)


def test_those_who_wait_come_before_a_hold(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo", capacity=2)
    with pytest.raises(Refused):
        desk.do(hold_seats, "A", 1, "Night shift", LATER)
    desk.do(settle_sessions, [desk.id("A")])


@pytest.mark.parametrize(
    ("seats", "label", "until", "field"),
    [(0, "X", LATER, "seats"), (1, "  ", LATER, "label"), (1, "x" * 201, LATER, "label"), (1, "X", NOW, "until")],
)
def test_what_cannot_be_held_is_named(desk: Desk, seats: int, label: str, until: object, field: str) -> None:
    desk.session("A", capacity=3)
    with pytest.raises(BadValue) as refusal:
        desk.do(hold_seats, "A", seats, label, until)
    assert refusal.value.facts["field"] == field


@pytest.mark.parametrize(("status", "refusal"), [(SessionStatus.COMPLETED, WrongState), (None, NotFound)])
def test_nothing_is_held_in_closed_sessions_or_in_the_trash(
    desk: Desk, status: SessionStatus | None, refusal: type[DeskError]
) -> None:
    trash = {"status": SessionStatus.DRAFT, "deleted_at": NOW}
    desk.session("A", **(trash if status is None else {"status": status}))
    with pytest.raises(refusal):
        desk.do(hold_seats, "A", 1, "Night shift", LATER)


def test_a_released_hold_goes_to_those_who_wait(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo cy", capacity=2)
    hold = desk.hold("A")
    assert desk.do(release_hold, hold).promoted == {desk.id("A"): ("bo",)}
    assert ended(desk, hold) == (NOW, "released", 1)
    assert desk.do(release_hold, hold) == Settled()
    assert desk.queue("A") == ["cy"]


def test_a_hold_that_ran_out_is_not_released_afterwards(desk: Desk) -> None:
    desk.session("A", waiting="bo")
    hold = desk.hold("A")
    desk.clock.instant = LATER
    assert desk.do(release_hold, hold).promoted == {desk.id("A"): ("bo",)}
    assert ended(desk, hold) == (LATER, "expired", 1)


def test_a_hold_is_over_while_nobody_is_connected(desk: Desk) -> None:
    """Free at once for whoever reads; the next change, or whoever looks after what is due, gives the seat away."""
    desk.session("A", "ann", waiting="bo", capacity=2)
    hold = desk.hold("A")
    assert free(desk, "A") == 0
    assert desk.do(settle_due) == Settled()
    desk.clock.instant = LATER
    assert free(desk, "A") == 1
    assert desk.store.read(live_holds, desk.id("A"), LATER) == []
    assert desk.do(settle_due).promoted == {desk.id("A"): ("bo",)}
    assert ended(desk, hold) == (LATER, "expired", 1)
    assert desk.do(settle_due) == Settled()


def test_the_next_writer_sweeps_a_hold_and_stands_behind_the_queue(desk: Desk) -> None:
    desk.session("A", waiting="bo")
    hold = desk.hold("A")
    desk.clock.instant = LATER
    assert told(desk.enroll("A", "cy")) == [("waitlisted", None, 1)]
    assert (desk.stands("A"), ended(desk, hold)[1]) == ({"bo": "confirmed", "cy": "waitlisted"}, "expired")


def test_a_hold_that_ran_out_gives_its_seat_to_a_newcomer(desk: Desk) -> None:
    desk.session("A", waitlist=WaitlistMode.OFF)
    desk.hold("A")
    assert told(desk.enroll("A", "ann")) == [("refused", "session_full", None)]
    desk.clock.instant = LATER
    assert told(desk.enroll("A", "ann")) == [("enrolled", None, None)]


def test_a_hold_is_filled_with_named_people(desk: Desk) -> None:
    desk.session("A", "ann", waiting="di", capacity=3)
    hold = desk.hold("A", 2)
    assert told(desk.do(fill_hold, hold, desk.people("bo"))) == [("enrolled", None, None)]
    assert ended(desk, hold) == (None, None, 1)
    assert told(desk.do(fill_hold, hold, desk.people("cy"))) == [("enrolled", None, None)]
    assert ended(desk, hold) == (NOW, "filled", 0)
    assert (desk.seated("A"), desk.queue("A")) == ({"ann", "bo", "cy"}, ["di"])
    with pytest.raises(NotFound) as refusal:
        desk.do(fill_hold, hold, desk.people("eve"))
    assert refusal.value.facts["why"] == "hold_ended"


def test_who_is_beyond_the_held_seats_is_enrolled_like_everybody(desk: Desk) -> None:
    desk.session("A", "ann", capacity=3)
    hold = desk.hold("A", 2)
    outcomes = desk.do(fill_hold, hold, desk.people("bo cy ann di bo"))
    assert told(outcomes) == [
        ("enrolled", None, None),
        ("enrolled", None, None),
        ("already", "already_enrolled", None),
        ("waitlisted", None, 1),
        ("already", "already_enrolled", None),
    ]


def test_who_waits_can_be_seated_from_a_hold(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo cy", capacity=2)
    hold = desk.hold("A")
    assert told(desk.do(fill_hold, hold, desk.people("cy"), actor="jo")) == [("enrolled", None, None)]
    seat = desk.seats("A")["cy"]
    assert (seat.state.value, seat.promoted_at, seat.promoted_by, seat.enrolled_by) == (
        "confirmed", NOW, "jo", "supervisor",
    )  # fmt: skip
    assert (desk.queue("A"), desk.position("A", "cy")) == (["bo"], None)


def test_who_is_busy_gets_no_held_seat(desk: Desk) -> None:
    desk.session("A")
    desk.session("B", "ann", starts_at=HALF_PAST)
    hold = desk.hold("A")
    assert told(desk.do(fill_hold, hold, desk.people("ann bo"))) == [
        ("waitlisted", "attendee_busy", 1),
        ("enrolled", None, None),
    ]


def test_a_hold_that_ran_out_cannot_be_filled(desk: Desk) -> None:
    desk.session("A", waiting="bo")
    hold = desk.hold("A")
    desk.clock.instant = LATER
    with pytest.raises(NotFound):
        desk.do(fill_hold, hold, desk.people("bo"))
    desk.do(settle_due)


def test_held_seats_are_no_people_of_a_run_until_they_are_filled(desk: Desk) -> None:
    run = desk.run(2)
    desk.session("A", "ann", capacity=4, run_id=run, policy=OverlapPolicy.IGNORE)
    hold = desk.do(hold_seats, "A", 3, "Night shift", LATER).id
    assert told(desk.do(fill_hold, hold, desk.people("bo cy"))) == [
        ("enrolled", None, None),
        ("waitlisted", None, 1),
    ]
    assert desk.skip("A", "cy") == (None, None)  # the other seats are held, which comes before the run
    desk.do(release_hold, hold)
    assert desk.skip("A", "cy") == ("run_full", None)


def test_a_promotion_on_the_way_counts_for_the_run_that_a_hold_is_filled_in(desk: Desk) -> None:
    """An offer of the sister session ends: its waiter gets the last room of the run, and the hold's person none."""
    run = desk.run(1)
    desk.session("A", offered="ann", waiting="bo", run_id=run)
    desk.session("B", capacity=2, run_id=run, starts_at=NINE + DAY)
    hold = desk.hold("B", until=NOW + 2 * DAY)
    desk.clock.instant = NOW + DAY
    assert told(desk.do(fill_hold, hold, desk.people("cy"))) == [("waitlisted", "run_full", 1)]
    assert (desk.seated("A"), desk.seated("B")) == ({"bo"}, set())


def test_unlimited_sessions_hold_what_is_wished(desk: Desk) -> None:
    desk.session("A", capacity=None)
    hold = desk.do(hold_seats, "A", 500, "Night shift", LATER).id
    assert {outcome.outcome for outcome in desk.do(enroll, "A", desk.people("ann bo"))} == {"enrolled"}
    desk.do(release_hold, hold)
