"""A wave of 14 starters and 6 leavers from one file ends with the right people red, today and on later days (N1)."""

import datetime as dt

from tests.factories import BERLIN, make_draft, prepared
from tests.services import wave
from tests.services.exchange.files import Bring, counts, ids_by
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.rows.seats import PickerFilter
from trainer_desk.services.rules.compliance import RED, YELLOW
from trainer_desk.services.seats.picker import pick
from trainer_desk.services.store.engine import Store


def prepare(bring: Bring) -> None:
    """Bring everything that is there before the wave."""
    texts = (
        ("courses", wave.COURSES), ("people", wave.PEOPLE),
        ("requirements", wave.REQUIREMENTS), ("compliance", wave.COMPLIANCE),
    )  # fmt: skip
    for kind, text in texts:
        assert bring(kind, text).refused == []


def groups(store: Store, course: str, days: int, group: int) -> set[str]:
    """Give the numbers of a group, judged so many days from today in Berlin; nothing is written for it."""
    day = dt.datetime.now(BERLIN).replace(hour=9) + dt.timedelta(days=days)
    with store.writing("Looked") as unit:
        session = make_draft(unit.db, course=ids_by(unit.db, "courses", "code")[course], starts_at=day)
        page = pick(unit.db, session, PickerFilter(groups=(group,)), now=unit.now)
        unit.discard()
    return {person.employee_no for person in page.people}


def require_wave(store: Store) -> None:
    for course, by_day in wave.RED.items():
        for days, numbers in by_day.items():
            assert groups(store, course, days, RED) == numbers, (course, days)
    for days, numbers in wave.YELLOW["FORK"].items():
        assert groups(store, "FORK", days, YELLOW) == numbers
    assert store.read(check_database) == []


def test_the_right_people_are_red(store: Store, bring: Bring) -> None:
    prepare(bring)
    assert groups(store, "FIRE", 1, RED) == {"1"}, "everybody else holds it, or is exempt"
    assert counts(bring("people", wave.WAVE)) == (13, 7, 0, [])
    require_wave(store)


def test_undo_and_redo_of_the_wave_take_compliance_along(store: Store, bring: Bring) -> None:
    prepare(bring)
    bring("people", wave.WAVE)
    undo_last(store)
    assert groups(store, "FIRE", 1, RED) == {"1"}
    assert groups(store, "FORK", 15, RED) == {"1", "2", "3"}
    assert store.read(check_database) == []
    redo_last(store)
    require_wave(store)


def test_undo_of_rules_statements_and_courses(store: Store, bring: Bring) -> None:
    bring("courses", "code,title,validity_months\nFIRE,Fire,12\n")
    bring("people", "employee_no,name\n1,Ann\n2,Bo\n")
    steps = (
        ("requirements", "course\nFIRE\n", {"1", "2"}),
        ("compliance", "employee_no,course,status,expires_on\n1,FIRE,COMPLIANT,2999-01-01\n", {"2"}),
        ("requirements", "course,employee_no,exempt,reason\nFIRE,2,yes,Ill\n", set()),
        ("courses", "code,validity_months\nFIRE,24\n", set()),
    )
    before = [set[str]()]
    for kind, text, red in steps:
        bring(kind, text)
        assert groups(store, "FIRE", 1, RED) == red
        before.append(red)
    for red in reversed(before[:-1]):
        undo_last(store)
        assert groups(store, "FIRE", 1, RED) == red
        assert store.read(check_database) == []


def test_leaving_and_coming_back_begins_grace_anew(store: Store, bring: Bring) -> None:
    prepare(bring)
    with prepared(store) as db:
        day = dt.datetime.now(BERLIN).date() - dt.timedelta(days=400)
        db.connection().exec_driver_sql(f"UPDATE people SET placed_on = '{day}', version = version + 1")
        db.connection().exec_driver_sql(f"UPDATE requirements SET since = '{day}', version = version + 1")
    bring("people", "employee_no,active\n1,no\n")
    bring("people", "employee_no,active\n1,yes\n")
    bring("people", "employee_no,job_role\n2,Clerk\n")
    bring("people", "employee_no,job_role\n2,Driver\n")
    bring("people", "employee_no,name\n3,Renamed\n")
    assert groups(store, "FORK", 1, YELLOW) == {"1", "2"}
    assert groups(store, "FORK", 1, RED) == {"3"}
