"""People: one or a hundred thousand, with contacts and derived keys."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.factories import make_enrollment, make_scheduled, prepared
from tests.services.exchange.files import Bring, counts, stored
from trainer_desk.models.enums import EnrollmentState, WaitlistMode
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.rules.names import search_key, sort_name
from trainer_desk.services.store.engine import Store
from trainer_desk.texts.warnings import warning_text

FEW_OR_MANY = pytest.mark.parametrize("few", [1, 500], ids=["one row at a time", "all at once"])
WHOLE = (
    "employee_no,name,department,site,job_role,manager_no,email,phone,active,emergency_contact_name,"
    "emergency_contact_phone,intake_on\n"
    "E1,Çelik Öz,Press,York,Operator,E9,c@example.org,+44 1,no,Mum,+44 2,2026-02-01\n"
)


@FEW_OR_MANY
def test_every_column(store: Store, bring: Bring, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr("trainer_desk.services.exchange.importing.people.AT_ONCE", few)
    assert counts(bring("people", WHOLE)) == (1, 0, 0, [])
    assert counts(bring("people", WHOLE)) == (0, 0, 1, [])
    columns = ("name", "department", "site", "job_role", "manager_no", "email", "phone", "active")
    assert stored(store, "people", *columns) == [
        ("Çelik Öz", "Press", "York", "Operator", "E9", "c@example.org", "+44 1", False)
    ]
    [(intake_on, search, sorted_by)] = stored(store, "people", "intake_on", "search", "sort_name")
    assert intake_on.isoformat() == "2026-02-01"
    assert (search, sorted_by) == (search_key("Çelik Öz", "E1", "Press"), sort_name("Çelik Öz"))
    assert stored(store, "contacts", "name", "phone") == [("Mum", "+44 2")]


@FEW_OR_MANY
def test_only_what_differs_is_written(store: Store, bring: Bring, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr("trainer_desk.services.exchange.importing.people.AT_ONCE", few)
    bring("people", "employee_no,name,active\n1,Ann,yes\n2,Bo,yes\n3,Cy,yes\n")
    report = bring("people", "employee_no,name,active\n1,Ann,yes\n2,Bob,yes\n3,Cy,no\n4,Di,yes\n")
    assert counts(report) == (1, 2, 1, [])
    assert stored(store, "people", "employee_no", "name", "active", "version") == [
        ("1", "Ann", True, 1),
        ("2", "Bob", True, 2),
        ("3", "Cy", False, 2),
        ("4", "Di", True, 1),
    ]


def test_contacts_change_alone(store: Store, bring: Bring) -> None:
    bring("people", WHOLE)
    text = "employee_no,emergency_contact_phone\nE1,+44 3\n"
    assert counts(bring("people", text)) == (0, 1, 0, [])
    assert stored(store, "contacts", "name", "phone") == [("Mum", "+44 3")]
    assert counts(bring("people", text)) == (0, 0, 1, [])
    assert counts(bring("people", "employee_no,emergency_contact_name,emergency_contact_phone\nE1,,\n"))[1] == 1
    assert stored(store, "contacts", "name", "phone") == [(None, None)]


def test_a_rename_reaches_compliance_in_which_the_picker_reads_names(store: Store, bring: Bring) -> None:
    bring("courses", "code,title\nF,Fire\n")
    bring("people", "employee_no,name\n1,Ann\n")
    bring("compliance", "employee_no,course,status\n1,F,PENDING\n")
    bring("people", "employee_no,name\n1,Zoë\n")
    assert stored(store, "compliance_items", "sort_name") == [(sort_name("Zoë"),)]
    assert store.read(check_database) == []


def test_names_are_stored_composed(store: Store, bring: Bring) -> None:
    bring("people", "employee_no,name\n1,Jose\u0301\n")
    assert stored(store, "people", "name") == [("José",)]
    assert counts(bring("people", "employee_no,name\n1,José\n")) == (0, 0, 1, [])


def test_markup_and_formulas_in_names_stay_text(store: Store, bring: Bring) -> None:
    bring("people", "employee_no,name\n1,<b>Ann</b><img src=x>\n2,'=1+1\n")
    assert stored(store, "people", "employee_no", "name") == [("1", "<b>Ann</b><img src=x>"), ("2", "=1+1")]


@pytest.mark.parametrize(("number", "why"), [("x" * 65, "too_long"), ("a|b", "bar_in_code")])
def test_numbers_that_cannot_be_kept(bring: Bring, number: str, why: str) -> None:
    report = bring("people", f"employee_no,name\n{number},Ann\n")
    assert [row.error.facts["why"] for row in report.refused] == [why]


def test_many_at_once(store: Store, bring: Bring) -> None:
    rows = "".join(f"{number},Person {number},Dept {number % 7}\n" for number in range(3_000))
    steps: list[int] = []
    report = bring("people", "employee_no,name,department\n" + rows, step=steps.append)
    assert counts(report) == (3_000, 0, 0, [])
    assert len(rows) > 1_000
    assert steps
    found = store.read(lambda db: db.execute(sa.text("SELECT count(*), count(DISTINCT id) FROM people")).one())
    assert tuple(found) == (3_000, 3_000)
    count = sa.text("SELECT count(*) FROM change_rows WHERE tbl = 'people'")
    journaled = store.read(lambda db: db.execute(count).scalar())
    assert journaled == 3_000


def test_whoever_leaves_gives_up_every_coming_place_and_the_row_says_so(store: Store, bring: Bring) -> None:
    bring("people", "employee_no,name\n1,Ann\n2,Bo\n")
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(days=9)
    with prepared(store) as db:
        session = make_scheduled(db, starts_at=soon, capacity=1, waitlist=WaitlistMode.ENROL, ref="SOON")
        make_enrollment(db, session, 1)
        make_enrollment(db, session, 2, EnrollmentState.WAITLISTED)
    report = bring("people", "employee_no,active\n1,no\n2,yes\n")
    assert counts(report) == (0, 1, 1, [])
    [warned] = report.warnings
    assert (warned.row, warned.ref, warned.code, warned.facts["sessions"]) == (2, "1", "places_given_up", "SOON")
    said = warning_text(warned.code, warned.facts, ZoneInfo("UTC"))
    assert said == "The person has left and gave up every coming place: SOON."
    assert stored(store, "enrollments", "person_id", "state") == [(1, "withdrawn"), (2, "confirmed")]
    assert bring("people", "employee_no,active\n1,no\n").warnings == []
