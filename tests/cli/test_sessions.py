"""Sessions from the command line: shapes, fields, moves, several at once."""

import json
from typing import Any

import pytest

from tests.cli.commands import Desk
from tests.cli.conftest import WHEN

SESSION_KEYS = {
    "id", "ref", "course", "title", "description", "trainer", "co_trainers", "venue", "equipment", "start", "end",
    "status", "label", "capacity", "venue_capacity", "enrolled", "waiting", "held", "offered", "available", "is_full",
    "minimum", "waitlist", "run", "day", "version", "created_at", "updated_at",
}  # fmt: skip
FINDING_KEYS = {"id", "code", "severity", "field", "subject", "message", "clashes_with", "fixes"}


def test_a_draft_needs_only_a_course(desk: Desk) -> None:
    answer = desk.ok("draft", "--course", "FIRE")
    session = answer["session"]
    assert answer["findings"] == []
    assert session.keys() >= SESSION_KEYS
    assert (session["course"], session["status"], session["label"]) == ("FIRE", "DRAFT", "draft")
    assert (session["capacity"], session["available"], session["is_full"]) == (12, 12, False)
    assert all(session[name] is None for name in ("title", "trainer", "venue", "start", "end", "run", "day"))
    assert desk.ok("draft", "--course", "GAS")["session"]["capacity"] is None
    assert desk.ok("draft", "--course", "FIRE", "--capacity", "")["session"]["capacity"] is None


def test_every_field(desk: Desk) -> None:
    fields = {
        "title": "Drill", "description": "For all", "trainer": "TOM", "co-trainers": "UNA", "venue": "R2",
        "start": "2027-07-05T09:00", "end": "2027-07-05T10:00+02:00", "capacity": "5", "minimum": "2",
        "decision-on": "2027-07-01", "waitlist": "offer", "waitlist-order": "urgent", "notes": "quiet",
        "metadata": '{"colour": "red"}',
    }  # fmt: skip
    words = [word for name, value in fields.items() for word in (f"--{name}", value)]
    session = desk.ok("draft", "--course", "FIRE", "--ref", "X 1", *words)["session"]
    expected = {
        "ref": "X 1", "title": "Drill", "description": "For all", "trainer": "TOM", "co_trainers": ["UNA"],
        "venue": "R2", "start": "2027-07-05T09:00:00+02:00", "end": "2027-07-05T10:00:00+02:00", "capacity": 5,
        "minimum": 2, "waitlist": "offer", "waitlist_order": "urgent", "decision_on": "2027-07-01", "notes": "quiet",
        "metadata": {"colour": "red"}, "venue_capacity": 20,
    }  # fmt: skip
    assert {name: session[name] for name in expected} == expected
    emptied = desk.ok("edit", "X 1", *(word for name in fields for word in (f"--{name}", "")))["session"]
    nothing = dict.fromkeys(expected) | {
        "ref": "X 1", "co_trainers": [], "waitlist": "off", "waitlist_order": "joined",
    }  # fmt: skip
    assert {name: emptied[name] for name in nothing} == nothing
    assert emptied["version"] == session["version"] + 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--start", "tomorrow"], "bad_value", "2026-12-01T09:00"),
        (["--start", "2027-02-30T09:00"], "bad_value", "2027-02-30"),
        (["--start", "2027-03-28T02:30"], "time_does_not_exist", "01:30"),
        (["--start", "2027-10-31T02:30"], "time_is_ambiguous", "+01:00"),
        (["--capacity", "0"], "bad_value", "0"),
        (["--capacity", "-3"], "bad_value", "-3"),
        (["--capacity", "many"], "bad_value", "many"),
        (["--minimum", "1.5"], "bad_value", "1.5"),
        (["--decision-on", "1.12.2026"], "bad_value", "1.12.2026"),
        (["--waitlist", "perhaps"], "bad_value", "offer"),
        (["--metadata", "{"], "bad_value", "JSON"),
        (["--trainer", "NOBODY"], "not_found", "NOBODY"),
        (["--venue", "TOM"], "not_found", "TOM"),
        (["--run", "JULY"], "not_found", "JULY"),
        (["--title", "x" * 201], "bad_value", "200"),
    ],
)
def test_bad_fields_are_told_apart(desk: Desk, words: list[str], code: str, said: str) -> None:
    exit_code, document = desk.json("draft", "--course", "FIRE", *words)
    assert (exit_code, document["error"]["code"]) == (1, code)
    assert said in document["error"]["message"]
    assert desk.ok("sessions", "list") == {"sessions": []}


