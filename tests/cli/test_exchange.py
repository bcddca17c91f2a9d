"""Files in and out of the command line, up to the real conference week."""

import csv
import datetime as dt
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import Desk
from tests.services.exchange.files import EUROPYTHON, IN_ORDER
from tests.services.exchange.workbooks import workbook


def test_import_answers_row_by_row(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "sessions.csv"
    path.write_text(
        "ref,course,capacity,start,status,colour\nA,FIRE,0,,,\nB,NONE,,soon,,\nC,FIRE,,,SCHEDULED,\nA,FIRE,,,,\n",
        encoding="utf-8",
    )
    code, document = desk.json("import", "sessions", str(path))
    assert code == 1
    counts = {name: document[name] for name in ("kind", "rows", "added", "updated", "unchanged")}
    assert counts == {"kind": "sessions", "rows": 4, "added": 1, "updated": 0, "unchanged": 0}
    assert [(row["row"], row["ref"], row["code"]) for row in document["refused"]] == [
        (3, "B", "bad_value"),
        (4, "C", "missing_trainer"),
        (5, "A", "duplicate_ref"),
    ]
    assert all(row.keys() == {"row", "ref", "code", "message", "findings"} for row in document["refused"])
    missing = [finding["code"] for finding in document["refused"][1]["findings"]]
    assert missing[:2] == ["missing_trainer", "missing_venue"]
    assert [(warning["row"], warning["code"]) for warning in document["warnings"]] == [
        (1, "columns_unknown"),
        (2, "zero_is_unlimited"),
    ]
    assert all(warning["message"].endswith(".") for warning in document["warnings"])


def test_import_options(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("employee_no\tname\n9\tIvy\n10\t\n", encoding="utf-8")
    code, document = desk.json("import", "people", str(path), "--all-or-nothing", "--separator", "tab")
    assert (code, document["added"], document["written"]) == (1, 1, False)
    assert desk.json("import", "people", str(path), "--dry-run")[1]["written"] is False
    assert desk.ok("db", "status")["database"]["counts"]["people"] == 4
    assert desk.json("import", "people", str(path))[1]["added"] == 1
    assert desk.ok("db", "status")["database"]["counts"]["people"] == 5
    code, out, _ = desk.words("import", "people", str(path))
    assert code == 1
    assert out.splitlines()[0].startswith("Row 3 (10) was refused:")


def test_a_workbook_with_columns_of_other_names(desk: Desk, tmp_path: Path) -> None:
    rows = [["Staff No", "Who", "Starts", "Shoe size"], [21, "Ivy", dt.date(2026, 12, 1), 44], [22, "", None, 45]]
    path = workbook(tmp_path / "staff.xlsx", {"Notes": [["x"]], "Staff": rows})
    columns = ("--map", "Staff No=employee_no", "--map", "Who=name", "--map", "Starts=intake_on", "--map", "Shoe size=")
    code, document = desk.json("import", "people", str(path), "--sheet", "Staff", *columns)
    assert (code, document["added"], document["warnings"]) == (1, 1, [])
    assert [(row["row"], row["ref"], row["code"]) for row in document["refused"]] == [(3, "22", "bad_value")]
    code, document = desk.json("import", "people", str(path), "--sheet", "Other")
    assert (code, "no sheet" in document["error"]["message"]) == (1, True)
    code, document = desk.json("import", "people", str(path), "--map", "Staff No")
    assert (code, document["error"]["code"]) == (1, "bad_value")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "There is no file"),
        (b"", "empty"),
        (b'employee_no,name\n1,"Ann\n', "line 2"),
        (b"employee_no,name\n1,A\0\n", "not a text file"),
        (b"name\nAnn\n", "employee_no"),
        (b"name,name\nAnn,Ann\n", "twice"),
    ],
)
def test_files_that_cannot_be_read(desk: Desk, tmp_path: Path, data: bytes | None, said: str) -> None:
    path = tmp_path / "bad.csv"
    if data is not None:
        path.write_bytes(data)
    code, document = desk.json("import", "people", str(path))
    assert (code, document["error"]["code"]) == (1, "bad_value")
    assert said in document["error"]["message"]


