"""What one may sign up for, and where one is enrolled, offered or waiting, as the databases answer it (K13)."""

import datetime as dt
from typing import Any

import pytest

from tests.databases import StoreFactory
from tests.factories import (
    at,
    make_account,
    make_course,
    make_draft,
    make_enrollment,
    make_hold,
    make_people,
    make_person,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models.enums import EnrollmentState, Role, SessionStatus, WaitlistMode, WaitlistOrder
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.dossiers.own_places import load_open_sessions, load_own_schedule, load_schedule
from trainer_desk.services.errors import NotAllowed, NotFound
from trainer_desk.services.rows.signing_up import OpenSessions, OwnSchedule
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-06 10:30")
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
WAITING, OFFERED = EnrollmentState.WAITLISTED, EnrollmentState.OFFERED


@pytest.fixture
def store(store_factory: StoreFactory) -> Store:
    return store_factory(FixedClock(NOW))


def open_to(store: Store, login: str = "ann") -> OpenSessions:
    return store.read(load_open_sessions, login, now=NOW)


def refs(shown: OpenSessions | OwnSchedule) -> list[str]:
    return [session.ref for session in shown.sessions]


def test_an_open_session_is_told_whole(store: Store) -> None:
    with prepared(store) as db:
        course = make_course(db, "FIRE", title="Fire safety", sign_up=True)
        tom = make_trainer(db, name="Tom", courses=[course])
        hall = make_venue(db, name="Hall", site="North")
        starts = {"course": course, "trainer": tom, "venue": hall, "starts_at": NOW + DAY}
        session = make_scheduled(
            db, ref="A", capacity=9, description="Bring boots.", waitlist=WaitlistMode.ENROL, **starts
        )
        for person in make_people(db, 3):
            make_enrollment(db, session, person)
        make_hold(db, session, 2, until_at=NOW + HOUR)
        make_hold(db, session, 2, until_at=NOW - HOUR)
    (one,) = open_to(store).sessions
    assert (one.ref, one.course, one.title, one.description) == ("A", "FIRE", "Fire safety", "Bring boots.")
    assert (one.trainer, one.venue, one.site) == ("Tom", "Hall", "North")
    assert (one.starts_at, one.ends_at) == (NOW + DAY, NOW + DAY + HOUR)
    assert (one.capacity, one.seats_taken, one.waiting, one.waitlist) == (9, 5, 0, WaitlistMode.ENROL)
    assert one.mine is None


def test_only_what_is_scheduled_to_come_and_open_to_all_is_listed_by_start(store: Store) -> None:
    with prepared(store) as db:
        course, closed = make_course(db, sign_up=True), make_course(db, "ASK", title="By request")
        old = make_course(db, sign_up=True, active=False)
        for ref, start in (("later", NOW + 2 * DAY), ("soon", NOW + HOUR), ("begun", NOW), ("past", NOW - DAY)):
            make_scheduled(db, ref=ref, course=course, starts_at=start)
        make_scheduled(db, ref="asked", course=closed, starts_at=NOW + DAY)
        make_scheduled(db, ref="retired", course=old, starts_at=NOW + DAY)
        make_scheduled(
            db, ref="gone", course=course, starts_at=NOW + DAY, status=SessionStatus.CANCELLED, cancel_reason="Snow"
        )
        make_draft(db, ref="draft", course=course, starts_at=NOW + DAY)
        make_draft(db, ref="undated", course=course)
    shown = open_to(store)
    assert refs(shown) == ["soon", "later"]
    assert [(one.code, one.title) for one in shown.on_request] == [("ASK", "By request")]


@pytest.fixture
def own(store: Store) -> dict[str, int]:
    """Give Ann with a seat, an offer, a lapsed one, a place in a queue and a withdrawn one, a day apart each."""
    with prepared(store) as db:
        ids = {"ann": make_person(db, "Ann", employee_no="1"), "course": make_course(db, sign_up=True)}
        make_account(db, "ann", Role.REQUESTER, person_id=ids["ann"])
        plans: dict[str, tuple[EnrollmentState, dict[str, Any]]] = {
            "seat": (EnrollmentState.CONFIRMED, {}),
            "offer": (OFFERED, {"offer_until": NOW + HOUR, "position": 1}),
            "lapsed": (OFFERED, {"offer_until": NOW, "position": 1}),
            "queue": (WAITING, {"skip_code": "attendee_busy", "skip_ref": "X"}),
            "left": (EnrollmentState.WITHDRAWN, {"withdrawn_at": NOW - DAY, "withdrawn_by": "ann"}),
        }
        for days, (ref, (state, columns)) in enumerate(plans.items(), start=1):
            starts = {"course": ids["course"], "starts_at": NOW + days * DAY}
            ids[ref] = make_scheduled(db, ref=ref, capacity=1, waitlist=WaitlistMode.OFFER, **starts)
            if state is WAITING:
                make_enrollment(db, ids[ref], make_person(db))
                make_enrollment(db, ids[ref], make_person(db), WAITING)
            make_enrollment(db, ids[ref], ids["ann"], state, **columns)
    return ids


def test_every_card_says_how_one_stands_there(store: Store, own: dict[str, int]) -> None:
    places = {one.ref: one.mine for one in open_to(store).sessions}
    states = {ref: mine and mine.state.value for ref, mine in places.items()}
    assert states == {"seat": "confirmed", "offer": "offered", "lapsed": None, "queue": "waitlisted", "left": None}
    queue, offer = places["queue"], places["offer"]
    assert queue is not None
    assert (queue.rank, queue.skip_code, queue.skip_ref) == (2, "attendee_busy", "X")
    assert offer is not None
    assert offer.offer_until == NOW + HOUR


def test_an_offer_that_ended_costs_no_seat(store: Store, own: dict[str, int]) -> None:
    taken = {one.ref: one.seats_taken for one in open_to(store).sessions}
    assert (taken["lapsed"], taken["offer"]) == (0, 1)


def test_the_own_schedule_holds_what_one_has_by_start(store: Store, own: dict[str, int]) -> None:
    schedule = store.read(load_own_schedule, "ann", now=NOW)
    assert (schedule.employee_no, schedule.name, schedule.person_id) == ("1", "Ann", own["ann"])
    assert refs(schedule) == ["seat", "offer", "queue"]
    assert schedule == store.read(load_schedule, own["ann"], now=NOW)


def test_a_schedule_ends_with_the_end_and_leaves_out_what_does_not_take_place(store: Store) -> None:
    with prepared(store) as db:
        ann, course = make_person(db), make_course(db)
        kinds = {
            "running": {"starts_at": NOW - HOUR / 2, "status": SessionStatus.IN_PROGRESS},
            "late": {"starts_at": NOW - HOUR / 2 + dt.timedelta(minutes=5)},
            "over": {"starts_at": NOW - HOUR},
            "cancelled": {"starts_at": NOW + DAY, "status": SessionStatus.CANCELLED, "cancel_reason": "Snow"},
        }
        for ref, columns in kinds.items():
            make_enrollment(db, make_scheduled(db, ref=ref, course=course, **columns), ann)
        make_enrollment(db, make_draft(db, ref="draft", course=course, starts_at=NOW + DAY), ann)
    assert refs(store.read(load_schedule, ann, now=NOW)) == ["running", "late"]


def test_a_queue_by_urgency_ranks_by_urgency(store: Store) -> None:
    with prepared(store) as db:
        course = make_course(db, sign_up=True)
        session = make_scheduled(
            db, course=course, capacity=1, starts_at=NOW + DAY, waitlist=WaitlistMode.ENROL,
            waitlist_order=WaitlistOrder.URGENT,
        )  # fmt: skip
        ann, bo, cy = make_people(db, 3)
        make_enrollment(db, session, cy)
        for person in (bo, ann):
            make_enrollment(db, session, person, WAITING)
    ranks = {person: store.read(load_schedule, person, now=NOW).sessions[0].mine for person in (bo, ann)}
    assert {person: mine.rank for person, mine in ranks.items() if mine} == {bo: 1, ann: 2}


def test_a_login_that_stands_for_nobody_may_look_and_has_no_schedule(store: Store, own: dict[str, int]) -> None:
    shown = open_to(store, "nobody")
    assert (shown.person_id, len(shown.sessions)) == (None, 5)
    assert all(one.mine is None for one in shown.sessions)
    with pytest.raises(NotAllowed) as refusal:
        store.read(load_own_schedule, "nobody", now=NOW)
    assert refusal.value.facts["why"] == "no_person"
    with pytest.raises(NotFound):
        store.read(load_schedule, 999, now=NOW)
