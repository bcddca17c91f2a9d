"""The schedule with keys alone: walk, choose, move, pick up, zoom (ux 6)."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.schedule import boards
from tests.views.schedule.pointer import find, nothing_asked, shown, wall_clock
from trainer_desk.views.schedule.month import MonthView
from trainer_desk.views.schedule.week import WeekView

Key = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def week(qtbot: QtBot) -> WeekView:
    view = WeekView()
    shown(qtbot, view)
    return view


def stand_on(view: WeekView | MonthView, title: str, day: int) -> int:
    session = find(view, title, day)
    view.selection.only(session)
    return session


def test_the_first_arrow_stands_on_the_first_session(week: WeekView) -> None:
    QTest.keyClick(week, Key.Key_Down)
    assert week.selected() == [week.order()[0]]


def test_arrows_walk_to_the_neighbours(week: WeekView) -> None:
    stand_on(week, "First Aid at Work", 24)
    QTest.keyClick(week, Key.Key_Right)
    assert week.selected() == [find(week, "Hot Work Permit", 24)]
    QTest.keyClick(week, Key.Key_Down)
    assert week.selected() == [find(week, "Manual Handling", 24)]
    QTest.keyClick(week, Key.Key_Up)
    QTest.keyClick(week, Key.Key_Left)
    assert week.selected() == [find(week, "First Aid at Work", 24)]


def test_shift_arrows_extend_and_x_toggles(week: WeekView) -> None:
    first = stand_on(week, "First Aid at Work", 24)
    QTest.keyClick(week, Key.Key_Right, SHIFT)
    assert week.selected() == [first, find(week, "Hot Work Permit", 24)]
    QTest.keyClick(week, Key.Key_X)
    assert week.selected() == [first]
    assert week.said == "1 selected"


def test_home_end_all_and_none(week: WeekView) -> None:
    QTest.keyClick(week, Key.Key_End)
    assert week.selected() == [week.order()[-1]]
    QTest.keyClick(week, Key.Key_Home)
    assert week.selected() == [week.order()[0]]
    QTest.keyClick(week, Key.Key_A, CTRL)
    assert len(week.selected()) == 32
    QTest.keyClick(week, Key.Key_Escape)
    assert week.selected() == []


@pytest.mark.parametrize(
    ("key", "modifiers", "start", "end"),
    [
        (Key.Key_Down, ALT, (28, 8, 15), (28, 12, 15)),
        (Key.Key_Up, ALT, (28, 7, 45), (28, 11, 45)),
        (Key.Key_Right, ALT, (29, 8, 0), (29, 12, 0)),
        (Key.Key_Down, ALT | SHIFT, (28, 8, 0), (28, 12, 15)),
        (Key.Key_Up, ALT | SHIFT, (28, 8, 0), (28, 11, 45)),
    ],
)
def test_alt_arrows_ask_for_a_move(
    week: WeekView,
    qtbot: QtBot,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
    start: tuple[int, int, int],
    end: tuple[int, int, int],
) -> None:
    session = stand_on(week, "Forklift Operator", 28)
    with qtbot.waitSignal(week.place_requested) as asked:
        QTest.keyClick(week, key, modifiers)
    request = asked.args[0]
    assert (request.session_id, wall_clock(request.starts_at), wall_clock(request.ends_at)) == (session, start, end)


def test_quick_repeats_add_up(week: WeekView, qtbot: QtBot) -> None:
    stand_on(week, "Forklift Operator", 28)
    for _ in range(3):
        QTest.keyClick(week, Key.Key_Down, ALT)
    with qtbot.waitSignal(week.place_requested) as asked:
        QTest.keyClick(week, Key.Key_Down, ALT)
    assert wall_clock(asked.args[0].starts_at) == (28, 9, 0)


def test_a_move_into_a_clash_is_refused_and_said(week: WeekView, qtbot: QtBot) -> None:
    stand_on(week, "Manual Handling", 25)
    with nothing_asked(qtbot, week), qtbot.waitSignal(week.refused):
        QTest.keyClick(week, Key.Key_Left, ALT)
    assert "Can’t drop here: John Smith teaches Lockout–Tagout" in week.said


def test_g_picks_up_arrows_carry_enter_drops(week: WeekView, qtbot: QtBot) -> None:
    stand_on(week, "Forklift Operator", 28)
    with qtbot.assertNotEmitted(week.place_requested):
        QTest.keyClick(week, Key.Key_G)
        for key in (Key.Key_Right, Key.Key_Down, Key.Key_Down):
            QTest.keyClick(week, key)
        QTest.keyClick(week, Key.Key_Down, SHIFT)
    assert week.said.startswith("Sun 29 Nov · 08:35–12:35")
    with qtbot.waitSignal(week.place_requested) as asked:
        QTest.keyClick(week, Key.Key_Return)
    assert wall_clock(asked.args[0].starts_at) == (29, 8, 35)


def test_escape_puts_it_back(week: WeekView, qtbot: QtBot) -> None:
    session = stand_on(week, "Forklift Operator", 28)
    with nothing_asked(qtbot, week):
        QTest.keyClick(week, Key.Key_G)
        QTest.keyClick(week, Key.Key_Down)
        assert week.dimmed == session
        QTest.keyClick(week, Key.Key_Escape)
    assert week.gestures.drag is None
    assert week.selected() == [session]


def test_carried_over_sunday_the_week_turns(week: WeekView, qtbot: QtBot) -> None:
    stand_on(week, "Forklift Operator", 28)
    QTest.keyClick(week, Key.Key_G)
    QTest.keyClick(week, Key.Key_Right)
    with qtbot.waitSignal(week.range_step) as turned:
        QTest.keyClick(week, Key.Key_Right)
    assert turned.args == [1]
    week.set_board(boards.only(monday=boards.MONDAY + timedelta(days=7)), boards.directory(), boards.NOW)
    with qtbot.waitSignal(week.place_requested) as asked:
        QTest.keyClick(week, Key.Key_Return)
    assert wall_clock(asked.args[0].starts_at) == (30, 8, 0)


@pytest.mark.parametrize(("key", "step"), [(Key.Key_PageUp, -1), (Key.Key_PageDown, 1)])
def test_pages_turn_the_range(week: WeekView, qtbot: QtBot, key: Qt.Key, step: int) -> None:
    with qtbot.waitSignal(week.range_step) as turned:
        QTest.keyClick(week, key)
    assert turned.args == [step]


def test_enter_opens(week: WeekView, qtbot: QtBot) -> None:
    session = stand_on(week, "Forklift Operator", 28)
    with qtbot.waitSignal(week.open_requested) as asked:
        QTest.keyClick(week, Key.Key_Return)
    assert asked.args == [session, True]


def test_ctrl_plus_minus_zero_zoom(week: WeekView) -> None:
    QTest.keyClick(week, Key.Key_Plus, CTRL)
    assert week.zoom > 1
    QTest.keyClick(week, Key.Key_0, CTRL)
    assert week.zoom == 1
    QTest.keyClick(week, Key.Key_Minus, CTRL)
    assert week.zoom < 1


def test_completed_sessions_stay_where_they_are(week: WeekView, qtbot: QtBot) -> None:
    stand_on(week, "Manual Handling", 23)
    with nothing_asked(qtbot, week), qtbot.assertNotEmitted(week.refused):
        QTest.keyClick(week, Key.Key_Down, ALT)
        QTest.keyClick(week, Key.Key_G)
    assert week.gestures.drag is None


def test_in_a_month_arrows_move_by_days_and_weeks(qtbot: QtBot) -> None:
    view = MonthView()
    shown(qtbot, view, boards.only(*boards.week_cards(), monday=boards.MONDAY - timedelta(days=28), days=42))
    stand_on(view, "Forklift Operator", 28)
    with qtbot.waitSignal(view.place_requested) as asked:
        QTest.keyClick(view, Key.Key_Up, ALT)
    assert wall_clock(asked.args[0].starts_at) == (21, 8, 0)
