"""Sessions from a file: drafts, publishing row by row, times, codes, and what a file never does."""

import pytest

from tests.factories import make_equipment, prepared
from tests.services.exchange.files import Bring, counts, number_of_changes, stored, warned, whys
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.planning.board import find_session
from trainer_desk.services.planning.drafts import delete_session
from trainer_desk.services.planning.lifecycle import cancel
from trainer_desk.services.store.engine import Store

CATALOGUE = {
    "courses": "code,title,default_capacity\nF,Fire,12\nG,Gas,\n",
    "venues": "code,name\nR1,Room 1\nR2,Room 2\n",
    "trainers": "code,name\nT,Tom\nU,Una\n",
    "qualifications": "trainer,course\nT,F\nU,F\n",
}
HEAD = "ref,course,trainer,venue,start,end,status\n"
SCHEDULED = "A,F,T,R1,2027-07-05T09:00,2027-07-05T10:00,SCHEDULED\n"


@pytest.fixture
def bring(bring: Bring) -> Bring:
    """Import into an organisation with two courses, rooms and trainers, who may teach F only."""
    for kind, text in CATALOGUE.items():
        bring(kind, text)
    return bring


def statuses(store: Store) -> dict[str, str]:
    return dict(stored(store, "sessions", "ref", "status"))


def test_a_draft_needs_only_a_course(store: Store, bring: Bring) -> None:
    assert counts(bring("sessions", "course\nF\nG\n")) == (2, 0, 0, [])
    refs = [ref for (ref,) in stored(store, "sessions", "ref")]
    assert len(set(refs)) == 2
    assert all(refs)
    assert stored(store, "sessions", "capacity", "status") == [(None, "DRAFT"), (None, "DRAFT")]


def test_every_column(store: Store, bring: Bring) -> None:
    with prepared(store) as db:
        make_equipment(db, "BEAMER")
    text = (
        "ref,course,title,description,trainer,co_trainers,venue,equipment,start,end,capacity,minimum,decision_on,"
        "waitlist,waitlist_order,run,status,notes,metadata\n"
        'A,F,Fire drill,"For all,\nbring shoes",T,U|T,R1,BEAMER,2027-07-05T09:00,2027-07-05T10:00:30+02:00,12,3,'
        '2027-07-01,on,urgent,,SCHEDULED,quiet,"{""colour"": ""red""}"\n'
    )
    assert counts(bring("sessions", text)) == (1, 0, 0, [])
    assert counts(bring("sessions", text)) == (0, 0, 1, [])
    columns = ("title", "description", "capacity", "minimum", "waitlist", "waitlist_order", "notes", "metadata")
    assert stored(store, "sessions", *columns) == [
        ("Fire drill", "For all,\nbring shoes", 12, 3, "enrol", "urgent", "quiet", {"colour": "red"})
    ]
    [(start, end, day)] = stored(store, "sessions", "starts_at", "ends_at", "decision_on")
    assert (start.isoformat(), end.isoformat()) == ("2027-07-05T07:00:00+00:00", "2027-07-05T08:00:30+00:00")
    assert day.isoformat() == "2027-07-01"
    codes = dict(stored(store, "resources", "id", "code"))
    linked = {(codes[key], role) for key, role in stored(store, "session_resources", "resource_id", "role")}
    assert linked == {("U", "co"), ("BEAMER", "equipment")}
    assert store.read(check_database) == []


@pytest.mark.parametrize("status", ["DRAFT", "SCHEDULED"])
def test_the_lead_trainer_among_the_co_trainers_is_no_change(store: Store, bring: Bring, status: str) -> None:
    bring("sessions", HEAD + SCHEDULED.replace("SCHEDULED", status))
    assert counts(bring("sessions", "ref,co_trainers\nA,T|U\n")) == (0, 1, 0, [])
    assert counts(bring("sessions", "ref,co_trainers\nA,T|U\n")) == (0, 0, 1, [])
    assert counts(bring("sessions", "ref,co_trainers,trainer\nA,T|U,T\n")) == (0, 0, 1, [])


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("start", "2027-07-05", "not_a_time"),
        ("start", "05.07.2027 09:00", "not_a_time"),
        ("start", "2027-02-30T09:00", "not_a_time"),
        ("start", "2027-07-05T24:00", "not_a_time"),
        ("end", "soon", "not_a_time"),
        ("capacity", "-1", "out_of_range"),
        ("capacity", "12.0", "not_a_number"),
        ("minimum", "many", "not_a_number"),
        ("decision_on", "2027-07", "not_a_day"),
        ("waitlist", "maybe", "not_one_of"),
        ("status", "COMPLETED", "not_one_of"),
        ("metadata", "[1]", "not_json"),
        ("metadata", "{", "not_json"),
        ("title", "x" * 201, "too_long"),
    ],
)
def test_bad_values(store: Store, bring: Bring, column: str, value: str, why: str) -> None:
    report = bring("sessions", f"ref,course,{column}\nA,F,{value}\n")
    assert whys(report) == [(2, column, why)]
    assert statuses(store) == {}


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        ("course", "X", "course"),
        ("trainer", "X", "trainer"),
        ("trainer", "R1", "trainer"),
        ("venue", "T", "venue"),
        ("co_trainers", "T|X", "trainer"),
        ("equipment", "X", "equipment"),
        ("run", "X", "run"),
    ],
)
def test_unknown_codes(store: Store, bring: Bring, column: str, value: str, kind: str) -> None:
    course = "" if column == "course" else "F"
    report = bring("sessions", f"ref,{column}{',course' if course else ''}\nA,{value}{',F' if course else ''}\n")
    assert [(row.error.code, row.error.facts["kind"], row.error.facts["field"]) for row in report.refused] == [
        ("not_found", kind, column)
    ]


