"""What becomes of a freed seat: exactly one person gets it, in the change that freed it, and nobody after the start."""

import datetime as dt

import sqlalchemy as sa

from tests.services.seats.desk import HALF_PAST, NINE, NOW, Desk, judge, told
from trainer_desk.models import ChangeRow
from trainer_desk.models.enums import SessionStatus, WaitlistMode
from trainer_desk.services.rows.seats import Settled
from trainer_desk.services.seats.enrolling import withdraw_all
from trainer_desk.services.seats.scope import read_scope
from trainer_desk.services.seats.settling import look, settle_due, settle_sessions

BUSY = "attendee_busy"
SECOND = dt.timedelta(seconds=1)


def two_waiters_one_busy(desk: Desk) -> None:
    """Ann has the only seat of A; Bo and Cy wait, and Bo sits in B at the same time."""
    desk.session("A", "ann", waiting="bo cy")
    desk.session("B", "bo", starts_at=HALF_PAST)


def test_one_seat_two_waiters_the_first_busy_the_second_gets_it(desk: Desk) -> None:
    two_waiters_one_busy(desk)
    settled = desk.withdraw("A", "ann")
    assert settled.promoted == {desk.id("A"): ("cy",)}
    [skip] = settled.skipped[desk.id("A")]
    assert (skip.employee_no, skip.finding.code, skip.finding.clashes_with) == ("bo", BUSY, ("B",))
    assert desk.stands("A") == {"ann": "withdrawn", "bo": "waitlisted", "cy": "confirmed"}
    assert desk.skip("A", "bo") == (BUSY, "B")
    assert (desk.queue("A"), desk.position("A", "bo")) == (["bo"], 1)


def test_who_was_busy_is_seated_in_the_change_that_frees_him(desk: Desk) -> None:
    two_waiters_one_busy(desk)
    desk.do(settle_sessions, [desk.id("A")])
    desk.withdraw("A", "ann")
    desk.withdraw("A", "cy")
    assert desk.stands("A")["bo"] == "waitlisted"  # a seat is free, and he cannot have it
    settled = desk.withdraw("B", "bo")
    assert settled.promoted == {desk.id("A"): ("bo",)}
    assert (desk.stands("A")["bo"], desk.skip("A", "bo")) == ("confirmed", (None, None))
    with desk.store.reading() as db:
        touched = sa.select(ChangeRow.change_id, sa.func.count()).where(ChangeRow.tbl == "enrollments")
        last = db.execute(touched.group_by(ChangeRow.change_id).order_by(ChangeRow.change_id.desc())).first()
    assert last is not None
    assert last[1] == 2  # out of B and into A


