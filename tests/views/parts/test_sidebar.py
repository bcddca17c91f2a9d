"""The sidebar: Tab stops once among the pages, at the one on show, and arrows walk on from there."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.accessibility import audit
from trainer_desk.views.parts.sidebar import Sidebar


@pytest.fixture
def sidebar(qtbot: QtBot) -> Sidebar:
    made = Sidebar("Frank Osei", dt.date(2026, 11, 24))
    for page, title in (("schedule", "Schedule"), ("sessions", "Sessions"), ("people", "People")):
        made.add(page, title, "calendar-days")
    made.choose("schedule")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_tab_stops_at_the_page_on_show_however_it_came(sidebar: Sidebar) -> None:
    sidebar.items["schedule"].setFocus()
    for page in ("people", "sessions"):
        sidebar.choose(page)
        sidebar.month.stops()[0].setFocus()
        QTest.keyClick(sidebar.month.stops()[0], Qt.Key.Key_Backtab)
        assert QApplication.focusWidget() is sidebar.items[page]
        assert audit(sidebar) == []


def test_a_badge_counts_in_words_and_goes_with_nothing_to_count(sidebar: Sidebar) -> None:
    item = sidebar.items["people"]
    item.show_badge(14, "14 not compliant", "danger")
    assert (item.badge.text(), item.accessibleName(), item.words()) == ("14", "People, 14 not compliant", "People")
    assert item.badge.isVisible()
    sidebar.set_rail(True)
    assert not item.badge.isVisible()
    assert "14 not compliant" in item.toolTip()
    assert item.words() == ""
    sidebar.set_rail(False)
    item.show_badge(1000, "1000 not compliant")
    assert item.badge.text() == "999+"
    item.show_badge(0, "0 not compliant")
    assert (item.badge.isVisible(), item.accessibleName(), item.toolTip()) == (False, "People", "")


def test_arrows_walk_through_all_pages(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.items["schedule"].setFocus()
    for page in ("sessions", "people"):
        with qtbot.waitSignal(sidebar.wanted) as wanted:
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        assert wanted.args == [page]
