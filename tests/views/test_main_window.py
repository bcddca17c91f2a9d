"""The shell: pages, panel and sidebar at every width, keys, notices, memory, and what a screen reader finds."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.views.accessibility import audit
from trainer_desk.views.actions import ACTIONS, GESTURES, REGIONS, key_text
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.empty_state import EmptyState
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.parts.shortcuts_sheet import ShortcutsSheet
from trainer_desk.views.parts.side_panel import TRAY
from trainer_desk.views.theme import Look

TODAY = date(2026, 11, 24)
STATUS = ["Show or hide the sidebar  [", "No open findings", "Notifications", "Show or hide the panel  ]"]
Open = Callable[[], MainWindow]


def page(name: str) -> QWidget:
    """Return a page with a text field and a button."""
    widget = QWidget()
    field, button = QLineEdit(), Button(f"Do {name}")
    field.setAccessibleName(name)
    column = QVBoxLayout(widget)
    column.addWidget(field)
    column.addWidget(button)
    return widget


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path, plain_look: Look) -> Open:
    def make() -> MainWindow:
        window = MainWindow(tmp_path / "config" / "window.ini", "Frank Osei", TODAY)
        qtbot.addWidget(window)
        bar = QWidget()
        column = QVBoxLayout(bar)
        column.addWidget(IconButton("plus", "New session"))
        window.add_page("schedule", "Schedule", "calendar-days", page("schedule"), bar)
        window.add_page("sessions", "Sessions", "list-checks", page("sessions"))
        window.add_panel("tray", EmptyState("All drafts are placed."), TRAY)
        window.add_panel("session", page("panel"))
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return make


@pytest.fixture
def window(open_window: Open) -> Iterator[MainWindow]:
    shown = open_window()
    shown.resize(1440, 900)
    yield shown
    shown.may_close = None


def content(window: MainWindow) -> QLineEdit:
    """Return the field of the page on show."""
    return next(field for field in window._content.findChildren(QLineEdit) if field.isVisible())


def test_the_first_page_shows_and_the_sidebar_lists_what_was_added(window: MainWindow) -> None:
    assert window.page == "schedule"
    assert [button.words() for button in window.sidebar.items.values()] == ["Schedule", "Sessions"]
    assert window.sidebar.items["schedule"].isChecked()
    assert window._bars.isVisible()


def test_a_page_that_comes_after_the_first_paint_gets_the_focus(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(tmp_path / "window.ini", "Frank Osei", TODAY)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.add_page("schedule", "Schedule", "calendar-days", page("schedule"))
    assert content(window).hasFocus()


def test_a_click_in_the_sidebar_changes_the_page(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.page_changed) as changed:
        qtbot.mouseClick(window.sidebar.items["sessions"], Qt.MouseButton.LeftButton)
    assert changed.args == ["sessions"]
    assert content(window).accessibleName() == "sessions"
    assert not window._bars.isVisible()


def test_an_unknown_page_is_a_bug(window: MainWindow) -> None:
    with pytest.raises(KeyError):
        window.show_page("nowhere")


@pytest.mark.parametrize(
    ("width", "percent", "narrow"),
    [
        (3840, 100, False),
        (1440, 100, False),
        (1280, 100, False),
        (1279, 100, True),
        (1024, 100, True),
        (1440, 125, True),
    ],
)
def test_a_narrow_window_has_a_rail_and_a_drawer(
    window: MainWindow, plain_look: Look, width: int, percent: int, narrow: bool
) -> None:
    plain_look.choose(percent=percent)
    window.resize(width, 900)
    window.panel.open("session")
    assert window.narrow is narrow
    assert window.sidebar.rail is narrow
    assert window.panel.drawer is narrow
    assert window.sidebar.width() == plain_look.px(56 if narrow else 220)
    assert window.panel.width() == plain_look.px(336)
    room = width - window.sidebar.width() - (0 if narrow else window.panel.width())
    assert window._content.width() == room
    assert window.panel.geometry().right() == window._root.rect().right()


def test_the_panel_folds_away_where_it_would_cover_the_page_and_comes_back(window: MainWindow) -> None:
    window.panel.open("tray")
    window.resize(1100, 800)
    assert window.panel.current == ""
    window.resize(1440, 800)
    assert window.panel.current == "tray"


def test_sidebar_and_panel_fold_by_mouse(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.status.panel, Qt.MouseButton.LeftButton)
    assert window.panel.current == "tray"
    qtbot.mouseClick(window.status.panel, Qt.MouseButton.LeftButton)
    assert window.panel.current == ""
    qtbot.mouseClick(window.status.sidebar, Qt.MouseButton.LeftButton)
    assert window.sidebar.rail


def test_it_can_be_as_small_as_1024_by_700(window: MainWindow) -> None:
    window.resize(300, 200)
    assert (window.width(), window.height()) == (1024, 700)


def test_the_drawer_stays_below_the_bar_and_notices(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1024, 700)
    window.panel.open("session")
    window.notice.say("Something is not right.", "warn")
    below = window.notice.height() + window._bars.height()
    qtbot.waitUntil(lambda: window.panel.y() == below and below > 0)
    assert window.panel.geometry().bottom() < window.status.y()


def test_esc_closes_the_drawer_and_only_the_drawer(qtbot: QtBot, window: MainWindow) -> None:
    window.panel.open("session")
    field = window.panel.findChildren(QLineEdit)[0]
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert window.panel.isVisible()
    window.resize(1024, 700)
    window.panel.open("session")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not window.panel.isVisible()


def test_the_panel_shows_one_thing_in_its_own_width(qtbot: QtBot, window: MainWindow) -> None:
    window.panel.open("tray")
    assert window.panel.width() == 268
    with qtbot.waitSignal(window.panel.changed) as changed:
        window.panel.open("session")
    assert changed.args == ["session"]
    assert window.panel.width() == 336


def test_brackets_toggle_sidebar_and_panel(qtbot: QtBot, window: MainWindow) -> None:
    window.panel.open("session")
    button = next(each for each in window._content.findChildren(Button) if each.isVisible())
    button.setFocus()
    qtbot.keyClick(button, "]")
    assert not window.panel.isVisible()
    qtbot.keyClick(button, "]")
    assert window.panel.current == "session"
    qtbot.keyClick(button, "[")
    assert window.sidebar.rail
    qtbot.keyClick(button, "[")
    assert not window.sidebar.rail


def test_brackets_typed_into_a_field_are_text(qtbot: QtBot, window: MainWindow) -> None:
    field = content(window)
    field.setFocus()
    qtbot.keyClicks(field, "a[b]?")
    assert field.text() == "a[b]?"
    assert not window.sidebar.rail


def test_single_keys_can_be_switched_off(qtbot: QtBot, window: MainWindow, open_window: Open) -> None:
    with qtbot.waitSignal(window.single_keys_changed):
        window.set_single_keys(False)
    button = next(each for each in window._content.findChildren(Button) if each.isVisible())
    button.setFocus()
    qtbot.keyClick(button, "[")
    assert not window.sidebar.rail
    assert open_window().single_keys is False


@pytest.mark.parametrize(
    ("key", "modifier", "signal", "args"),
    [
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "undo_wanted", []),
        (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier, "redo_wanted", []),
        (
            *(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
            *("redo_wanted", []),
        ),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier, "finding_wanted", [1]),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier, "finding_wanted", [-1]),
    ],
)
def test_keys_of_the_window(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier, signal: str, args: list[int]
) -> None:
    button = next(each for each in window._content.findChildren(Button) if each.isVisible())
    button.setFocus()
    with qtbot.waitSignal(getattr(window, signal)) as caught:
        qtbot.keyClick(button, key, modifier)
    assert caught.args == args


def test_undo_in_a_field_undoes_typing(qtbot: QtBot, window: MainWindow) -> None:
    field = content(window)
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    with qtbot.assertNotEmitted(window.undo_wanted):
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_undo_reaches_the_window_from_a_field_without_typing(
    qtbot: QtBot, window: MainWindow, kind: type[QLineEdit | QPlainTextEdit]
) -> None:
    field = kind("stored", content(window).parentWidget())
    field.show()
    field.setFocus()
    redo = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(window.undo_wanted):
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.redo_wanted):
        qtbot.keyClick(field, Qt.Key.Key_Z, redo)
    qtbot.keyClicks(field, "abc")
    with qtbot.assertNotEmitted(window.undo_wanted), qtbot.assertNotEmitted(window.redo_wanted):
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(field, Qt.Key.Key_Z, redo)


def test_undo_in_a_field_of_a_sheet_changes_nothing_under_it(qtbot: QtBot, window: MainWindow) -> None:
    sheet = Sheet(window, "Hold seats")
    field = QLineEdit("stored")
    sheet.body.addWidget(field)
    sheet.open()
    field.setFocus()
    with qtbot.assertNotEmitted(window.undo_wanted):
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def inside(window: MainWindow) -> str:
    """Return the name of the part that has the focus."""
    parts = {
        "sidebar": window.sidebar,
        "bar": window._bars,
        "page": window._content,
        "panel": window.panel,
        "status": window.status,
    }
    focus = QApplication.focusWidget()
    return next(name for name, part in parts.items() if part.isAncestorOf(focus))


def test_f6_goes_round_the_regions(qtbot: QtBot, window: MainWindow) -> None:
    window.panel.open("session")
    assert inside(window) == "page"
    seen = []
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(inside(window))
    assert seen == ["panel", "status", "sidebar", "bar", "page"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert inside(window) == "bar"


def test_f6_comes_back_to_where_one_was(qtbot: QtBot, window: MainWindow) -> None:
    button = next(each for each in window._content.findChildren(Button) if each.isVisible())
    button.setFocus()
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert QApplication.focusWidget() is button


def test_tab_goes_through_everything_from_left_to_right(qtbot: QtBot, window: MainWindow) -> None:
    window.panel.open("session")
    window.sidebar.items["schedule"].setFocus()
    names = []
    for _ in range(14):  # the other page's item is reached with the arrows
        names.append(QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert names[:5] == ["Schedule", "Previous month", "Next month", "Days of November 2026", "Frank Osei"]
    assert names[5:] == ["New session", "schedule", "Do schedule", "panel", "Do panel", *STATUS]
    assert QApplication.focusWidget() is window.sidebar.items["schedule"]


def test_the_sidebar_is_walked_with_arrows(qtbot: QtBot, window: MainWindow) -> None:
    window.sidebar.items["schedule"].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert window.page == "sessions"


def test_open_findings_are_counted_and_walked(qtbot: QtBot, window: MainWindow) -> None:
    assert window.status.findings.words() == "No open findings"
    window.status.show_findings(1, 2)
    assert window.status.findings.words() == "3 open findings"
    with qtbot.waitSignal(window.finding_wanted):
        qtbot.mouseClick(window.status.findings, Qt.MouseButton.LeftButton)


def test_a_crash_is_said_and_its_details_can_be_copied(qtbot: QtBot, window: MainWindow) -> None:
    window.show_crash("Trainer Desk could not finish that.", "Traceback <b>…</b>")
    assert window.notice.isVisible()
    qtbot.mouseClick(window.notice.buttons[0], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "Traceback <b>…</b>"
    qtbot.mouseClick(window.notice.cross, Qt.MouseButton.LeftButton)
    assert not window.notice.isVisible()


def test_a_refusal_is_a_toast(window: MainWindow) -> None:
    window.show_refusal("Set a venue to schedule this draft.")
    assert window.toasts.current is not None
    assert window.toasts.current.note.kind == "block"


def test_a_toast_lies_over_the_drawer(window: MainWindow) -> None:
    window.resize(1024, 700)
    window.show_refusal("Set a venue to schedule this draft.")
    window.panel.open("session")
    siblings = window._root.children()
    assert siblings.index(window.toasts.current) > siblings.index(window.panel)


def test_the_window_is_remembered(window: MainWindow, open_window: Open, plain_look: Look) -> None:
    window.resize(1300, 800)
    window.show_page("sessions")
    window.toggle_sidebar()
    plain_look.choose("dark", 110)
    geometry = window.saveGeometry()
    assert window.close()
    again = open_window()
    assert again.memory.get_bytes("window/geometry") == geometry  # a screen of 800 pixels cannot show its size
    assert again.page == "sessions"
    assert again.sidebar.rail
    assert again.memory.get("look/theme", "system") == "dark"
    assert again.memory.get("look/text", 100) == 110


def test_a_damaged_memory_is_no_trouble(tmp_path: Path, open_window: Open) -> None:
    file = tmp_path / "config" / "window.ini"
    file.parent.mkdir()
    file.write_text("[window]\ngeometry=nonsense\nrail=7\n[look]\nsingle_keys=maybe\n")
    window = open_window()
    assert window.page == "schedule"
    assert window.single_keys is True


def test_closing_can_be_refused(qtbot: QtBot, window: MainWindow) -> None:
    window.may_close = lambda: False
    with qtbot.assertNotEmitted(window.closing):
        assert not window.close()
    window.may_close = None
    with qtbot.waitSignal(window.closing):
        assert window.close()


def test_the_question_mark_opens_the_list_of_keys(qtbot: QtBot, window: MainWindow) -> None:
    button = next(each for each in window._content.findChildren(Button) if each.isVisible())
    button.setFocus()
    qtbot.keyClick(button, "?")
    sheet = window.findChild(ShortcutsSheet)
    assert isinstance(sheet, ShortcutsSheet)
    assert sheet.isVisible()
    assert ("Selected session", "Schedule", "S") in sheet.listed
    assert audit(sheet) == []
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert QApplication.focusWidget() is button


@pytest.mark.parametrize("key", [Qt.Key.Key_Question, Qt.Key.Key_F1])
def test_the_list_of_keys_holds_every_key_there_is(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    button = next(each for each in window._content.findChildren(Button) if each.isVisible())
    button.setFocus()
    qtbot.keyClick(button, key)
    sheet = window.findChild(ShortcutsSheet)
    assert isinstance(sheet, ShortcutsSheet)
    every = {(REGIONS[spec.region], spec.text, ", ".join(key_text(spec.keys))) for spec in (*ACTIONS, *GESTURES)}
    assert set(sheet.listed) == every
    assert len(sheet.listed) == len(every)
    shown = {label.text() for label in sheet.findChildren(PlainLabel) if label.isVisibleTo(sheet)}
    assert {text for _heading, text, _keys in every} <= shown
    assert {"F2", "F9", "Ctrl+C"} <= shown


@pytest.mark.parametrize("width", [1440, 1024])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_accessible(window: MainWindow, plain_look: Look, theme: str, width: int) -> None:
    plain_look.choose(theme)
    window.resize(width, 800)
    window.panel.open("session")
    window.notice.say("A <b>name</b>.", "warn", ("Copy details", lambda: None))
    window.toasts.show("Fire Warden moved.", action="Undo", do=lambda: None)
    assert audit(window) == []


def test_the_user_menu_changes_the_look(qtbot: QtBot, window: MainWindow, plain_look: Look) -> None:
    window._open_user_menu()
    menu = QApplication.activePopupWidget()
    actions = {action.text(): action for action in menu.actions()}
    actions["Dark"].trigger()
    actions["Text 125 %"].trigger()
    menu.close()
    assert (plain_look.choice, plain_look.percent) == ("dark", 125)
    assert window.memory.get("look/theme", "system") == "dark"


def test_the_window_needs_no_database() -> None:
    code = "import sys, trainer_desk.views.main_window; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
