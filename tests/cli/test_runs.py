"""Runs on the command line: list, show, days of sessions, the roster of a run, and its history."""

from pathlib import Path

import pytest

from tests.cli.commands import Desk
from tests.cli.conftest import WHEN
from tests.databases import StoreFactory
from tests.factories import make_enrollment, make_hold, make_person, prepared
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.clock import Clock
from trainer_desk.services.planning.board import find_session

RUN_KEYS = {
    "code", "course", "name", "start_date", "end_date", "max_people", "people", "available", "session_count", "status",
    "members_only", "one_course",
}  # fmt: skip


@pytest.fixture
def runs(desk: Desk, tmp_path: Path) -> Desk:
    """Bring two runs; JULY has room for three people and the draft B, a day before the scheduled A."""
    path = tmp_path / "runs.csv"
    path.write_text(
        "code,course,name,start_date,end_date,max_people,members_only,one_course\n"
        "JULY,FIRE,July batch,2027-07-04,2027-07-09,3,,yes\nMAY,GAS,,2027-05-01,,,yes,\n",
        encoding="utf-8",
    )
    desk.ok("import", "runs", str(path))
    place = ("--trainer", "TOM", "--venue", "R1", "--capacity", "3", "--run", "JULY")
    desk.ok("draft", "--ref", "A", "--course", "FIRE", *place, *WHEN)
    desk.ok("publish", "A")
    sunday = ("--start", "2027-07-04T09:00", "--end", "2027-07-04T10:00")
    desk.ok("draft", "--ref", "B", "--course", "GAS", "--run", "JULY", *sunday)
    return desk


def test_no_runs(desk: Desk) -> None:
    assert desk.ok("runs", "list") == {"runs": []}
    assert desk.words("runs", "list") == (0, "No runs.\n", "")
    for words in (("runs", "show", "JULY"), ("export", "roster", "--run", "JULY"), ("history", "run", "JULY")):
        code, _, said = desk.words(*words)
        assert (code, said) == (1, 'There is no run "JULY". Check the spelling, or add it first.\n')


def test_list(runs: Desk) -> None:
    may, july = runs.ok("runs", "list")["runs"]
    assert july.keys() >= RUN_KEYS
    expected = {
        "code": "JULY", "course": "FIRE", "name": "July batch", "start_date": "2027-07-04", "end_date": "2027-07-09",
        "max_people": 3, "people": 0, "available": 3, "session_count": 2, "status": "open", "members_only": False,
        "one_course": True,
    }  # fmt: skip
    assert {name: july[name] for name in expected} == expected
    assert (may["code"], may["name"], may["end_date"], may["available"]) == ("MAY", "MAY", None, None)
    assert (may["status"], may["session_count"], may["members_only"]) == ("planned", 0, True)
    lines = runs.words("runs", "list")[1].splitlines()
    assert [line.split()[0] for line in lines] == ["MAY", "JULY"]
    assert "04 Jul 2027 – 09 Jul 2027" in lines[1]
    assert "Open" in lines[1]
    assert "0/3 people" in lines[1]


def test_show(runs: Desk) -> None:
    runs.ok("draft", "--ref", "C", "--course", "FIRE", "--run", "JULY")
    [run] = runs.ok("runs", "show", "JULY")["runs"]
    assert run["session_count"] == 3
    assert [(one["ref"], one["run"], one["day"]) for one in run["sessions"]] == [
        ("B", "JULY", 1), ("A", "JULY", 2), ("C", "JULY", None),
    ]  # fmt: skip
    assert run["sessions"][1] == runs.ok("sessions", "list", "--status", "SCHEDULED")["sessions"][0]
    said = runs.words("runs", "show", "JULY")[1]
    assert [line.split()[:2] for line in said.splitlines()[1:]] == [["Day", "1"], ["Day", "2"], ["–", "C"]]
    for words in (("runs", "show"), ("runs",), ("runs", "clone")):
        assert runs.json(*words)[0] == 2


def test_a_session_changes_its_run(runs: Desk) -> None:
    assert runs.ok("edit", "B", "--run", "MAY")["session"]["run"] == "MAY"
    emptied = runs.ok("edit", "B", "--run", "")["session"]
    assert (emptied["run"], emptied["day"]) == (None, None)
    code, document = runs.json("edit", "B", "--run", "JUNE")
    assert (code, document["error"]["code"]) == (1, "not_found")
    runs.ok("enroll", "A", "1")
    code, document = runs.json("edit", "A", "--run", "")
    assert (code, document["error"]["code"]) == (1, "bad_value")
    assert "Withdraw them first" in document["error"]["message"]
    assert runs.ok("sessions", "show", "A")["sessions"][0]["run"] == "JULY"


