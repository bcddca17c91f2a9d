"""A file of the whole staff: whoever is missing is deactivated, gives up every place, and comes back by one undo."""

import pytest

from tests.services.exchange.files import Bring, stored, whys
from trainer_desk.services.errors import BadValue, Stale
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.store.engine import Store

STAFF = "employee_no,name\n1,Ann\n2,Bo\n3,Cy\n"


def in_use(store: Store) -> list[str]:
    return [number for (number,) in stored(store, "people", "employee_no", active=True)]


@pytest.fixture
def staff(bring: Bring) -> None:
    bring("courses", "code,title\nF,Fire\n")
    bring("trainers", "code,name\nT,Tom\n")
    bring("venues", "code,name\nV,Hall\n")
    bring("qualifications", "trainer,course\nT,F\n")
    bring("people", STAFF)
    header = "ref,course,trainer,venue,start,end,capacity,waitlist,status\n"
    bring("sessions", f"{header}S,F,T,V,2037-03-02T09:00,2037-03-02T10:00,1,enrol,SCHEDULED\n")
    bring("enrollments", "session,employee_no\nS,2\nS,1\n")


@pytest.mark.usefixtures("staff")
def test_who_is_missing_leaves_and_comes_back_by_one_undo(store: Store, bring: Bring) -> None:
    text = "employee_no,name\n1,Ann\n4,Di\n"
    rehearsed = bring("people", text, whole_staff=True, dry_run=True)
    assert [(one.employee_no, one.name, one.places) for one in rehearsed.missing] == [
        ("2", "Bo", ("S",)),
        ("3", "Cy", ()),
    ]
    assert in_use(store) == ["1", "2", "3"]
    report = bring("people", text, whole_staff=True, agreement=rehearsed.agreement)
    assert (report.added, report.unchanged, len(report.missing)) == (1, 1, 2)
    assert in_use(store) == ["1", "4"]
    seats = dict(stored(store, "enrollments", "person_id", "state"))
    assert list(seats.values()) == ["confirmed", "withdrawn"], "whoever waited has the seat"
    undo_last(store)
    assert in_use(store) == ["1", "2", "3"]
    assert list(dict(stored(store, "enrollments", "person_id", "state")).values()) == ["waitlisted", "confirmed"]


@pytest.mark.usefixtures("staff")
def test_a_refused_row_keeps_its_person(store: Store, bring: Bring) -> None:
    report = bring("people", "employee_no,name,active\n1,Ann,\n2,Bo,perhaps\n3,,\n", whole_staff=True)
    assert [row for row, _field, _why in whys(report)] == [3, 4]
    assert not report.missing
    assert in_use(store) == ["1", "2", "3"]


REFUSED = {
    "no rows": ("employee_no,name\n", "staff_is_empty"),
    "a ragged row": ("employee_no,name\n1,Ann\n2\n", "staff_without_numbers"),
    "no number": ("employee_no,name\n1,Ann\n,Bo\n", "staff_without_numbers"),
}


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED)
def test_nobody_leaves_by_a_file_that_cannot_be_the_staff(store: Store, bring: Bring, text: str, why: str) -> None:
    bring("people", STAFF)
    with pytest.raises(BadValue) as refused:
        bring("people", text, whole_staff=True)
    assert refused.value.facts["why"] == why
    assert in_use(store) == ["1", "2", "3"]


def test_only_those_agreed_to_leave(store: Store, bring: Bring) -> None:
    bring("people", STAFF)
    text = "employee_no,name\n1,Ann\n2,Bo\n"
    agreed = bring("people", text, whole_staff=True, dry_run=True).agreement
    bring("people", "employee_no,name\n5,Eve\n")
    with pytest.raises(Stale):
        bring("people", text, whole_staff=True, agreement=agreed)
    assert in_use(store) == ["1", "2", "3", "5"]
    with pytest.raises(BadValue):
        bring("courses", "code,title\nF,Fire\n", whole_staff=True)
