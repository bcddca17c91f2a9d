"""The smart picker on both databases: whom it offers, in which order, judged on which day (P1–P4)."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session as Db

from tests.factories import (
    at,
    make_compliance,
    make_course,
    make_draft,
    make_enrollment,
    make_person,
    make_scheduled,
    prepared,
)
from trainer_desk.models.enums import ComplianceStatus, EnrollmentState, OverlapPolicy, SessionStatus
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.seats import Candidate, PickerFilter, PickerPage
from trainer_desk.services.rules.compliance import EXPIRING, GREEN, RED, YELLOW
from trainer_desk.services.seats.picker import count_groups, filter_values, pick, pick_all
from trainer_desk.services.store.engine import Store

NON_COMPLIANT, PENDING, COMPLIANT = ComplianceStatus
DAY = dt.date(2026, 7, 6)
NOW = dt.datetime(2026, 6, 1, 8, 0, tzinfo=dt.UTC)
EVERYBODY = PickerFilter()


def day(after: int) -> dt.date:
    return DAY + dt.timedelta(days=after)


class House:
    """A course, a session of it on DAY, and people with what they hold."""

    def __init__(self, db: Db, **course: Any) -> None:
        self.db = db
        self.course = make_course(db, "LOTO", **course)
        self.session = make_draft(db, course=self.course, starts_at=at("2026-07-06 09:00"))

    def person(
        self, name: str, status: ComplianceStatus | None = None, expires_on: dt.date | None = None, **columns: Any
    ) -> int:
        person = make_person(self.db, name, **columns)
        if status is not None:
            make_compliance(self.db, person, self.course, status, expires_on)
        return person


def names(page: PickerPage) -> list[str]:
    return [candidate.name for candidate in page.people]


def everybody(store: Store, session: int, filters: PickerFilter = EVERYBODY) -> PickerPage:
    return store.read(pick, session, filters, limit=1000, now=NOW)


def only(store: Store, session: int) -> Candidate:
    [candidate] = everybody(store, session).people
    return candidate


def test_red_comes_first_then_pending_then_expiring_then_everyone_by_name(store: Store) -> None:
    with prepared(store) as db:
        house = House(db)
        house.person("Zed Green")
        house.person("Amy Green", COMPLIANT, day(61))
        house.person("Bob Green", COMPLIANT)
        house.person("Eva Expiring", COMPLIANT, day(60))
        house.person("Dan Expiring", COMPLIANT, DAY)
        house.person("Pat Pending", PENDING, day(-400))
        house.person("Pia Pending", PENDING)
        house.person("Ora Pending", PENDING, day(500))
        house.person("Ray Red", NON_COMPLIANT, day(-3))
        house.person("Rob Red", COMPLIANT, day(-10))
        house.person("Sue Red", NON_COMPLIANT)
        house.person("Ann Red", NON_COMPLIANT)
        house.person("Kim Red", NON_COMPLIANT, day(90))
    page = everybody(store, house.session)
    assert names(page) == [
        *("Ann Red", "Sue Red", "Rob Red", "Ray Red", "Kim Red"),
        *("Pia Pending", "Pat Pending", "Ora Pending"),
        *("Dan Expiring", "Eva Expiring"),
        *("Amy Green", "Bob Green", "Zed Green"),
    ]
    assert [candidate.group for candidate in page.people] == [RED] * 5 + [YELLOW] * 3 + [EXPIRING] * 2 + [GREEN] * 3
    assert page.counts == {RED: 5, YELLOW: 3, EXPIRING: 2, GREEN: 3}
    assert (page.on, page.undated, page.next_key) == (DAY, False, None)


def test_names_are_ordered_as_people_expect(store: Store) -> None:
    with prepared(store) as db:
        house = House(db)
        for name in ("Özil", "zoe", "Adam", "Émile", "ada", "Łucja"):
            house.person(name)
    assert names(everybody(store, house.session)) == ["ada", "Adam", "Émile", "Özil", "zoe", "Łucja"]


def test_the_course_says_how_many_days_are_soon(store: Store) -> None:
    with prepared(store) as db:
        house = House(db, expiring_days=10)
        house.person("In", COMPLIANT, day(10))
        house.person("Out", COMPLIANT, day(11))
    assert [(one.name, one.group) for one in everybody(store, house.session).people] == [
        ("In", EXPIRING),
        ("Out", GREEN),
    ]


def test_the_day_is_the_start_in_the_organisations_zone(store: Store) -> None:
    """23:30 UTC is the next day in Berlin, on which what ended the day before is over."""
    with prepared(store) as db:
        house = House(db)
        late = make_draft(db, course=house.course, starts_at=dt.datetime(2026, 7, 6, 23, 30, tzinfo=dt.UTC))
        house.person("Ann", COMPLIANT, DAY)
    assert everybody(store, late).on == day(1)
    assert [one.group for one in everybody(store, late).people] == [RED]
    assert [one.group for one in everybody(store, house.session).people] == [EXPIRING]


def test_an_undated_draft_is_judged_today_and_says_so(store: Store) -> None:
    with prepared(store) as db:
        undated = make_draft(db)
    page = store.read(pick, undated, EVERYBODY, now=dt.datetime(2026, 5, 31, 22, 30, tzinfo=dt.UTC))
    assert (page.on, page.undated) == (dt.date(2026, 6, 1), True)


def test_another_courses_items_do_not_count(store: Store) -> None:
    with prepared(store) as db:
        house, other = House(db), make_course(db)
        make_compliance(db, house.person("Ann"), other, NON_COMPLIANT)
    assert (only(store, house.session).group, only(store, house.session).status) == (GREEN, None)


def test_who_has_a_place_or_waits_and_who_left_is_left_out(store: Store) -> None:
    with prepared(store) as db:
        house = House(db)
        states = {
            "Con": EnrollmentState.CONFIRMED,
            "Off": EnrollmentState.OFFERED,
            "Wai": EnrollmentState.WAITLISTED,
            "Wit": EnrollmentState.WITHDRAWN,
        }
        for name, state in states.items():
            make_enrollment(db, house.session, house.person(name, None if name == "Off" else NON_COMPLIANT), state)
        house.person("Gone", NON_COMPLIANT, active=False)
        house.person("Left", active=False)
        other = make_draft(db, course=house.course)
        make_enrollment(db, other, house.person("Elsewhere", NON_COMPLIANT))
    page = everybody(store, house.session)
    assert [(one.name, one.withdrawn) for one in page.people] == [("Elsewhere", False), ("Wit", True)]
    assert page.counts == {RED: 2, YELLOW: 0, EXPIRING: 0, GREEN: 0}


def test_other_coming_dates_of_the_course_are_told(store: Store) -> None:
    with prepared(store) as db:
        house = House(db)
        person = house.person("Ann")
        dates = [("A", "2026-06-10 09:00"), ("B", "2026-08-10 09:00"), ("PAST", "2026-05-10 09:00")]
        for ref, start in dates:
            session = make_draft(db, course=house.course, starts_at=at(start), ref=ref)
            make_enrollment(db, session, person)
        for ref, start in (("OPEN", "2026-09-10 09:00"), ("OPEN-PAST", "2026-05-11 09:00")):
            without_end = make_draft(db, course=house.course, starts_at=at(start), ends_at=None, ref=ref)
            make_enrollment(db, without_end, person)
        waiting = make_draft(db, course=house.course, starts_at=at("2026-08-11 09:00"), ref="WAITING")
        make_enrollment(db, waiting, person, EnrollmentState.WAITLISTED, position=1)
        make_enrollment(db, make_draft(db, starts_at=at("2026-08-12 09:00"), ref="OTHER-COURSE"), person)
        called_off = make_draft(
            db,
            course=house.course,
            starts_at=at("2026-08-13 09:00"),
            ref="OFF",
            status=SessionStatus.CANCELLED,
            cancel_reason="Storm",
        )
        make_enrollment(db, called_off, person)
    found = only(store, house.session)
    assert found.booked_on == ("A", "B", "OPEN")
    assert found.booked_at == (at("2026-06-10 09:00"), at("2026-08-10 09:00"), at("2026-09-10 09:00"))


@pytest.mark.parametrize(
    ("start", "minutes", "is_busy"),
    [
        ("2026-07-06 09:30", 60, True),
        ("2026-07-06 08:30", 120, True),
        ("2026-07-06 08:00", 60, False),
        ("2026-07-06 10:00", 60, False),
    ],
)
def test_a_seat_at_the_same_time_is_told(store: Store, start: str, minutes: int, is_busy: bool) -> None:
    with prepared(store) as db:
        house = House(db)
        session = make_scheduled(db, starts_at=at(start), minutes=minutes, ref="CLASH", title="Fire drill")
        make_enrollment(db, session, house.person("Ann"))
    found = only(store, house.session)
    assert found.busy_in == (("CLASH",) if is_busy else ())
    assert found.busy_with == (("Fire drill",) if is_busy else ())


@pytest.mark.parametrize(
    ("ours", "theirs", "is_told"),
    [
        (OverlapPolicy.IGNORE, OverlapPolicy.IGNORE, False),
        (OverlapPolicy.IGNORE, OverlapPolicy.WARN, True),
        (OverlapPolicy.BLOCK, OverlapPolicy.IGNORE, True),
    ],
)
def test_courses_that_do_not_mind_overlaps_are_not_told(
    store: Store, ours: OverlapPolicy, theirs: OverlapPolicy, is_told: bool
) -> None:
    with prepared(store) as db:
        house = House(db, overlap_policy=ours)
        other = make_course(db, overlap_policy=theirs)
        make_enrollment(db, make_scheduled(db, course=other, starts_at=at("2026-07-06 09:00")), house.person("Ann"))
    assert bool(only(store, house.session).busy_in) is is_told


def test_drafts_waiting_and_cancelled_sessions_keep_nobody_busy(store: Store) -> None:
    with prepared(store) as db:
        house, same = House(db), at("2026-07-06 09:00")
        person = house.person("Ann")
        make_enrollment(db, make_draft(db, starts_at=same), person)
        make_enrollment(db, make_scheduled(db, starts_at=same), person, EnrollmentState.WAITLISTED, position=1)
        gone = make_draft(db, starts_at=same, status=SessionStatus.CANCELLED, cancel_reason="Storm")
        make_enrollment(db, gone, person)
    assert only(store, house.session).busy_in == ()


@pytest.mark.parametrize(
    ("ours", "theirs", "status", "blocks"),
    [
        (OverlapPolicy.WARN, OverlapPolicy.WARN, SessionStatus.SCHEDULED, False),
        (OverlapPolicy.BLOCK, OverlapPolicy.WARN, SessionStatus.SCHEDULED, True),
        (OverlapPolicy.WARN, OverlapPolicy.BLOCK, SessionStatus.SCHEDULED, True),
        (OverlapPolicy.BLOCK, OverlapPolicy.BLOCK, SessionStatus.DRAFT, False),
    ],
)
def test_what_keeps_somebody_from_a_seat_is_told_apart_from_a_warning(
    store: Store, ours: OverlapPolicy, theirs: OverlapPolicy, status: SessionStatus, blocks: bool
) -> None:
    start = at("2026-07-06 09:00")
    with prepared(store) as db:
        house = House(db)
        course = make_course(db, overlap_policy=ours)
        session = make_scheduled(db, course=course, starts_at=at("2026-07-06 09:30"), status=status)
        clash = make_scheduled(db, course=make_course(db, overlap_policy=theirs), starts_at=start)
        make_enrollment(db, clash, house.person("Ann"))
    found = only(store, session)
    assert (found.busy_blocks, found.busy_at) == ((blocks,), (start,))
    assert found.is_kept_out is blocks


def test_an_offer_that_ended_keeps_nobody_busy(store: Store) -> None:
    with prepared(store) as db:
        house = House(db)
        session = make_scheduled(db, starts_at=at("2026-07-06 09:00"))
        for name, until in (("Ann", NOW + dt.timedelta(minutes=1)), ("Bo", NOW)):
            make_enrollment(db, session, house.person(name), EnrollmentState.OFFERED, offer_until=until)
    assert {one.name: bool(one.busy_in) for one in everybody(store, house.session).people} == {"Ann": True, "Bo": False}


@pytest.mark.parametrize("is_required", [True, False])
def test_an_intake_that_the_course_requires_is_told_where_it_is_missing(store: Store, is_required: bool) -> None:
    with prepared(store) as db:
        house = House(db, requires_intake=is_required)
        house.person("Ann", NON_COMPLIANT, intake_on=DAY)
        house.person("Bo", NON_COMPLIANT)
        house.person("Cy", employee_no="77")
    told = {"Ann": False, "Bo": is_required, "Cy": is_required}
    pages = (everybody(store, house.session), everybody(store, house.session, PickerFilter(search="y")))
    for page in pages:
        assert all(told[one.name] is one.intake_missing for one in page.people)
    whole = store.read(pick_all, house.session, EVERYBODY, RED, now=NOW)
    assert {one.name: one.intake_missing for one in whole} == {"Ann": False, "Bo": is_required}


@pytest.fixture
def searched(store: Store) -> tuple[Store, int]:
    """People to look for by name, number and department."""
    with prepared(store) as db:
        house = House(db)
        house.person("Marek Silva", NON_COMPLIANT, employee_no="P10343", department="Maintenance", site="North")
        house.person("Fatima Hart", PENDING, employee_no="P11022", department="Warehouse", site="South")
        house.person("Ömer Straße", employee_no="P20001", department="Lab", site="North", job_role="Chemist")
        house.person("100%_Person\\x", employee_no="X9", department="Lab", site="", job_role="Fitter")
        house.person('O\'Brien "Bo"', COMPLIANT, day(5), employee_no="X10", department="Drilling", site="South")
    return store, house.session


SEARCHES: dict[str, set[str]] = {
    "mar": {"Marek Silva"},
    "MAREK  silva": {"Marek Silva"},
    "silva mar": {"Marek Silva"},
    "maintenance": {"Marek Silva"},
    "ma": {"Marek Silva", "Fatima Hart"},
    "p1": {"Marek Silva", "Fatima Hart"},
    "11022": {"Fatima Hart"},
    "ömer": {"Ömer Straße"},
    "strasse": {"Ömer Straße"},
    "%": {"100%_Person\\x"},
    "_": {"100%_Person\\x"},
    "\\": {"100%_Person\\x"},
    "00%_p": {"100%_Person\\x"},
    '"bo"': {'O\'Brien "Bo"'},
    "o'b": {'O\'Brien "Bo"'},
    "lab x9": {"100%_Person\\x"},
    "mar hart": set(),
    "AND": set(),
    "maintenance OR lab": set(),
    "  ": {"Marek Silva", "Fatima Hart", "Ömer Straße", "100%_Person\\x", 'O\'Brien "Bo"'},
    "\0": {"Marek Silva", "Fatima Hart", "Ömer Straße", "100%_Person\\x", 'O\'Brien "Bo"'},
    "x" * 5000: set(),
}


def test_search_looks_into_name_number_and_department(searched: tuple[Store, int]) -> None:
    store, session = searched
    found = {text: everybody(store, session, PickerFilter(search=text)) for text in SEARCHES}
    assert {text: set(names(page)) for text, page in found.items()} == SEARCHES
    assert all(sum((page.counts or {}).values()) == len(page.people) for page in found.values())


NARROWED: dict[PickerFilter, set[str]] = {
    PickerFilter(departments=("Lab",)): {"Ömer Straße", "100%_Person\\x"},
    PickerFilter(departments=("Lab", "Drilling"), sites=("North", "South")): {"Ömer Straße", 'O\'Brien "Bo"'},
    PickerFilter(job_roles=("Fitter",)): {"100%_Person\\x"},
    PickerFilter(groups=(RED, EXPIRING)): {"Marek Silva", 'O\'Brien "Bo"'},
    PickerFilter(search="a", groups=(GREEN,)): {"Ömer Straße", "100%_Person\\x"},
    PickerFilter(departments=("Nowhere",)): set(),
}


def test_filters_narrow_the_list_and_the_counts(searched: tuple[Store, int]) -> None:
    store, session = searched
    for filters, found in NARROWED.items():
        page = everybody(store, session, filters)
        assert set(names(page)) == found, filters
        assert page.counts == store.read(count_groups, session, filters, now=NOW)
        assert sum((page.counts or {}).values()) == len(found)


def test_what_can_be_filtered_by(searched: tuple[Store, int]) -> None:
    store, _session = searched
    values = store.read(filter_values)
    assert values.departments == ("Drilling", "Lab", "Maintenance", "Warehouse")
    assert values.sites == ("North", "South")
    assert values.job_roles == ("Chemist", "Fitter")


def test_select_all_gives_one_group_whole(searched: tuple[Store, int]) -> None:
    store, session = searched
    green = store.read(pick_all, session, PickerFilter(search="lab"), GREEN, now=NOW)
    assert [one.name for one in green] == ["100%_Person\\x", "Ömer Straße"]
    assert store.read(pick_all, session, PickerFilter(groups=(RED,)), GREEN, now=NOW) == []


def test_a_renamed_person_is_found_by_the_new_name_only(searched: tuple[Store, int]) -> None:
    store, session = searched
    from_name = "UPDATE people SET name = 'Berta Neu', search = 'berta neu p10343', sort_name = 'berta neu',"
    with prepared(store) as db:
        db.connection().exec_driver_sql(f"{from_name} version = version + 1 WHERE employee_no = 'P10343'")
    assert names(everybody(store, session, PickerFilter(search="marek"))) == []
    assert names(everybody(store, session, PickerFilter(search="berta"))) == ["Berta Neu"]


def test_a_session_that_is_gone_is_not_found(store: Store) -> None:
    with prepared(store) as db:
        gone = make_draft(db, deleted_at=NOW)
    for session in (gone, gone + 1000):
        with pytest.raises(NotFound):
            everybody(store, session)


def test_a_pasted_page_is_a_search_like_any_other(searched: tuple[Store, int]) -> None:
    store, session = searched
    pasted = " ".join(f"word{number}" for number in range(5000))
    assert names(everybody(store, session, PickerFilter(search=pasted))) == []
