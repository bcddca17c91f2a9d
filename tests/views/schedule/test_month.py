"""The month under a real mouse: a drag changes nothing but the day."""

from datetime import timedelta

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.schedule import boards
from tests.views.schedule.pointer import LEFT, centre, drag, find, nothing_asked, shown, view_point, wall_clock
from trainer_desk.views.schedule.layout import Box
from trainer_desk.views.schedule.month import MonthView

FIRST = boards.MONDAY - timedelta(days=28)


@pytest.fixture
def month(qtbot: QtBot) -> MonthView:
    view = MonthView()
    shown(qtbot, view, boards.only(*boards.week_cards(), monday=FIRST, days=42))
    return view


def test_a_drag_keeps_the_time_and_changes_the_day(month: MonthView, qtbot: QtBot) -> None:
    session = find(month, "Forklift Operator", 28)
    start = centre(month, session)
    target = month.month.cells[month.month.cell_of(boards.MONDAY - timedelta(days=3)) or 0].box
    with qtbot.waitSignal(month.place_requested) as asked:
        drag(month, start, view_point(month, target))
    assert wall_clock(asked.args[0].starts_at) == (20, 8, 0)
    assert asked.args[0].ends_at - asked.args[0].starts_at == timedelta(hours=4)


def test_drawing_on_empty_days_makes_nothing(month: MonthView, qtbot: QtBot) -> None:
    cells = month.month.cells
    with nothing_asked(qtbot, month):
        drag(month, view_point(month, cells[3].box), view_point(month, cells[12].box))


def test_numbers_and_tiles_open_the_day(month: MonthView, qtbot: QtBot) -> None:
    cell = month.month.cells[9]
    with qtbot.waitSignal(month.day_requested) as asked:
        QTest.mouseClick(month.viewport(), LEFT, pos=view_point(month, Box(cell.box.x + 12, cell.box.y + 12, 1, 1)))
    assert asked.args == [cell.day.date]
    tile = month.laid.more[0]
    with qtbot.waitSignal(month.day_requested) as asked:
        QTest.mouseClick(month.viewport(), LEFT, pos=view_point(month, tile.box))
    assert asked.args == [tile.day]


def test_a_tray_card_begins_with_the_working_hours(month: MonthView, qtbot: QtBot) -> None:
    month.external_drag_begin(boards.undated_cards()[1])
    spot = month.viewport().mapToGlobal(view_point(month, month.month.cells[10].box))
    month.external_drag_move(spot)
    with qtbot.waitSignal(month.place_requested) as asked:
        month.external_drag_drop(spot)
    assert wall_clock(asked.args[0].starts_at)[1:] == (8, 0)
