"""Leave and closures on the command line: imported over a session, told as red findings, and undone (X3, C4, S9)."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import Desk

HEAD = "resource,starts,ends,reason\n"


def write(folder: Path, rows: str) -> str:
    path = folder / "closures.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("row", "code", "subject"),
    [
        ("TOM,2027-07-05,2027-07-06,Ill", "trainer_away", "TOM"),
        ("R1,2027-07-05T08:00,2027-07-05T18:00,Floor", "venue_closed", "R1"),
        (",2027-07-05,2027-07-06,Strike", "venue_closed", None),
    ],
)
def test_what_stands_there_is_warned_of_and_found_red(
    scheduled: Desk, tmp_path: Path, row: str, code: str, subject: str | None
) -> None:
    report = scheduled.ok("import", "closures", write(tmp_path, row + "\n"))
    assert (report["kind"], report["added"], report["refused"]) == ("closures", 1, [])
    [warning] = report["warnings"]
    assert (warning["row"], warning["code"]) == (2, "sessions_stand_there")
    assert warning["message"] == "Sessions are scheduled in it and stay, marked red: A. Settle each of them."
    status, answer = scheduled.json("findings")
    found: list[dict[str, Any]] = [one for one in answer["findings"] if one["code"] == code]
    assert (status, answer["ok"]) == (1, False)
    assert [(one["severity"], one["subject"], one["session"]) for one in found] == [("red", subject, "A")]
    assert scheduled.ok("db", "check")["ok"]
    scheduled.ok("undo")
    assert scheduled.ok("findings")["ok"]


def test_a_rehearsal_leaves_nothing_and_words_are_plain(scheduled: Desk, tmp_path: Path) -> None:
    file = write(tmp_path, "NOBODY,2027-07-05,2027-07-06,\nTOM,2027-07-06,2027-07-05,\nTOM,2027-07-05,2027-07-06,Ill\n")
    status, out = scheduled.words("import", "closures", file, "--dry-run")[:2]
    assert status == 1
    assert (
        'Row 2 (NOBODY/2027-07-05T00:00) was refused: There is no trainer, venue or piece of equipment "NOBODY"' in out
    )
    assert "Row 3 (TOM/2027-07-06T00:00) was refused: The end" in out
    assert scheduled.ok("findings")["ok"]
