"""Replacing a person and moving one: the queue does not come between, and nobody is left without (K15)."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.services.seats.desk import DAY, HALF_PAST, NINE, NOW, Desk
from trainer_desk.models.enums import SessionStatus, WaitlistMode
from trainer_desk.services.errors import BadValue, DeskError, NotFound, Refused
from trainer_desk.services.rows.seats import Settled
from trainer_desk.services.seats.moving import move_person, replace_person

TUESDAY = NINE + DAY


def replace(desk: Desk, ref: str, out: str, into: str) -> Settled:
    found, settled = desk.do(replace_person, ref, out, into, actor="jo")
    assert found == ()
    assert isinstance(settled, Settled)
    return settled


def move(desk: Desk, name: str, source: str, target: str) -> Settled:
    found, settled = desk.do(move_person, name, source, target, actor="jo")
    assert found == ()
    assert isinstance(settled, Settled)
    return settled


def refused(desk: Desk, code: str, verb: Callable[..., Any], *words: str) -> DeskError:
    """Try what is refused, and see that everybody is where they were."""
    before = {ref: desk.stands(ref) for ref in "AB"}
    with pytest.raises(DeskError) as refusal:
        desk.do(verb, *words)
    assert {ref: desk.stands(ref) for ref in "AB"} == before
    assert refusal.value.code == code
    return refusal.value


def test_a_replaced_persons_seat_does_not_go_to_the_queue(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo")
    desk.person("cy")
    assert replace(desk, "A", "ann", "cy") == Settled()
    assert desk.stands("A") == {"ann": "withdrawn", "bo": "waitlisted", "cy": "confirmed"}
    ann, cy = (desk.seats("A")[name] for name in ("ann", "cy"))
    assert (ann.withdrawn_at, ann.withdrawn_by) == (NOW, "jo")
    assert (cy.enrolled_at, cy.enrolled_by, cy.promoted_at) == (NOW, "jo", None)


def test_a_waiter_can_replace_somebody_and_leaves_the_queue(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo cy di")
    assert replace(desk, "A", "ann", "cy") == Settled()
    assert (desk.seated("A"), desk.queue("A")) == ({"cy"}, ["bo", "di"])
    assert desk.seats("A")["cy"].promoted_by == "jo"


def test_whoever_was_replaced_is_free_for_the_queue_of_another_session(desk: Desk) -> None:
    desk.session("A", "ann")
    desk.session("B", "bo", waiting="ann", capacity=2, starts_at=HALF_PAST)
    desk.person("cy")
    assert replace(desk, "A", "ann", "cy").promoted == {desk.id("B"): ("ann",)}


def test_an_offered_seat_is_replaced_by_a_confirmed_one(desk: Desk) -> None:
    desk.session("A", offered="ann", waiting="bo", waitlist=WaitlistMode.OFFER)
    desk.person("cy")
    replace(desk, "A", "ann", "cy")
    assert desk.stands("A") == {"ann": "withdrawn", "bo": "waitlisted", "cy": "confirmed"}


def test_who_cannot_replace_anybody_is_refused_and_nothing_changes(desk: Desk) -> None:
    desk.session("A", "ann di", waiting="bo", course=desk.course(requires_intake=True))
    desk.session("B", "cy", starts_at=HALF_PAST)
    for name in ("cy", "eve"):
        desk.person(name)
    desk.person("gone", active=False)
    assert isinstance(refused(desk, "intake_missing", replace_person, "A", "ann", "cy"), Refused)
    refused(desk, "already_enrolled", replace_person, "A", "ann", "di")
    refused(desk, "not_found", replace_person, "A", "ann", "gone")
    for without_seat in ("bo", "eve"):
        refused(desk, "not_found", replace_person, "A", without_seat, "cy")
    assert isinstance(refused(desk, "bad_value", replace_person, "A", "ann", "ann"), BadValue)


def test_who_is_busy_replaces_nobody(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo")
    desk.session("B", "cy", starts_at=HALF_PAST)
    refusal = refused(desk, "attendee_busy", replace_person, "A", "ann", "cy")
    assert refusal.findings[0].clashes_with == ("B",)


def test_a_moved_persons_seat_goes_to_those_who_wait(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo")
    desk.session("B", capacity=1, starts_at=TUESDAY)
    assert move(desk, "ann", "A", "B").promoted == {desk.id("A"): ("bo",)}
    assert desk.stands("A") == {"ann": "withdrawn", "bo": "confirmed"}
    assert desk.stands("B") == {"ann": "confirmed"}


def test_a_full_target_leaves_everybody_where_they_are(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo")
    desk.session("B", "cy", starts_at=TUESDAY)
    refusal = refused(desk, "session_full", move_person, "ann", "A", "B")
    assert refusal.facts["ref"] == "B"


def test_whoever_waits_at_the_target_comes_first(desk: Desk) -> None:
    desk.session("A", "ann")
    desk.session("B", waiting="cy", starts_at=TUESDAY)
    with pytest.raises(Refused):
        desk.do(move_person, "ann", "A", "B")
    assert (desk.seated("A"), desk.queue("B")) == ({"ann"}, ["cy"])
    desk.enroll("B", "di")
    assert (desk.seated("B"), desk.queue("B")) == ({"cy"}, ["di"])


def test_one_can_move_to_where_one_waits(desk: Desk) -> None:
    """Ann waits for B, but sits in A at that time; moving is what brings her there."""
    desk.session("A", "ann")
    desk.session("B", "bo", waiting="ann cy", capacity=2, starts_at=HALF_PAST)
    desk.session("C", "cy", starts_at=HALF_PAST)
    assert move(desk, "ann", "A", "B").promoted == {}
    assert (desk.seated("B"), desk.queue("B")) == ({"ann", "bo"}, ["cy"])


def test_the_own_seat_is_not_in_the_way_of_a_move(desk: Desk) -> None:
    desk.session("A", "ann")
    desk.session("B", capacity=1, starts_at=HALF_PAST)
    move(desk, "ann", "A", "B")
    assert (desk.seated("A"), desk.seated("B")) == (set(), {"ann"})


def test_who_has_no_seat_or_one_there_cannot_move(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo")
    desk.session("B", "ann", capacity=3, starts_at=TUESDAY)
    desk.person("cy")
    refused(desk, "already_enrolled", move_person, "ann", "A", "B")
    refused(desk, "not_found", move_person, "bo", "A", "B")
    refused(desk, "not_found", move_person, "cy", "A", "B")
    refused(desk, "bad_value", move_person, "ann", "A", "A")


@pytest.mark.parametrize(
    "plan", [{"deleted_at": NOW, "status": SessionStatus.DRAFT}, {"status": SessionStatus.COMPLETED}]
)
def test_nobody_moves_to_the_trash_or_to_what_is_over(desk: Desk, plan: dict[str, Any]) -> None:
    desk.session("A", "ann")
    desk.session("B", capacity=3, starts_at=TUESDAY, **plan)
    with pytest.raises(DeskError) as refusal:
        desk.do(move_person, "ann", "A", "B")
    assert refusal.value.code in ("not_found", "wrong_state")
    assert isinstance(refusal.value, NotFound) == ("deleted_at" in plan)
    assert desk.seated("A") == {"ann"}
