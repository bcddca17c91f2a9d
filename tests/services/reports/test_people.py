"""Compliance over time and expiries, against every person judged by themselves as of the day (D2, ADR 23)."""

import datetime as dt
from collections import defaultdict
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from tests.databases import StoreFactory
from tests.factories import (
    MADE,
    at,
    make_certificate,
    make_course,
    make_item,
    make_person,
    make_record,
    make_requirement,
    make_scheduled,
    prepared,
)
from trainer_desk import models
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.people.as_of import items_on
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.reports.every import make_report
from trainer_desk.services.rows.reports import Report, ReportWish, Split, Step
from trainer_desk.services.rules.compliance import group_of
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-15 12:00")
TODAY = dt.date(2026, 7, 15)
YEAR = ReportWish(dt.date(2026, 1, 1), dt.date(2026, 9, 30), Step.MONTH)
DAYS = [dt.date(2026, n + 1, 1) - dt.timedelta(days=1) for n in range(1, 10)]
DAYS[6] = TODAY


@pytest.fixture
def store(store_factory: StoreFactory) -> Store:
    return store_factory(FixedClock(NOW))


def build(store: Store) -> None:
    """Make people in several places, of whom rules ask, and who were trained, certified or attested at any time."""
    with prepared(store) as db:
        first = make_course(db, "FIRST", validity_months=3, expiring_days=30)
        fire = make_course(db, "FIRE", validity_months=2, expiring_days=20)
        again = make_course(db, "AGAIN", renews_id=fire)
        make_requirement(db, fire, since=dt.date(2026, 2, 10))
        make_requirement(db, first, department="Press", grace_days=40, since=dt.date(2026, 1, 1))
        make_requirement(db, first, site="North", exempt=True, reason="agreed", until=dt.date(2026, 4, 10))
        session = make_scheduled(db, course=fire, starts_at=at("2026-03-02 09:00"))
        for number in range(24):
            person = make_person(
                db, department=("Press", "Stores", "")[number % 3], site=("North", "South")[number % 2],
                active=number != 5, placed_on=dt.date(2026, 4, 20) if number % 7 == 0 else None,
            )  # fmt: skip
            if number % 2:
                make_record(db, person, fire, dt.date(2026, 1 + number % 6, 3 + number))
            if number % 4 == 1:
                make_record(db, person, again, dt.date(2026, 5, 20))
            if number % 5 == 0:
                make_certificate(
                    db, person, fire, session, dt.date(2026, 3, 2), expires_on=dt.date(2026, 5 + number % 4, 9)
                )
            if number % 3 == 0:
                told = {"stated_at": at(f"2026-0{1 + number % 6}-28 23:30")}
                status = list(ComplianceStatus)[number % 4 - 1 if number % 4 else 2]
                expires = dt.date(2026, 8, 1 + number) if status is ComplianceStatus.COMPLIANT else None
                said = {"course_id": first, "person_id": person, "status": status, "expires_on": expires}
                stamps = {"created_at": MADE, "updated_at": MADE}
                db.execute(sa.insert(models.Attestation).values(said | told | stamps))
        make_record(db, make_person(db, department="Press"), fire, dt.date(2026, 3, 31))  # counts for March
        recompute(db)


def plain_counts(store: Store, of: str) -> dict[tuple[str, str], list[int]]:
    """Judge one person after the other on each day."""

    def every(*columns: InstrumentedAttribute[Any]) -> dict[int, tuple[Any, ...]]:
        return {row[0]: tuple(row[1:]) for row in store.read(lambda db: db.execute(sa.select(*columns)).all())}

    people = every(models.Person.id, models.Person.department, models.Person.site)
    courses = every(models.Course.id, models.Course.code, models.Course.expiring_days)
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 5)
    for day in DAYS:
        for (course, person), item in store.read(items_on, day, people=list(people), today=TODAY).items():
            if item.counts_from is not None and day < item.counts_from:
                continue
            code, margin = courses[course]
            group = group_of(item.status, item.expires_on, day, margin, item.due_on, item.counts_from)
            key = {"course": code, "department": people[person][0], "site": people[person][1]}[of]
            sums = found[f"2026-{day.month:02}", key]
            sums[0] += 1
            sums[{4: 1, 3: 2, 2: 3, 1: 4}[group]] += 1
    return found


def numbers(report: Report) -> dict[tuple[str, str], list[object]]:
    return {(line.period.name, line.group.code): list(line.values[:5]) for line in report.lines}


@pytest.mark.parametrize(("split", "of"), [(Split.COURSE, "course"), (Split.DEPARTMENT, "department")])
def test_compliance_over_time_is_everybody_judged_as_of_each_day(store: Store, split: Split, of: str) -> None:
    """Past days by their facts, today and later by the stored items; shares are of those who are asked."""
    build(store)
    report = store.read(make_report, "compliance", ReportWish(YEAR.first, YEAR.last, Step.MONTH, split), now=NOW)
    expected = plain_counts(store, of)
    assert numbers(report) == expected
    assert len({tuple(sums) for sums in expected.values()}) > 6, "the months differ"
    for line in report.lines:
        asked, compliant, expiring, *_rest = line.values
        assert line.values[5] == ((compliant or 0) + (expiring or 0)) / (asked or 1)


def test_a_filter_leaves_out_the_others(store: Store) -> None:
    build(store)
    wish = ReportWish(YEAR.first, YEAR.last, Step.MONTH, Split.TOTAL, site="North")
    narrowed = store.read(make_report, "compliance", wish, now=NOW)
    expected = plain_counts(store, "site")
    assert {key[0]: values for key, values in numbers(narrowed).items()} == {
        month: sums for (month, site), sums in expected.items() if site == "North"
    } | {month: [0] * 5 for month, _ in numbers(narrowed) if (month, "North") not in expected}


def test_expiries_in_30_60_and_90_days(store: Store) -> None:
    """At the edges of each reach; only people and courses in use, and only what is asked for then."""
    reaches = (-1, 0, 30, 31, 60, 61, 90, 91)
    with prepared(store) as db:
        used, unused = make_course(db, "USED"), make_course(db, "UNUSED", active=False)
        for number, days in enumerate(reaches):
            ends = TODAY + dt.timedelta(days=days)
            for course, active in ((used, True), (unused, True), (used, False)):
                person = make_person(db, department="Press" if number % 2 else "Stores", active=active)
                make_item(db, person, course, ComplianceStatus.COMPLIANT, expires_on=ends)
        ends = TODAY + dt.timedelta(days=10)
        for counts_from in (ends, ends + dt.timedelta(days=1)):
            make_item(db, make_person(db), used, ComplianceStatus.COMPLIANT, expires_on=ends, counts_from=counts_from)
        make_item(db, make_person(db), used, ComplianceStatus.NON_COMPLIANT, expires_on=ends)
    wish = ReportWish(TODAY, TODAY, Step.WHOLE, Split.COURSE)
    [line] = store.read(make_report, "expiries", wish, now=NOW).lines
    assert (line.group.code, line.values) == ("USED", (7, 3, 2, 2))
    by_department = store.read(make_report, "expiries", ReportWish(TODAY, TODAY, Step.WHOLE, Split.DEPARTMENT), now=NOW)
    assert [(line.group.name, line.values) for line in by_department.lines] == [
        ("Press", (3, 1, 1, 1)), ("Stores", (3, 1, 1, 1)), ("", (1, 1, 0, 0)),
    ]  # fmt: skip
