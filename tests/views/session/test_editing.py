"""Each field of the panel writes its column as one step with a toast, and shows what is stored."""

import datetime as dt

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.factories import at
from tests.views.session.conftest import Organisation, Stage
from trainer_desk.services.journal.steps import next_undo
from trainer_desk.services.planning.drafts import delete_session, edit_session


def test_it_shows_what_is_stored(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    form = stage.panel.form
    assert form.title.edit.toPlainText() == "Lockout–Tagout"
    assert form.title.course.text() == "3 h · valid for 12 months"
    assert (form.when.day.text(), form.when.start.text(), form.when.end.text()) == ("Mon 6 Jul 2026", "13:00", "16:00")
    assert form.trainer.combo.currentText() == "John Smith (2h booked this week)"
    assert form.venue.combo.currentText() == "Training Room A · 20 seats"
    assert stage.panel.header.state.words() == "Draft"


def test_the_own_title_is_saved_and_taken_back_by_the_courses(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    edit = stage.panel.form.title.edit
    stage.retype(edit, "Night shift")
    assert organisation.row(organisation.draft).title == "Night shift"
    assert stage.panel.form.title.course.text() == "Lockout–Tagout · 3 h · valid for 12 months"
    assert stage.toasts == [("Changed the title of Lockout–Tagout.", True)]
    stage.retype(edit, "")
    assert organisation.row(organisation.draft).title is None
    assert edit.toPlainText() == "Lockout–Tagout"


def test_enter_saves_the_title_and_escape_puts_it_back(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    edit = stage.panel.form.title.edit
    edit.setFocus()
    QTest.keyClicks(edit, "X")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.toPlainText() == "Lockout–Tagout"
    QTest.keyClicks(edit, "Y")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    stage.settle()
    assert organisation.row(organisation.draft).title == "YLockout–Tagout"


def test_a_change_is_one_step_that_can_be_undone(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    stage.retype(stage.panel.form.notes.edit, "Bring locks")
    assert organisation.row(organisation.draft).notes == "Bring locks"
    step = organisation.store.read(next_undo, organisation.who("frank"))
    assert step is not None
    assert step.label == "Change the notes of Lockout–Tagout"


def test_description_notes_and_metadata(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    form = stage.panel.form
    stage.retype(form.description.edit, "Bring <b>gloves</b>")
    stage.retype(form.metadata.edit, '{"cost": 3}')
    row = organisation.row(organisation.draft)
    assert row.description == "Bring <b>gloves</b>"
    assert row.metadata == {"cost": 3}


def test_capacity_minimum_and_decision_date(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    form = stage.panel.form
    stage.retype(form.capacity.edit, "12")
    stage.retype(form.minimum.edit, "4")
    stage.retype(form.decision.day, "3.7.2026")
    row = organisation.row(organisation.draft)
    assert (row.capacity, row.minimum, row.decision_on) == (12, 4, dt.date(2026, 7, 3))
    assert form.decision.day.text() == "3 Jul 2026", "the weekday has no room beside capacity and minimum"
    stage.retype(form.capacity.edit, "")
    assert organisation.row(organisation.draft).capacity is None


def test_a_new_start_keeps_the_length(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    stage.retype(stage.panel.form.when.start, "9")
    row = organisation.row(organisation.draft)
    assert (row.starts_at, row.ends_at) == (at("2026-07-06 09:00"), at("2026-07-06 12:00"))


def test_a_new_day_keeps_the_clock(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    stage.retype(stage.panel.form.when.day, "2026-12-07")
    row = organisation.row(organisation.draft)
    assert (row.starts_at, row.ends_at) == (at("2026-12-07 13:00"), at("2026-12-07 16:00"))


def test_a_new_end_changes_the_length(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    stage.retype(stage.panel.form.when.end, "1830")
    assert organisation.row(organisation.draft).ends_at == at("2026-07-06 18:30")
    assert "Training Room A is taken" not in stage.said("when")
    assert stage.said("when") == "Until 18:30, after working hours (17:00)."


def test_steps_of_the_arrows_are_saved_as_one(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    start = stage.panel.form.when.start
    start.setFocus()
    for _ in range(4):
        QTest.keyClick(start, Qt.Key.Key_Up)
    stage.qtbot.waitUntil(lambda: bool(stage.toasts), timeout=5000)
    stage.settle()
    assert organisation.row(organisation.draft).starts_at == at("2026-07-06 14:00")
    assert len(stage.toasts) == 1


def test_a_first_day_brings_the_usual_times(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.undated)
    stage.retype(stage.panel.form.when.day, "7 jul 2026")
    row = organisation.row(organisation.undated)
    assert (row.starts_at, row.ends_at) == (at("2026-07-07 08:00"), at("2026-07-07 11:00"))


def test_times_that_were_filled_in_are_typed_over(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.undated)
    stage.retype(stage.panel.form.when.day, "7 jul 2026")
    start = stage.panel.form.when.start
    assert QApplication.focusWidget() is start
    QTest.keyClicks(start, "1700")
    QTest.keyClick(start, Qt.Key.Key_Tab)
    stage.settle()
    assert organisation.row(organisation.undated).starts_at == at("2026-07-07 17:00")


def test_a_cleared_day_makes_it_undated(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    stage.retype(stage.panel.form.when.day, "")
    row = organisation.row(organisation.draft)
    assert (row.starts_at, row.ends_at) == (None, None)


def test_a_session_over_midnight(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    stage.retype(stage.panel.form.when.end, "2:00")
    assert "The end must be after the start" in stage.said("when")
    stage.press(stage.link("when", "End on the next day"))
    assert organisation.row(organisation.draft).ends_at == at("2026-07-07 02:00")
    next_day = stage.panel.form.when.next_day
    assert next_day.isVisible()
    stage.retype(stage.panel.form.when.start, "23:00")
    assert organisation.row(organisation.draft).ends_at == at("2026-07-07 12:00")


def test_the_trainer_is_found_by_typing(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.undated)
    stage.choose(stage.panel.form.trainer.combo, "aisha")
    assert organisation.row(organisation.undated).trainer_id == organisation.aisha
    completer = stage.panel.form.trainer.combo.completer()
    assert completer is not None
    assert not completer.popup().isVisible()


def test_trainers_show_their_hours_and_who_may_not_teach(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    field = stage.panel.form.trainer
    assert field.combo.texts() == [
        "Aisha Rahman (0h booked this week)",
        "Femi Adeyemi (2h booked this week)",
        "John Smith (2h booked this week)",
    ]
    spoken = [field.combo.itemData(row, Qt.ItemDataRole.AccessibleTextRole) for row in range(field.combo.count())]
    assert spoken[2] == "Femi Adeyemi (2h booked this week), Not qualified"
    stage.press(field.sort)
    assert field.combo.texts()[0] == "Aisha Rahman (0h booked this week)"
    assert field.combo.value == organisation.john


def test_sorting_by_load(stage: Stage, organisation: Organisation) -> None:
    organisation.write(edit_session, organisation.taken, {"trainer_id": organisation.aisha})
    stage.show(organisation.draft)
    stage.press(stage.panel.form.trainer.sort)
    assert [text.split(" (")[0] for text in stage.panel.form.trainer.combo.texts()] == [
        "Femi Adeyemi",
        "Aisha Rahman",
        "John Smith",
    ]


def test_arrows_and_wheel_do_not_change_a_list(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    combo = stage.panel.form.trainer.combo
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert combo.view().isVisible()
    combo.hidePopup()
    stage.leave()
    assert organisation.row(organisation.draft).trainer_id == organisation.john


def test_co_trainers_come_and_go(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    field = stage.panel.form.co_trainers
    stage.press(field.plus)
    stage.choose(field.combo, "Aisha")
    assert organisation.co_trainers(organisation.draft) == [organisation.aisha]
    assert field.chips[0].accessibleName() == "Remove co-trainer Aisha Rahman"
    stage.press(field.chips[0])
    assert organisation.co_trainers(organisation.draft) == []


def test_a_co_trainer_who_takes_the_lead_is_no_co_trainer(stage: Stage, organisation: Organisation) -> None:
    organisation.write(edit_session, organisation.draft, {"co_trainer_ids": (organisation.aisha,)})
    stage.show(organisation.draft)
    stage.choose(stage.panel.form.trainer.combo, "Aisha")
    assert organisation.row(organisation.draft).trainer_id == organisation.aisha
    assert organisation.co_trainers(organisation.draft) == []


def test_venue_and_course(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    stage.choose(stage.panel.form.venue.combo, "Room B")
    stage.choose(stage.panel.form.course.combo, "asbes")
    row = organisation.row(organisation.draft)
    assert (row.venue_id, row.course_id) == (organisation.room_b, organisation.other_course)


def test_the_panel_follows_a_change_made_elsewhere(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    later = {"starts_at": at("2026-07-06 16:00"), "ends_at": at("2026-07-06 19:00")}
    stage.desk.write(stage.window, "Move", edit_session, organisation.draft, later)
    stage.qtbot.waitUntil(lambda: stage.panel.form.when.start.text() == "16:00")


def test_a_session_that_goes_to_the_trash_closes_the_panel(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    with stage.qtbot.waitSignal(stage.panel.closed):
        stage.desk.write(stage.window, "Delete", delete_session, organisation.draft)
    assert stage.panel.session_id is None


def test_opening_with_enter_goes_to_the_first_empty_field(stage: Stage, organisation: Organisation) -> None:
    stage.panel.show_session(organisation.undated, focus_first_empty=True)
    stage.settle()
    assert stage.panel.form.when.day.hasFocus()
    organisation.write(
        edit_session, organisation.undated, {"starts_at": at("2026-07-08 08:00"), "ends_at": at("2026-07-08 09:00")}
    )
    stage.leave()
    stage.panel.show_session(organisation.undated, focus_first_empty=True)
    stage.settle()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert stage.panel.form.trainer.isAncestorOf(focus)


def test_a_named_field_takes_the_focus(stage: Stage, organisation: Organisation) -> None:
    stage.panel.show_session(organisation.undated, field="venue")
    stage.settle()
    assert stage.said("trainer") == "Set a trainer to schedule this session."
    focus = QApplication.focusWidget()
    assert focus is not None
    assert stage.panel.form.venue.isAncestorOf(focus)


def test_delete_in_a_text_deletes_a_letter_only(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    edit = stage.panel.form.title.edit
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    stage.leave()
    row = organisation.row(organisation.draft)
    assert (row.title, row.deleted_at) == ("ockout–Tagout", None)


def test_the_whole_panel_is_reached_by_tab(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    stage.elsewhere.setFocus()
    seen: list[str] = []
    for _ in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        after = QApplication.focusWidget()
        assert after is not None
        seen.append(after.accessibleName())
    for name in ("Duplicate as a draft", "Day", "Start", "End", "Trainer", "Venue", "Capacity", "Add people", "Notes"):
        assert name in seen, name
    assert "Schedule" in seen
    stage.settle()
    assert stage.toasts == []


def test_a_click_opens_the_month(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    when = stage.panel.form.when
    QTest.mouseClick(when.month, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()
