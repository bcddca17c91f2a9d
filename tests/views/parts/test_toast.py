"""Toasts: one at a time, kept in a list, long enough to be read, never gone while somebody is at them."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.views.accessibility import audit
from trainer_desk.views.parts.toast import LONG, SHORT, Toasts
from trainer_desk.views.theme import Look


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    shell = QWidget()
    qtbot.addWidget(shell)
    column = QVBoxLayout(shell)
    field = QLineEdit()
    field.setAccessibleName("Title")
    column.addWidget(field)
    shell.resize(900, 500)
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    return shell


@pytest.fixture
def toasts(window: QWidget) -> Toasts:
    return Toasts(window)


def test_the_newest_wins_and_all_are_kept(toasts: Toasts) -> None:
    toasts.show("Fire Warden moved.")
    second = toasts.show("Forklift Operator moved.")
    assert toasts.current is second
    assert second.isVisible()
    assert [note.text for note in toasts.history] == ["Fire Warden moved.", "Forklift Operator moved."]


@pytest.mark.parametrize(("kind", "seconds"), [("ok", SHORT), ("warn", SHORT), ("block", LONG)])
def test_refusals_stay_longer(toasts: Toasts, kind: str, seconds: float) -> None:
    toasts.show("A sentence.", kind)
    assert toasts.running
    assert seconds - 1 < toasts.seconds_left <= seconds


def test_it_goes_when_its_time_is_over(qtbot: QtBot, toasts: Toasts) -> None:
    toast = toasts.show("Fire Warden moved.")
    toasts.pause()
    toasts._left = 0.01
    toasts.resume()
    qtbot.waitUntil(lambda: toasts.current is None)
    assert not isValid(toast) or not toast.isVisible()


def test_its_action_is_done_once_and_takes_it_away(qtbot: QtBot, toasts: Toasts) -> None:
    done: list[str] = []
    toast = toasts.show("Fire Warden moved.", action="Undo", do=lambda: done.append("undo"))
    assert toast.action is not None
    qtbot.mouseClick(toast.action, Qt.MouseButton.LeftButton)
    assert done == ["undo"]
    assert toasts.current is None


def test_it_can_be_dismissed(qtbot: QtBot, toasts: Toasts) -> None:
    toast = toasts.show("Fire Warden moved.")
    qtbot.mouseClick(toast.cross, Qt.MouseButton.LeftButton)
    assert toasts.current is None


def test_the_time_stops_while_the_focus_is_on_it(qtbot: QtBot, toasts: Toasts, window: QWidget) -> None:
    toast = toasts.show("Fire Warden moved.", action="Undo", do=lambda: None)
    assert toast.action is not None
    toast.action.setFocus()
    assert not toasts.running
    window.findChildren(QLineEdit)[0].setFocus()
    qtbot.waitUntil(lambda: toasts.running)


def test_the_time_stops_while_the_pointer_is_on_it(toasts: Toasts) -> None:
    toast = toasts.show("Fire Warden moved.")
    QApplication.sendEvent(toast, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    assert not toasts.running


def test_the_pointer_leaving_does_not_start_the_time_while_the_focus_is_on_it(qtbot: QtBot, toasts: Toasts) -> None:
    toast = toasts.show("Fire Warden moved.", action="Undo", do=lambda: None)
    assert toast.action is not None
    toast.action.setFocus()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    toasts.resume()
    assert not toasts.running


def test_the_time_stops_while_the_window_is_not_active(qtbot: QtBot, toasts: Toasts, window: QWidget) -> None:
    toasts.show("Fire Warden moved.")
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowDeactivate))
    assert not toasts.running
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))
    qtbot.waitUntil(lambda: toasts.running)


def test_it_stays_in_the_middle_at_the_bottom(qtbot: QtBot, toasts: Toasts, window: QWidget) -> None:
    toast = toasts.show("Fire Warden moved.")
    window.resize(1400, 700)
    qtbot.waitUntil(lambda: abs(toast.geometry().center().x() - 700) <= 1)
    assert 600 < toast.geometry().bottom() < 700


def test_a_long_sentence_wraps_inside_the_window(toasts: Toasts, window: QWidget) -> None:
    window.resize(500, 400)
    toast = toasts.show("Lockout–Tagout cannot be scheduled yet. Training Room A is taken until 16:30. " * 3, "block")
    assert window.rect().contains(toast.geometry())
    assert toast.label.height() >= toast.label.heightForWidth(toast.label.width())


def test_names_are_not_read_as_markup(toasts: Toasts) -> None:
    toast = toasts.show("<b>Bobby</b> & Sons moved.", action="Undo & go", do=lambda: None)
    assert toast.label.textFormat() == Qt.TextFormat.PlainText
    assert toast.action is not None
    assert toast.action.text() == "Undo && go"


def test_it_can_be_heard(toasts: Toasts, window: QWidget) -> None:
    toast = toasts.show("Fire Warden was not moved.", "block")
    assert toast.accessibleName() == "Refused: Fire Warden was not moved."
    assert audit(window) == []


def test_it_grows_with_the_text(qtbot: QtBot, toasts: Toasts, window: QWidget, plain_look: Look) -> None:
    toast = toasts.show("Changed the title of Display Screen Set-up.", "ok", "Undo", lambda: None)
    plain_look.choose(percent=150)
    qtbot.waitUntil(lambda: toast.height() >= toast.sizeHint().height() and toast.label.width() > 380)
    assert toast.label.height() >= toast.label.heightForWidth(toast.label.width())
    assert toast.geometry().bottom() < window.height()