def test_several_bad_fields_are_told_together(desk: Desk) -> None:
    _, document = desk.json("draft", "--course", "NONE", "--start", "soon", "--capacity", "0")
    assert {finding["field"] for finding in document["error"]["findings"]} == {"course", "start", "capacity"}
    assert document["error"]["code"] == "not_found"  # what must exist comes before what is written wrongly
    assert all(finding.keys() >= FINDING_KEYS for finding in document["error"]["findings"])


def test_publishing_names_every_problem(desk: Desk) -> None:
    desk.ok("draft", "--course", "FIRE", "--ref", "D")
    code, document = desk.json("publish", "D")
    assert code == 1
    findings = document["error"]["findings"]
    assert [finding["code"] for finding in findings] == [
        "missing_trainer", "missing_venue", "missing_start", "missing_end",
    ]  # fmt: skip
    assert [finding["field"] for finding in findings] == ["trainer", "venue", "start", "end"]
    assert all(finding["severity"] == "red" and finding["fixes"] for finding in findings)


def test_a_clash_names_the_other_session(scheduled: Desk) -> None:
    scheduled.ok("draft", "--course", "FIRE", "--ref", "B", "--trainer", "TOM", "--venue", "R1", *WHEN)
    code, document = scheduled.json("publish", "B")
    assert code == 1
    assert {(finding["code"], *finding["clashes_with"]) for finding in document["error"]["findings"]} == {
        ("trainer_busy", "A"),
        ("venue_busy", "A"),
    }
    assert scheduled.ok("sessions", "show", "B")["sessions"][0]["status"] == "DRAFT"
    code, out, err = scheduled.words("publish", "B")
    assert (code, out) == (1, "")
    assert "Tom" in err


def test_a_refusal_tells_the_time_of_the_organisation(scheduled: Desk) -> None:
    scheduled.ok("draft", "--course", "FIRE", "--ref", "B", "--trainer", "TOM", "--venue", "R1", *WHEN)
    [first, _] = scheduled.json("publish", "B")[1]["error"]["findings"]
    assert "09:00–10:00" in first["message"]
    assert "Free from 10:00." in first["fixes"]
    assert "09:00–10:00" in scheduled.words("publish", "B")[2]


def test_an_edit_of_nothing_is_wrong_usage(scheduled: Desk) -> None:
    for ref in ("A", "NOWHERE"):
        code, document = scheduled.json("edit", ref, "--version", "1")
        assert (code, document["error"]["code"]) == (2, "usage")


def test_an_edit_into_a_clash_is_refused_and_the_old_slot_stands(scheduled: Desk) -> None:
    nine = ("--start", "2027-07-05T10:00", "--end", "2027-07-05T11:00")
    scheduled.ok("draft", "--course", "FIRE", "--ref", "B", "--trainer", "TOM", "--venue", "R1", *nine)
    before = scheduled.ok("publish", "B")["session"]
    assert scheduled.json("edit", "B", "--start", "2027-07-05T09:30")[0] == 1
    assert scheduled.ok("sessions", "show", "B")["sessions"][0]["start"] == before["start"]


def test_a_stale_version_is_refused(scheduled: Desk) -> None:
    version = scheduled.ok("edit", "A", "--title", "One")["session"]["version"]
    scheduled.ok("edit", "A", "--title", "Two", "--version", str(version))
    code, document = scheduled.json("edit", "A", "--title", "Three", "--version", str(version))
    assert (code, document["error"]["code"]) == (1, "stale")
    assert scheduled.ok("sessions", "show", "A")["sessions"][0]["title"] == "Two"


def test_a_past_session_is_scheduled_with_an_orange_finding(desk: Desk) -> None:
    past = ("--start", "2021-07-05T09:00", "--end", "2021-07-05T10:00")
    desk.ok("draft", "--course", "FIRE", "--ref", "P", "--trainer", "TOM", "--venue", "R1", *past)
    answer = desk.ok("publish", "P")
    assert [(finding["code"], finding["severity"]) for finding in answer["findings"]] == [("in_the_past", "orange")]
    assert answer["session"]["label"] == "awaiting attendance"


