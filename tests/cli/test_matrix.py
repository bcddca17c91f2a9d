"""`export report matrix`: people by courses, as of any day, against what was brought in (D3)."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.commands import Desk


@pytest.fixture
def staffed(desk: Desk, tmp_path: Path) -> Desk:
    """Have everybody of Works asked for a course; one person held it in 2026, one has another from long ago."""
    for kind, lines in {
        "people": "employee_no,name,department,site,job_role\n71,=Ann,Lab,Works,Fitter\n72,Bo,Lab,Works,Clerk\n"
        "73,Cy,Office,Town,Clerk\n",
        "courses": "code,title,validity_months,expiring_days\nMX,Masks,12,30\nMY,Ladders,,\n",
        "records": "employee_no,course,held_on\n71,MX,2026-01-10\n72,MY,2001-02-03\n",
        "requirements": "course,site\nMX,Works\n",
    }.items():
        path = tmp_path / f"{kind}.csv"
        path.write_text(lines, encoding="utf-8")
        desk.ok("import", kind, str(path))
    return desk


def rows_of(text: str) -> dict[str, dict[str, str]]:
    return {row["employee_no"]: row for row in csv.DictReader(io.StringIO(text))}


def test_what_each_person_holds_is_written_in_words(staffed: Desk, tmp_path: Path) -> None:
    path = tmp_path / "matrix.csv"
    said = staffed.ok("export", "report", "matrix", "--on", "2027-01-01", "--site", "Works", "--output", str(path))
    found = rows_of(path.read_text(encoding="utf-8"))
    assert said["rows"] == len(found) == 2
    assert list(found["71"])[:6] == ["employee_no", "name", "department", "site", "job_role", "lacks"]
    assert found["71"]["name"] == "'=Ann"
    words = {number: (row["lacks"], row["MX"], row["MY"]) for number, row in found.items()}
    assert words == {
        "71": ("0", "Expiring soon, to 2027-01-10", "Not asked for"),
        "72": ("1", "Not compliant", "Compliant"),
    }
    later = rows_of(staffed.words("export", "report", "matrix", "--on", "2027-01-11", "--job-role", "Fitter")[1])
    assert {number: row["MX"] for number, row in later.items()} == {"71": "Not compliant, expired 2027-01-10"}


def test_a_past_day_knows_only_what_had_happened(staffed: Desk, tmp_path: Path) -> None:
    for day, held in (("2026-01-09", "Not asked for"), ("2026-01-10", "Compliant, to 2027-01-10")):
        out = staffed.words("export", "report", "matrix", "--on", day, "--course", "MX", "--department", "Lab")[1]
        assert {number: row["MX"] for number, row in rows_of(out).items()} == {"71": held, "72": "Not asked for"}
    book = tmp_path / "matrix.xlsx"
    assert staffed.ok("export", "report", "matrix", "--site", "Works", "--output", str(book))["rows"] == 2
    sheet = load_workbook(book).active
    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["employee_no", "71", "72"]
    lacking = rows_of(staffed.words("export", "report", "matrix", "--lacking", "--course", "MX")[1])
    assert list(lacking) == ["72"]


@pytest.mark.parametrize(
    "words",
    [
        ("matrix", "--from", "2026-01-01"),
        ("matrix", "--step", "month"),
        ("matrix", "--json"),
        ("runs", "--on", "2026-01-01"),
        ("courses", "--lacking"),
        ("fill-rate", "--job-role", "Clerk"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(desk: Desk, words: tuple[str, ...]) -> None:
    assert desk.words("export", "report", *words)[0] == 2


def test_a_name_that_nobody_has_is_refused_with_those_near_it(staffed: Desk) -> None:
    for option, given, near in (
        ("--site", "works", "Works"),
        ("--department", "Labb", "Lab"),
        ("--job-role", "Fiter", "Fitter"),
    ):
        code, document = staffed.json("export", "report", "matrix", option, given, "--output", "never.csv")
        assert (code, document["error"]["code"]) == (1, "bad_value")
        assert f'"{given}" is not known. Write {near}.' in document["error"]["message"]
    for name in ("expiries", "fill-rate"):
        code, out, said = staffed.words("export", "report", name, "--site", "Nowhere")
        assert (code, out) == (1, "")
        assert "Works" in said
    assert staffed.json("export", "report", "runs", "--course", "NONE", "--output", "never.csv")[1]["error"][
        "code"
    ] == ("not_found")
