"""Fixtures of the command line: an empty organisation, and a small one that has what a session needs."""

import datetime as dt

import pytest

from tests.cli.commands import Desk
from tests.cli.plan import Plan
from tests.databases import StoreFactory
from tests.factories import (
    make_compliance,
    make_course,
    make_person,
    make_qualification,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models.enums import ComplianceStatus

WHEN = ("--start", "2027-07-05T09:00", "--end", "2027-07-05T10:00")


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the password of logins that a server does not know yet."""
    monkeypatch.setenv("TRAINER_DESK_NEW_PASSWORD", "only-for-these-tests")


@pytest.fixture
def empty_desk(store_url: str, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Give the command line on an empty organisation in Europe/Berlin, once on each kind of database."""
    return Desk(store_url, capsys)


@pytest.fixture
def desk(empty_desk: Desk, store_factory: StoreFactory) -> Desk:
    """Give the command line on a small organisation: two courses, three rooms, two trainers and four people."""
    with prepared(store_factory()) as db:
        fire = make_course(db, "FIRE", title="Fire safety", default_capacity=12)
        gas = make_course(db, "GAS", title="Gas")
        for code, name, capacity in (("HALL", "Hall", 40), ("R1", "Room 1", 2), ("R2", "Room 2", 20)):
            make_venue(db, code, name=name, capacity=capacity)
        make_trainer(db, "TOM", name="Tom", courses=[fire])
        una = make_trainer(db, "UNA", name="Una", courses=[fire])
        make_qualification(db, una, gas, valid_until=dt.date(2027, 6, 30))
        make_person(db, "Ann", employee_no="1", department="Press")
        bo, cy, di = (
            make_person(db, name, employee_no=number, department=department)
            for name, number, department in (("Bo", "2", "Press"), ("Cy", "3", "Stores"), ("Di", "4", "Stores"))
        )
        make_compliance(db, bo, fire, ComplianceStatus.PENDING)
        make_compliance(db, cy, fire, ComplianceStatus.NON_COMPLIANT)
        make_compliance(db, di, fire, ComplianceStatus.COMPLIANT, dt.date(2027, 7, 20))
    return empty_desk


@pytest.fixture
def scheduled(desk: Desk) -> Desk:
    """Schedule session A of FIRE with Tom in Room 1, three seats, on Monday 5 July 2027 from nine to ten."""
    desk.ok("draft", "--ref", "A", "--course", "FIRE", "--trainer", "TOM", "--venue", "R1", "--capacity", "3", *WHEN)
    desk.ok("publish", "A")
    return desk


@pytest.fixture
def plan(store_factory: StoreFactory) -> Plan:
    """Give what makes sessions and places in the organisation of `empty_desk`, with five people."""
    plan = Plan(store_factory())
    plan.people()
    return plan
