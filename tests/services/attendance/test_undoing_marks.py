"""Marks are undone by those who made them, trainers too, and nobody becomes unmarked in a completed session (A3)."""

import pytest

from tests.databases import StoreFactory
from tests.factories import make_account, prepared
from tests.services.attendance.conftest import Sheet
from trainer_desk.models.enums import Role, SessionStatus
from trainer_desk.services.accounts import logins
from trainer_desk.services.errors import NotAllowed, Stale
from trainer_desk.services.journal.steps import next_undo
from trainer_desk.services.orchestration import attending
from trainer_desk.services.orchestration.undoing import redo_last, reverse, undo_last
from trainer_desk.services.rows.attendance import Mark
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.texts import error_text


def become_trainer(sheet: Sheet) -> None:
    """Let whoever runs the tests be the trainer of the session, by an administrator elsewhere."""
    with prepared(sheet.store) as db:
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(
            db, sheet.store.actor, Role.TRAINER, actor="boss", now=sheet.store.clock.now(), trainer_id=sheet.trainer
        )


def test_a_trainer_takes_back_own_marks_and_walk_ins(sheet: Sheet) -> None:
    become_trainer(sheet)
    sheet.mark("Ann", "attended", remarks="Late")
    sheet.store.write("Add walk-in", attending.walk_in, sheet.session, [sheet.people["Flo"], sheet.people["Ed"]])
    assert undo_last(sheet.store).value == "Add walk-in"
    assert undo_last(sheet.store).value == "Mark Ann"
    assert sheet.of("Ann") == Mark()
    assert sheet.row("Ann").marked_by is None
    assert redo_last(sheet.store).value == "Mark Ann"
    assert redo_last(sheet.store).value == "Add walk-in"
    assert sheet.of("Flo").attendance == "attended"


def test_a_trainer_does_not_take_back_places_given_in_a_former_role(sheet: Sheet, store_factory: StoreFactory) -> None:
    sheet.store.write("Enroll", enroll, sheet.session, [sheet.people["Flo"]])
    become_trainer(sheet)
    with pytest.raises(NotAllowed):
        undo_last(store_factory())


def test_a_mark_of_a_session_completed_since_stays(sheet: Sheet) -> None:
    sheet.rest("attended")
    step = sheet.store.read(next_undo, sheet.store.actor)
    assert step is not None
    sheet.become(SessionStatus.COMPLETED)
    with pytest.raises(Stale) as refusal:
        sheet.store.write("Undo", reverse, step.change_id, undoes=step.change_id)
    assert "was completed since, and everybody in it stays marked" in error_text(refusal.value)
    assert sheet.marks() == dict.fromkeys(("Ann", "Bo", "Cy"), "attended")


def test_a_late_correction_is_undone_like_any_mark(sheet: Sheet) -> None:
    sheet.rest("attended")
    sheet.become(SessionStatus.COMPLETED)
    sheet.mark("Ann", "no_show")
    assert undo_last(sheet.store).value == "Mark Ann"
    assert sheet.marks()["Ann"] == "attended"
