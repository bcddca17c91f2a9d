"""The sheet: over the window, closed by Esc, and Tab stays inside."""

import gc

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.views.accessibility import audit
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.sheet import Sheet


def field(name: str) -> QLineEdit:
    """Return a named text field."""
    made = QLineEdit()
    made.setAccessibleName(name)
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    shell = QWidget()
    qtbot.addWidget(shell)
    column = QVBoxLayout(shell)
    column.addWidget(field("Behind"))
    shell.resize(1440, 900)
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    shell.findChildren(QLineEdit)[0].setFocus()
    return shell


@pytest.fixture
def sheet(window: QWidget) -> Sheet:
    made = Sheet(window, "Add people", width=680, height=760, subtitle="Lockout–Tagout · Tue 24 Nov")
    made.body.addWidget(field("Search"))
    made.body.addWidget(field("Second"))
    made.foot.addWidget(Button("Cancel"))
    made.foot.addWidget(Button("Add", kind="primary"))
    made.open()
    return made


@pytest.mark.parametrize(("asked", "given"), [(680, 680), (300, 560), (2000, 720)])
def test_its_width_is_between_560_and_720(window: QWidget, asked: int, given: int) -> None:
    made = Sheet(window, "Title", width=asked)
    made.open()
    assert made.frame.width() == given


def test_it_stands_in_the_middle_and_inside_a_small_window(sheet: Sheet, window: QWidget) -> None:
    assert sheet.frame.geometry().center() == QPoint(719, 449)
    window.resize(700, 500)
    assert sheet.geometry() == window.rect()
    assert window.rect().contains(sheet.frame.geometry())


def test_it_begins_in_its_first_field(sheet: Sheet) -> None:
    assert QApplication.focusWidget().accessibleName() == "Search"


def test_tab_stays_inside_in_the_order_of_the_content(qtbot: QtBot, sheet: Sheet) -> None:
    seen = []
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget().accessibleName())
    assert seen == ["Second", "Cancel", "Add", "Close", "Search"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget().accessibleName() == "Close"


def test_esc_closes_it_and_gives_the_focus_back(qtbot: QtBot, sheet: Sheet) -> None:
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert QApplication.focusWidget().accessibleName() == "Behind"


def test_it_can_refuse_to_close(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.may_close = lambda: False
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert sheet.isVisible()


def test_a_click_beside_it_closes_it(qtbot: QtBot, sheet: Sheet) -> None:
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.frame.geometry().center())
    assert sheet.isVisible()
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not sheet.isVisible()


def test_the_collector_leaves_an_open_sheet_alone(qtbot: QtBot, sheet: Sheet) -> None:
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    gc.collect()
    assert sheet.frame.findChildren(QLineEdit)[1].accessibleName() == "Second"


def test_it_is_accessible(sheet: Sheet) -> None:
    assert audit(sheet) == []
    assert sheet.accessibleName() == "Add people"
