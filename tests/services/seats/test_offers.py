"""Offered seats: asked one after the other, answered in time or not, and never beyond the start (K5)."""

import datetime as dt

import pytest
import sqlalchemy as sa

from tests.factories import prepared
from tests.services.seats.desk import DAY, HALF_PAST, HOUR, NINE, NOW, Desk, told
from trainer_desk.models import Setting
from trainer_desk.models.enums import SessionStatus, WaitlistMode, WithdrawnWhy
from trainer_desk.services.errors import NotFound, WrongState
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.seats import Settled
from trainer_desk.services.seats.offers import accept_offer, decline_offer
from trainer_desk.services.seats.settling import settle_due, settle_sessions

OFFER = WaitlistMode.OFFER
SECOND = dt.timedelta(seconds=1)


def test_a_freed_seat_is_offered_and_stays_taken(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo cy", waitlist=OFFER)
    assert desk.withdraw("A", "ann", actor="jo").promoted == {desk.id("A"): ("bo",)}
    seat = desk.seats("A")["bo"]
    assert (seat.state.value, seat.offer_until) == ("offered", NOW + 2 * DAY)
    assert (seat.promoted_at, seat.promoted_by) == (NOW, "jo")
    assert desk.position("A", "bo") == 1
    card = desk.store.read(load_card, desk.id("A"), now=NOW)
    assert (card.seats_taken, card.offered, card.enrolled, card.waiting) == (1, 1, 0, 1)
    assert told(desk.enroll("A", "di")) == [("waitlisted", None, 2)]


def test_an_accepted_offer_is_a_seat(desk: Desk) -> None:
    desk.session("A", offered="ann", waiting="bo", waitlist=OFFER)
    assert desk.do(accept_offer, "A", "ann") == Settled()
    seat = desk.seats("A")["ann"]
    assert (seat.state.value, seat.offer_until, desk.position("A", "ann")) == ("confirmed", None, None)
    assert desk.queue("A") == ["bo"]
    with pytest.raises(NotFound) as refusal:
        desk.do(accept_offer, "A", "ann")
    assert refusal.value.facts["why"] == "no_offer"


def test_a_declined_offer_goes_to_whoever_comes_next(desk: Desk) -> None:
    desk.session("A", offered="ann", waiting="bo cy", waitlist=OFFER)
    assert desk.do(decline_offer, "A", "ann", actor="ann").promoted == {desk.id("A"): ("bo",)}
    gone = desk.seats("A")["ann"]
    assert (gone.state.value, gone.withdrawn_why) == ("withdrawn", WithdrawnWhy.DECLINED)
    assert (gone.withdrawn_at, gone.withdrawn_by) == (NOW, "ann")
    assert desk.seats("A")["bo"].offer_until == NOW + 2 * DAY


def test_an_offer_that_lapses_goes_to_whoever_comes_next(desk: Desk) -> None:
    desk.session("A", offered="ann", waiting="bo", waitlist=OFFER)
    desk.clock.instant = NOW + DAY - SECOND
    assert desk.do(settle_due) == Settled()
    assert desk.stands("A")["ann"] == "offered"
    desk.clock.instant = NOW + DAY
    assert desk.do(settle_due, actor="jo").promoted == {desk.id("A"): ("bo",)}
    gone = desk.seats("A")["ann"]
    assert (gone.state.value, gone.withdrawn_why) == ("withdrawn", WithdrawnWhy.LAPSED)
    assert (gone.withdrawn_at, gone.withdrawn_by, gone.offer_until) == (NOW + DAY, "jo", None)


@pytest.mark.parametrize("answer", [accept_offer, decline_offer])
def test_an_answer_that_comes_too_late_changes_nothing(desk: Desk, answer: object) -> None:
    desk.session("A", offered="ann", waiting="bo", waitlist=OFFER)
    desk.clock.instant = NOW + DAY
    with pytest.raises(NotFound) as refusal:
        desk.do(answer, "A", "ann")  # type: ignore[arg-type]
    assert (refusal.value.facts["kind"], refusal.value.facts["why"]) == ("offer", "no_offer")
    assert desk.stands("A") == {"ann": "offered", "bo": "waitlisted"}
    desk.do(settle_due)
    assert desk.seats("A")["ann"].withdrawn_why is WithdrawnWhy.LAPSED
    assert desk.stands("A")["bo"] == "offered"


def test_an_offer_ends_at_the_start_at_the_latest(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo cy", waitlist=OFFER)
    desk.clock.instant = NINE - 3 * HOUR
    desk.withdraw("A", "ann")
    assert desk.seats("A")["bo"].offer_until == NINE
    desk.clock.instant = NINE
    with pytest.raises(NotFound):
        desk.do(accept_offer, "A", "bo")
    assert desk.do(settle_due) == Settled()  # it has started: nobody is asked any more
    assert desk.stands("A") == {"ann": "withdrawn", "bo": "withdrawn", "cy": "waitlisted"}


def test_the_organisation_says_how_long_an_offer_stands(desk: Desk) -> None:
    with prepared(desk.store) as db:
        db.execute(sa.delete(Setting).where(Setting.key == "offer_hours"))
        db.execute(sa.insert(Setting).values(key="offer_hours", value="6"))
    desk.session("A", "ann", waiting="bo", waitlist=OFFER)
    desk.withdraw("A", "ann")
    assert desk.seats("A")["bo"].offer_until == NOW + 6 * HOUR


def test_who_let_an_offer_lapse_joins_behind(desk: Desk) -> None:
    """He is out although nobody has looked since; adding him again is no `already`."""
    desk.session("A", offered="ann", waiting="bo cy", waitlist=OFFER)
    desk.clock.instant = NOW + DAY
    assert told(desk.enroll("A", "ann")) == [("waitlisted", None, 2)]
    assert (desk.seated("A"), desk.queue("A")) == ({"bo"}, ["cy", "ann"])
    assert (desk.position("A", "ann"), desk.seats("A")["ann"].withdrawn_why) == (3, None)


def test_who_is_offered_a_seat_is_there_already(desk: Desk) -> None:
    desk.session("A", offered="ann", waitlist=OFFER)
    assert told(desk.enroll("A", "ann")) == [("already", "already_enrolled", None)]


def test_an_open_offer_makes_busy_and_one_that_ended_does_not(desk: Desk) -> None:
    desk.session("A", offered="ann", waitlist=OFFER)
    desk.session("B", "bo", waiting="ann", capacity=2, starts_at=HALF_PAST)
    assert desk.withdraw("B", "bo").promoted == {}
    assert desk.skip("B", "ann") == ("attendee_busy", "A")
    desk.clock.instant = NOW + DAY
    assert desk.do(settle_due).promoted == {desk.id("B"): ("ann",)}
    assert desk.stands("A")["ann"] == "withdrawn"


def test_a_declined_offer_frees_the_time_for_another_queue(desk: Desk) -> None:
    desk.session("A", offered="ann", waitlist=OFFER)
    desk.session("B", "bo", waiting="ann", capacity=2, starts_at=HALF_PAST)
    assert desk.do(decline_offer, "A", "ann").promoted == {desk.id("B"): ("ann",)}


def test_a_lapsed_offer_frees_the_run_for_the_sister_session(desk: Desk) -> None:
    run = desk.run(1)
    desk.session("A", offered="ann", waitlist=OFFER, run_id=run)
    desk.session("B", waiting="bo", run_id=run, starts_at=NINE + DAY)
    assert desk.do(settle_sessions, [desk.id("B")]).promoted == {}
    desk.clock.instant = NOW + DAY
    assert desk.do(settle_sessions, [desk.id("B")]).promoted == {desk.id("B"): ("bo",)}
    assert desk.stands("A") == {"ann": "withdrawn"}


def test_withdrawing_gives_an_offer_back(desk: Desk) -> None:
    desk.session("A", offered="ann", waiting="bo", waitlist=OFFER)
    assert desk.withdraw("A", "ann").promoted == {desk.id("A"): ("bo",)}
    assert desk.seats("A")["ann"].withdrawn_why is None


def test_in_a_closed_session_no_offer_is_answered(desk: Desk) -> None:
    desk.session("A", offered="ann", status=SessionStatus.COMPLETED)
    for answer in (accept_offer, decline_offer):
        with pytest.raises(WrongState):
            desk.do(answer, "A", "ann")
