"""What a change of a session does to its people: capacity, waitlist, state and time, each settled at once (K5, K6)."""

from typing import Any

import pytest

from tests.factories import make_trainer, make_venue, prepared
from tests.services.seats.desk import DAY, HALF_PAST, HOUR, NINE, NOW, Desk, late_promotions, told
from trainer_desk.models.enums import OverlapPolicy, SessionStatus, WaitlistMode, WaitlistOrder
from trainer_desk.services.errors import Refused
from trainer_desk.services.orchestration.lowering import lower_capacity
from trainer_desk.services.orchestration.scheduling import cancel, edit_session, publish, reinstate, unpublish
from trainer_desk.services.seats.settling import settle_due

DRAFT = SessionStatus.DRAFT
OFF, OFFER, ENROL = WaitlistMode.OFF, WaitlistMode.OFFER, WaitlistMode.ENROL


def test_a_capacity_below_the_people_is_refused_with_the_way_out(desk: Desk) -> None:
    desk.session("A", "ann bo", waiting="cy")
    with pytest.raises(Refused) as refusal:
        desk.do(edit_session, "A", {"capacity": 1})
    [finding] = refusal.value.findings
    assert (finding.code, finding.facts["people"]) == ("capacity_below_people", 2)
    assert ("set_capacity", 2) in [(fix.code, fix.facts["capacity"]) for fix in finding.fixes]
    assert desk.seated("A") == {"ann", "bo"}


def test_held_and_offered_seats_keep_a_capacity_up_until_they_end(desk: Desk) -> None:
    desk.session("A", "ann", offered="bo", capacity=3, waitlist=OFFER)
    desk.hold("A", until=NOW + DAY)
    for capacity in (1, 2):
        with pytest.raises(Refused):
            desk.do(edit_session, "A", {"capacity": capacity})
    desk.clock.instant = NOW + DAY
    desk.do(edit_session, "A", {"capacity": 1})
    assert desk.stands("A") == {"ann": "confirmed", "bo": "withdrawn"}


@pytest.mark.parametrize(("capacity", "promoted"), [(2, "bo"), (3, "bo cy"), (9, "bo cy di"), (None, "bo cy di")])
def test_a_raised_capacity_promotes_as_many_and_keeps_everybody(
    desk: Desk, capacity: int | None, promoted: str
) -> None:
    desk.session("A", "ann", waiting="bo cy di")
    desk.do(edit_session, "A", {"capacity": capacity})
    assert desk.seated("A") == {"ann", *promoted.split()}
    assert desk.queue("A") == [name for name in ("bo", "cy", "di") if name not in promoted.split()]


