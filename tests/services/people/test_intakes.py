"""Intakes on file: recorded, taken back, told by a file; the person carries the newest day and waiters are seated."""

import datetime as dt

import pytest
import sqlalchemy as sa

from tests.factories import at, make_course, make_enrollment, make_person, make_scheduled, prepared
from trainer_desk.models import Enrollment, Person
from trainer_desk.models.enums import EnrollmentState, WaitlistMode
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.orchestration.catalogue import change
from trainer_desk.services.orchestration.intakes import record_intake, take_back_intake
from trainer_desk.services.people.intakes import intakes_of
from trainer_desk.services.store.engine import Store

TODAY = dt.date(2026, 7, 6)


@pytest.fixture
def ann(store: Store) -> int:
    """Make a person; it is the morning of 6 July."""
    store.clock = FixedClock(at("2026-07-06 08:00"))
    with prepared(store) as db:
        return make_person(db, "Ann", employee_no="P1")


def record(store: Store, person: int, day: dt.date, note: str | None = None) -> int:
    made, _settled = store.write("Intake", record_intake, person, day, note).value
    return int(made)


def newest(store: Store, person: int) -> dt.date | None:
    return store.read(lambda db: db.scalar(sa.select(Person.intake_on).where(Person.id == person)))


def days(store: Store, person: int) -> list[dt.date]:
    return [one.held_on for one in store.read(intakes_of, person)]


def test_the_person_carries_the_newest_day(store: Store, ann: int) -> None:
    first = record(store, ann, TODAY, "  Knows the site.\nNeeds boots. ")
    record(store, ann, TODAY - dt.timedelta(days=30))
    assert newest(store, ann) == TODAY
    assert [(one.held_on, one.note, one.employee_no) for one in store.read(intakes_of, ann)] == [
        (TODAY, "Knows the site.\nNeeds boots.", "P1"),
        (TODAY - dt.timedelta(days=30), None, "P1"),
    ]
    store.write("Take back", take_back_intake, first)
    assert (newest(store, ann), days(store, ann)) == (TODAY - dt.timedelta(days=30), [TODAY - dt.timedelta(days=30)])
    with pytest.raises(NotFound):
        store.write("Take back", take_back_intake, first)


@pytest.mark.parametrize(
    ("day", "note", "why"),
    [
        (TODAY + dt.timedelta(days=1), None, "still_to_come"),
        (TODAY, " \n ", "empty"),
        (TODAY, "x" * 4001, "too_long"),
        (TODAY, "a\0b", "nul"),
    ],
)
def test_bad_input_writes_nothing(store: Store, ann: int, day: dt.date, note: str | None, why: str) -> None:
    with pytest.raises(BadValue) as refused:
        record(store, ann, day, note)
    assert (refused.value.facts["why"], days(store, ann), newest(store, ann)) == (why, [], None)


def test_nobody_has_no_intake(store: Store, ann: int) -> None:
    with pytest.raises(NotFound):
        record(store, ann + 1, TODAY)


def test_what_a_file_tells_makes_and_moves_the_intake(store: Store, ann: int) -> None:
    def told(day: dt.date | None) -> None:
        version = store.read(lambda db: db.scalar(sa.select(Person.version).where(Person.id == ann)))
        store.write("Edit", change, "people", ann, {"intake_on": day}, version=version)

    told(TODAY)
    assert (days(store, ann), newest(store, ann)) == ([TODAY], TODAY)
    told(TODAY - dt.timedelta(days=9))
    assert (days(store, ann), newest(store, ann)) == ([TODAY - dt.timedelta(days=9)], TODAY - dt.timedelta(days=9))
    told(None)
    assert (days(store, ann), newest(store, ann)) == ([], None)


def test_a_day_told_before_there_were_intakes_is_not_lost(store: Store) -> None:
    store.clock = FixedClock(at("2026-07-06 08:00"))
    with prepared(store) as db:
        person = make_person(db, intake_on=TODAY)
    made = record(store, person, TODAY - dt.timedelta(days=1))
    assert (days(store, person), newest(store, person)) == ([TODAY, TODAY - dt.timedelta(days=1)], TODAY)
    store.write("Take back", take_back_intake, made)
    assert newest(store, person) == TODAY


def test_a_waiter_gets_the_free_seat_in_the_same_change(store: Store, ann: int) -> None:
    with prepared(store) as db:
        course = make_course(db, requires_intake=True)
        plan = {"capacity": 1, "waitlist": WaitlistMode.ENROL}
        session = make_scheduled(db, course=course, starts_at=at("2026-07-09 09:00"), **plan)
        make_enrollment(db, session, ann, EnrollmentState.WAITLISTED)
    written = store.write("Intake", record_intake, ann, TODAY)
    assert written.value[1].promoted == {session: ("P1",)}
    state = store.read(lambda db: db.scalar(sa.select(Enrollment.state).where(Enrollment.person_id == ann)))
    assert state == EnrollmentState.CONFIRMED.value
