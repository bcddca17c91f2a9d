"""Compliance items follow rules, attestations and records of people and courses, and only what differs is written."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import (
    MADE,
    MONDAY,
    make_compliance,
    make_course,
    make_people,
    make_person,
    make_record,
    make_requirement,
    prepared,
)
from trainer_desk.models import ComplianceItem, Course, Person, Requirement
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.people import compliance
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.store.engine import Store

DAY = MONDAY.date()
NON_COMPLIANT, PENDING, COMPLIANT = "NON_COMPLIANT", "PENDING", "COMPLIANT"
COLUMNS = (ComplianceItem.status, ComplianceItem.expires_on, ComplianceItem.due_on, ComplianceItem.counts_from)


def days(count: int) -> dt.date:
    return DAY + dt.timedelta(days=count)


def items(store: Store, course: int) -> dict[int, tuple[Any, ...]]:
    """Give the items of a course by person, each without the empty days at its end."""
    query = sa.select(ComplianceItem.person_id, *COLUMNS).where(ComplianceItem.course_id == course)
    with store.reading() as db:
        found = {person: list(rest) for person, *rest in db.execute(query)}
    for row in found.values():
        while row[-1] is None:
            row.pop()
    return {person: tuple(row) for person, row in found.items()}


@pytest.fixture(params=[0, 2_000], ids=["many", "few"])
def _few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go both ways: few people with all courses at once, many course by course."""
    monkeypatch.setattr(compliance, "FEW", request.param)


@pytest.mark.usefixtures("_few")
def test_items_come_and_go_with_rules_people_and_courses(store: Store) -> None:
    with prepared(store) as db:
        fire, gas = make_course(db, "FIRE"), make_course(db, "GAS", validity_months=12)
        ann = make_person(db, "Ann", job_role="Operator", site="North", placed_on=DAY)
        bo = make_person(db, "Bo", job_role="Driver")
        cy = make_person(db, "Cy", job_role="Operator", active=False)
        people = {ann, bo, cy}
        operators = make_requirement(db, fire, job_role="Operator", grace_days=14)
        recompute(db, people=people)
    assert items(store, fire) == {ann: (PENDING, None, days(14))}
    with prepared(store) as db:
        make_requirement(db, gas)
        make_requirement(db, gas, person_id=bo, exempt=True, reason="Ill", until=days(5))
        make_record(db, ann, gas, dt.date(2026, 1, 31))
        recompute(db, courses={gas})
    assert items(store, gas) == {ann: (COMPLIANT, dt.date(2027, 1, 31)), bo: (NON_COMPLIANT, None, None, days(6))}
    with prepared(store) as db:
        bump = {"version": Person.version + 1}
        db.execute(sa.update(Person).where(Person.id == ann).values(job_role="Clerk", **bump))
        db.execute(sa.update(Person).where(Person.id == cy).values(active=True, **bump))
        recompute(db, people=people)
    assert items(store, fire) == {cy: (PENDING, None, dt.date(2026, 1, 15))}
    assert items(store, gas).keys() == {ann, bo, cy}
    with prepared(store) as db:
        gone = sa.update(Requirement).where(Requirement.id == operators)
        db.execute(gone.values(deleted_at=MADE, version=Requirement.version + 1))
        db.execute(sa.update(Course).where(Course.id == gas).values(active=False, version=Course.version + 1))
        recompute(db, courses={fire, gas})
    assert items(store, fire) == items(store, gas) == {}
    assert store.read(check_database) == []


def test_a_refresher_renews_what_it_renews_through_others_too(store: Store) -> None:
    with prepared(store) as db:
        basic = make_course(db, "BASIC", validity_months=24)
        yearly = make_course(db, "YEARLY", validity_months=12, renews_id=basic)
        short = make_course(db, "SHORT", renews_id=yearly)
        ann, bo = make_people(db, 2)
        make_compliance(db, ann, basic, ComplianceStatus.COMPLIANT, days(-1))
        make_record(db, ann, short, DAY, recorded_at=MADE + dt.timedelta(hours=1), expires_on=days(3))
        make_record(db, bo, yearly, DAY, recorded_at=MADE)
        recompute(db, people={ann, bo}, courses={short, yearly})
    two_years, a_year = DAY.replace(year=2028), DAY.replace(year=2027)
    assert items(store, basic) == {ann: (COMPLIANT, two_years), bo: (COMPLIANT, two_years)}
    assert items(store, yearly) == {ann: (COMPLIANT, a_year), bo: (COMPLIANT, a_year)}
    assert items(store, short) == {ann: (COMPLIANT, days(3))}


def test_held_and_not_asked_is_kept_and_never_counts(store: Store) -> None:
    with prepared(store) as db:
        fire = make_course(db, "FIRE")
        ann, bo = make_people(db, 2)
        make_compliance(db, ann, fire, ComplianceStatus.NON_COMPLIANT)
        make_compliance(db, bo, fire, ComplianceStatus.COMPLIANT, days(9))
        make_requirement(db, fire, site="South")
        recompute(db)
    assert items(store, fire) == {
        ann: (NON_COMPLIANT, None, None, dt.date.max),
        bo: (COMPLIANT, days(9), None, dt.date.max),
    }


def test_only_what_differs_is_written(store: Store) -> None:
    """Seen by who wrote a row: the database counts every write, also one of the same values."""
    with prepared(store) as db:
        fire = make_course(db, "FIRE")
        ann, _bo = make_people(db, 2)
        make_requirement(db, fire)
        recompute(db)
    before = written(store, fire)
    with prepared(store) as db:
        make_record(db, ann, fire, DAY)
        recompute(db)
    after = written(store, fire)
    assert items(store, fire)[ann] == (COMPLIANT,)
    if not store.is_file:
        assert [one == other for one, other in zip(before, after, strict=True)] == [False, True]


def written(store: Store, course: int) -> list[object]:
    """Give what the server stamps on rows, by person; a file stamps nothing."""
    if store.is_file:
        return []
    with store.reading() as db:
        query = sa.text("SELECT xmin FROM compliance_items WHERE course_id = :course ORDER BY person_id")
        return list(db.execute(query, {"course": course}).scalars())


def test_nobody_and_no_course_is_not_everybody(store: Store) -> None:
    with prepared(store) as db:
        fire = make_course(db, "FIRE")
        make_people(db, 1)
        make_requirement(db, fire)
        recompute(db, people=set())
        recompute(db, courses=[])
    assert items(store, fire) == {}
