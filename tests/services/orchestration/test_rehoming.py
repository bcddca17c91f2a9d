"""Cancelling with another date for everybody: proposals, the one change, and what comes between (R7)."""

import datetime as dt

import pytest

from tests.databases import StoreFactory
from tests.factories import (
    MONDAY,
    make_compliance,
    make_course,
    make_enrollment,
    make_hold,
    make_people,
    make_run,
    make_scheduled,
    prepared,
)
from trainer_desk.models.enums import ComplianceStatus, EnrollmentState, SessionStatus, WaitlistMode
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import Refused, Stale
from trainer_desk.services.orchestration.lowering import lower_and_rehome, propose_lowering
from trainer_desk.services.orchestration.rehoming import cancel_and_rehome, propose
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.rehoming import NewPlace, Rehomed
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.services.store.engine import Store

NOW = MONDAY - dt.timedelta(days=3)
DAY = dt.timedelta(days=1)
CONFIRMED, WAITING = EnrollmentState.CONFIRMED, EnrollmentState.WAITLISTED


@pytest.fixture
def desk(store_factory: StoreFactory) -> Store:
    """Give a store whose clock stands three days before the sessions."""
    return store_factory(FixedClock(NOW))


def states(store: Store, session: int) -> dict[int, EnrollmentState]:
    """Give how everybody stands who is in a session or waits for it, by person."""
    seats = store.read(load_seats, session)
    return {seat.person_id: seat.state for seat in seats if seat.state is not EnrollmentState.WITHDRAWN}


def status(store: Store, session: int) -> SessionStatus:
    return store.read(load_card, session).status


def is_sound(store: Store) -> None:
    with store.snapshot() as db:
        assert check_database(db, now=NOW) == []


class Dates:
    """A session of three people and a hold, somebody waiting, and two later dates with one seat and with two."""

    def __init__(self, store: Store) -> None:
        with prepared(store) as db:
            self.course = make_course(db, "FIRE")
            self.lost = make_scheduled(db, course=self.course, capacity=4, waitlist=WaitlistMode.ENROL)
            self.next = make_scheduled(db, course=self.course, starts_at=MONDAY + 7 * DAY, capacity=1)
            self.later = make_scheduled(db, course=self.course, starts_at=MONDAY + 14 * DAY, capacity=2)
            self.green, self.red, self.plain, self.waiter = make_people(db, 4)
            make_compliance(db, self.green, self.course, ComplianceStatus.COMPLIANT)
            make_compliance(db, self.red, self.course, ComplianceStatus.NON_COMPLIANT)
            for person in (self.green, self.red, self.plain):
                make_enrollment(db, self.lost, person)
            make_enrollment(db, self.lost, self.waiter, WAITING)
            make_hold(db, self.lost, until_at=MONDAY)

    def key(self, person: int) -> tuple[int, int]:
        return self.lost, person


def test_the_most_urgent_get_the_next_date_and_one_undo_brings_everybody_back(desk: Store) -> None:
    dates = Dates(desk)
    proposal = desk.read(propose, [dates.lost], now=NOW)
    assert [one.person_id for one in proposal.people] == [dates.red, dates.green, dates.plain, dates.waiter]
    places = proposal.places()
    assert [places[dates.key(one.person_id)] for one in proposal.people] == [
        NewPlace(dates.next), NewPlace(dates.later), NewPlace(dates.later), None,
    ]  # fmt: skip
    done = desk.write("Cancel", cancel_and_rehome, [dates.lost], "Trainer is ill", places).value
    assert done == Rehomed(seated=3, waiting=0, left=1)
    assert status(desk, dates.lost) is SessionStatus.CANCELLED
    assert states(desk, dates.next) == {dates.red: CONFIRMED}
    assert states(desk, dates.later) == {dates.green: CONFIRMED, dates.plain: CONFIRMED}
    assert states(desk, dates.lost)[dates.red] is CONFIRMED  # stays on record
    is_sound(desk)
    undo_last(desk)
    assert status(desk, dates.lost) is SessionStatus.SCHEDULED
    assert states(desk, dates.next) == states(desk, dates.later) == {}
    assert desk.read(load_card, dates.lost).held == 1
    redo_last(desk)
    assert states(desk, dates.next) == {dates.red: CONFIRMED}
    is_sound(desk)