def test_a_waiter_in_the_way_of_nobody_keeps_the_place_and_costs_no_seat(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo", capacity=2)
    desk.session("B", "bo", starts_at=HALF_PAST)
    assert told(desk.enroll("A", "cy")) == [("enrolled", None, None)]
    assert desk.skip("A", "bo") == (BUSY, "B")
    assert told(desk.enroll("A", "di")) == [("waitlisted", None, 2)]
    assert desk.queue("A") == ["bo", "di"]


def test_a_freed_seat_promotes_one_person_once(desk: Desk) -> None:
    desk.session("A", "ann bo", waiting="cy di eve")
    assert desk.withdraw("A", "ann").promoted == {desk.id("A"): ("cy",)}
    assert desk.withdraw("A", "ann") == Settled()
    assert desk.do(settle_sessions, [desk.id("A")]) == Settled()
    assert (desk.seated("A"), desk.queue("A")) == ({"bo", "cy"}, ["di", "eve"])


def test_a_seat_freed_after_the_start_promotes_nobody(desk: Desk) -> None:
    desk.session("A", "ann bo", waiting="cy di")
    desk.clock.instant = NINE - SECOND
    assert desk.withdraw("A", "ann").promoted == {desk.id("A"): ("cy",)}
    desk.clock.instant = NINE
    assert desk.withdraw("A", "bo") == Settled()
    assert desk.do(settle_sessions, [desk.id("A")]) == Settled()
    assert desk.stands("A") == {"ann": "withdrawn", "bo": "withdrawn", "cy": "confirmed", "di": "waitlisted"}


def test_a_session_that_was_started_early_promotes_nobody(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo", status=SessionStatus.IN_PROGRESS)
    assert desk.withdraw("A", "ann") == Settled()
    assert desk.stands("A")["bo"] == "waitlisted"


def test_after_the_start_newcomers_take_what_is_free(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo", capacity=2)
    desk.clock.instant = NINE
    assert told(desk.enroll("A", "cy di")) == [("enrolled", None, None), ("refused", "session_full", None)]


def test_three_people_for_two_seats(desk: Desk) -> None:
    desk.session("A", capacity=2)
    assert told(desk.enroll("A", "ann bo cy")) == [
        ("enrolled", None, None),
        ("enrolled", None, None),
        ("waitlisted", None, 1),
    ]
    desk.session("B", capacity=2, waitlist=WaitlistMode.OFF)
    assert told(desk.enroll("B", "di eve fay di fay")) == [
        ("enrolled", None, None),
        ("enrolled", None, None),
        ("refused", "session_full", None),
        ("already", "already_enrolled", None),
        ("refused", "session_full", None),
    ]
    assert (desk.seated("A"), desk.seated("B")) == ({"ann", "bo"}, {"di", "eve"})


def test_who_withdrew_and_is_added_again_goes_behind_on_the_same_row(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo cy")
    first = desk.seats("A")["bo"].enrollment_id
    desk.withdraw("A", "bo")
    assert desk.position("A", "bo") is None
    assert told(desk.enroll("A", "bo")) == [("waitlisted", None, 2)]
    assert desk.queue("A") == ["cy", "bo"]
    assert (desk.seats("A")["bo"].enrollment_id, desk.position("A", "bo")) == (first, 3)


def test_the_last_place_of_a_queue_is_not_given_out_again(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo cy")
    desk.withdraw("A", "cy")
    assert told(desk.enroll("A", "di cy")) == [("waitlisted", None, 2), ("waitlisted", None, 3)]
    assert [desk.position("A", name) for name in ("bo", "di", "cy")] == [1, 3, 4]


def test_only_joining_sets_the_place(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo cy di")
    places = {name: desk.position("A", name) for name in ("bo", "cy", "di")}
    assert told(desk.enroll("A", "di bo")) == [("already", "already_enrolled", 3), ("already", "already_enrolled", 1)]
    desk.do(settle_sessions, [desk.id("A")])
    desk.do(settle_due)
    assert places == {name: desk.position("A", name) for name in ("bo", "cy", "di")} == {"bo": 1, "cy": 2, "di": 3}


def test_the_freed_time_of_a_person_concerns_the_queues_of_other_sessions(desk: Desk) -> None:
    """Through a chain: Bo leaves B, gets the seat in A at that time, and so is no longer free for C."""
    desk.session("B", "bo", starts_at=HALF_PAST)
    desk.session("A", "ann", waiting="bo", capacity=2)
    desk.session("C", "cy", waiting="bo", capacity=2, starts_at=HALF_PAST)
    assert desk.do(settle_sessions, [desk.id("A"), desk.id("C")]).promoted == {}
    assert desk.withdraw("B", "bo").promoted == {desk.id("A"): ("bo",)}
    assert (desk.stands("A")["bo"], desk.stands("C")["bo"]) == ("confirmed", "waitlisted")
    assert desk.skip("C", "bo") == (BUSY, "A")


def test_several_who_leave_together_make_room_for_as_many(desk: Desk) -> None:
    desk.session("A", "ann bo", waiting="cy di eve")
    settled = desk.do(withdraw_all, "A", desk.people("ann bo"))
    assert settled.promoted == {desk.id("A"): ("cy", "di")}
    assert desk.queue("A") == ["eve"]


def test_settling_writes_nothing_where_nothing_differs(desk: Desk) -> None:
    two_waiters_one_busy(desk)
    desk.do(settle_sessions, [desk.id("A")])
    again = desk.store.write("Again", settle_sessions, [desk.id("A")])
    assert not again.changes.keys


def test_a_look_ahead_writes_nothing(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo", capacity=2)
    with desk.store.snapshot() as db:
        fates = look(db, read_scope(db, [desk.id("A")], NOW), [], NOW)
    assert [(fate.seeker.sitter.name, fate.seated) for fate in fates] == [("bo", True)]
    assert desk.stands("A")["bo"] == "waitlisted"
    assert (
        judge(desk.store, NOW) != []
    )  # a seat is free and somebody waits for it: the judge of all these tests sees it
    desk.do(settle_sessions, [desk.id("A")])
