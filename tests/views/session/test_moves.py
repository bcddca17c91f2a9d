"""Scheduling tells every problem at once, and each state offers its own moves."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.factories import make_course, make_draft, prepared
from tests.views.session.conftest import Organisation, Stage
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.planning.drafts import edit_session
from trainer_desk.services.planning.lifecycle import cancel
from trainer_desk.views.rehoming.sheet import RehomeSheet
from trainer_desk.views.session.checks import Mark


def moves_of(stage: Stage) -> list[str]:
    return [verb for verb, button in stage.panel.foot.buttons.items() if button.isVisible()]


def test_every_problem_is_told_at_once_and_the_first_takes_the_focus(stage: Stage, organisation: Organisation) -> None:
    organisation.write(edit_session, organisation.draft, {"trainer_id": organisation.femi})
    stage.show(organisation.draft)
    stage.press(stage.panel.foot.buttons["publish"])
    assert organisation.row(organisation.draft).status == "DRAFT"
    assert "Femi Adeyemi is not qualified for Lockout–Tagout." in stage.said("trainer")
    assert "Femi Adeyemi teaches Asbestos Awareness 14:00–16:00." in stage.said("trainer")
    assert stage.said("venue") == "Training Room A is taken by Asbestos Awareness 14:00–16:00."
    told = stage.panel.foot.alert.label.text()
    assert told.startswith("Lockout–Tagout cannot be scheduled yet.")
    assert "Femi Adeyemi" in told
    assert "Training Room A" in told
    focus = QApplication.focusWidget()
    assert focus is not None
    assert stage.panel.form.trainer.isAncestorOf(focus)


def test_what_is_missing_is_told_at_its_field(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.undated)
    assert stage.said("venue") == ""
    stage.press(stage.panel.foot.buttons["publish"])
    assert stage.said("venue") == "Set a venue to schedule this session."
    assert stage.panel.form.when.day.hasFocus()


def test_the_checklist(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    assert [(item.text, item.mark) for item in stage.panel.foot.items] == [
        ("Trainer, venue and time are set", Mark.DONE),
        ("Trainer is qualified", Mark.DONE),
        ("Trainer is free", Mark.DONE),
        ("Venue is free", Mark.FAILS),
    ]
    stage.show(organisation.undated)
    marks = [item.mark for item in stage.panel.foot.items]
    assert marks == [Mark.FAILS, Mark.OPEN, Mark.OPEN, Mark.OPEN]


def test_the_nearest_way_out_stands_beside_schedule(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    assert stage.panel.foot.fix.words() == "Use Training Room B"
    stage.press(stage.panel.foot.fix)
    assert organisation.row(organisation.draft).venue_id == organisation.room_b
    stage.press(stage.panel.foot.buttons["publish"])
    assert organisation.row(organisation.draft).status == "SCHEDULED"
    assert stage.toasts[-1] == ("Lockout–Tagout scheduled.", True)


def test_a_way_out_under_a_field(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    stage.press(stage.link("venue", "Start at 16:00"))
    assert organisation.row(organisation.draft).starts_at.hour == 14
    assert stage.said("venue") == "Free at this time."


def test_what_was_orange_is_told_with_the_outcome(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    stage.choose(stage.panel.form.venue.combo, "Cabin")
    stage.press(stage.panel.foot.buttons["publish"])
    assert stage.toasts[-1][0] == "Lockout–Tagout scheduled. Venue Capacity Exceeded (5/2)."


def test_a_scheduled_session_goes_back_to_draft(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.scheduled)
    assert moves_of(stage) == ["start", "unpublish", "cancel"]
    stage.press(stage.panel.foot.buttons["unpublish"])
    assert organisation.row(organisation.scheduled).status == "DRAFT"
    assert moves_of(stage) == ["publish", "cancel"]
    assert stage.panel.header.state.words() == "Draft"


def test_without_people_it_is_cancelled_at_once_and_reinstated(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.scheduled)
    stage.press(stage.panel.foot.buttons["cancel"])
    assert organisation.row(organisation.scheduled).status == "CANCELLED"
    assert "Cancelled before anybody was enrolled." in stage.panel.foot.told.text()
    assert moves_of(stage) == ["reinstate"]
    stage.press(stage.panel.foot.buttons["reinstate"])
    assert organisation.row(organisation.scheduled).status == "DRAFT"


def test_with_people_the_reason_is_asked(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    stage.press(stage.panel.foot.buttons["cancel"])
    sheet = stage.window.findChild(RehomeSheet)
    assert sheet is not None
    QTest.keyClick(sheet.reason, Qt.Key.Key_Return)
    assert organisation.row(organisation.draft).status == "DRAFT"
    QTest.keyClicks(sheet.reason, "Storm")
    QTest.keyClick(sheet.reason, Qt.Key.Key_Return)
    stage.settle()
    row = organisation.row(organisation.draft)
    assert (row.status, row.cancel_reason) == ("CANCELLED", "Storm")


def test_delete_and_duplicate(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    stage.press(stage.panel.header.duplicate)
    copy = stage.panel.session_id
    assert copy not in (None, organisation.draft)
    assert organisation.row(copy or 0).seats_taken == 0
    with stage.qtbot.waitSignal(stage.panel.closed):
        QTest.mouseClick(stage.panel.header.remove, Qt.MouseButton.LeftButton)
    assert organisation.row(copy or 0).deleted_at is not None
    assert stage.toasts[-1] == ("Lockout–Tagout moved to the trash.", True)


@pytest.mark.parametrize("status", [SessionStatus.CANCELLED, SessionStatus.COMPLETED])
def test_what_is_over_lets_notes_and_metadata_change_only(
    stage: Stage, organisation: Organisation, status: SessionStatus
) -> None:
    reason = "x" if status is SessionStatus.CANCELLED else None
    with prepared(organisation.store) as db:
        stored = organisation.row(organisation.scheduled)
        session = make_draft(
            db,
            course=organisation.course,
            trainer=organisation.john,
            venue=organisation.room_b,
            starts_at=stored.starts_at,
            status=status,
            cancel_reason=reason,
        )
    stage.show(session)
    enabled = {group for group, field in stage.panel.form.fields.items() if field.first_editor().isEnabled()}
    assert enabled == {"notes", "metadata"}
    assert not stage.panel.form.people.add.isEnabled()


def test_a_move_that_came_too_late_says_so(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.scheduled)
    organisation.write(cancel, organisation.scheduled, "Storm")
    stage.press(stage.panel.foot.buttons["unpublish"])
    stage.qtbot.waitUntil(lambda: moves_of(stage) == ["reinstate"])


def test_names_are_not_read_as_markup_or_templates(stage: Stage, organisation: Organisation) -> None:
    with prepared(organisation.store) as db:
        course = make_course(db, "ODD", title="<b>{title}</b> & Co")
        session = make_draft(db, course=course)
    stage.show(session)
    stage.press(stage.panel.header.duplicate)
    assert stage.toasts[-1][0] == "<b>{title}</b> & Co duplicated."
    assert stage.panel.form.title.edit.toPlainText() == "<b>{title}</b> & Co"