@pytest.mark.parametrize(
    ("start", "code"),
    [
        ("2027-03-28T02:30", "time_does_not_exist"),
        ("2027-10-31T02:30", "time_is_ambiguous"),
        ("2027-10-31T02:30+01:00", None),
        ("2027-10-31T02:30:00Z", None),
        ("2027-10-31 12:30", None),
    ],
)
def test_hours_of_a_clock_change(bring: Bring, start: str, code: str | None) -> None:
    report = bring("sessions", f"ref,course,start\nA,F,{start}\n")
    assert [row.error.code for row in report.refused] == ([code] if code else [])


def test_capacity_zero_is_unlimited(store: Store, bring: Bring) -> None:
    assert warned(bring("sessions", "ref,course,capacity\nA,F,0\nB,F,\nC,F,7\n")) == [(2, "zero_is_unlimited")]
    assert dict(stored(store, "sessions", "ref", "capacity")) == {"A": None, "B": None, "C": 7}


def test_clashes_are_settled_in_file_order(store: Store, bring: Bring) -> None:
    elsewhere = "C,F,U,R2,2027-07-05T09:00,2027-07-05T10:00,SCHEDULED\n"
    report = bring("sessions", HEAD + SCHEDULED + SCHEDULED.replace("A,", "B,", 1) + elsewhere)
    assert counts(report) == (2, 0, 0, [(3, "B", "trainer_busy")])
    assert {finding.code for finding in report.refused[0].error.findings} == {"trainer_busy", "venue_busy"}
    assert {finding.clashes_with for finding in report.refused[0].error.findings} == {("A",)}
    assert statuses(store) == {"A": "SCHEDULED", "C": "SCHEDULED"}
    assert store.read(check_database) == []


def test_all_problems_of_publishing_are_told(bring: Bring) -> None:
    report = bring("sessions", "ref,course,status\nA,F,SCHEDULED\n")
    assert [finding.code for finding in report.refused[0].error.findings] == [
        "missing_trainer",
        "missing_venue",
        "missing_start",
        "missing_end",
    ]


def test_a_past_session_may_be_scheduled_and_says_so(bring: Bring) -> None:
    report = bring("sessions", HEAD + SCHEDULED.replace("2027", "2021"))
    assert counts(report) == (1, 0, 0, [])
    assert warned(report) == [(2, "in_the_past")]


def test_an_edit_of_a_scheduled_session_is_checked(store: Store, bring: Bring) -> None:
    bring("sessions", HEAD + SCHEDULED + "B,F,T,R1,2027-07-05T10:00,2027-07-05T11:00,SCHEDULED\n")
    report = bring("sessions", "ref,start,notes\nB,2027-07-05T09:30,late\nA,2027-07-05T08:30,early\n")
    assert counts(report) == (0, 1, 0, [(2, "B", "trainer_busy")])
    assert dict(stored(store, "sessions", "ref", "notes")) == {"A": "early", "B": None}
    assert store.read(check_database) == []


def test_an_edit_and_the_raising_are_one(store: Store, bring: Bring) -> None:
    bring("sessions", HEAD + SCHEDULED + "B,F,U,R1,,,DRAFT\n")
    report = bring("sessions", HEAD + "B,F,U,R1,2027-07-05T09:30,2027-07-05T10:30,SCHEDULED\n")
    assert counts(report) == (0, 0, 0, [(2, "B", "venue_busy")])
    assert stored(store, "sessions", "starts_at", "status", ref="B") == [(None, "DRAFT")]
    elsewhere = "ref,venue,start,end,status\nB,R2,2027-07-05T09:30,2027-07-05T10:30,SCHEDULED\n"
    assert counts(bring("sessions", elsewhere)) == (0, 1, 0, [])
    assert statuses(store)["B"] == "SCHEDULED"


def test_a_file_never_lowers_a_session(store: Store, bring: Bring) -> None:
    bring("sessions", HEAD + SCHEDULED)
    before = number_of_changes(store)
    report = bring("sessions", "ref,status\nA,DRAFT\n")
    assert counts(report) == (0, 0, 1, [])
    assert warned(report) == [(2, "status_stays")]
    assert (statuses(store), number_of_changes(store)) == ({"A": "SCHEDULED"}, before)


def test_a_file_never_reinstates_a_cancelled_session(store: Store, bring: Bring) -> None:
    bring("sessions", HEAD + SCHEDULED)
    store.write("Cancel", cancel, store.read(find_session, "A"), "illness")
    assert warned(bring("sessions", HEAD + SCHEDULED)) == [(2, "status_stays")]
    report = bring("sessions", "ref,title,notes\nA,New,old\n")
    assert counts(report) == (0, 0, 0, [(2, "A", "wrong_state")])
    assert counts(bring("sessions", "ref,notes\nA,old\n")) == (0, 1, 0, [])
    assert statuses(store) == {"A": "CANCELLED"}


def test_what_lies_in_the_trash_is_not_written(store: Store, bring: Bring) -> None:
    bring("sessions", "ref,course\nA,F\n")
    store.write("Delete", delete_session, store.read(find_session, "A"))
    assert counts(bring("sessions", "ref,course,notes\nA,F,new\n")) == (0, 0, 0, [(2, "A", "not_found")])


def test_dry_run_tells_the_clashes_and_takes_all_back(store: Store, bring: Bring) -> None:
    text = HEAD + SCHEDULED + SCHEDULED.replace("A,", "B,", 1)
    assert counts(bring("sessions", text, dry_run=True)) == (1, 0, 0, [(3, "B", "trainer_busy")])
    assert statuses(store) == {}
    assert stored(store, "claims", "id") == []
