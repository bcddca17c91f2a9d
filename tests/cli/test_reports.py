"""Lists saved as CSV from the command line: runs, courses with places, sessions with places (R6)."""

import csv
import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest

from tests.cli.commands import Desk
from tests.cli.conftest import WHEN
from trainer_desk.cli.report_arguments import CHARTS, SPLITS, STEPS
from trainer_desk.services.reports.every import REPORTS
from trainer_desk.services.rows.reports import Split, Step


@pytest.fixture
def planned(desk: Desk, tmp_path: Path) -> Desk:
    """Bring a run with a scheduled day that has two places left, and a full session beside it."""
    path = tmp_path / "runs.csv"
    path.write_text("code,course,name,members_only\nJULY,FIRE,July batch,yes\n", encoding="utf-8")
    desk.ok("import", "runs", str(path))
    place = ("--trainer", "TOM", "--venue", "R1")
    desk.ok("draft", "--ref", "A", "--course", "FIRE", "--capacity", "3", "--run", "JULY", *place, *WHEN)
    desk.ok("publish", "A")
    assert desk.ok("enroll", "--run", "JULY", "1")["results"][0]["outcome"] == "enrolled"
    return desk


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_runs_courses_and_what_has_places(planned: Desk, tmp_path: Path) -> None:
    code, out, _said = planned.words("export", "report", "runs")
    [run] = rows_of(out)
    assert (code, run["code"], run["people"], run["on_run"], run["fill_rate"]) == (0, "JULY", "1", "1", "0.333")
    path = tmp_path / "courses.csv"
    assert planned.ok("export", "report", "courses", "--output", str(path))["rows"] >= 1
    fire = next(row for row in rows_of(path.read_text(encoding="utf-8")) if row["code"] == "FIRE")
    assert (fire["available_sessions"], fire["next_start"][:4]) == ("1", WHEN[1][:4])
    [session] = rows_of(planned.words("export", "report", "available", "--course", "FIRE")[1])
    assert (session["ref"], session["available"], session["start"]) == ("A", "2", WHEN[1])
    assert rows_of(planned.words("export", "report", "available", "--to", "2001-01-01")[1]) == []
    assert rows_of(planned.words("export", "report", "runs", "--to", "2001-01-01")[1]) == []


def test_who_is_not_on_the_run_is_refused_and_the_run_tells_who_is(planned: Desk) -> None:
    code, document = planned.json("enroll", "A", "2")
    assert (code, document["results"][0]["code"]) == (1, "not_on_run")
    [run] = planned.ok("runs", "show", "JULY")["runs"]
    [person] = run["roster"]
    assert (person["employee_no"], person["on_run"], person["days"][0]["ref"]) == ("1", True, "A")
    assert (run["members"], run["fill_rate"], run["attendance"]) == (1, 0.333, None)
    assert "Day 1" in planned.words("runs", "show", "JULY")[1].splitlines()[-1]


def test_all_changes_as_the_window_saves_them(planned: Desk, tmp_path: Path) -> None:
    """Newest first, with who, when, and what became of it; the days are those of the changes."""
    planned.ok("undo")
    path = tmp_path / "changes.csv"
    rows = planned.ok("export", "report", "audit", "--output", str(path))["rows"]
    newest, taken_back, *_older = saved = rows_of(path.read_text(encoding="utf-8"))
    assert (rows, list(newest)) == (len(saved), ["When", "Who", "What", "Kind of thing", "Rows", "Now"])
    assert (newest["Now"], taken_back["Now"], newest["What"]) == ("undoes", "taken back", taken_back["What"])
    assert dt.datetime.fromisoformat(newest["When"]).utcoffset() is not None
    assert rows_of(planned.words("export", "report", "audit")[1]) == saved
    assert rows_of(planned.words("export", "report", "audit", "--to", "2001-01-01")[1]) == []
    assert planned.words("export", "report", "audit", "--course", "FIRE")[0] == 2


def test_wrong_usage(planned: Desk) -> None:
    for words in (("export", "report"), ("export", "report", "hats"), ("export", "report", "runs", "--json")):
        assert planned.words(*words)[0] == 2


def test_the_numbers_of_a_chart(planned: Desk, tmp_path: Path) -> None:
    """By period and group, narrowed as in the window; what a report does not take is wrong usage."""
    days = ("--from", "2027-07-01", "--to", "2027-08-15")
    july, august = rows_of(planned.words("export", "report", "fill-rate", *days)[1])
    assert (july["period"], july["sessions"], july["seats"], july["taken"]) == ("2027-07", "1", "3", "1")
    assert (july["fill_rate"], august["period"], august["fill_rate"]) == ("0.333", "2027-08", "")
    path = tmp_path / "people.csv"
    words = ("enrollments", *days, "--by", "department", "--step", "whole", "--output", str(path))
    assert planned.ok("export", "report", *words)["rows"] == 1
    [press] = rows_of(path.read_text(encoding="utf-8"))
    assert (press["department"], press["enrolled"], press["not_marked"]) == ("Press", "1", "1")
    book = tmp_path / "people.xlsx"
    assert planned.ok("export", "report", *words[:-1], str(book))["rows"] == 1
    assert openpyxl.load_workbook(book).active["A2"].value == "Press"
    assert planned.words("export", "report", "fill-rate", "--department", "Press")[0] == 2
    assert planned.words("export", "report", "fill-rate", "--by", "trainer")[0] == 2
    assert planned.words("export", "report", "runs", "--by", "course")[0] == 2
    code, _out, said = planned.words("export", "report", "fill-rate", "--step", "week", "--from", "2001-01-01")
    assert (code, "600 periods" in said) == (1, True)


def test_every_chart_has_its_name() -> None:
    assert tuple(CHARTS) == tuple(REPORTS)
    assert tuple(STEPS) == tuple(Step)
    assert tuple(SPLITS) == tuple(Split)
