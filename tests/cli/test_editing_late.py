"""`edit --version` after somebody else saved: refused, and told what changed since, by whom and when (U5)."""

from tests.cli.commands import Desk


def test_what_changed_since_is_told_and_nothing_is_written(scheduled: Desk) -> None:
    [session] = scheduled.ok("sessions", "show", "A")["sessions"]
    seen = str(session["version"])
    scheduled.ok("edit", "A", "--venue", "R2", "--notes", "hers")
    scheduled.ok("edit", "A", "--end", "2027-07-05T11:00")
    code, answer = scheduled.json("edit", "A", "--capacity", "2", "--version", seen)
    assert (code, answer["error"]["code"]) == (1, "stale")
    changed = {one["field"]: (one["before"], one["after"]) for one in answer["error"]["changed"]}
    assert changed == {
        "venue": ("R1", "R2"),
        "notes": (None, "hers"),
        "end": ("2027-07-05T10:00:00+02:00", "2027-07-05T11:00:00+02:00"),
    }
    assert {one["by"] for one in answer["error"]["changed"]} != {""}
    [session] = scheduled.ok("sessions", "show", "A")["sessions"]
    assert session["capacity"] == 3


def test_in_words_each_field_has_its_line(scheduled: Desk) -> None:
    scheduled.ok("edit", "A", "--venue", "R2")
    code, _out, said = scheduled.words("edit", "A", "--venue", "HALL", "--version", "1")
    assert code == 1
    assert "  Venue: Room 1 → Room 2 (" in said


def test_the_newest_version_saves(scheduled: Desk) -> None:
    [session] = scheduled.ok("sessions", "show", "A")["sessions"]
    scheduled.ok("edit", "A", "--capacity", "2", "--version", str(session["version"]))
