"""What is refused stays visible with its reason, is tried again with the next change, and is never lost silently."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from tests.factories import at
from tests.views.session.conftest import Organisation, Stage
from trainer_desk.services.planning.drafts import edit_session
from trainer_desk.views.parts.confirm import Confirm


def answer(pick: Callable[[Confirm], object]) -> list[str]:
    """Answer the next question of the program as a user would; gives what it said."""
    asked: list[str] = []

    def look_for_it() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, Confirm):
            QTimer.singleShot(20, look_for_it)
            return
        asked.append(dialog.windowTitle())
        pick(dialog)

    QTimer.singleShot(0, look_for_it)
    return asked


def clash(stage: Stage, organisation: Organisation) -> None:
    """Move a scheduled session into a room that is taken at its time."""
    stage.show(organisation.scheduled)
    stage.retype(stage.panel.form.when.start, "14:00")
    stage.choose(stage.panel.form.venue.combo, "Room A")


def test_a_refused_venue_stays_with_its_reason(stage: Stage, organisation: Organisation) -> None:
    clash(stage, organisation)
    assert organisation.row(organisation.scheduled).venue_id == organisation.room_b
    assert stage.panel.form.venue.combo.currentText() == "Training Room A · 20 seats"
    assert stage.said("venue") == "Not saved. Training Room A is taken by Asbestos Awareness 14:00–16:00."
    assert stage.panel.form.venue.combo.property("invalid") is True


def test_it_is_saved_together_with_the_change_that_helps(stage: Stage, organisation: Organisation) -> None:
    clash(stage, organisation)
    stage.retype(stage.panel.form.when.start, "16:00")
    row = organisation.row(organisation.scheduled)
    assert (row.venue_id, row.starts_at) == (organisation.room_a, at("2026-07-06 16:00"))
    assert not stage.panel.saver.pending
    assert stage.toasts[-1][0] == "Changed the venue and time of Lockout–Tagout."


def test_a_sound_change_is_not_held_up_by_a_refused_one(stage: Stage, organisation: Organisation) -> None:
    clash(stage, organisation)
    stage.retype(stage.panel.form.notes.edit, "Bring locks")
    row = organisation.row(organisation.scheduled)
    assert (row.notes, row.venue_id) == ("Bring locks", organisation.room_b)
    assert list(stage.panel.saver.pending.entries) == ["venue"]
    assert stage.said("venue").startswith("Not saved. Training Room A is taken")


def test_a_way_out_takes_its_place(stage: Stage, organisation: Organisation) -> None:
    clash(stage, organisation)
    stage.press(stage.link("venue", "Start at 16:00"))
    row = organisation.row(organisation.scheduled)
    assert (row.venue_id, row.starts_at, row.ends_at) == (
        organisation.room_a,
        at("2026-07-06 16:00"),
        at("2026-07-06 18:00"),
    )
    assert not stage.panel.saver.pending


def test_it_can_be_put_back(stage: Stage, organisation: Organisation) -> None:
    clash(stage, organisation)
    stage.press(stage.link("venue", "Put back"))
    assert stage.panel.form.venue.combo.currentText() == "Training Room B · 16 seats"
    assert stage.said("venue") == "Free at this time."
    assert stage.panel.may_close()


def test_it_can_be_tried_again_when_the_reason_has_gone(stage: Stage, organisation: Organisation) -> None:
    clash(stage, organisation)
    organisation.write(edit_session, organisation.taken, {"venue_id": organisation.cabin})
    stage.press(stage.link("venue", "Try again"))
    assert organisation.row(organisation.scheduled).venue_id == organisation.room_a


@pytest.mark.parametrize(
    ("group", "typed", "reason"),
    [
        ("capacity", "0", "The capacity cannot be 0. Leave it empty for no limit, or set at least 1."),
        ("capacity", "many", 'The capacity "many" is not a whole number. Write digits only.'),
        ("minimum", "-1", "The minimum cannot be -1. Set at least 1, or leave it empty."),
        ("metadata", "[1]", 'The metadata is not a JSON object. Write it like {"key": "value"}.'),
        ("metadata", '{"a": NaN}', 'The metadata is not a JSON object. Write it like {"key": "value"}.'),
        ("title", "x" * 201, "The title is too long: 201 characters, and at most 200 fit. Shorten it."),
    ],
)
def test_bad_text_stays_with_its_reason(
    stage: Stage, organisation: Organisation, group: str, typed: str, reason: str
) -> None:
    stage.show(organisation.draft)
    stage.retype(stage.panel.form.fields[group].first_editor(), typed)
    assert stage.said(group) == reason
    assert organisation.row(organisation.draft).version == 1
    assert stage.toasts == []


def test_a_time_that_cannot_be_read(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    when = stage.panel.form.when
    stage.retype(when.start, "25:99")
    assert stage.said("when") == "“25:99” is not a time. Type it like 09:30."
    assert when.start.text() == "25:99"
    stage.retype(stage.panel.form.notes.edit, "saved all the same")
    assert organisation.row(organisation.draft).notes == "saved all the same"
    stage.retype(when.start, "13:00")
    assert not stage.panel.saver.pending


def test_an_hour_that_the_clocks_skip(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    stage.retype(stage.panel.form.when.day, "28 mar 2027")
    stage.retype(stage.panel.form.when.start, "2:30")
    assert "does not exist" in stage.said("when")
    stage.press(stage.link("when", "Take 03:30"))
    assert organisation.row(organisation.draft).starts_at == at("2027-03-28 03:30")


def test_an_hour_that_comes_twice(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    stage.retype(stage.panel.form.when.day, "25 oct 2026")
    stage.retype(stage.panel.form.when.start, "2:30")
    assert stage.said("when").startswith("02:30 comes twice on that day")
    stage.press(stage.link("when", "Take 02:30 (+01:00)"))
    row = organisation.row(organisation.draft)
    assert row.starts_at.isoformat() == "2026-10-25T01:30:00+00:00"
    stage.retype(stage.panel.form.when.end, "7:00")
    assert organisation.row(organisation.draft).starts_at == row.starts_at


def test_lowering_the_capacity_below_the_people(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    stage.retype(stage.panel.form.capacity.edit, "3")
    assert "The capacity cannot be 3: 5 seats are taken." in stage.said("capacity")
    stage.press(stage.link("capacity", "Set the capacity to 5"))
    assert organisation.row(organisation.draft).capacity == 5


def test_a_change_made_elsewhere_meanwhile_says_who_and_keeps_what_was_typed(
    stage: Stage, organisation: Organisation
) -> None:
    stage.show(organisation.draft)
    edit = stage.panel.form.notes.edit
    edit.setFocus()
    edit.insertPlainText("mine")
    organisation.write(edit_session, organisation.draft, {"notes": "hers", "minimum": 2})
    stage.leave()
    assert stage.said("notes").startswith("This session was changed at")
    assert f"by {organisation.who('marta')}." in stage.said("notes")
    assert edit.toPlainText() == "mine"
    assert stage.panel.form.minimum.edit.text() == "2"
    assert organisation.row(organisation.draft).notes == "hers"
    sheet = stage.panel.comparing.sheet
    assert sheet is not None
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert organisation.row(organisation.draft).notes == "hers"
    assert edit.toPlainText() == "mine"
    assert stage.link("notes", "Try again").isVisible()


def test_typing_goes_on_while_the_session_changes_elsewhere(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    edit = stage.panel.form.notes.edit
    edit.setFocus()
    edit.insertPlainText("half a sen")
    stage.desk.write(stage.window, "Edit", edit_session, organisation.draft, {"minimum": 2})
    stage.qtbot.waitUntil(lambda: stage.panel.form.minimum.edit.text() == "2")
    assert edit.toPlainText() == "half a sen"


def test_two_quick_changes_do_not_stand_in_each_others_way(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    form = stage.panel.form
    form.notes.edit.setFocus()
    form.notes.edit.insertPlainText("one")
    form.description.edit.setFocus()
    form.description.edit.insertPlainText("two")
    form.capacity.edit.setFocus()
    stage.leave()
    row = organisation.row(organisation.draft)
    assert (row.notes, row.description) == ("one", "two")
    assert not stage.panel.saver.pending


def test_closing_with_something_pending_asks(stage: Stage, organisation: Organisation) -> None:
    clash(stage, organisation)
    asked = answer(lambda dialog: dialog.back.click())
    assert not stage.panel.close_session()
    assert asked == ["Give up what is not saved?"]
    assert stage.panel.session_id == organisation.scheduled
    answer(lambda dialog: dialog.go.click())
    assert stage.panel.close_session()
    assert stage.panel.session_id is None


def test_another_session_with_something_pending_asks(stage: Stage, organisation: Organisation) -> None:
    clash(stage, organisation)
    answer(lambda dialog: dialog.done(QDialog.DialogCode.Rejected))
    assert not stage.panel.show_session(organisation.draft)
    assert stage.panel.session_id == organisation.scheduled


def test_what_is_being_typed_is_saved_when_another_session_opens(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    edit = stage.panel.form.notes.edit
    edit.setFocus()
    edit.insertPlainText("typed to the last moment")
    stage.panel.show_session(organisation.undated)
    stage.settle()
    assert organisation.row(organisation.draft).notes == "typed to the last moment"
    assert stage.panel.form.notes.edit.toPlainText() == ""