def test_a_seat_that_was_taken_meanwhile_refuses_the_whole_change_and_names_the_person(desk: Store) -> None:
    dates = Dates(desk)
    places = desk.read(propose, [dates.lost], now=NOW).places()
    with prepared(desk) as db:
        (other,) = make_people(db, 1)
    desk.write("Enrol", enroll, dates.next, [other])
    with pytest.raises(Refused) as refusal:
        desk.write("Cancel", cancel_and_rehome, [dates.lost], "Trainer is ill", places)
    (finding,) = refusal.value.findings
    assert finding.code == "session_full"
    assert status(desk, dates.lost) is SessionStatus.SCHEDULED
    assert states(desk, dates.later) == {}


def test_somebody_who_came_meanwhile_is_not_passed_over(desk: Store) -> None:
    dates = Dates(desk)
    places = desk.read(propose, [dates.lost], now=NOW).places()
    with prepared(desk) as db:
        (other,) = make_people(db, 1)
    desk.write("Enrol", enroll, dates.lost, [other])
    with pytest.raises(Stale):
        desk.write("Cancel", cancel_and_rehome, [dates.lost], "Trainer is ill", places)
    assert status(desk, dates.lost) is SessionStatus.SCHEDULED


def test_people_may_wait_on_a_full_date_when_that_is_chosen(desk: Store) -> None:
    dates = Dates(desk)
    with prepared(desk) as db:
        (other,) = make_people(db, 1)
        full = make_scheduled(
            db, course=dates.course, starts_at=MONDAY + 3 * DAY, capacity=1, waitlist=WaitlistMode.ENROL
        )
        make_enrollment(db, full, other)
    proposal = desk.read(propose, [dates.lost], now=NOW)
    assert NewPlace(full, waits=True) in [option.place for option in proposal.people[-1].options]
    places = proposal.places() | {dates.key(dates.waiter): NewPlace(full, waits=True)}
    done = desk.write("Cancel", cancel_and_rehome, [dates.lost], "Trainer is ill", places).value
    assert done == Rehomed(seated=3, waiting=1, left=0)
    assert states(desk, full) == {other: CONFIRMED, dates.waiter: WAITING}
    is_sound(desk)


def test_a_lowered_capacity_moves_the_newest_and_the_others_wait_at_the_head(desk: Store) -> None:
    with prepared(desk) as db:
        course = make_course(db, "FIRE")
        session = make_scheduled(db, course=course, capacity=4, waitlist=WaitlistMode.ENROL)
        other = make_scheduled(db, course=course, starts_at=MONDAY + DAY, capacity=1)
        people = make_people(db, 5)
        for days, person in enumerate(people[:4]):
            make_enrollment(db, session, person, enrolled_at=NOW - 10 * DAY + days * DAY)
        make_enrollment(db, session, people[4], WAITING)
        make_compliance(db, people[2], course, ComplianceStatus.NON_COMPLIANT)
    proposal = desk.read(propose_lowering, session, 2, now=NOW)
    assert proposal.places() == {(session, people[2]): NewPlace(other), (session, people[3]): None}
    done = desk.write("Lower", lower_and_rehome, session, 2, proposal.places()).value
    assert done == Rehomed(seated=1, waiting=0, left=1)
    assert states(desk, other) == {people[2]: CONFIRMED}
    first, second, third, fourth = people[0], people[1], people[3], people[4]
    assert states(desk, session) == {first: CONFIRMED, second: CONFIRMED, third: WAITING, fourth: WAITING}
    queue = {seat.person_id: seat.position for seat in desk.read(load_seats, session) if seat.position}
    assert queue == {third: 1, fourth: 2}
    is_sound(desk)
    undo_last(desk)
    assert desk.read(load_card, session).capacity == 4
    assert states(desk, session)[people[2]] is CONFIRMED
    is_sound(desk)


def test_somebody_who_came_before_the_capacity_is_lowered_makes_it_stale(desk: Store) -> None:
    with prepared(desk) as db:
        session = make_scheduled(db, capacity=4)
        *three, other = make_people(db, 4)
        for person in three:
            make_enrollment(db, session, person)
    places = desk.read(propose_lowering, session, 1, now=NOW).places()
    desk.write("Enrol", enroll, session, [other])
    with pytest.raises(Stale):
        desk.write("Lower", lower_and_rehome, session, 1, places)
    assert desk.read(load_card, session).capacity == 4


