"""What a screen reader learns of the painted views."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.schedule import boards
from tests.views.schedule.pointer import carry, centre, find, shown
from trainer_desk.views.schedule import accessible
from trainer_desk.views.schedule.canvas import ScheduleCanvas
from trainer_desk.views.schedule.day import DayView
from trainer_desk.views.schedule.lanes import EquipmentLanes, TrainerLanes, VenueLanes
from trainer_desk.views.schedule.month import MonthView
from trainer_desk.views.schedule.week import WeekView

NAME = QAccessible.Text.Name


@pytest.fixture(params=[WeekView, DayView, TrainerLanes, VenueLanes, EquipmentLanes, MonthView])
def view(request: pytest.FixtureRequest, qtbot: QtBot) -> ScheduleCanvas:
    made: ScheduleCanvas = request.param()
    shown(qtbot, made)
    return made


def names(view: ScheduleCanvas) -> list[str]:
    interface = QAccessible.queryAccessibleInterface(view)
    return [interface.child(index).text(NAME) for index in range(interface.childCount())]


def test_every_visible_session_is_an_item_in_order_of_time(view: ScheduleCanvas) -> None:
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.role() == QAccessible.Role.List
    assert interface.text(NAME) == view.accessibleName()
    assert interface.childCount() == len(view.laid.by_session) + len(view.laid.more)
    for index, session_id in enumerate(view.order()):
        item = interface.child(index)
        assert item.role() == QAccessible.Role.ListItem
        assert interface.indexOfChild(item) == index
        assert item.text(NAME)
        assert not item.rect().isEmpty()
        assert session_id in view.laid.by_session


def test_the_sentence_says_all_that_sight_tells(qtbot: QtBot) -> None:
    week = WeekView()
    shown(qtbot, week)
    said = names(week)
    assert (
        "Lockout–Tagout, Tuesday 24 November, 13:30 to 16:30, John Smith, Training Room A, 25 of 20 seats, "
        "venue capacity exceeded, scheduled"
    ) in said
    assert (
        "Lockout–Tagout, Thursday 26 November, 15:00 to 18:00, John Smith, Training Room A, 12 of 20 seats, "
        "draft, clashes"
    ) in said


def test_the_rectangle_is_where_the_block_is(qtbot: QtBot) -> None:
    week = WeekView()
    shown(qtbot, week)
    session = find(week, "Forklift Operator", 28)
    item = QAccessible.queryAccessibleInterface(week).child(week.order().index(session))
    middle = week.viewport().mapToGlobal(centre(week, session))
    assert QRect(item.rect()).contains(middle)
    found = QAccessible.queryAccessibleInterface(week).childAt(middle.x(), middle.y())
    assert found.text(NAME) == item.text(NAME)
    assert QAccessible.queryAccessibleInterface(week).childAt(0, 0) is None or QPoint(0, 0) != middle


def test_state_and_focus_follow_the_keyboard(qtbot: QtBot) -> None:
    week = WeekView()
    shown(qtbot, week)
    QTest.keyClick(week, Qt.Key.Key_Home)
    interface = QAccessible.queryAccessibleInterface(week)
    first = interface.child(0)
    assert first.state().selected
    assert first.state().focusable
    assert interface.focusChild().text(NAME) == first.text(NAME)
    QTest.keyClick(week, Qt.Key.Key_End)
    assert not first.state().selected
    assert interface.focusChild().text(NAME) == names(week)[-1]


def test_tiles_are_buttons_that_say_what_they_open(qtbot: QtBot) -> None:
    week = WeekView()
    shown(qtbot, week, boards.conference())
    interface = QAccessible.queryAccessibleInterface(week)
    last = interface.child(interface.childCount() - 1)
    assert last.role() == QAccessible.Role.Button
    assert last.text(NAME).endswith("more sessions on Friday 27 November, opens the day")


def test_a_change_of_verdict_is_announced(qtbot: QtBot) -> None:
    week = WeekView()
    shown(qtbot, week)
    carry(week, centre(week, find(week, "Manual Handling", 25)), centre(week, find(week, "Lockout–Tagout", 24)))
    assert "Can’t drop here: John Smith teaches Lockout–Tagout 13:30–16:30." in week.said
    QTest.keyClick(week, Qt.Key.Key_Escape)


def test_items_of_sessions_that_are_gone_are_forgotten(qtbot: QtBot) -> None:
    week = WeekView()
    shown(qtbot, week)
    before = len(names(week))
    alive = len(accessible.registry())
    week.set_board(boards.only(), boards.directory(), boards.NOW)
    assert names(week) == []
    qtbot.waitUntil(lambda: len(accessible.registry()) <= alive - before)


@pytest.fixture
def screen_reader() -> Iterator[None]:
    """Qt as it is while a screen reader listens."""
    before = QAccessible.isActive()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(before)


@pytest.mark.usefixtures("screen_reader")
def test_with_a_screen_reader_walking_and_carrying_work_alike(qtbot: QtBot) -> None:
    week = WeekView()
    shown(qtbot, week)
    assert QAccessible.isActive()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_G, Qt.Key.Key_Down, Qt.Key.Key_Escape):
        QTest.keyClick(week, key)
    assert week.said.startswith("Sat 28 Nov · 08:15–12:15")
    week.set_board(boards.only(), boards.directory(), boards.NOW)
    assert names(week) == []
