"""The schedule page: what is on show and remembered, filters, the list, the tray, and use without a mouse or eyes."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import at, make_draft, prepared
from tests.journeys.conftest import CTRL, LEFT, Workplace, found
from tests.views.accessibility import audit
from tests.views.schedule import pointer
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.planning.shelves import Shelf
from trainer_desk.services.store.engine import Store
from trainer_desk.views.bulk.sheet import BulkSheet
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.sessions.page import shelf_words


@pytest.fixture
def place(qtbot: QtBot, sqlite_store: Store, tmp_path: Path) -> Iterator[Workplace]:
    with prepared(sqlite_store) as db:
        centre = found(db)
    workplace = Workplace(qtbot, sqlite_store, centre, tmp_path / "window.ini")
    yield workplace
    workplace.close()


@pytest.mark.parametrize("view", list(View))
def test_every_view_can_be_used_by_everybody(place: Workplace, view: View) -> None:
    place.page.show_view(view)
    place.settled()
    place.page.select([place.centre.taught, place.centre.ready])
    assert audit(place.window) == []


def test_choosers_sheets_and_the_sessions_page_can_be_used_by_everybody(place: Workplace) -> None:
    place.page.new_session()
    assert audit(place.window) == []
    place.key(Qt.Key.Key_Escape)
    place.press(place.page.bar.filter)
    assert audit(place.window) == []
    place.key(Qt.Key.Key_Escape)
    place.page.actions_of.cancel([place.centre.taught])
    assert audit(place.window) == []
    place.key(Qt.Key.Key_Escape)
    place.window.show_page("sessions")
    for shelf, _word in shelf_words():
        place.assembly.sessions.show_shelf(Shelf(shelf))
        place.settled()
        assert audit(place.window) == []


def test_a_filter_narrows_calendar_tray_and_list_and_its_chip_takes_it_off(place: Workplace) -> None:
    place.press(place.page.bar.filter)
    place.type("aisha")
    place.key(Qt.Key.Key_Return)
    place.key(Qt.Key.Key_Escape)
    place.until(lambda: place.canvas.shown and set(place.canvas.shown.cards) == {place.centre.ready})
    assert place.page.tray.count.text() == "0"
    place.page.show_view(View.LIST)
    place.settled()
    assert place.page.table.model.keys() == [place.centre.ready]
    (chip,) = place.page.filtering.chips.buttons
    assert chip.words() == "Aisha Rahman  ×"
    place.press(chip)
    assert set(place.page.table.model.keys()) == {place.centre.taught, place.centre.ready}


def test_view_day_and_filters_are_remembered(place: Workplace, qtbot: QtBot, tmp_path: Path) -> None:
    place.page.go_to(dt.date(2026, 7, 14))
    place.page.show_view(View.TRAINERS)
    place.press(place.page.bar.filter)
    place.type("john")
    place.key(Qt.Key.Key_Return)
    place.key(Qt.Key.Key_Escape)
    place.settled()
    place.window.memory.save()
    again = Workplace(qtbot, place.store, place.centre, tmp_path / "window.ini")
    assert (again.page.view, again.page.anchor) == (View.TRAINERS, dt.date(2026, 7, 14))
    assert [chip.words() for chip in again.page.filtering.chips.buttons] == ["John Smith  ×"]
    again.close()


def test_the_list_sorts_searches_and_says_what_to_do_when_it_is_empty(place: Workplace) -> None:
    place.page.show_view(View.LIST)
    place.settled()
    table = place.page.table
    table.sort_by("title")
    assert table.model.keys() == [place.centre.ready, place.centre.taught]
    table.sort_by("seats", descending=True)
    assert table.model.keys() == [place.centre.taught, place.centre.ready]
    table.search.setFocus()
    place.type("room b fire")
    place.until(lambda: table.model.keys() == [place.centre.ready])
    assert place.page.view is View.LIST
    table.clear_search()
    place.page.go_to(dt.date(2026, 9, 1))
    place.settled()
    assert table.empty.sentence() == "Nothing planned in this range."
    assert [button.words() for button in table.empty.buttons] == ["New session", "Copy last week"]


def test_what_is_selected_in_the_calendar_is_selected_in_the_list(place: Workplace) -> None:
    place.page.select([place.centre.ready])
    place.page.show_view(View.LIST)
    place.settled()
    assert place.page.table.selected_ids() == [place.centre.ready]
    place.page.show_view(View.WEEK)
    place.settled()
    assert place.canvas.selected() == [place.centre.ready]


def test_rows_are_copied_as_they_are_shown(place: Workplace) -> None:
    place.page.show_view(View.LIST)
    place.settled()
    place.page.table.select_ids([place.centre.taught])
    place.page.table.copy_rows()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Day\tTime\tSession\tTrainer\tVenue\tSeats\tState\tWaiting\tRun"
    row = "Tue 7 Jul\t09:00–12:00\tLockout–Tagout\tJohn Smith\tTraining Room A\t2/20\t"
    assert lines[1].startswith(row)


def test_the_menu_offers_what_the_state_allows(place: Workplace) -> None:
    place.page.ask_menu(place.centre.taught, QPoint(0, 0))
    menu = place.page.findChildren(Menu)[-1]
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert words == [
        "Open", "Move to…", "Show free times", "Substitute…", "Repeat…", "Start session", "Back to draft",
        "Put back to the drafts", "Take attendance", "Add people",
        "Check-in at the door", "Save the roster as CSV", "Save as a calendar", "Print the sign-in sheet",
        "Print the roster", "Print the door sheet", "Print badges", "Tell its people…", "Duplicate", "Cancel session",
    ]  # fmt: skip
    menu.close()


def test_a_move_into_the_skipped_hour_is_refused_with_the_reason(place: Workplace) -> None:
    with prepared(place.store) as db:
        night = make_draft(
            db, course=place.centre.fire, trainer=place.centre.aisha, venue=place.centre.room_b,
            starts_at=at("2027-03-28 00:30"), minutes=30,
        )  # fmt: skip
    place.page.go_to(dt.date(2027, 3, 28))
    place.until(lambda: night in place.page.source.cards)
    place.canvas.reveal(night)
    place.drag_session(night, "2027-03-28 02:30")
    place.settled()
    assert "does not exist: the clocks of Europe/Berlin go forward over it." in place.toast
    assert place.card(night).starts_at == at("2027-03-28 00:30")


def test_a_click_on_plus_n_opens_the_day(place: Workplace) -> None:
    with prepared(place.store) as db:
        for _each in range(9):
            make_draft(db, course=place.centre.fire, starts_at=at("2026-07-09 09:00"))
    place.page.source.reload()
    place.until(lambda: place.canvas.laid.more)
    (tile,) = place.canvas.laid.more
    QTest.mouseClick(place.canvas.viewport(), LEFT, pointer.NONE, pointer.view_point(place.canvas, tile.box))
    place.settled()
    assert (place.page.view, place.page.anchor) == (View.DAY, dt.date(2026, 7, 9))


def test_a_long_tray_can_be_filtered(place: Workplace) -> None:
    tray = place.page.tray
    assert not tray.filter.isVisible()
    with prepared(place.store) as db:
        for number in range(9):
            make_draft(db, course=place.centre.loto, title=f"Plant {number}")
    place.page.source.reload()
    place.until(tray.filter.isVisible)
    tray.filter.setFocus()
    place.type("plant 7")
    assert [card.title for card in tray.cards.cards.cards] == ["Plant 7"]
    place.type("x")
    assert tray.hint.text() == "No draft matches “plant 7x”."


def test_escape_lets_go_of_a_card_of_the_tray(place: Workplace) -> None:
    cards = place.page.tray.cards
    grip = cards.visualRect(cards.cards.index(0)).center()
    target = cards.viewport().mapFromGlobal(place.canvas.viewport().mapToGlobal(place.grid("2026-07-08 14:00")))
    QTest.mousePress(cards.viewport(), LEFT, pointer.NONE, grip)
    for step in range(1, 6):
        QTest.mouseMove(cards.viewport(), grip + (target - grip) * step / 5)
    assert cards.is_dragging
    place.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(cards.viewport(), LEFT, pointer.NONE, target)
    place.settled()
    assert place.card(place.centre.undated).starts_at is None
    assert place.canvas.gestures.drag is None


def test_the_panel_opens_follows_the_selection_and_gives_the_drafts_back(place: Workplace) -> None:
    place.click_session(place.centre.taught)
    assert place.window.panel.current == "tray"
    QTest.mouseDClick(place.canvas.viewport(), LEFT, pointer.NONE, pointer.centre(place.canvas, place.centre.taught))
    place.until(lambda: place.window.panel.current == "session")
    place.click_session(place.centre.ready)
    place.until(lambda: place.assembly.panel.session_id == place.centre.ready)
    place.assembly.panel.close_session()
    assert place.window.panel.current == "tray"


def test_single_keys_can_be_switched_off_and_never_fire_while_typing(place: Workplace) -> None:
    place.page.show_view(View.LIST)
    place.settled()
    place.page.table.search.setFocus()
    place.type("wmd")
    assert (place.page.view, place.page.table.search.text()) == (View.LIST, "wmd")
    place.page.table.table.setFocus()
    place.window.set_single_keys(False)
    place.key(Qt.Key.Key_W)
    assert place.page.view is View.LIST
    place.window.set_single_keys(True)
    place.key(Qt.Key.Key_W)
    assert place.page.view is View.WEEK


def test_a_batch_is_one_step_of_undo(place: Workplace) -> None:
    place.click_session(place.centre.taught)
    place.click_session(place.centre.ready, CTRL)
    place.page.act("duplicate")
    place.until(lambda: place.window.findChildren(BulkSheet))
    (sheet,) = place.window.findChildren(BulkSheet)
    place.until(sheet.go.isEnabled)
    sheet.go.click()
    place.until(lambda: len(place.page.source.cards) == 5)
    assert place.toast == "2 sessions duplicated as drafts."
    place.page.actions_of.undo()
    place.until(lambda: len(place.page.source.cards) == 3)


def test_what_is_undone_says_so_and_nothing_left_says_that(place: Workplace) -> None:
    place.page.actions_of.duplicate([place.centre.ready])
    place.until(lambda: len(place.page.source.cards) == 4)
    place.page.actions_of.undo()
    place.until(lambda: place.toast == "Undone: Duplicate Fire Warden.")
    place.page.actions_of.redo()
    place.until(lambda: place.toast == "Done again: Duplicate Fire Warden.")
    place.page.actions_of.redo()
    place.until(lambda: place.toast == "There is nothing to redo.")


def test_scheduling_from_the_list_of_all_drafts(place: Workplace) -> None:
    sessions = place.assembly.sessions
    place.window.show_page("sessions")
    sessions.show_shelf(Shelf.DRAFTS)
    place.until(lambda: sessions.table.model.rowCount() == 2)
    assert QApplication.focusWidget() is sessions.table.table
    sessions.table.select_ids([place.centre.ready])
    place.key(Qt.Key.Key_S)
    place.until(lambda: place.card(place.centre.ready).status is SessionStatus.SCHEDULED)
    place.until(lambda: sessions.table.model.keys() == [place.centre.undated])