def test_a_capacity_raised_after_the_start_promotes_nobody(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo")
    desk.clock.instant = NINE + HOUR / 2
    desk.do(edit_session, "A", {"capacity": 5})
    assert desk.queue("A") == ["bo"]
    assert late_promotions(desk.store) == 0


def test_the_newest_can_be_moved_to_the_head_of_the_queue_instead(desk: Desk) -> None:
    desk.session("A", "ann", waiting="eve", capacity=4)
    desk.hold("A")
    for number, name in enumerate(("bo", "cy")):
        desk.clock.instant = NOW + number * HOUR / 4
        desk.enroll("A", name)
    assert desk.queue("A") == ["cy"]  # Eve was first
    desk.do(lower_capacity, "A", 2)
    assert (desk.seated("A"), desk.queue("A")) == ({"ann"}, ["eve", "bo", "cy"])
    desk.do(edit_session, "A", {"capacity": 3})
    assert (desk.seated("A"), desk.queue("A")) == ({"ann", "eve"}, ["bo", "cy"])


def test_who_was_moved_to_the_head_is_ahead_of_the_most_urgent_and_free_elsewhere(desk: Desk) -> None:
    desk.session("A", "ann bo", waiting="cy", waitlist_order=WaitlistOrder.URGENT)
    desk.session("B", "di", waiting="bo", capacity=2, starts_at=HALF_PAST)
    desk.do(lower_capacity, "A", 1)
    assert desk.queue("A") == ["bo", "cy"]
    assert desk.seated("B") == {"di", "bo"}


def test_whoever_is_moved_to_the_head_later_goes_before_those_who_were_moved_earlier(desk: Desk) -> None:
    desk.session("A", "ann bo cy", waiting="di")
    for capacity in (2, 1):
        desk.do(lower_capacity, "A", capacity)
    assert desk.queue("A") == ["bo", "cy", "di"]
    assert [desk.position("A", name) for name in ("bo", "cy", "di")] == [-1, 0, 1]


def test_switching_the_waitlist_on_settles_what_waited(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo cy", capacity=2, waitlist=OFF)
    desk.do(edit_session, "A", {"waitlist": "offer"})
    assert desk.stands("A") == {"ann": "confirmed", "bo": "offered", "cy": "waitlisted"}
    desk.do(edit_session, "A", {"waitlist": "enrol", "capacity": 3})
    assert desk.stands("A") == {"ann": "confirmed", "bo": "offered", "cy": "confirmed"}


def test_a_published_drafts_queue_begins_to_move(desk: Desk) -> None:
    course = desk.course()
    desk.session("A", "ann", waiting="bo cy", capacity=2, status=DRAFT, **complete(desk, course))
    desk.do(publish, "A")
    assert (desk.seated("A"), desk.queue("A")) == ({"ann", "bo"}, ["cy"])


@pytest.mark.parametrize("verb", ["unpublish", "cancel", "move"])
def test_people_of_a_session_that_goes_are_seated_elsewhere(desk: Desk, verb: str) -> None:
    desk.session("A", "ann", **complete(desk, desk.course()))
    desk.session("B", "bo", waiting="ann", capacity=2, starts_at=HALF_PAST)
    if verb == "unpublish":
        desk.do(unpublish, "A")
    elif verb == "cancel":
        desk.do(cancel, "A", "Storm")
    else:
        desk.do(edit_session, "A", {"starts_at": NINE + DAY, "ends_at": NINE + DAY + HOUR})
    assert desk.seated("B") == {"ann", "bo"}


def test_a_cancelled_sessions_holds_and_offers_end_and_the_run_has_room(desk: Desk) -> None:
    run = desk.run(2)
    desk.session("A", "ann", waiting="cy", capacity=4, run_id=run, waitlist=OFFER)
    desk.session("B", "bo", waiting="di", capacity=4, run_id=run, starts_at=NINE + DAY)
    hold = desk.hold("A", 2)
    desk.do(cancel, "A", "Storm")
    assert desk.seated("B") == {"bo", "di"}
    assert desk.stands("A") == {"ann": "confirmed", "cy": "waitlisted"}
    desk.clock.instant = NOW + 2 * HOUR
    assert desk.do(settle_due).promoted == {}
    assert hold


def test_a_session_cannot_come_back_into_a_run_that_is_full(desk: Desk) -> None:
    run = desk.run(1)
    desk.session("A", "ann", run_id=run, status=SessionStatus.CANCELLED, cancel_reason="Storm")
    desk.session("B", "bo", capacity=4, run_id=run, starts_at=NINE + DAY)
    with pytest.raises(Exception, match="run_full"):
        desk.do(reinstate, "A")
    assert desk.seated("B") == {"bo"}


def test_an_offer_ends_at_the_start_of_a_session_that_was_moved_forward(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo", waitlist=OFFER, **complete(desk, desk.course(OverlapPolicy.IGNORE)))
    desk.withdraw("A", "ann")
    start = NOW + 6 * HOUR
    desk.do(edit_session, "A", {"starts_at": start, "ends_at": start + HOUR})
    assert desk.seats("A")["bo"].offer_until == start


def test_with_the_waitlist_off_a_full_session_refuses_again(desk: Desk) -> None:
    desk.session("A", "ann")
    assert told(desk.enroll("A", "bo")) == [("waitlisted", None, 1)]
    desk.do(edit_session, "A", {"waitlist": "off"})
    assert told(desk.enroll("A", "cy")) == [("refused", "session_full", None)]


def complete(desk: Desk, course: int) -> dict[str, Any]:
    """Give what a session needs to be published."""
    with prepared(desk.store) as db:
        return {"course": course, "trainer": make_trainer(db, courses=[course]), "venue": make_venue(db)}
