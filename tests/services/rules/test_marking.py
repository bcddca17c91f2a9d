"""What a mark becomes, and when two marks clash: tables of cases (A2, A3, A7)."""

from typing import Any

import pytest

from trainer_desk.models.enums import Attendance, Result
from trainer_desk.services.errors import BadValue
from trainer_desk.services.rows.attendance import Mark
from trainer_desk.services.rules.marking import changed_parts, clashes, marked

UNMARKED, THERE, AWAY = Mark(), Mark(Attendance.ATTENDED), Mark(Attendance.NO_SHOW)
PASSED = Mark(Attendance.ATTENDED, "Quick", Result.PASSED, 87)

BECOMES: dict[str, tuple[Mark, dict[str, Any], Mark]] = {
    "attended": (UNMARKED, {"attendance": Attendance.ATTENDED}, THERE),
    "nothing said": (PASSED, {}, PASSED),
    "a remark alone": (UNMARKED, {"remarks": " Left   early "}, Mark(remarks="Left early")),
    "a remark emptied": (PASSED, {"remarks": ""}, Mark(Attendance.ATTENDED, None, Result.PASSED, 87)),
    "a remark taken away": (PASSED, {"remarks": None}, Mark(Attendance.ATTENDED, None, Result.PASSED, 87)),
    "a result": (THERE, {"result": Result.FAILED}, Mark(Attendance.ATTENDED, None, Result.FAILED)),
    "all at once": (
        UNMARKED,
        {"attendance": Attendance.ATTENDED, "remarks": "Quick", "result": Result.PASSED, "score": 87},
        PASSED,
    ),
    "a score of nothing": (THERE, {"score": 0}, Mark(Attendance.ATTENDED, score=0)),
    "a score taken away": (PASSED, {"score": None}, Mark(Attendance.ATTENDED, "Quick", Result.PASSED)),
    "no-show loses the result": (PASSED, {"attendance": Attendance.NO_SHOW}, Mark(Attendance.NO_SHOW, "Quick")),
    "unmarked loses the result": (PASSED, {"attendance": Attendance.REGISTERED}, Mark(remarks="Quick")),
}


@pytest.mark.parametrize(("before", "fields", "after"), BECOMES.values(), ids=BECOMES.keys())
def test_what_a_mark_becomes(before: Mark, fields: dict[str, Any], after: Mark) -> None:
    assert marked(before, **fields) == after


REFUSED: dict[str, tuple[Mark, dict[str, Any], str]] = {
    "a result without attendance": (UNMARKED, {"result": Result.PASSED}, "only_attended"),
    "a result of a no-show": (THERE, {"attendance": Attendance.NO_SHOW, "result": Result.FAILED}, "only_attended"),
    "a score of a no-show": (AWAY, {"score": 3}, "only_attended"),
    "a score below nothing": (THERE, {"score": -1}, "out_of_range"),
    "an absurd score": (THERE, {"score": 1001}, "out_of_range"),
    "a remark that is a novel": (UNMARKED, {"remarks": "x" * 501}, "too_long"),
    "a remark with a NUL": (UNMARKED, {"remarks": "a\0b"}, "nul"),
}


@pytest.mark.parametrize(("before", "fields", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_marked(before: Mark, fields: dict[str, Any], why: str) -> None:
    with pytest.raises(BadValue) as refusal:
        marked(before, **fields)
    assert refusal.value.facts["why"] == why


LATE = Mark(Attendance.ATTENDED, "Late")

CLASH = {
    "nobody else": (UNMARKED, UNMARKED, THERE, False),
    "the same decided elsewhere": (UNMARKED, THERE, THERE, False),
    "the opposite decided elsewhere": (UNMARKED, AWAY, THERE, True),
    "unmarked again elsewhere": (THERE, UNMARKED, AWAY, True),
    "a remark elsewhere": (UNMARKED, Mark(remarks="Late"), LATE, False),
    "another remark elsewhere": (THERE, LATE, Mark(Attendance.ATTENDED, "Ill"), True),
    "a result elsewhere that this would take": (THERE, PASSED, Mark(Attendance.NO_SHOW, "Quick"), True),
}


@pytest.mark.parametrize(("seen", "present", "wanted", "is_clash"), CLASH.values(), ids=CLASH.keys())
def test_when_marks_clash(seen: Mark, present: Mark, wanted: Mark, is_clash: bool) -> None:
    assert clashes(seen, present, wanted) is is_clash


def test_what_differs_is_named() -> None:
    assert changed_parts(UNMARKED, PASSED) == {"attendance", "remarks", "result", "score"}
    assert not changed_parts(PASSED, PASSED)
