"""Enrollments from a file: the guard, marks, withdrawing, and what is equal."""

import pytest

from tests.services.exchange.files import Bring, counts, number_of_changes, stored
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.store.engine import Store

CATALOGUE = {
    "courses": "code,title\nF,Fire\n",
    "venues": "code,name\nR1,Room 1\n",
    "trainers": "code,name\nT,Tom\n",
    "qualifications": "trainer,course\nT,F\n",
    "people": "employee_no,name,active\n1,Ann,\n2,Bo,\n3,Cy,\n4,Di,no\n",
    "sessions": "ref,course,trainer,venue,start,end,capacity,status\n"
    "A,F,T,R1,2027-07-05T09:00,2027-07-05T10:00,2,SCHEDULED\nD,F,,,,,,DRAFT\n",
}


@pytest.fixture
def bring(bring: Bring) -> Bring:
    """Import into an organisation with a scheduled session of two seats, a draft, and four people, one of them gone."""
    for kind, text in CATALOGUE.items():
        assert not bring(kind, text).refused
    return bring


def seats(store: Store) -> dict[str, tuple[str, str, str | None]]:
    people = dict(stored(store, "people", "id", "employee_no"))
    found = stored(store, "enrollments", "person_id", "state", "attendance", "remarks")
    return {people[person]: (state, attendance, remarks) for person, state, attendance, remarks in found}


def test_places_and_the_last_seat(store: Store, bring: Bring) -> None:
    text = "session,employee_no\nA,1\nA,9\nX,1\nA,2\nA,3\nA,4\n"
    refused = [(3, "A/9", "not_found"), (4, "X/1", "not_found"), (6, "A/3", "session_full"), (7, "A/4", "not_found")]
    assert counts(bring("enrollments", text)) == (2, 0, 0, refused)
    assert set(seats(store)) == {"1", "2"}
    assert store.read(check_database) == []
    before = number_of_changes(store)
    assert counts(bring("enrollments", "session,employee_no,state\nA,1,confirmed\nA,2,\n")) == (0, 0, 2, [])
    assert number_of_changes(store) == before


def test_marks_and_remarks(store: Store, bring: Bring) -> None:
    text = "session,employee_no,attendance,remarks\nA,1,attended,left early\nA,2,,\n"
    assert counts(bring("enrollments", text)) == (2, 0, 0, [])
    assert counts(bring("enrollments", text)) == (0, 0, 2, [])
    assert seats(store) == {"1": ("confirmed", "attended", "left early"), "2": ("confirmed", "registered", None)}
    assert counts(bring("enrollments", "session,employee_no,remarks\nA,1,\n")) == (0, 1, 0, [])
    assert seats(store)["1"] == ("confirmed", "attended", None)


def test_nobody_is_marked_in_a_draft(store: Store, bring: Bring) -> None:
    text = "session,employee_no,attendance\nD,1,attended\nD,2,registered\n"
    assert counts(bring("enrollments", text)) == (1, 0, 0, [(2, "D/1", "wrong_state")])
    assert set(seats(store)) == {"2"}


def test_withdrawing_frees_the_seat_and_stays_on_record(store: Store, bring: Bring) -> None:
    bring("enrollments", "session,employee_no\nA,1\nA,2\n")
    text = "session,employee_no,state\nA,1,withdrawn\nA,3,confirmed\n"
    assert counts(bring("enrollments", text)) == (1, 1, 0, [])
    assert {number: state for number, (state, *_) in seats(store).items()} == {
        "1": "withdrawn",
        "2": "confirmed",
        "3": "confirmed",
    }
    assert counts(bring("enrollments", text)) == (0, 0, 2, [])
    assert store.read(check_database) == []


def test_a_withdrawn_place_is_revived(store: Store, bring: Bring) -> None:
    bring("enrollments", "session,employee_no,attendance\nA,1,no_show\n")
    bring("enrollments", "session,employee_no,state\nA,1,withdrawn\n")
    report = bring("enrollments", "session,employee_no,state,attendance\nA,1,confirmed,attended\n")
    assert counts(report) == (0, 1, 0, [])
    assert seats(store)["1"][:2] == ("confirmed", "attended")


@pytest.mark.parametrize(("column", "value"), [("state", "perhaps"), ("attendance", "late")])
def test_unknown_words(bring: Bring, column: str, value: str) -> None:
    report = bring("enrollments", f"session,employee_no,{column}\nA,1,{value}\n")
    assert [row.error.facts["why"] for row in report.refused] == ["not_one_of"]
