"""Runs and sessions repeated on the command line: drafts or published, holidays, rehearsals, refusals."""

from pathlib import Path

import pytest

from tests.cli.commands import Desk
from tests.cli.conftest import WHEN
from tests.databases import StoreFactory
from tests.factories import at, make_block, prepared

RULE = ("--rule", "FREQ=WEEKLY;COUNT=4")


@pytest.fixture
def july(desk: Desk, store_factory: StoreFactory) -> Desk:
    """Give the run JULY with one day, A on Monday 5 July 2027 at nine; the 19th is a holiday."""
    with prepared(store_factory()) as db:
        make_block(db, None, at("2027-07-19 00:00"), at("2027-07-20 00:00"), "Fair")
    desk.ok("draft", "--ref", "A", "--course", "FIRE", "--trainer", "TOM", "--venue", "R1", *WHEN)
    desk.ok("publish", "A")
    return desk


def test_a_series(july: Desk) -> None:
    rehearsed = july.ok("repeat", "A", *RULE, "--except", "2027-07-26", "--dry-run")
    assert [one["start"] for one in rehearsed["sessions"]] == ["2027-07-12T09:00:00+02:00"]
    assert (rehearsed["sessions"][0]["id"], rehearsed["sessions"][0]["ref"]) == (None, None)
    assert len(july.ok("sessions", "list")["sessions"]) == 1
    made = july.ok("repeat", "A", *RULE, "--except", "2027-07-26")
    assert made["skipped"] == [{"day": "2027-07-19", "reason": "Fair"}, {"day": "2027-07-26", "reason": None}]
    [session] = made["sessions"]
    assert (session["status"], session["trainer"], session["findings"]) == ("DRAFT", "TOM", [])
    assert made["series"]["rule"] == "FREQ=WEEKLY;COUNT=4"
    assert len(july.ok("sessions", "list")["sessions"]) == 2
    july.ok("undo")
    assert len(july.ok("sessions", "list")["sessions"]) == 1


def test_a_run(july: Desk, store_factory: StoreFactory, tmp_path: Path) -> None:
    path = tmp_path / "runs.csv"
    path.write_text("code,course,name,start_date\nJULY,FIRE,Batch,2027-07-05\n", encoding="utf-8")
    july.ok("import", "runs", str(path))
    july.ok("edit", "A", "--run", "JULY")
    asked = ("runs", "clone", "JULY", "--start", "2027-12-06", "--code", "DEC", "--name", "December")
    assert july.ok(*asked, "--dry-run")["run"]["session_count"] == 1
    done = july.ok(*asked, "--publish")
    assert (done["run"]["code"], done["run"]["name"], done["run"]["start_date"]) == ("DEC", "December", "2027-12-06")
    [session] = done["sessions"]
    assert (session["start"], session["run"], session["day"]) == ("2027-12-06T09:00:00+01:00", "DEC", 1)
    assert (session["status"], session["findings"]) == ("SCHEDULED", [])
    assert july.json(*asked)[1]["error"]["code"] == "duplicate_ref"
    again = july.ok("runs", "clone", "JULY", "--start", "2027-12-06", "--publish")
    assert again["run"]["code"] == "JULY-2"
    [clash] = again["sessions"]
    assert clash["status"] == "DRAFT"
    assert {one["code"] for one in clash["findings"]} == {"trainer_busy", "venue_busy"}
    kept = july.ok("runs", "clone", "JULY", "--start", "2027-07-19", "--publish")["sessions"]
    assert [(one["status"], [said["code"] for said in one["findings"]]) for one in kept] == [
        ("DRAFT", ["venue_closed"])
    ]
    moved = july.ok("runs", "clone", "JULY", "--start", "2027-07-19", "--publish", "--closed", "move")["sessions"]
    assert [one["start"] for one in moved] == ["2027-07-20T09:00:00+02:00"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("repeat", "A", "--rule", "FREQ=WEEKLY"), "bad_value", "COUNT=10 or UNTIL"),
        (("repeat", "A", "--rule", "tuesdays"), "bad_value", "is not a rule"),
        (("repeat", "A", *RULE, "--except", "xmas"), "bad_value", "is not a day"),
        (("repeat", "B", *RULE), "not_found", "B"),
        (("runs", "clone", "NONE", "--start", "2027-01-01"), "not_found", "NONE"),
        (("runs", "clone", "NONE", "--start", "soon"), "not_found", "NONE"),
    ],
)
def test_refused(july: Desk, words: tuple[str, ...], code: str, said: str) -> None:
    status, document = july.json(*words)
    error = document["error"]
    assert status == 1
    assert error["code"] == code
    assert said in error["message"]