def test_seats_are_told_apart_and_what_ended_is_free(runs: Desk, store_factory: StoreFactory) -> None:
    store = store_factory()
    now = Clock().now()
    with prepared(store) as db:
        session = find_session(db.connection(), "A")
        people = [make_person(db) for _ in range(3)]
        make_enrollment(db, session, people[0])
        make_enrollment(db, session, people[1], EnrollmentState.OFFERED)
        make_enrollment(db, session, people[2], EnrollmentState.WAITLISTED)
        make_hold(db, session, 1, until_at=now.replace(year=now.year + 1))
    names = ("enrolled", "offered", "held", "waiting", "available", "is_full")
    for words in (("sessions", "show", "A"), ("sessions", "list", "--status", "SCHEDULED")):
        session_now = runs.ok(*words)["sessions"][0]
        assert [session_now[name] for name in names] == [1, 1, 1, 1, 0, True]
    assert runs.ok("runs", "list")["runs"][1]["people"] == 2
    with prepared(store) as db:
        for table in ("seat_holds", "enrollments"):
            ended = "until_at" if table == "seat_holds" else "offer_until"
            db.connection().exec_driver_sql(
                f"UPDATE {table} SET {ended} = '2026-01-01T00:00:00Z', version = version + 1 WHERE {ended} IS NOT NULL"
            )
    for words in (("sessions", "show", "A"), ("sessions", "list", "--available", "--status", "SCHEDULED")):
        session_now = runs.ok(*words)["sessions"][0]
        assert [session_now[name] for name in names] == [1, 0, 0, 1, 2, False]
    july = runs.ok("runs", "list")["runs"][1]
    assert (july["people"], july["available"]) == (1, 2)


def test_the_roster_of_a_run(runs: Desk, tmp_path: Path) -> None:
    runs.ok("enroll", "A", "1", "2")
    runs.ok("draft", "--ref", "C", "--course", "FIRE")
    runs.ok("enroll", "C", "3")
    path = tmp_path / "roster.csv"
    words = ("export", "roster", "--columns", "ref,employee_no", "--output", str(path))
    assert runs.ok(*words, "--run", "JULY")["rows"] == 2
    assert path.read_text(encoding="utf-8").replace('"', "").split() == ["ref,employee_no", "A,1", "A,2"]
    assert runs.ok(*words, "--run", "MAY")["rows"] == 0
    assert runs.json(*words)[0] == 2


def test_bad_rows_are_told_apart(runs: Desk, tmp_path: Path) -> None:
    runs.ok("enroll", "A", "1", "2")
    path = tmp_path / "more.csv"
    path.write_text(
        "code,course,start_date,end_date,max_people\n"
        "A,NONE,,,\nB,FIRE,2027-07-05,2027-07-04,\nC,FIRE,,,-4\nJULY,FIRE,,,1\nMAY,GAS,,,0\nMAY,GAS,,,5\n",
        encoding="utf-8",
    )
    code, document = runs.json("import", "runs", str(path))
    assert code == 1
    assert [(row["row"], row["ref"], row["code"]) for row in document["refused"]] == [
        (2, "A", "not_found"),
        (3, "B", "bad_value"),
        (4, "C", "bad_value"),
        (5, "JULY", "capacity_below_people"),
        (7, "MAY", "duplicate_ref"),
    ]
    [finding] = document["refused"][3]["findings"]
    assert (finding["field"], finding["fixes"]) == ("max_people", ["Set the limit of people to 2."])
    assert [warning["message"] for warning in document["warnings"]] == ["The limit of people 0 was read as no limit."]


def test_history_and_undo(runs: Desk, tmp_path: Path) -> None:
    path = tmp_path / "wider.csv"
    path.write_text("code,max_people\nJULY,9\n", encoding="utf-8")
    runs.ok("import", "runs", str(path))
    wider, made = runs.ok("history", "run", "JULY")["changes"]
    assert (wider["label"], made["label"]) == ("wider.csv", "runs.csv")
    assert (wider["rows"][0]["before"]["max_people"], wider["rows"][0]["after"]["max_people"]) == (3, 9)
    assert wider["rows"][0]["after"]["one_course"] is True
    assert runs.ok("undo")["change"]["label"] == "wider.csv"
    assert runs.ok("runs", "list")["runs"][1]["max_people"] == 3
    assert runs.ok("db", "check")["ok"]
