"""The pages of a person, a trainer and a course as the databases answer them, judged on any day (N4)."""

import datetime as dt

import pytest

from tests.databases import StoreFactory
from tests.factories import (
    at,
    make_block,
    make_checklist_item,
    make_compliance,
    make_course,
    make_draft,
    make_enrollment,
    make_intake,
    make_person,
    make_qualification,
    make_record,
    make_requirement,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models.enums import Attendance, ComplianceStatus, EnrollmentState, SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.dossiers.course import load_course
from trainer_desk.services.dossiers.person import load_person
from trainer_desk.services.dossiers.trainer import load_trainer
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.dossiers import MustHold, PersonDossier
from trainer_desk.services.rules.compliance import EXPIRING, GREEN, RED, YELLOW
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-06 10:30")
TODAY = dt.date(2026, 7, 6)
COMPLIANT, PENDING = ComplianceStatus.COMPLIANT, ComplianceStatus.PENDING


@pytest.fixture
def store(store_factory: StoreFactory) -> Store:
    return store_factory(FixedClock(NOW))


def page_of(store: Store, person: int, day: dt.date | None = None) -> PersonDossier:
    return store.read(load_person, person, day, now=NOW)


def test_a_person_is_told_whole(store: Store) -> None:
    with prepared(store, "Made") as db:
        boss = make_person(db, "Frida Boss", employee_no="1")
        ann = make_person(db, "Ann Lee", employee_no="2", department="Yard", job_role="Welder", manager_no="1")
        gas = make_course(db, "GAS", title="Gas Testing")
        make_record(db, ann, gas, dt.date(2025, 5, 4), provider="TÜV", number="G-17")
        make_intake(db, ann, dt.date(2026, 2, 1), note="Speaks Polish")
    page = page_of(store, ann)
    assert (page.facts.name, page.facts.department, page.facts.manager_id) == ("Ann Lee", "Yard", boss)
    assert page.day == TODAY
    assert [(record.title, record.provider, record.number) for record in page.records] == [
        ("Gas Testing", "TÜV", "G-17")
    ]
    assert [(intake.held_on, intake.note) for intake in page.intakes] == [(dt.date(2026, 2, 1), "Speaks Polish")]
    assert [change.label for change in page.history] == ["Made"]


def test_a_manager_whom_nobody_knows_stays_a_number(store: Store) -> None:
    with prepared(store) as db:
        ann = make_person(db, manager_no="99")
    assert (page_of(store, ann).facts.manager_no, page_of(store, ann).facts.manager_id) == ("99", None)


@pytest.mark.parametrize(
    ("day", "group"),
    [("2026-07-06", GREEN), ("2026-12-01", EXPIRING), ("2026-12-31", EXPIRING), ("2027-01-01", RED)],
)
def test_what_is_held_is_judged_on_the_day_that_is_looked_at(store: Store, day: str, group: int) -> None:
    with prepared(store) as db:
        ann, course = make_person(db), make_course(db, expiring_days=60)
        make_requirement(db, course)
        make_compliance(db, ann, course, COMPLIANT, dt.date(2026, 12, 31))
    (held,) = page_of(store, ann, dt.date.fromisoformat(day)).held
    assert (held.group, len(held.rules)) == (group, 1)


def test_places_part_at_now_today_and_at_the_start_of_any_other_day(store: Store) -> None:
    with prepared(store) as db:
        ann, course = make_person(db), make_course(db)
        early = make_scheduled(db, course=course, starts_at=at("2026-07-06 09:00"), minutes=60)
        late = make_scheduled(db, course=course, starts_at=at("2026-07-06 10:00"), minutes=60)
        undated = make_draft(db, course=course)
        cancelled = make_scheduled(db, status=SessionStatus.CANCELLED, cancel_reason="Flood")
        left = make_scheduled(db, course=course, starts_at=at("2026-07-09 09:00"))
        for session in (early, late, undated, cancelled):
            make_enrollment(db, session, ann)
        make_enrollment(db, left, ann, EnrollmentState.WITHDRAWN)
    page = page_of(store, ann)
    assert [spot.session_id for spot in page.coming] == [late, undated]
    assert [spot.session_id for spot in page.past] == [early]
    assert [spot.session_id for spot in page_of(store, ann, TODAY + dt.timedelta(days=1)).past] == [late, early]
    assert page_of(store, ann, TODAY - dt.timedelta(days=1)).past == ()


def test_a_place_says_how_it_stands(store: Store) -> None:
    with prepared(store) as db:
        ann, bo = make_person(db), make_person(db)
        room = make_venue(db, "ROOM", name="Room A")
        done = make_scheduled(db, venue=room, starts_at=at("2026-07-01 09:00"), status=SessionStatus.COMPLETED)
        full = make_scheduled(db, starts_at=at("2026-07-08 09:00"))
        lapsed = make_scheduled(db, starts_at=at("2026-07-09 09:00"))
        make_enrollment(db, done, ann, attendance=Attendance.NO_SHOW)
        make_enrollment(db, full, bo, EnrollmentState.WAITLISTED)
        make_enrollment(db, full, ann, EnrollmentState.WAITLISTED)
        make_enrollment(db, lapsed, ann, EnrollmentState.OFFERED, offer_until=at("2026-07-06 10:00"))
    page = page_of(store, ann)
    assert [(spot.venue, spot.attendance) for spot in page.past] == [("Room A", Attendance.NO_SHOW)]
    assert [(spot.session_id, spot.rank) for spot in page.coming] == [(full, 2)]


def test_a_trainer_is_told_with_licences_hours_and_leave(store: Store) -> None:
    with prepared(store) as db:
        fire, gas = make_course(db, "A", title="Fire"), make_course(db, "B", title="Gas")
        john = make_trainer(db, "JS", name="John Smith", weekly_hours=30)
        aisha = make_trainer(db, courses=[fire])
        make_qualification(db, john, fire)
        make_qualification(db, john, gas, valid_until=dt.date(2026, 6, 30))
        led = make_scheduled(db, course=fire, trainer=john, starts_at=at("2026-07-07 09:00"), minutes=90, capacity=8)
        helped = make_scheduled(
            db, course=fire, trainer=aisha, starts_at=at("2026-07-14 09:00"), minutes=60, co_trainers=[john]
        )
        make_scheduled(db, course=fire, trainer=aisha, starts_at=at("2026-07-15 09:00"))
        make_block(db, john, at("2026-08-03 00:00"), at("2026-08-17 00:00"), "Holiday")
        make_block(db, john, at("2026-05-03 00:00"), at("2026-05-17 00:00"), "Over")
    page = store.read(load_trainer, john, None, now=NOW)
    assert (page.facts.name, page.facts.weekly_hours) == ("John Smith", 30)
    assert [(one.name, one.valid_until) for one in page.licences] == [("Fire", None), ("Gas", dt.date(2026, 6, 30))]
    assert [(one.session_id, one.capacity) for one in page.coming] == [(led, 8), (helped, None)]
    assert [(week.monday, week.booked) for week in page.weeks[:3]] == [
        (dt.date(2026, 7, 6), 90),
        (dt.date(2026, 7, 13), 60),
        (dt.date(2026, 7, 20), 0),
    ]
    assert [leave.reason for leave in page.absences] == ["Holiday"]
    assert page.history


def test_a_course_is_told_with_rules_counts_and_what_it_has_to_do_with(store: Store) -> None:
    with prepared(store) as db:
        basic = make_course(db, "BASIC", title="Basics")
        fire = make_course(db, "FIRE", title="Fire", prerequisite_id=basic, expiring_days=60, category="Safety")
        renewal = make_course(db, "AGAIN", title="Fire again", renews_id=fire)
        people = [make_person(db) for _ in range(5)]
        make_person(db, active=False)
        make_compliance(db, people[0], fire, COMPLIANT, dt.date(2026, 7, 1))
        make_compliance(db, people[1], fire, PENDING)
        make_compliance(db, people[2], fire, COMPLIANT, dt.date(2026, 8, 1))
        make_compliance(db, people[3], fire, COMPLIANT)
        make_requirement(db, fire, job_role="Welder", grace_days=30)
        make_checklist_item(db, fire, "Fill the extinguishers")
        john = make_trainer(db, courses=[fire], name="John Smith")
        session = make_scheduled(db, course=fire, trainer=john, starts_at=at("2026-07-07 09:00"))
    page = store.read(load_course, fire, None, now=NOW)
    assert dict(page.counts) == {RED: 1, YELLOW: 1, EXPIRING: 1, GREEN: 2}
    assert page.rules == (MustHold("Welder", "", "", None, None, None, 30, False, None, None, dt.date(2026, 1, 1)),)
    assert (page.needs and page.needs.title, page.renews) == ("Basics", None)
    assert [other.course_id for other in page.renewed_by] == [renewal]
    assert [one.name for one in page.licences] == ["John Smith"]
    assert [one.session_id for one in page.coming] == [session]
    assert [errand.words for errand in page.checklist] == ["Fill the extinguishers"]
    other = store.read(load_course, basic, None, now=NOW)
    assert [course.title for course in other.needed_by] == ["Fire"]


@pytest.mark.parametrize("load", [load_person, load_trainer, load_course])
def test_what_does_not_exist_has_no_page(store: Store, load: object) -> None:
    with pytest.raises(NotFound):
        store.read(load, 4711, None, now=NOW)  # type: ignore[arg-type]