def test_roster(scheduled: Desk, tmp_path: Path) -> None:
    scheduled.ok("enroll", "A", "1", "2")
    path = tmp_path / "roster.csv"
    answer = scheduled.ok("export", "roster", "--session", "A", "--output", str(path), "--separator", ";", "--bom")
    assert answer == {"file": str(path), "rows": 2}
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert [(row["ref"], row["employee_no"], row["name"], row["start"]) for row in rows] == [
        ("A", "1", "Ann", "2027-07-05T09:00"),
        ("A", "2", "Bo", "2027-07-05T09:00"),
    ]
    day = ("--from", "2027-07-05", "--to", "2027-07-05")
    code, out, _ = scheduled.words("export", "roster", *day, "--columns", "name,ref")
    assert (code, out) == (0, '"name","ref"\n"Ann","A"\n"Bo","A"\n')


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        (["--session", "A"], 2, "usage"),
        (["--output", "x.csv"], 2, "usage"),
        (["--from", "2027-07-05", "--output", "x.csv"], 2, "usage"),
        (["--session", "X", "--output", "x.csv"], 1, "not_found"),
        (["--session", "A", "--output", "nowhere/x.csv"], 1, "bad_value"),
        (["--session", "A", "--output", "x.csv", "--columns", "shoe"], 1, "bad_value"),
        (["--session", "A", "--output", "x.csv", "--separator", "x"], 1, "bad_value"),
        (["--from", "July", "--to", "2027-07-05", "--output", "x.csv"], 1, "bad_value"),
    ],
)
def test_roster_that_cannot_be(
    scheduled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, kind: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    exit_code, document = scheduled.json("export", "roster", *words)
    assert (exit_code, document["error"]["code"]) == (code, kind)
    assert list(folder.iterdir()) == []


def test_the_conference_week_from_a_terminal(store_url: str) -> None:
    words = [sys.executable, "-m", "trainer_desk"]
    environment = os.environ | {"TRAINER_DESK_DATABASE": store_url}

    def run(*more: str) -> str:
        done = subprocess.run([*words, *more], capture_output=True, text=True, check=False, env=environment)
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout

    for kind in IN_ORDER:
        assert ", 0 refused." in run("import", kind, str(EUROPYTHON / f"{kind}.csv"))
    assert run("sessions", "list", "--status", "SCHEDULED").count("\n") == 129
    assert run("sessions", "list", "--status", "DRAFT").count("\n") == 59
    assert "sound" in run("db", "check")
    assert "0 added, 0 updated, 188 unchanged" in run("import", "sessions", str(EUROPYTHON / "sessions.csv"))


def test_sessions_leave_and_come_back(desk: Desk, tmp_path: Path) -> None:
    desk.ok("draft", "--course", "FIRE", "--ref", "A", "--title", "=Fire")
    for name in ("s.csv", "s.xlsx"):
        path = tmp_path / name
        assert desk.ok("export", "sessions", "--session", "A", "--output", str(path)) == {"file": str(path), "rows": 1}
        report = desk.ok("import", "sessions", str(path))
        assert [report[key] for key in ("added", "updated", "unchanged", "refused")] == [0, 0, 1, []]
    code, out, _ = desk.words("export", "sessions", "--session", "A", "--columns", "ref,title", "--separator", ";")
    assert (code, out) == (0, '"ref";"title"\n"A";"\'=Fire"\n')


@pytest.mark.parametrize("what", [("roster", "--session", "A"), ("report", "courses"), ("report", "fill-rate")])
def test_a_name_with_xlsx_makes_a_workbook(desk: Desk, tmp_path: Path, what: tuple[str, ...]) -> None:
    desk.ok("draft", "--course", "FIRE", "--ref", "A")
    path = tmp_path / "out.xlsx"
    assert desk.ok("export", *what, "--output", str(path))["file"] == str(path)
    assert path.read_bytes().startswith(b"PK")
    old = path.with_suffix(".xls")
    code, document = desk.json("export", *what, "--output", str(old))
    assert (code, document["error"]["code"], old.exists()) == (1, "bad_value", False)


def test_the_report_of_an_import_is_mended_and_imported_alone(desk: Desk, tmp_path: Path) -> None:
    path, report = tmp_path / "people.csv", tmp_path / "report.csv"
    path.write_text("Staff;name;site\n31;=Ivy;York\n32;;Leeds\n33\n31;Ian;Hull\n", encoding="utf-8")
    columns = ("--map", "Staff=employee_no")
    code, document = desk.json("import", "people", str(path), *columns, "--report", str(report))
    assert (code, document["added"], len(document["refused"])) == (1, 1, 3)
    with report.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["In row"], row["Which"], row["Staff"], row["name"], row["site"]) for row in rows] == [
        ("3", "32", "32", "", "Leeds"),
        ("4", "", "33", "", ""),
        ("5", "31", "31", "Ian", "Hull"),
    ]
    assert all(row["What is to be known"].endswith(".") for row in rows)
    code, document = desk.json("import", "people", str(path), *columns, "--report", str(tmp_path / "report.xlsx"))
    assert (code, document["error"]["message"]) == (1, "The report is a text. Choose a name that ends in .csv.")
    mended = report.read_text(encoding="utf-8-sig").replace('"32","",', '"32","Bea",').replace('"33","",', '"33","Cy",')
    report.write_text(mended.replace('"31","Ian"', '"34","Ian"'), encoding="utf-8")
    code, document = desk.json("import", "people", str(report), *columns)
    assert (code, document["added"], document["refused"]) == (0, 3, [])


def test_whole_staff(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("employee_no,name\n9,Ivy\n", encoding="utf-8")
    _code, document = desk.json("import", "people", str(path), "--whole-staff", "--dry-run")
    assert len(document["missing"]) == 4
    assert document["missing"][0].keys() == {"employee_no", "name", "sessions"}
    code, out, _ = desk.words("import", "people", str(path), "--whole-staff")
    assert (code, "4 people are not in the file and were deactivated." in out) == (0, True)
