"""A wave of 14 starters and 6 leavers from the command line: who is red on which day (N1)."""

import datetime as dt
from pathlib import Path

from tests.cli.commands import Desk
from tests.factories import BERLIN
from tests.services import wave


def test_a_wave_ends_with_the_right_people_red(empty_desk: Desk, tmp_path: Path) -> None:
    for kind, text in (
        ("courses", wave.COURSES),
        ("people", wave.PEOPLE),
        ("requirements", wave.REQUIREMENTS),
        ("compliance", wave.COMPLIANCE),
        ("people", wave.WAVE),
    ):
        file = tmp_path / f"{kind}.csv"
        file.write_text(text, encoding="utf-8")
        empty_desk.ok("import", kind, str(file))
    today = dt.datetime.now(BERLIN).date()
    for course, by_day in wave.RED.items():
        for days, numbers in by_day.items():
            day = today + dt.timedelta(days=days)
            ref = f"{course}-{days}"
            times = ("--start", f"{day}T09:00", "--end", f"{day}T10:00")
            empty_desk.ok("draft", "--ref", ref, "--course", course, *times)
            answer = empty_desk.ok("suggest", ref)
            assert answer["on"] == day.isoformat()
            red = {person["employee_no"] for person in answer["people"] if person["group"] == 1}
            assert red == numbers, ref
    assert empty_desk.words("db", "check")[0] == 0
