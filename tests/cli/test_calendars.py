"""The command that writes a calendar."""

from pathlib import Path

from tests.cli.commands import Desk


def test_a_selection_becomes_a_calendar(scheduled: Desk, tmp_path: Path) -> None:
    target = tmp_path / "a.ics"
    assert scheduled.ok("export", "ics", "--session", "A", "--output", str(target)) == {"file": str(target), "rows": 1}
    assert b"DTSTART;TZID=Europe/Berlin:20270705T090000" in target.read_bytes()
    code, out, _err = scheduled.words("export", "ics", "--from", "2027-07-01", "--to", "2027-07-31")
    assert code == 0
    assert out.encode().count(b"BEGIN:VEVENT") == 1
    assert scheduled.json("export", "ics", "--session", "A")[0] == 2
    assert scheduled.json("export", "ics", "--session", "NONE", "--output", str(target))[0] == 1
    assert b"BEGIN:VEVENT" in target.read_bytes()


def test_a_folder_is_kept(scheduled: Desk, tmp_path: Path) -> None:
    folder = str(tmp_path)
    first = scheduled.ok("export", "ics", "--folder", folder)
    assert first == {"folder": folder, "files": first["files"], "written": first["files"], "rows": 1}
    assert scheduled.ok("export", "ics", "--folder", folder)["written"] == 0
    scheduled.ok("cancel", "A", "--reason", "Ill")
    assert scheduled.ok("export", "ics", "--folder", folder)["written"] == 1
    assert b"STATUS:CANCELLED" in (tmp_path / "trainer-TOM.ics").read_bytes()
    assert scheduled.json("export", "ics", "--folder", folder, "--session", "A")[0] == 2
    assert scheduled.json("export", "ics", "--folder", str(tmp_path / "none"))[0] == 1
    assert scheduled.json("export", "ics", "--session", "A", "--person", "1", "--names", "--output", "x")[0] == 2
