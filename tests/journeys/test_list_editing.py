"""Day, time, trainer and venue are edited in the list itself, with keys and mouse, each as one step (ux 4.8, V3)."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.factories import at, make_draft, make_trainer, prepared
from tests.journeys.conftest import LEFT, Workplace
from tests.views.accessibility import audit, name_of
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.planning import lifecycle
from trainer_desk.services.planning.drafts import edit_session
from trainer_desk.services.planning.shelves import Shelf
from trainer_desk.services.rows.comparing import Side
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.schedule.cell_choice import ChoiceEditor
from trainer_desk.views.schedule.cell_editing import CellEditing
from trainer_desk.views.schedule.cell_editors import DayEditor, TimeEditor
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.schedule.session_table import SessionTable

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def the_list(place: Workplace) -> CellEditing:
    """Show the list of the week."""
    place.page.show_view(View.LIST)
    place.until(lambda: place.page.table.model.rowCount() and place.page.table.table.hasFocus())
    return place.page.editing


def the_sessions(place: Workplace, shelf: Shelf) -> CellEditing:
    """Show a shelf of the page Sessions."""
    sessions = place.assembly.sessions
    place.window.show_page("sessions")
    sessions.show_shelf(shelf)
    place.until(lambda: sessions.table.model.rowCount())
    return sessions.editing


def stand_on(table: SessionTable, session_id: int, column: str) -> QPoint:
    """Click a cell; return where it is on the viewport."""
    place = next(place for place, each in enumerate(table.model.columns) if each.id == column)
    index = table.model.index(table.model.keys().index(session_id), place)
    table.table.scrollTo(index)
    point = table.table.visualRect(index).center()
    QTest.mouseClick(table.table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point)
    return point


def begin(place: Workplace, session_id: int, column: str, editing: CellEditing | None = None) -> CellEditing:
    """Edit a cell with F2."""
    editing = editing or the_list(place)
    table = place.page.table if editing is place.page.editing else place.assembly.sessions.table
    stand_on(table, session_id, column)
    place.key(Key.Key_F2)
    assert editing.editor is not None
    return editing


def in_popup(key: Qt.Key) -> None:
    """Press a key in the list or month that a field has opened."""
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup.focusWidget() or popup, key)


def retype(place: Workplace, text: str) -> None:
    """Replace what stands in the field with the focus."""
    place.key(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    place.type(text)


def test_f2_moves_the_times_and_keeps_the_length(place: Workplace) -> None:
    taught = place.centre.taught
    editing = begin(place, taught, "time")
    assert name_of(place.focus) == "Start of Lockout–Tagout, Tue 7 Jul · 09:00–12:00"
    retype(place, "1330")
    place.key(Key.Key_Return)
    place.until(lambda: place.toast.startswith("Lockout–Tagout moved to Tue 7 Jul · 13:30–16:30."))
    card = place.card(taught)
    assert (card.starts_at, card.ends_at) == (at("2026-07-07 13:30"), at("2026-07-07 16:30"))
    assert editing.editor is None
    assert place.focus is place.page.table.table
    place.window.undo_wanted.emit()
    place.until(lambda: place.toast == "Undone: Move Lockout–Tagout.")
    assert place.card(taught).starts_at == at("2026-07-07 09:00")


def test_tab_goes_from_start_to_end_and_on_to_the_trainer(place: Workplace) -> None:
    editing = begin(place, place.centre.ready, "time")
    place.key(Key.Key_Tab)
    assert name_of(place.focus).startswith("End of Fire Warden")
    retype(place, "12:15")
    place.key(Key.Key_Tab)
    place.until(lambda: isinstance(editing.editor, ChoiceEditor))
    assert editing.column == "trainer"
    card = place.card(place.centre.ready)
    assert (card.starts_at, card.ends_at) == (at("2026-07-08 10:00"), at("2026-07-08 12:15"))
    place.key(Key.Key_Tab, SHIFT)
    place.until(lambda: isinstance(editing.editor, TimeEditor))
    place.key(Key.Key_Escape)
    assert editing.editor is None


def test_a_trainer_is_found_by_typing_and_stands_there_with_the_hours(place: Workplace) -> None:
    editing = begin(place, place.centre.ready, "trainer")
    assert name_of(place.focus) == "Trainer of Fire Warden, Wed 8 Jul · 10:00–11:00"
    editor = editing.editor
    assert isinstance(editor, ChoiceEditor)
    place.until(lambda: "John Smith (3h booked this week)" in editor.combo.texts())
    place.type("smith")
    place.key(Key.Key_Return)
    place.until(lambda: place.toast == "Trainer of Fire Warden: John Smith.")
    assert place.card(place.centre.ready).trainer_id == place.centre.john
    place.window.undo_wanted.emit()
    place.until(lambda: place.toast == "Undone: Change the trainer of Fire Warden.")


def test_what_is_typed_before_the_hours_are_known_is_kept(place: Workplace) -> None:
    editing = begin(place, place.centre.ready, "trainer")
    editor = editing.editor
    assert isinstance(editor, ChoiceEditor)
    assert editor.combo.texts() == ["Aisha Rahman", "John Smith"]
    place.type("joh")
    place.until(lambda: "John Smith (3h booked this week)" in editor.combo.texts())
    line = editor.combo.lineEdit()
    assert line is not None
    assert line.text() == "joh"
    place.key(Key.Key_Escape)
    if editing.editor is not None:
        place.key(Key.Key_Escape)
    assert editing.editor is None
    assert place.card(place.centre.ready).trainer_id == place.centre.aisha


def test_a_venue_is_taken_from_the_list_with_the_arrows(place: Workplace) -> None:
    begin(place, place.centre.ready, "venue")
    place.key(Key.Key_Down)
    in_popup(Key.Key_Up)
    in_popup(Key.Key_Return)
    place.until(lambda: place.toast == "Venue of Fire Warden: Training Room A.")
    assert place.card(place.centre.ready).venue_id == place.centre.room_a


def test_a_refusal_keeps_the_old_value_and_offers_the_way_out(place: Workplace) -> None:
    place.another_takes(place.centre.john, place.centre.room_b, "2026-07-08 10:00")
    begin(place, place.centre.taught, "day")
    retype(place, "8 jul")
    place.key(Key.Key_Return)
    place.until(lambda: place.toast.startswith("Lockout–Tagout was not changed. John Smith teaches Fire Warden"))
    assert place.card(place.centre.taught).starts_at == at("2026-07-07 09:00")
    row = place.page.table.model.keys().index(place.centre.taught)
    assert place.page.table.model.index(row, 0).data() == "Tue 7 Jul"
    toast = place.window.toasts.current
    assert toast is not None
    assert toast.action is not None
    assert toast.action.words() == "Move there"
    place.press(toast.action)
    place.until(lambda: place.card(place.centre.taught).starts_at == at("2026-07-08 11:00"))
    assert place.card(place.centre.taught).ends_at == at("2026-07-08 14:00")


def test_escape_leaves_everything_as_it_was(place: Workplace) -> None:
    editing = begin(place, place.centre.taught, "day")
    assert isinstance(editing.editor, DayEditor)
    retype(place, "9 jul")
    place.key(Key.Key_Escape)
    assert editing.editor is None
    place.settled()
    assert place.card(place.centre.taught).starts_at == at("2026-07-07 09:00")
    assert place.window.panel.current == "tray"
    assert not place.window.toasts.history


@pytest.mark.parametrize("typed", ["31 foo", "25:00"])
def test_what_cannot_be_read_stays_open_with_its_reason(place: Workplace, typed: str) -> None:
    editing = begin(place, place.centre.taught, "day" if "foo" in typed else "time")
    retype(place, typed)
    place.key(Key.Key_Return)
    assert editing.editor is not None
    assert place.toast.startswith(f"“{typed}” is not a ")
    assert place.focus.property("invalid")
    place.key(Key.Key_Escape)


def test_an_end_before_the_start_is_told_before_anything_is_saved(place: Workplace) -> None:
    editing = begin(place, place.centre.ready, "time")
    place.key(Key.Key_Tab)
    retype(place, "9:00")
    place.key(Key.Key_Return)
    assert place.toast == "The end must be after the start. It is 10:00–09:00 now."
    assert editing.editor is not None
    place.key(Key.Key_Escape)
    assert place.card(place.centre.ready).ends_at == at("2026-07-08 11:00")


def test_the_day_of_a_draft_without_one_comes_first_and_brings_usual_times(place: Workplace) -> None:
    undated = place.centre.undated
    editing = begin(place, undated, "time", the_sessions(place, Shelf.DRAFTS))
    assert editing.column == "day"
    place.type("9 jul")
    place.key(Key.Key_Return)
    place.until(lambda: place.card(undated).starts_at is not None)
    card = place.card(undated)
    assert card.starts_at is not None
    assert card.ends_at == card.starts_at + dt.timedelta(hours=1)
    assert place.toast.startswith("Fire Warden placed on Thu 9 Jul")


def test_an_emptied_day_of_a_draft_takes_its_date_away(place: Workplace) -> None:
    begin(place, place.centre.ready, "day", the_sessions(place, Shelf.DRAFTS))
    place.key(Key.Key_Backspace)
    place.key(Key.Key_Return)
    place.until(lambda: place.toast == "Fire Warden has no date any more; it waits among the drafts.")
    assert place.card(place.centre.ready).starts_at is None


def test_order_search_and_selection_stay_when_an_edit_was_saved(place: Workplace) -> None:
    editing = the_list(place)
    table = place.page.table
    table.sort_by("title", descending=True)
    table.search.setFocus()
    place.type("room")
    place.until(lambda: table.search_text() == "room")
    begin(place, place.centre.ready, "time", editing)
    retype(place, "15:00")
    place.key(Key.Key_Return)
    place.until(lambda: place.toast.startswith("Fire Warden moved"))
    assert table.sort() == ("title", True)
    assert table.model.keys() == [place.centre.taught, place.centre.ready]
    assert table.search_text() == "room"
    assert table.selected_ids() == [place.centre.ready]
    index = table.table.currentIndex()
    assert (table.model.key(index.row()), table.model.columns[index.column()].id) == (place.centre.ready, "time")


def test_the_list_keeps_its_place_when_a_row_far_down_is_edited(place: Workplace) -> None:
    with prepared(place.store) as db:
        for number in range(60):
            make_draft(db, course=place.centre.loto, starts_at=at(f"2026-07-09 08:{number:02}"))
    place.page.source.reload()
    editing = the_list(place)
    table = place.page.table
    place.until(lambda: table.model.rowCount() == 62)
    last = table.model.keys()[55]
    assert isinstance(last, int)
    begin(place, last, "venue", editing)
    before = table.table.verticalScrollBar().value()
    assert before > 0
    place.type("room b")
    place.key(Key.Key_Return)
    place.until(lambda: place.card(last).venue_id == place.centre.room_b)
    assert table.table.verticalScrollBar().value() == before


def test_a_click_elsewhere_saves_too(place: Workplace) -> None:
    editing = begin(place, place.centre.ready, "trainer")
    place.type("john")
    in_popup(Key.Key_Escape)
    assert editing.editor is not None
    stand_on(place.page.table, place.centre.taught, "title")
    place.until(lambda: place.toast == "Trainer of Fire Warden: John Smith.")
    assert place.page.table.selected_ids() == [place.centre.taught]
    place.window.activateWindow()
    place.until(place.window.isActiveWindow)
    begin(place, place.centre.ready, "time", editing)
    retype(place, "noon")
    stand_on(place.page.table, place.centre.taught, "title")
    assert editing.editor is None
    assert place.toast.startswith("“noon” is not a time.")
    place.settled()
    assert place.card(place.centre.ready).starts_at == at("2026-07-08 10:00")


def test_the_editor_follows_its_row_and_goes_with_it(place: Workplace) -> None:
    editing = begin(place, place.centre.taught, "trainer")
    editor = editing.editor
    assert editor is not None
    before = editor.pos()
    place.page.table.sort_by("title")
    assert editing.editor is editor
    assert editor.pos().y() > before.y()
    with place.store.writing("Meanwhile") as unit:
        lifecycle.cancel(unit.db, place.centre.taught, "Nobody came", actor="marta", now=unit.now)
    place.page.source.reload()
    place.settled()
    assert editing.editor is editor
    place.page.go_to(dt.date(2026, 9, 1))
    place.until(lambda: place.page.table.model.rowCount() == 0)
    assert editing.editor is None


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(place: Workplace) -> None:
    begin(place, place.centre.ready, "time")
    with place.store.writing("Meanwhile") as unit:
        edit_session(
            unit.db, place.centre.ready, {"starts_at": at("2026-07-09 10:00"), "ends_at": at("2026-07-09 11:00")},
            actor="marta", now=unit.now,
        )  # fmt: skip
    retype(place, "11:00")
    place.key(Key.Key_Return)
    asking = place.page.actions_of.asking
    place.until(lambda: asking.sheet is not None)
    sheet = asking.sheet
    assert sheet is not None
    mine, theirs = (sheet.contested[0].buttons[side].value for side in (Side.MINE, Side.THEIRS))
    assert (mine, theirs) == ("Tue 7 Jul, 11:00–12:00", "Thu 9 Jul, 10:00–11:00") or mine.endswith(", 11:00–12:00")
    assert place.card(place.centre.ready).starts_at == at("2026-07-09 10:00")
    place.press(sheet.contested[0].buttons[Side.MINE])
    place.press(sheet.save)
    place.until(lambda: place.card(place.centre.ready).starts_at != at("2026-07-09 10:00"))
    place.settled()
    place.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    place.until(lambda: place.card(place.centre.ready).starts_at == at("2026-07-09 10:00"))


def cancelled(place: Workplace) -> None:
    with place.store.writing("Cancel") as unit:
        lifecycle.cancel(unit.db, place.centre.taught, "Nobody came", actor="marta", now=unit.now)


def test_what_its_state_fixes_is_told_instead_of_edited(place: Workplace) -> None:
    cancelled(place)
    editing = the_list(place)
    place.page.source.reload()
    place.until(lambda: place.page.source.cards[place.centre.taught].status is SessionStatus.CANCELLED)
    stand_on(place.page.table, place.centre.taught, "venue")
    place.key(Key.Key_F2)
    assert editing.editor is None
    assert "Only its notes and metadata can be changed" in place.toast


def test_a_double_click_still_opens_the_panel_and_the_menu_offers_to_edit_here(place: Workplace) -> None:
    editing = the_list(place)
    point = stand_on(place.page.table, place.centre.taught, "trainer")
    QTest.mouseDClick(place.page.table.table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point)
    place.until(lambda: place.window.panel.current == "session")
    assert editing.editor is None
    stand_on(place.page.table, place.centre.taught, "trainer")
    place.page.table.table.customContextMenuRequested.emit(point)
    menu = place.page.findChildren(Menu)[-1]
    (entry,) = [action for action in menu.actions() if action.text().startswith("Edit here")]
    assert entry.text() == "Edit here\tF2"
    menu.close()
    entry.trigger()
    assert isinstance(editing.editor, ChoiceEditor)
    assert audit(place.window) == []
    place.key(Key.Key_Escape)


def test_the_menu_of_the_calendar_does_not_offer_it(place: Workplace) -> None:
    place.page.ask_menu(place.centre.taught, QPoint(0, 0))
    menu = place.page.findChildren(Menu)[-1]
    assert not [action for action in menu.actions() if action.text().startswith("Edit here")]
    menu.close()


def test_nothing_is_edited_in_the_trash(place: Workplace) -> None:
    place.page.actions_of.remove([place.centre.ready])
    place.until(lambda: place.toast.endswith("moved to the trash."))
    editing = the_sessions(place, Shelf.TRASH)
    stand_on(place.assembly.sessions.table, place.centre.ready, "day")
    place.key(Key.Key_F2)
    assert editing.editor is None
    assert "is in the trash. Restore it there first." in place.toast


def test_a_name_that_matches_nothing_is_told(place: Workplace) -> None:
    editing = begin(place, place.centre.ready, "trainer")
    place.type("zzz")
    place.key(Key.Key_Return)
    place.until(lambda: place.toast.startswith("“zzz” matches none of the list"))
    assert editing.editor is not None
    place.key(Key.Key_Escape)


def test_page_keys_step_the_day_and_not_the_week(place: Workplace) -> None:
    begin(place, place.centre.taught, "day")
    place.key(Key.Key_PageUp)
    assert place.page.anchor == dt.date(2026, 7, 6)
    assert place.focus.text() == "Tue 14 Jul 2026"  # type: ignore[attr-defined]
    place.key(Key.Key_Return)
    place.until(lambda: place.toast.startswith("Lockout–Tagout moved to Tue 14 Jul · 09:00–12:00."))


def test_a_day_is_picked_from_the_small_month(place: Workplace) -> None:
    editing = begin(place, place.centre.taught, "day")
    place.key(Key.Key_F4)
    in_popup(Key.Key_Right)
    in_popup(Key.Key_Return)
    place.until(lambda: QApplication.activePopupWidget() is None)
    assert isinstance(editing.editor, DayEditor)
    assert editing.editor.day.value == dt.date(2026, 7, 8)
    place.key(Key.Key_Return)
    place.until(lambda: place.card(place.centre.taught).starts_at == at("2026-07-08 09:00"))


def test_f2_in_a_column_that_cannot_be_edited_edits_the_day(place: Workplace) -> None:
    editing = begin(place, place.centre.taught, "seats")
    assert editing.column == "day"
    place.key(Key.Key_Escape)


def test_a_co_trainer_who_takes_the_lead_is_none_any_more(place: Workplace) -> None:
    with prepared(place.store) as db:
        maria = make_trainer(db, "MA", name="Maria Ortiz", courses=[place.centre.fire])
    place.page.source.reload(directory=True)
    with place.store.writing("Co") as unit:
        edit_session(unit.db, place.centre.ready, {"co_trainer_ids": (maria,)}, actor="me", now=unit.now)
    place.page.source.reload()
    place.settled()
    begin(place, place.centre.ready, "trainer")
    place.type("maria")
    place.key(Key.Key_Return)
    place.until(lambda: place.card(place.centre.ready).trainer_id == maria)
    assert place.card(place.centre.ready).co_trainer_ids == ()
