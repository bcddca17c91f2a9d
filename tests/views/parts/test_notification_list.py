"""The list of notifications: every toast of the sitting, reachable by keys, with the newest Undo (ux 12)."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.views.accessibility import audit, name_of
from trainer_desk.views.parts.notification_list import NotificationList, undoable
from trainer_desk.views.parts.status_line import StatusLine
from trainer_desk.views.parts.toast import Note, Toasts
from trainer_desk.views.theme import Look

Key = Qt.Key
SENTENCE = "Lockout–Tagout cannot be scheduled yet. Training Room A is taken until 16:30 by <b>Mask Fit</b>. "


class Shell(QWidget):
    """A window with a page, a status line, toasts and the list."""

    def __init__(self) -> None:
        super().__init__()
        self.page = QPushButton("Page")
        self.status = StatusLine()
        column = QVBoxLayout(self)
        column.addWidget(self.page, 1)
        column.addWidget(self.status)
        self.toasts = Toasts(self)
        self.list = NotificationList(self, self.toasts)
        self.list.unseen_changed.connect(self.status.show_unseen)
        self.status.notifications_pressed.connect(lambda: self.list.toggle(self.status.bell))

    def press_bell(self) -> None:
        """Click the bell."""
        QTest.mouseClick(self.status.bell, Qt.MouseButton.LeftButton)

    def sentences(self) -> list[str]:
        """Return what is listed."""
        return [note.text for note in self.list.model.notes]


@pytest.fixture
def shell(qtbot: QtBot) -> Shell:
    window = Shell()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_it_lists_every_toast_the_newest_first(shell: Shell) -> None:
    for text in ("First.", "Second.", "Third."):
        shell.toasts.show(text)
    shell.press_bell()
    assert shell.list.isVisible()
    assert shell.sentences() == ["Third.", "Second.", "First."]
    shell.toasts.show("Fourth.")
    assert shell.sentences()[0] == "Fourth."
    assert shell.rect().contains(shell.list.geometry())
    assert shell.list.geometry().bottom() < shell.status.y()
    assert audit(shell) == []


def test_it_opens_and_closes_with_keys_and_gives_the_focus_back(shell: Shell) -> None:
    shell.toasts.show("First.")
    shell.toasts.show("Second.")
    shell.status.bell.setFocus()
    QTest.keyClick(shell.status.bell, Key.Key_Space)
    assert QApplication.focusWidget() is shell.list.list
    assert shell.list.list.currentIndex().row() == 0
    QTest.keyClick(shell.list.list, Key.Key_Down)
    assert shell.list.list.currentIndex().row() == 1
    QTest.keyClick(shell.list.list, Key.Key_Escape)
    assert not shell.list.isVisible()
    assert QApplication.focusWidget() is shell.status.bell


def test_a_press_outside_closes_it_and_the_bell_toggles(shell: Shell) -> None:
    shell.toasts.show("First.")
    shell.press_bell()
    shell.press_bell()
    assert not shell.list.isVisible()
    shell.press_bell()
    QTest.mouseClick(shell.list.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert shell.list.isVisible()
    QTest.mouseClick(shell.page, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not shell.list.isVisible()


def test_refusals_that_nobody_looked_at_are_counted_until_it_opens(shell: Shell) -> None:
    shell.toasts.show("Saved.")
    assert (shell.status.bell.words(), name_of(shell.status.bell)) == ("", "Notifications")
    shell.toasts.show("Refused.", "block")
    shell.toasts.show("Refused again.", "block")
    assert shell.status.bell.words() == "2"
    assert name_of(shell.status.bell) == "Notifications, 2 refusals not looked at"
    shell.press_bell()
    assert shell.status.bell.words() == ""
    shell.toasts.show("Refused in sight.", "block")
    assert shell.list.unseen == 0


def test_only_the_newest_change_can_be_taken_back(shell: Shell) -> None:
    done: list[str] = []
    shell.toasts.show("First moved.", "ok", "Undo", lambda: done.append("first"))
    shell.toasts.show("Second moved.", "ok", "Undo", lambda: done.append("second"))
    shell.toasts.show("Third was not moved.", "block", "Open it", lambda: done.append("open"))
    shell.press_bell()
    assert shell.list.undo is not None
    assert shell.list.undo.accessibleName() == "Undo: Second moved."
    assert len([button for button in shell.list.findChildren(QPushButton) if button.isVisible()]) == 1
    QTest.mouseClick(shell.list.undo, Qt.MouseButton.LeftButton)
    assert done == ["second"]
    assert not shell.list.isVisible()


def test_enter_takes_it_back_and_tab_reaches_its_button(shell: Shell, qtbot: QtBot) -> None:
    done: list[str] = []
    shell.toasts.show("Moved.", "ok", "Undo", lambda: done.append("undo"))
    shell.toasts.show("Noted.", "info")
    shell.press_bell()
    QTest.keyClick(shell.list.list, Key.Key_Return)
    assert not done
    QTest.keyClick(shell.list.list, Key.Key_Tab)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is shell.list.undo)
    assert shell.list.undo is not None
    QTest.keyClick(shell.list.undo, Key.Key_Escape)
    assert not shell.list.isVisible()
    shell.press_bell()
    QTest.keyClick(shell.list.list, Key.Key_Down)
    QTest.keyClick(shell.list.list, Key.Key_Return)
    assert done == ["undo"]


def note(kind: str, action: str) -> Note:
    return Note("A sentence.", kind, action, (lambda: None) if action else None)


@pytest.mark.parametrize(
    ("history", "place"),
    [
        ([], None),
        ([("ok", "Undo")], 0),
        ([("ok", "Undo"), ("block", "Move there")], 0),
        ([("ok", "Undo"), ("ok", "Redo")], None),
        ([("ok", "Undo"), ("ok", "Redo"), ("ok", "Undo")], 2),
        ([("info", "")], None),
    ],
)
def test_what_was_taken_back_already_is_not_offered_again(history: list[tuple[str, str]], place: int | None) -> None:
    assert undoable([note(*each) for each in history]) == place


def test_every_row_can_be_heard_and_shows_its_whole_sentence(shell: Shell, plain_look: Look) -> None:
    shell.toasts.show(SENTENCE * 3, "block")
    shell.toasts.show("Saved.")
    shell.press_bell()
    spoken = shell.list.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    at = f"{shell.toasts.history[0].at.astimezone():%H:%M}"
    assert spoken == f"Refused, {at}: {SENTENCE * 3}"
    view = shell.list.list
    for percent in (100, 150):
        plain_look.choose("dark", percent)
        lines = view.sizeHintForRow(1) / view.fontMetrics().lineSpacing()
        assert lines > len(SENTENCE * 3) * view.fontMetrics().averageCharWidth() / view.viewport().width()
        assert shell.rect().contains(shell.list.geometry())
        assert audit(shell) == []


def test_it_stays_in_its_corner_and_says_when_nothing_happened_yet(shell: Shell, qtbot: QtBot) -> None:
    shell.press_bell()
    assert shell.list.nothing.isVisible()
    shell.resize(1300, 800)
    qtbot.waitUntil(lambda: abs(shell.list.geometry().right() - shell.status.bell.geometry().right()) < 20)
    assert shell.rect().contains(shell.list.geometry())
