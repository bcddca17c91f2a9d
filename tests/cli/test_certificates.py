"""Certificates as a PDF from the command line, where there is no display (A5)."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.cli.commands import Desk

PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def certified(scheduled: Desk, qapp: QApplication) -> Desk:
    """Give the command line on a database in which session A has certified two people."""
    scheduled.ok("enroll", "A", "1", "2")
    for number in ("1", "2"):
        scheduled.ok("mark", "A", number, "attended")
    scheduled.ok("start", "A")
    scheduled.ok("complete", "A")
    return scheduled


def test_the_certificates_of_a_session_are_one_pdf(certified: Desk, tmp_path: Path) -> None:
    path = tmp_path / "certificates.pdf"
    answer = certified.ok("export", "certificates", "--session", "A", "--output", str(path))
    assert answer == {"file": str(path), "rows": 2}
    content = path.read_bytes()
    assert content.startswith(b"%PDF-")
    assert len(PAGE.findall(content)) == 2
    answer = certified.ok("export", "certificates", "--session", "A", "--person", "2", "--output", str(path))
    assert (answer["rows"], len(PAGE.findall(path.read_bytes()))) == (1, 1)
    assert certified.words("export", "certificates", "--session", "A", "--output", str(path))[:2] == (
        0, f"2 certificates written to {path}.\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "name", "said"),
    [
        (("--session", "A"), 2, "usage", "--output"),
        (("--output", "x.pdf"), 2, "usage", "which sessions"),
        (("--session", "NONE", "--output", "x.pdf"), 1, "not_found", "NONE"),
        (("--session", "B", "--output", "x.pdf"), 1, "bad_value", "No certificate"),
        (("--session", "A", "--person", "3", "--output", "x.pdf"), 1, "bad_value", "No certificate"),
        (("--session", "A", "--output", "no/such/folder.pdf"), 1, "bad_value", "folder"),
        (("--session", "A", "--output", "."), 1, "bad_value", "folder"),
    ],
)
def test_what_cannot_be_saved_is_told(
    certified: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, name: str,
    said: str,
) -> None:  # fmt: skip
    certified.ok("draft", "--course", "FIRE", "--ref", "B")
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    answered, document = certified.json("export", "certificates", *words)
    assert (answered, document["error"]["code"]) == (code, name)
    assert said in document["error"]["message"]
    assert sorted(tmp_path.iterdir()) == before


def test_it_needs_no_display_and_takes_the_standard_output(certified: Desk) -> None:
    words = ("--database", certified.address, "export", "certificates", "--session", "A")
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "-m", "trainer_desk", *words], capture_output=True, env=bare, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"%PDF-")
    assert len(PAGE.findall(done.stdout)) == 2


def test_a_run_tells_who_has_a_day_to_make_up(certified: Desk, tmp_path: Path) -> None:
    runs = tmp_path / "runs.csv"
    runs.write_text("code,course,one_course\nJULY,FIRE,yes\n", encoding="utf-8")
    certified.ok("import", "runs", str(runs))
    common = ("--course", "FIRE", "--trainer", "TOM", "--venue", "R1", "--run", "JULY")
    for ref, day in (("D1", "2027-07-12"), ("D2", "2027-07-13")):
        certified.ok("draft", "--ref", ref, *common, "--start", f"{day}T09:00", "--end", f"{day}T10:00")
        certified.ok("publish", ref)
        certified.ok("enroll", ref, "1", "2")
    certified.ok("start", "D1")
    certified.ok("mark", "D1", "1", "attended")
    certified.ok("complete", "D1", "--rest-no-show")
    [run] = certified.ok("runs", "show", "JULY")["runs"]
    [missed] = run["missed"]
    assert {name: missed[name] for name in ("employee_no", "day", "session", "booked")} == {
        "employee_no": "2", "day": 1, "session": "D1", "booked": None,
    }  # fmt: skip
    assert "missed day 1, which is not made up yet." in certified.words("runs", "show", "JULY")[1]