def test_the_whole_life(scheduled: Desk) -> None:
    def status(*words: str) -> str:
        return str(scheduled.ok(*words)["session"]["status"])

    assert status("unpublish", "A") == "DRAFT"
    assert status("publish", "A") == "SCHEDULED"
    assert status("cancel", "A", "--reason", "illness") == "CANCELLED"
    assert scheduled.json("publish", "A")[1]["error"]["code"] == "wrong_state"
    assert status("reinstate", "A") == "DRAFT"
    assert status("delete", "A") == "DRAFT"
    assert scheduled.ok("sessions", "list")["sessions"] == []
    assert [session["ref"] for session in scheduled.ok("sessions", "list", "--deleted")["sessions"]] == ["A"]
    assert scheduled.ok("sessions", "show", "A")["sessions"][0]["ref"] == "A"
    assert scheduled.json("publish", "A")[1]["error"]["code"] == "not_found"
    assert status("restore", "A") == "DRAFT"
    assert status("publish", "A") == "SCHEDULED"
    assert scheduled.json("delete", "A")[1]["error"]["code"] == "wrong_state"
    assert scheduled.json("cancel", "A", "--reason", " ")[1]["error"]["code"] == "bad_value"
    copy = scheduled.ok("duplicate", "A")["session"]
    assert (copy["ref"] != "A", copy["status"], copy["trainer"], copy["enrolled"]) == (True, "DRAFT", "TOM", 0)
    assert scheduled.ok("db", "check")["ok"]


def test_several_refs_answer_one_by_one(scheduled: Desk) -> None:
    scheduled.ok("draft", "--course", "FIRE", "--ref", "B")
    code, document = scheduled.json("delete", "A", "B", "X")
    assert code == 1
    results: dict[str, Any] = {result["ref"]: result for result in document["results"]}
    assert results["A"]["error"]["code"] == "wrong_state"
    assert results["B"]["session"]["ref"] == "B"
    assert results["X"]["error"]["code"] == "not_found"
    assert scheduled.json("restore", "B", "B")[0] == 0


def test_a_ref_that_is_taken(scheduled: Desk) -> None:
    code, document = scheduled.json("draft", "--course", "FIRE", "--ref", "A")
    assert (code, document["error"]["code"]) == (1, "duplicate_ref")


@pytest.mark.parametrize(
    ("words", "refs"),
    [
        ([], ["A", "C", "B"]),
        (["--from", "2027-07-05", "--to", "2027-07-05"], ["A"]),
        (["--from", "2027-07-06"], ["C"]),
        (["--to", "2027-07-04"], []),
        (["--status", "draft"], ["C", "B"]),
        (["--course", "GAS"], ["C"]),
        (["--trainer", "UNA"], ["A", "C"]),
        (["--venue", "R1"], ["A"]),
        (["--available"], ["A", "C", "B"]),
    ],
)
def test_list(scheduled: Desk, words: list[str], refs: list[str]) -> None:
    night = ("--start", "2027-07-07T00:00", "--end", "2027-07-07T01:30")
    scheduled.ok("draft", "--course", "FIRE", "--ref", "B")
    scheduled.ok("draft", "--course", "GAS", "--ref", "C", "--trainer", "UNA", *night)
    scheduled.ok("edit", "A", "--co-trainers", "UNA")
    assert [session["ref"] for session in scheduled.ok("sessions", "list", *words)["sessions"]] == refs


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--from", "5.7.2027"], "bad_value"),
        (["--from", "2027-07-06", "--to", "2027-07-05"], "bad_value"),
        (["--course", "NONE"], "not_found"),
    ],
)
def test_list_with_bad_words(desk: Desk, words: list[str], code: str) -> None:
    exit_code, document = desk.json("sessions", "list", *words)
    assert (exit_code, document["error"]["code"]) == (1, code)
    assert json.dumps(document).count("error") == 1


def test_courses(scheduled: Desk) -> None:
    scheduled.ok("draft", "--course", "FIRE", "--ref", "B")
    courses = {course["code"]: course for course in scheduled.ok("courses", "list")["courses"]}
    assert (courses["FIRE"]["available_sessions"], courses["GAS"]["available_sessions"]) == (2, 0)
    assert courses["FIRE"]["next_start"] == "2027-07-05T09:00:00+02:00"
    assert [course["code"] for course in scheduled.ok("courses", "list", "--available")["courses"]] == ["FIRE"]


def test_load(scheduled: Desk) -> None:
    document = scheduled.ok("load", "--week", "2027-W27")
    assert document["week"] == "2027-W27"
    tom, una = document["trainers"]
    assert tom == {
        "code": "TOM", "name": "Tom", "booked_minutes": 60, "delivered_minutes": 0, "text": "Tom (1h booked this week)",
    }  # fmt: skip
    assert (una["booked_minutes"], una["text"]) == (0, "Una (0h booked this week)")
    assert scheduled.json("load", "--week", "2027-W99")[1]["error"]["code"] == "bad_value"