def test_days_of_a_capped_run_take_those_who_lose_another_day_of_it(desk: Store) -> None:
    with prepared(desk) as db:
        course = make_course(db, "FIRE")
        run = make_run(db, course=course, max_people=1)
        lost = make_scheduled(db, course=course, run_id=run, capacity=2)
        day = make_scheduled(db, course=course, run_id=run, starts_at=MONDAY + DAY, capacity=2)
        (person,) = make_people(db, 1)
        make_enrollment(db, lost, person)
    proposal = desk.read(propose, [lost], now=NOW)
    assert proposal.places() == {(lost, person): NewPlace(day)}
    desk.write("Cancel", cancel_and_rehome, [lost], "Rain", proposal.places())
    assert states(desk, day) == {person: CONFIRMED}
    is_sound(desk)


def test_several_sessions_give_their_people_to_the_same_dates(desk: Store) -> None:
    """A session of the selection is no other date, and nobody is put on one date twice."""
    with prepared(desk) as db:
        course = make_course(db, "FIRE")
        lost = [make_scheduled(db, course=course, starts_at=MONDAY + n * DAY, capacity=2) for n in range(2)]
        later = make_scheduled(db, course=course, starts_at=MONDAY + 7 * DAY, capacity=5)
        both, one = make_people(db, 2)
        for session, person in ((lost[0], both), (lost[1], both), (lost[1], one)):
            make_enrollment(db, session, person)
    proposal = desk.read(propose, lost, now=NOW)
    assert sorted(proposal.places().values(), key=str) == [NewPlace(later), NewPlace(later), None]
    done = desk.write("Cancel", cancel_and_rehome, lost, "Rain", proposal.places()).value
    assert done == Rehomed(seated=2, waiting=0, left=1)
    assert states(desk, later) == {both: CONFIRMED, one: CONFIRMED}
    undo_last(desk)
    assert states(desk, later) == {}
    assert [status(desk, session) for session in lost] == [SessionStatus.SCHEDULED] * 2
    is_sound(desk)


def test_the_room_that_a_run_gets_back_is_given_to_the_most_urgent(desk: Store) -> None:
    """Whoever loses the only day of a capped run is on it no more when the dates are shared out."""
    with prepared(desk) as db:
        course = make_course(db, "FIRE")
        run = make_run(db, course=course, max_people=1)
        lost = [make_scheduled(db, course=course, run_id=run), make_scheduled(db, course=course)]
        day = make_scheduled(db, course=course, run_id=run, starts_at=MONDAY + DAY, capacity=5)
        member, urgent = make_people(db, 2)
        make_compliance(db, urgent, course, ComplianceStatus.NON_COMPLIANT)
        for session, person in zip(lost, (member, urgent), strict=True):
            make_enrollment(db, session, person)
    places = desk.read(propose, lost, now=NOW).places()
    assert places == {(lost[1], urgent): NewPlace(day), (lost[0], member): None}
    desk.write("Cancel", cancel_and_rehome, lost, "Rain", places)
    assert states(desk, day) == {urgent: CONFIRMED}
    is_sound(desk)


def test_nobody_waits_who_was_to_have_a_seat(desk: Store) -> None:
    """A date with a queue that is full by now would take the person in line: that was not chosen."""
    with prepared(desk) as db:
        course = make_course(db, "FIRE")
        lost = make_scheduled(db, course=course)
        day = make_scheduled(db, course=course, starts_at=MONDAY + DAY, capacity=1, waitlist=WaitlistMode.ENROL)
        person, other = make_people(db, 2)
        make_enrollment(db, lost, person)
    places = desk.read(propose, [lost], now=NOW).places()
    desk.write("Enrol", enroll, day, [other])
    with pytest.raises(Refused, match="session_full"):
        desk.write("Cancel", cancel_and_rehome, [lost], "Rain", places)
    assert status(desk, lost) is SessionStatus.SCHEDULED
    assert states(desk, day) == {other: CONFIRMED}
