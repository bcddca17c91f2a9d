"""How people stand with each course today, against the rule of one person; who needs it and has no place (D1)."""

import datetime as dt
import itertools

import pytest

from tests.databases import StoreFactory
from tests.factories import (
    at,
    make_compliance,
    make_course,
    make_draft,
    make_enrollment,
    make_item,
    make_person,
    make_request,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models.enums import ComplianceStatus, EnrollmentState, SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.dashboard.needs import load_needs
from trainer_desk.services.dashboard.today import count_waiting
from trainer_desk.services.rows.dashboard import Need
from trainer_desk.services.rules.compliance import GROUPS, group_of
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-08 12:00")
DAY = dt.date(2026, 7, 8)
HOUR = dt.timedelta(hours=1)
RED = ComplianceStatus.NON_COMPLIANT
DATES = (None, *(DAY + dt.timedelta(days=days) for days in (-1, 0, 30, 31, 200)))


@pytest.fixture
def store(store_factory: StoreFactory) -> Store:
    return store_factory(FixedClock(NOW))


def needs(store: Store) -> dict[int, Need]:
    return {need.course_id: need for need in store.read(load_needs, now=NOW).courses}


def test_people_are_counted_as_the_picker_groups_them(store: Store) -> None:
    """Every state with every pair of dates, in two courses that judge expiry differently; who has left is not one."""
    cases = list(itertools.product(ComplianceStatus, DATES, DATES[:4]))
    with prepared(store) as db:
        courses = {make_course(db, "SHORT", expiring_days=30): 30, make_course(db, "LONG", expiring_days=60): 60}
        for course in courses:
            for status, expires_on, other in cases:
                dates = {"due_on": other} if status is ComplianceStatus.PENDING else {"counts_from": other}
                expiry = expires_on if status is ComplianceStatus.COMPLIANT else None
                make_item(db, make_person(db), course, status, expires_on=expiry, **dates)
            make_item(db, make_person(db, active=False), course, RED)
    found = needs(store)
    for course, days in courses.items():
        counts = dict.fromkeys(GROUPS, 0)
        for status, expires_on, other in cases:
            is_pending = status is ComplianceStatus.PENDING
            expiry = expires_on if status is ComplianceStatus.COMPLIANT else None
            due, begins = (other, None) if is_pending else (None, other)
            counts[group_of(status, expiry, DAY, days, due, begins)] += 1
        need = found[course]
        assert [need.red, need.yellow, need.expiring, need.green] == list(counts.values())


@pytest.mark.parametrize(
    ("state", "session", "is_booked"),
    [
        (EnrollmentState.CONFIRMED, {}, True),
        (EnrollmentState.WAITLISTED, {}, True),
        (EnrollmentState.WITHDRAWN, {}, False),
        (EnrollmentState.CONFIRMED, {"draft": True}, True),
        (EnrollmentState.CONFIRMED, {"starts_at": NOW - 3 * HOUR}, False),
        (EnrollmentState.CONFIRMED, {"starts_at": NOW - HOUR / 2, "status": SessionStatus.IN_PROGRESS}, True),
        (EnrollmentState.CONFIRMED, {"status": SessionStatus.CANCELLED, "cancel_reason": "ill"}, False),
        (EnrollmentState.CONFIRMED, {"other": True}, False),
    ],
)
def test_who_has_a_place_that_is_still_to_come_is_not_counted_as_without(
    store: Store, state: EnrollmentState, session: dict[str, object], is_booked: bool
) -> None:
    session = dict(session)
    with prepared(store) as db:
        course, other = make_course(db, "LOTO"), make_course(db, "FIRE")
        booked, lacking = make_person(db), make_person(db)
        for person in (booked, lacking):
            make_compliance(db, person, course, RED)
        taught = other if session.pop("other", False) else course
        around = {"course": taught, "trainer": make_trainer(db, "JS", courses=[taught]), "venue": make_venue(db, "A")}
        make = make_draft if session.pop("draft", False) else make_scheduled
        made = make(db, **(around | {"starts_at": NOW + HOUR} | session))
        position = {"position": 1} if state is EnrollmentState.WAITLISTED else {}
        make_enrollment(db, made, booked, state=state, **position)
    assert needs(store)[course].unbooked == (1 if is_booked else 2)


def test_two_places_of_one_person_count_once_and_green_people_never(store: Store) -> None:
    with prepared(store) as db:
        course = make_course(db, "LOTO")
        around = {"course": course, "trainer": make_trainer(db, "JS", courses=[course]), "venue": make_venue(db, "A")}
        red, soon, green = make_person(db), make_person(db), make_person(db)
        make_compliance(db, red, course, RED)
        make_compliance(db, soon, course, ComplianceStatus.COMPLIANT, expires_on=DAY)
        make_compliance(db, green, course, ComplianceStatus.COMPLIANT)
        full = make_scheduled(db, starts_at=NOW + HOUR, capacity=2, **around)
        queued = make_scheduled(db, starts_at=NOW + 10 * HOUR, capacity=9, **around)
        make_enrollment(db, queued, green, state=EnrollmentState.WAITLISTED, position=1)
        second = make_scheduled(db, starts_at=NOW + 30 * HOUR, **around)
        for session in (full, second):
            make_enrollment(db, session, red)
            if session == full:
                make_enrollment(db, session, green)
    need = needs(store)[course]
    assert (need.red, need.yellow, need.expiring, need.green, need.unbooked) == (1, 0, 1, 1, 1)
    assert need.next is not None
    assert need.next.id == second


def test_the_course_that_most_people_lack_comes_first_and_one_that_nobody_needs_is_left_out(store: Store) -> None:
    with prepared(store) as db:
        few, many, nobody = make_course(db, "FEW"), make_course(db, "MANY"), make_course(db, "NONE")
        gone = make_course(db, "GONE", active=False)
        for course, count in ((few, 1), (many, 2), (gone, 3)):
            for _one in range(count):
                make_compliance(db, make_person(db), course, RED)
    assert list(needs(store)) == [many, few]
    assert nobody not in needs(store)
    assert needs(store)[many].next is None


def test_the_badges_count_each_person_once_and_open_requests(store: Store) -> None:
    with prepared(store) as db:
        courses = [make_course(db, code) for code in ("A", "B")]
        twice, late, green, gone = (make_person(db, active=active) for active in (True, True, True, False))
        for course in courses:
            make_compliance(db, twice, course, RED)
            make_compliance(db, green, course, ComplianceStatus.COMPLIANT, expires_on=DAY)
        make_compliance(db, late, courses[0], ComplianceStatus.COMPLIANT, expires_on=DAY - dt.timedelta(days=1))
        make_compliance(db, gone, courses[0], RED)
        make_request(db, courses[0])
    waiting = store.read(count_waiting, now=NOW)
    assert (waiting.people, waiting.requests) == (2, 1)
