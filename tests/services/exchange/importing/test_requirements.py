"""Requirements from a file: keys with blanks, exemptions, refusals in words, and items that follow at once (N1)."""

import datetime as dt

import pytest
import sqlalchemy as sa

from tests.factories import MADE, prepared
from tests.services.exchange.files import Bring, counts, stored, warned, whys
from trainer_desk.models import Course, Requirement
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.store.engine import Store
from trainer_desk.texts import error_text

HEAD = "course,job_role,department,site,employee_no,grace_days,exempt,reason,until\n"


@pytest.fixture(autouse=True)
def _people(bring: Bring) -> None:
    bring("courses", "code,title\nF,Fire\nG,Gas\nX,Old\n")
    bring("people", "employee_no,name,job_role,site\n1,Ann,Operator,North\n2,Bo,Operator,South\n3,Cy,Clerk,South\n")


def test_rules_of_every_shape_and_their_items(store: Store, bring: Bring) -> None:
    rows = "F,,,,,,,,\nG,Operator,,,,30,,,\nG,Operator,,South,,7,,,\nF,,,,3,,yes,On leave,2030-01-31\n"
    assert counts(bring("requirements", HEAD + rows)) == (4, 0, 0, [])
    assert counts(bring("requirements", HEAD + rows)) == (0, 0, 4, [])
    query = sa.text(
        "SELECT c.code, p.employee_no, i.status, i.counts_from FROM compliance_items i"
        " JOIN people p ON p.id = i.person_id JOIN courses c ON c.id = i.course_id ORDER BY 1, 2"
    )
    with store.reading() as db:
        found = [(code, number, status, str(counts_from)) for code, number, status, counts_from in db.execute(query)]
    assert found == [
        ("F", "1", "NON_COMPLIANT", "None"),
        ("F", "2", "NON_COMPLIANT", "None"),
        ("F", "3", "NON_COMPLIANT", "2030-02-01"),
        ("G", "1", "PENDING", "None"),
        ("G", "2", "PENDING", "None"),
    ]
    [(_, placed_on)] = stored(store, "people", "employee_no", "placed_on", employee_no="1")
    grace = [due_on - placed_on for (due_on,) in stored(store, "compliance_items", "due_on") if due_on]
    assert sorted(one.days for one in grace) == [7, 30]
    assert store.read(check_database) == []


def test_parts_of_the_key_may_be_left_out_and_tell_rows_apart(bring: Bring) -> None:
    assert counts(bring("requirements", "course,grace_days\nF,3\nG,\n")) == (2, 0, 0, [])
    report = bring("requirements", "course,site,grace_days\nF,,5\nF,South,\nF,,5\nF,,6\n")
    assert counts(report) == (1, 1, 1, [(5, "F", "duplicate_ref")])
    assert warned(report) == [(4, "repeated_row")]


@pytest.mark.parametrize(
    ("row", "field", "why", "words"),
    [
        ("X,,,,,,,,", "course", "course_retired", "no longer in use"),
        ("F,,,,,,yes,,", "reason", "exempt_without_reason", "needs a reason"),
        ("F,,,,,,,,2030-01-01", "until", "until_without_exempt", "Only an exemption"),
        ("F,,,,,-1,,,", "grace_days", "out_of_range", "from 0 to 36500"),
        ("F,,,,9,,,,", "employee_no", None, "9"),
        ("Q,,,,,,,,", "course", None, "Q"),
    ],
)
def test_what_cannot_be_a_rule(store: Store, bring: Bring, row: str, field: str, why: str | None, words: str) -> None:
    with prepared(store) as db:
        retired = sa.update(Course).where(Course.code == "X").values(active=False, version=Course.version + 1)
        db.execute(retired)
    report = bring("requirements", HEAD + row + "\n")
    assert whys(report) == [(2, field, why)]
    assert words in error_text(report.refused[0].error)
    assert stored(store, "requirements", "id") == stored(store, "compliance_items", "status") == []


def test_a_deleted_rule_is_there_again_and_counts_from_today(store: Store, bring: Bring) -> None:
    bring("requirements", HEAD + "F,,,,1,30,yes,Ill,2030-01-01\n")
    with prepared(store) as db:
        gone = {"deleted_at": MADE, "since": dt.date(2020, 1, 1), "version": Requirement.version + 1}
        db.execute(sa.update(Requirement).values(gone))
    assert counts(bring("requirements", "course,employee_no\nF,1\n")) == (0, 1, 0, [])
    columns = ("grace_days", "exempt", "reason", "until", "deleted_at", "since")
    [(*own, since)] = stored(store, "requirements", *columns)
    assert own == [None, False, None, None, None]
    assert since > dt.date(2020, 1, 1)
    assert [status for (status,) in stored(store, "compliance_items", "status")] == ["NON_COMPLIANT"]


def test_an_exemption_that_is_taken_back_needs_no_reason(store: Store, bring: Bring) -> None:
    bring("requirements", HEAD + "F,,,,1,,yes,Ill,2030-01-01\n")
    assert counts(bring("requirements", "course,employee_no,exempt\nF,1,no\n")) == (0, 1, 0, [])
    assert stored(store, "requirements", "exempt", "reason", "until") == [(False, None, None)]
