"""The small month: what it shows, and how one jumps in it."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.views.accessibility import audit
from trainer_desk.views.parts.buttons import IconButton
from trainer_desk.views.parts.mini_month import MiniMonth, shifted
from trainer_desk.views.theme import Look

TODAY = date(2026, 11, 24)


@pytest.fixture
def month(qtbot: QtBot) -> MiniMonth:
    widget = MiniMonth(TODAY)
    qtbot.addWidget(widget)
    widget.resize(196, 200)
    widget.show_range(date(2026, 11, 23), date(2026, 11, 29))
    widget.show()
    return widget


@pytest.mark.parametrize(
    ("start", "months", "result"),
    [
        (date(2026, 11, 1), 1, date(2026, 12, 1)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2027, 1, 1), -1, date(2026, 12, 1)),
        (date(2026, 3, 1), -14, date(2025, 1, 1)),
    ],
)
def test_months_are_counted_over_the_year(start: date, months: int, result: date) -> None:
    assert shifted(start, months) == result


def test_it_shows_six_weeks_from_a_monday(month: MiniMonth) -> None:
    assert month.grid_range() == (date(2026, 10, 26), date(2026, 12, 6))


def test_a_click_jumps_to_the_day(qtbot: QtBot, month: MiniMonth) -> None:
    at = month.grid.cell(date(2026, 11, 12)).center().toPoint()
    with qtbot.waitSignal(month.day_chosen) as chosen:
        qtbot.mouseClick(month.grid, Qt.MouseButton.LeftButton, pos=at)
    assert chosen.args == [date(2026, 11, 12)]


def test_week_numbers_are_no_days(qtbot: QtBot, month: MiniMonth) -> None:
    with qtbot.assertNotEmitted(month.day_chosen):
        qtbot.mouseClick(month.grid, Qt.MouseButton.LeftButton, pos=QPoint(4, 60))


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ([Qt.Key.Key_Right], date(2026, 11, 24)),
        ([Qt.Key.Key_Down, Qt.Key.Key_Left], date(2026, 11, 29)),
        ([Qt.Key.Key_Down, Qt.Key.Key_Down], date(2026, 12, 7)),
        ([Qt.Key.Key_PageUp], date(2026, 10, 26)),
        ([Qt.Key.Key_PageUp, Qt.Key.Key_PageUp, Qt.Key.Key_Home], TODAY),
    ],
)
def test_keys_walk_and_enter_chooses(qtbot: QtBot, month: MiniMonth, keys: list[Qt.Key], day: date) -> None:
    for key in keys:
        qtbot.keyClick(month.grid, key)
    with qtbot.waitSignal(month.day_chosen) as chosen:
        qtbot.keyClick(month.grid, Qt.Key.Key_Return)
    assert chosen.args == [day]
    assert month.grid.month == day.replace(day=1)


def test_arrows_turn_the_month_and_ask_for_its_busy_days(qtbot: QtBot, month: MiniMonth) -> None:
    on = next(button for button in month.findChildren(IconButton) if button.accessibleName() == "Next month")
    with qtbot.waitSignal(month.month_shown) as shown:
        qtbot.mouseClick(on, Qt.MouseButton.LeftButton)
    assert shown.args == [date(2026, 11, 30), date(2027, 1, 10)]
    assert month._title.text() == "December 2026"


def test_a_session_is_dropped_on_the_day_under_the_pointer(month: MiniMonth) -> None:
    at = month.grid.mapToGlobal(month.grid.cell(date(2026, 11, 18)).center().toPoint())
    assert month.day_at(at) == date(2026, 11, 18)
    assert month.day_at(month.grid.mapToGlobal(QPoint(0, 0))) is None


def test_today_the_band_and_the_dots_can_be_seen(month: MiniMonth, plain_look: Look) -> None:
    plain = month.grid.grab().toImage()
    month.set_busy({date(2026, 11, 12): 8})
    dotted = month.grid.grab().toImage()
    cell = month.grid.cell(date(2026, 11, 12))
    dot = QPoint(round(cell.center().x()), round(cell.bottom() - 4.5))
    assert plain.pixelColor(dot) != dotted.pixelColor(dot)
    today = month.grid.cell(TODAY).center().toPoint() - QPoint(9, 0)
    assert dotted.pixelColor(today) == plain_look.colour("accent")
    band = month.grid.cell(date(2026, 11, 26)).topLeft().toPoint() + QPoint(2, 4)
    assert dotted.pixelColor(band) == plain_look.colour("accent_tint")


def test_the_day_a_session_is_held_over_is_outlined(month: MiniMonth) -> None:
    plain = month.grid.grab().toImage()
    month.set_drop_day(date(2026, 11, 10))
    assert month.grid.grab().toImage() != plain
    month.set_drop_day(None)
    assert month.grid.grab().toImage() == plain


def test_it_is_accessible(month: MiniMonth) -> None:
    assert audit(month) == []
    assert month.grid.accessibleName() == "Days of November 2026"