def test_findings_of_what_became_invalid(scheduled: Desk, tmp_path: Any) -> None:
    assert scheduled.ok("findings") == {"ok": True, "findings": []}
    path = tmp_path / "qualifications.csv"
    path.write_text("trainer,course,valid_until\nTOM,FIRE,2027-01-01\n", encoding="utf-8")
    scheduled.ok("import", "qualifications", str(path))
    code, document = scheduled.json("findings", "--from", "2027-07-05", "--to", "2027-07-05")
    assert (code, document["ok"]) == (1, False)
    assert [(one["session"], one["code"]) for one in document["findings"]] == [("A", "trainer_not_qualified")]


def test_history_undo_redo(scheduled: Desk) -> None:
    scheduled.ok("edit", "A", "--title", "New")
    changes = scheduled.ok("history", "session", "A")["changes"]
    assert changes[0]["label"] == "Edit A"
    assert changes[0].keys() >= {"id", "at", "by", "label", "rows"}
    assert changes[0]["rows"][0]["after"]["starts_at"] == "2027-07-05T09:00:00+02:00"
    [prepared] = scheduled.ok("history", "trainer", "TOM")["changes"]
    assert prepared["rows"][-1]["after"]["active"] is True
    assert scheduled.ok("undo")["change"]["label"] == "Edit A"
    assert scheduled.ok("sessions", "show", "A")["sessions"][0]["title"] is None
    assert scheduled.ok("redo")["change"]["label"] == "Edit A"
    assert scheduled.ok("sessions", "show", "A")["sessions"][0]["title"] == "New"
    assert scheduled.ok("redo")["change"] is None
    kinds = [change["kind"] for change in scheduled.ok("history", "session", "A")["changes"]]
    assert kinds[:3] == ["redo", "undo", "do"]
    assert [line.split("  ")[-1] for line in scheduled.words("history", "session", "A")[1].splitlines()[:3]] == [
        "Redone: Edit A", "Undone: Edit A", "Edit A",
    ]  # fmt: skip
    assert scheduled.ok("history", "trainer", "TOM")["changes"][-1]["label"] == "Prepared"


def test_the_history_of_a_thing_is_whole(scheduled: Desk, tmp_path: Any) -> None:
    files = {
        "venues": "code,capacity\nR1,5\n",
        "trainers": "code,weekly_hours\nTOM,30\n",
        "qualifications": "trainer,course,valid_until\nTOM,FIRE,2030-01-01\n",
        "compliance": "employee_no,course,status\n1,FIRE,PENDING\n",
        "people": "employee_no,emergency_contact_name\n1,Eve\n",
    }
    for kind, text in files.items():
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        assert scheduled.json("import", kind, str(path))[0] == 0
    scheduled.ok("enroll", "A", "1")

    def labels(kind: str, key: str) -> list[str]:
        return [change["label"] for change in scheduled.ok("history", kind, key)["changes"]]

    assert labels("venue", "R1") == ["venues.csv", "Prepared"]
    assert labels("trainer", "TOM") == ["qualifications.csv", "trainers.csv", "Prepared"]
    assert labels("person", "1") == ["Enroll in A", "people.csv", "compliance.csv", "Prepared"]
    assert labels("course", "FIRE") == ["Prepared"]
    assert "Eve" not in json.dumps(scheduled.ok("history", "person", "1"))


def test_an_undo_never_pretends(desk: Desk, tmp_path: Any) -> None:
    path = tmp_path / "people.csv"
    for name in ("Eve", "Dan"):
        path.write_text(f"employee_no,emergency_contact_name\n1,{name}\n", encoding="utf-8")
        desk.ok("import", "people", str(path))
    code, document = desk.json("undo")
    assert (code, document["error"]["code"]) == (1, "stale")


def test_mine_are_those_that_one_teaches_or_has_a_place_in(scheduled: Desk) -> None:
    me = scheduled.ok("users", "list")["users"][0]["login"]

    def mine() -> list[str]:
        return [session["ref"] for session in scheduled.ok("sessions", "list", "--mine")["sessions"]]

    scheduled.ok("draft", "--course", "FIRE", "--ref", "B")
    assert mine() == []
    scheduled.ok("users", "add", me, "--role", "administrator", "--trainer", "TOM")
    assert mine() == ["A"]
    scheduled.ok("users", "add", me, "--role", "administrator", "--trainer", "", "--person", "1")
    scheduled.ok("enroll", "B", "1")
    assert mine() == ["B"]
    scheduled.ok("withdraw", "B", "1")
    assert mine() == []
