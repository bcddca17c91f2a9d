"""Marks on both databases: who is marked, by whom, where it is refused, and what a late correction may do (A2, A3)."""

import pytest

from tests.factories import make_account, prepared
from tests.services.attendance.conftest import Sheet
from trainer_desk.models.enums import Attendance, Result, Role, SessionStatus
from trainer_desk.services.attendance.unmarked import list_unmarked
from trainer_desk.services.errors import BadValue, NotAllowed, NotFound, Stale, WrongState
from trainer_desk.services.orchestration.attending import mark
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.rows.attendance import Mark
from trainer_desk.texts import error_text

ATTENDED, NO_SHOW = Attendance.ATTENDED, Attendance.NO_SHOW


def test_a_mark_stands_with_who_and_when(sheet: Sheet) -> None:
    assert sheet.mark("Ann", "attended", remarks="Left early", result=Result.PASSED, score=87) == Mark(
        ATTENDED, "Left early", Result.PASSED, 87
    )
    by, at, version = sheet.row("Ann")
    assert (by, version) == (sheet.store.actor, 2)
    assert at is not None
    assert sheet.marks() == {"Ann": "attended", "Bo": "registered", "Cy": "registered"}
    assert [one.name for one in sheet.store.read(list_unmarked, sheet.session)] == ["Bo", "Cy"]


def test_the_same_mark_twice_writes_once(sheet: Sheet) -> None:
    sheet.mark("Ann", "attended")
    before = sheet.row("Ann")
    sheet.mark("Ann", "attended")
    assert sheet.row("Ann") == before


def test_the_rest_is_marked_and_nobody_overwritten(sheet: Sheet) -> None:
    sheet.mark("Bo", "no_show", remarks="Ill")
    sheet.mark("Cy", remarks="Phoned")
    assert sheet.rest("attended") == ["Ann", "Cy"]
    assert sheet.marks() == {"Ann": "attended", "Bo": "no_show", "Cy": "attended"}
    assert sheet.of("Cy").remarks == "Phoned"
    assert sheet.rest("no_show") == []
    assert undo_last(sheet.store).value == "Mark the rest"
    assert sheet.marks() == {"Ann": "registered", "Bo": "no_show", "Cy": "registered"}


def test_only_those_named_of_the_rest_are_marked(sheet: Sheet) -> None:
    assert sheet.rest("attended", only=[sheet.people["Ann"], sheet.people["Ed"]]) == ["Ann"]
    assert sheet.marks()["Bo"] == "registered"


@pytest.mark.parametrize("name", ["Di", "Ed", "Flo"])
def test_who_is_not_on_the_list_is_not_marked(sheet: Sheet, name: str) -> None:
    with pytest.raises(NotFound) as refusal:
        sheet.mark(name, "attended")
    assert error_text(refusal.value) == (
        f"{name} has no confirmed place in this session, so there is nobody to mark. Add them as a walk-in first."
    )


def test_a_session_and_a_person_that_do_not_exist(sheet: Sheet) -> None:
    with pytest.raises(NotFound):
        sheet.store.write("Mark", mark, 999, sheet.people["Ann"], attendance=ATTENDED)
    with pytest.raises(NotFound):
        sheet.store.write("Mark", mark, sheet.session, 999, attendance=ATTENDED)


@pytest.mark.parametrize("status", [SessionStatus.DRAFT, SessionStatus.CANCELLED])
def test_nobody_is_marked_in_a_session_that_does_not_take_place(sheet: Sheet, status: SessionStatus) -> None:
    sheet.become(status)
    with pytest.raises(WrongState) as refusal:
        sheet.mark("Ann", "attended")
    assert "marked for attendance" in error_text(refusal.value)
    with pytest.raises(WrongState):
        sheet.rest("attended")
    assert sheet.marks()["Ann"] == "registered"


# ---- late corrections ----------------------------------------------------------------------------------------------


def test_a_completed_session_is_corrected_and_nobody_becomes_unmarked(sheet: Sheet) -> None:
    sheet.rest("attended")
    sheet.become(SessionStatus.COMPLETED)
    sheet.mark("Ann", "no_show")
    with pytest.raises(BadValue) as refusal:
        sheet.mark("Ann", "registered")
    assert refusal.value.facts["why"] == "stays_marked"
    assert sheet.marks()["Ann"] == "no_show"


# ---- two who mark --------------------------------------------------------------------------------------------------


def test_somebody_elses_mark_is_shown_and_not_overwritten(sheet: Sheet) -> None:
    seen = sheet.of("Ann")
    sheet.mark("Ann", "no_show", actor="marta")
    with pytest.raises(Stale) as refusal:
        sheet.mark("Ann", "attended", seen=seen)
    by = "marta" if sheet.store.is_file else sheet.store.actor
    assert refusal.value.facts["by"] == by
    assert refusal.value.facts["mark"] == Mark(NO_SHOW)
    assert error_text(refusal.value).startswith(f"Ann was marked by {by} at ")
    assert ": No-show. Your mark was not saved." in error_text(refusal.value)
    assert sheet.of("Ann") == Mark(NO_SHOW)


def test_what_others_say_about_something_else_is_no_clash(sheet: Sheet) -> None:
    seen = sheet.of("Ann")
    sheet.mark("Ann", remarks="Came late", actor="marta")
    assert sheet.mark("Ann", "attended", seen=seen) == Mark(ATTENDED, "Came late")


# ---- whose session -------------------------------------------------------------------------------------------------


def test_a_trainer_marks_in_own_sessions_only(sheet: Sheet) -> None:
    with prepared(sheet.store) as db:
        make_account(db, "tom", Role.TRAINER, trainer_id=sheet.trainer)
        make_account(db, "una", Role.TRAINER)
    sheet.mark("Ann", "attended", actor="tom")
    for deed in (lambda: sheet.mark("Bo", "attended", actor="una"), lambda: sheet.rest("attended", actor="una")):
        with pytest.raises(NotAllowed) as refusal:
            deed()
        assert "sessions that you teach" in error_text(refusal.value)
    assert sheet.marks() == {"Ann": "attended", "Bo": "registered", "Cy": "registered"}
