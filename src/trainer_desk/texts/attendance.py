"""What is said of marks: attended or not, with result and remark (A2, A7)."""

from trainer_desk.models.enums import Result
from trainer_desk.services.rows.attendance import Mark
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.texts.translate import mark as marked_for_translation
from trainer_desk.texts.words import attendance_word

RESULTS = {
    Result.PASSED: marked_for_translation("Passed"),
    Result.FAILED: marked_for_translation("Failed"),
}


def result_word(result: Result | None) -> str:
    """Return `Passed`, `Failed`, or `No result yet`."""
    return _("No result yet") if result is None else _(RESULTS[result])


def mark_text(mark: Mark) -> str:
    """Return all of a mark in one line: `Attended, Passed, 87, “Left early”`."""
    parts = [attendance_word(mark.attendance)]
    if mark.result is not None:
        parts.append(result_word(mark.result))
    if mark.score is not None:
        parts.append(str(mark.score))
    if mark.remarks:
        parts.append(f"“{shown(mark.remarks)}”")
    return ", ".join(parts)
