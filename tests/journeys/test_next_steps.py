"""Undo and Redo say what they would take back or do again (V4)."""

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from tests.journeys.conftest import CTRL, Workplace
from trainer_desk.services.orchestration.scheduling import edit_session

SHIFT = Qt.KeyboardModifier.ShiftModifier


def words(place: Workplace, name: str) -> str:
    return place.window.actions_of_window[name].text()


def tip(place: Workplace, name: str) -> str:
    return html.unescape(place.window.actions_of_window[name].toolTip())


def test_the_menu_names_what_is_next_and_follows_every_change(place: Workplace) -> None:
    place.drag_session(place.centre.taught, "2026-07-09 13:00")
    place.until(lambda: words(place, "undo").startswith("Undo: Move Lockout–Tagout"))
    assert words(place, "redo") == "Redo"
    assert "Nothing of yours to redo" in tip(place, "redo")
    place.settled()
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: words(place, "redo").startswith("Redo: Move Lockout–Tagout"))
    place.settled()
    place.key(Qt.Key.Key_Z, CTRL | SHIFT)
    place.until(lambda: words(place, "undo").startswith("Undo: Move Lockout–Tagout"))
    assert "Undo: Move Lockout–Tagout" in tip(place, "undo")


def test_a_click_in_the_menu_undoes_what_it_says(place: Workplace) -> None:
    before = place.card(place.centre.taught).starts_at
    place.drag_session(place.centre.taught, "2026-07-09 13:00")
    place.until(lambda: words(place, "undo") != "Undo")
    place.settled()
    place.window._open_user_menu()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    shown = [action.text() for action in menu.actions() if action.isEnabled() and not action.isSeparator()]
    assert shown[:2] == [words(place, "undo"), words(place, "redo")]
    next(action for action in menu.actions() if action.text() == words(place, "undo")).trigger()
    menu.close()
    place.until(lambda: place.card(place.centre.taught).starts_at == before)


def test_a_long_name_is_cut_in_the_menu_and_whole_in_the_tooltip(place: Workplace) -> None:
    long = "Rename a & b " * 8
    place.desk.write(place.window, long, edit_session, place.centre.ready, {"title": "Longest"})
    place.until(lambda: words(place, "undo").startswith("Undo: Rename a && b"))
    assert words(place, "undo").endswith("…")
    assert long.strip() in tip(place, "undo")
