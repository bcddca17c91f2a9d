"""Enrollments from a file: the guard, marks, withdrawing, and what is equal."""

import pytest

from tests.services.exchange.files import Bring, counts, number_of_changes, stored
from trainer_desk.services.orchestration import completing
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


def test_a_refusal_names_who_and_what_is_in_the_way(bring: Bring) -> None:
    """C6, K12: by the same guard as the picker, in the same words."""
    bring("courses", "code,title,requires_intake,overlap_policy\nF,Fire,no,block\nG,Gas,yes,\n")
    bring("venues", "code,name\nR2,Room 2\n")
    bring("trainers", "code,name\nU,Una\n")
    bring("qualifications", "trainer,course\nU,F\n")
    head = "ref,course,trainer,venue,start,end,capacity,waitlist,status\n"
    times = "2027-07-05T09:00,2027-07-05T10:00"
    bring("sessions", f"{head}B,F,U,R2,{times},5,,SCHEDULED\nC,F,U,R2,{times.replace('05T', '06T')},5,on,SCHEDULED\n")
    bring("sessions", f"{head}G,G,,,,,,,DRAFT\n")
    report = bring("enrollments", "session,employee_no\nA,1\nA,2\nA,3\nA,4\nB,1\nG,1\n")
    told = {row.ref: row.error for row in report.refused}
    assert {ref: error.code for ref, error in told.items()} == {
        "A/3": "session_full",
        "A/4": "not_found",
        "B/1": "attendee_busy",
        "G/1": "intake_missing",
    }
    assert (told["A/3"].facts["people"], told["A/3"].facts["capacity"]) == (2, 2)
    assert told["A/4"].facts == {"kind": "person", "key": "4"}
    (busy,), (intake,) = told["B/1"].findings, told["G/1"].findings
    assert (busy.subject, busy.clashes_with) == ("1", ("A",))
    assert (intake.subject, [fix.code for fix in intake.fixes]) == ("1", ["record_intake"])


def test_an_overlap_that_is_only_warned_of(bring: Bring) -> None:
    """C6: `warn` seats the person and says so, row by row."""
    bring("venues", "code,name\nR2,Room 2\n")
    bring("trainers", "code,name\nU,Una\n")
    bring("qualifications", "trainer,course\nU,F\n")
    head = "ref,course,trainer,venue,start,end,status\n"
    bring("sessions", f"{head}B,F,U,R2,2027-07-05T09:00,2027-07-05T10:00,SCHEDULED\n")
    text = "session,employee_no\nA,1\nB,1\n"
    report = bring("enrollments", text)
    assert counts(report) == (2, 0, 0, [])
    assert [(one.code, one.ref) for one in report.warnings] == [("attendee_busy", "B/1")]
    assert bring("enrollments", text).warnings == []


def test_who_cannot_be_seated_now_waits_for_a_reason(bring: Bring) -> None:
    bring("courses", "code,title,overlap_policy\nF,Fire,block\n")
    bring("venues", "code,name\nR2,Room 2\n")
    bring("trainers", "code,name\nU,Una\n")
    bring("qualifications", "trainer,course\nU,F\n")
    head = "ref,course,trainer,venue,start,end,waitlist,status\n"
    bring("sessions", f"{head}B,F,U,R2,2027-07-05T09:00,2027-07-05T10:00,on,SCHEDULED\n")
    report = bring("enrollments", "session,employee_no\nA,1\nB,1\n")
    assert counts(report) == (2, 0, 0, [])
    assert [(one.code, one.ref) for one in report.warnings] == [("kept_waiting", "B/1"), ("attendee_busy", "B/1")]


def test_marks_and_remarks(store: Store, bring: Bring) -> None:
    text = "session,employee_no,attendance,remarks\nA,1,attended,left early\nA,2,,\n"
    assert counts(bring("enrollments", text)) == (2, 0, 0, [])
    assert counts(bring("enrollments", text)) == (0, 0, 2, [])
    assert seats(store) == {"1": ("confirmed", "attended", "left early"), "2": ("confirmed", "registered", None)}
    assert counts(bring("enrollments", "session,employee_no,remarks\nA,1,\n")) == (0, 1, 0, [])
    assert seats(store)["1"] == ("confirmed", "attended", None)


def test_a_file_corrects_a_completed_session_and_its_certificates_follow(store: Store, bring: Bring) -> None:
    bring("enrollments", "session,employee_no,attendance\nA,1,attended\nA,2,attended\n")
    [(session, _ref), *_others] = [row for row in stored(store, "sessions", "id", "ref") if row[1] == "A"]
    store.write("Start", completing.start, session)
    store.write("Complete", completing.complete, session)
    assert [why for (why,) in stored(store, "certificates", "withdrawn_why")] == [None, None]
    report = bring("enrollments", "session,employee_no,attendance\nA,1,no_show\nA,2,registered\n")
    assert counts(report) == (0, 1, 0, [(3, "A/2", "wrong_state")])
    assert {number: attendance for number, (_state, attendance, _remarks) in seats(store).items()} == {
        "1": "no_show",
        "2": "attended",
    }
    assert sorted(map(str, (why for (why,) in stored(store, "certificates", "withdrawn_why")))) == ["None", "corrected"]
    assert store.actor in [by for (by,) in stored(store, "enrollments", "marked_by")]
    assert store.read(check_database) == []


def test_who_waits_is_not_marked(store: Store, bring: Bring) -> None:
    bring("sessions", "ref,waitlist\nA,on\n")
    bring("enrollments", "session,employee_no\nA,1\nA,2\n")
    text = "session,employee_no,state,attendance\nA,3,confirmed,attended\n"
    report = bring("enrollments", text)
    assert (counts(report), [one.code for one in report.warnings]) == ((1, 0, 0, []), ["waitlisted"])
    assert seats(store)["3"][:2] == ("waitlisted", "registered")
    assert counts(bring("enrollments", text)) == (0, 0, 0, [(2, "A/3", "not_found")])
    report = bring("enrollments", "session,employee_no,state\nA,3,confirmed\n")
    assert (counts(report), [one.code for one in report.warnings]) == ((0, 0, 1, []), ["kept_waiting"])
    assert seats(store)["3"][:2] == ("waitlisted", "registered")


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
