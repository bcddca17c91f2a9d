"""The week under a real mouse: draw, move, resize, copy, refuse, cancel, choose."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.views.schedule import boards
from tests.views.schedule.pointer import (
    LEFT,
    carry,
    centre,
    drag,
    find,
    nothing_asked,
    place,
    shown,
    view_point,
    wall_clock,
)
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.schedule.requests import UNCHANGED, PlaceRequest
from trainer_desk.views.schedule.verdict import Level
from trainer_desk.views.schedule.week import WeekView

MONDAY = boards.MONDAY
SUNDAY = MONDAY + timedelta(days=6)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def week(qtbot: QtBot) -> WeekView:
    view = WeekView()
    shown(qtbot, view)
    return view


def card(view: WeekView, session_id: int) -> SessionCard:
    assert view.shown is not None
    return view.shown.cards[session_id]


def test_dragging_on_the_empty_grid_asks_for_a_draft(week: WeekView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(week.create_requested) as asked:
        drag(week, place(week, SUNDAY, 9 * 60 + 2), place(week, SUNDAY, 11 * 60 + 3))
    starts_at, ends_at, lane = asked.args
    assert wall_clock(starts_at) == (29, 9, 0)
    assert wall_clock(ends_at) == (29, 11, 0)
    assert starts_at.tzinfo is UTC
    assert lane is None


def test_drawing_upwards_means_the_same(week: WeekView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(week.create_requested) as asked:
        drag(week, place(week, SUNDAY, 11 * 60 - 3), place(week, SUNDAY, 9 * 60 + 2))
    assert (wall_clock(asked.args[0]), wall_clock(asked.args[1])) == ((29, 9, 0), (29, 11, 0))


def test_shift_draws_on_a_finer_grid(week: WeekView, qtbot: QtBot) -> None:
    start, end = place(week, SUNDAY, 9 * 60 + 6), place(week, SUNDAY, 10 * 60 + 9)
    carry(week, start, end)
    with qtbot.waitSignal(week.create_requested) as asked:
        QTest.keyPress(week, Qt.Key.Key_Shift)
        QTest.mouseRelease(week.viewport(), LEFT, SHIFT, end)
    assert wall_clock(asked.args[0])[2] % 15 != 0


def test_dragging_a_block_asks_to_move_it(week: WeekView, qtbot: QtBot) -> None:
    session = find(week, "Forklift Operator", 28)
    start = centre(week, session)
    with qtbot.waitSignal(week.place_requested) as asked:
        drag(week, start, start + QPoint(0, round(week.hour * 1.5)))
    request: PlaceRequest = asked.args[0]
    assert request.session_id == session
    assert wall_clock(request.starts_at) == (28, 9, 30)
    assert wall_clock(request.ends_at) == (28, 13, 30)
    assert (request.trainer_id, request.venue_id, request.copy) == (UNCHANGED, UNCHANGED, False)


def test_the_block_stands_at_its_new_place_at_once_and_springs_back_when_the_save_fails(
    week: WeekView, qtbot: QtBot
) -> None:
    session = find(week, "Forklift Operator", 28)
    before = card(week, session).starts_at
    start = centre(week, session)
    drag(week, start, start + QPoint(0, round(week.hour)))
    assert wall_clock(card(week, session).starts_at or boards.NOW) == (28, 9, 0)
    week.revert()
    assert card(week, session).starts_at == before


def test_another_day_keeps_the_time(week: WeekView, qtbot: QtBot) -> None:
    session = find(week, "Forklift Operator", 28)
    start = centre(week, session)
    with qtbot.waitSignal(week.place_requested) as asked:
        drag(week, start, QPoint(place(week, SUNDAY, 0).x(), start.y() + 3))
    assert wall_clock(asked.args[0].starts_at) == (29, 8, 0)


def test_a_click_without_travel_chooses(week: WeekView, qtbot: QtBot) -> None:
    session = find(week, "Forklift Operator", 28)
    with nothing_asked(qtbot, week), qtbot.waitSignal(week.selection_changed) as told:
        drag(week, centre(week, session), centre(week, session) + QPoint(0, 2))
    assert told.args == [[session]]


def test_a_scheduled_session_springs_back_from_a_clash_with_all_reasons(week: WeekView, qtbot: QtBot) -> None:
    session, target = find(week, "Manual Handling", 25), find(week, "Lockout–Tagout", 24)
    before = card(week, session)
    with nothing_asked(qtbot, week), qtbot.waitSignal(week.refused) as refused:
        drag(week, centre(week, session), centre(week, target))
    findings, refused_id = refused.args
    assert refused_id == session
    assert [finding.code for finding in findings] == ["trainer_busy", "venue_busy"]
    assert card(week, session) == before


def test_a_draft_may_land_on_a_clash(week: WeekView, qtbot: QtBot) -> None:
    session, target = find(week, "Lockout–Tagout", 26), find(week, "Lockout–Tagout", 24)
    carry(week, centre(week, session), centre(week, target))
    assert week.gestures.drag is not None
    assert week.gestures.drag.target is not None
    assert week.gestures.drag.target.verdict.level is Level.WARN
    assert week.gestures.drag.target.lines[2].startswith("Stays a draft: John Smith teaches")
    with qtbot.waitSignal(week.place_requested):
        QTest.mouseRelease(week.viewport(), LEFT, pos=centre(week, target))
    assert week.shown is not None
    assert session in week.shown.clashing


@pytest.mark.parametrize(("down", "expected"), [(0.99, (8, 0, 13, 0)), (0.01, (9, 0, 12, 0))])
def test_the_edges_resize(week: WeekView, qtbot: QtBot, down: float, expected: tuple[int, ...]) -> None:
    session = find(week, "Forklift Operator", 28)
    start = centre(week, session, down=down)
    with qtbot.waitSignal(week.place_requested) as asked:
        drag(week, start, start + QPoint(0, round(week.hour)))
    request = asked.args[0]
    assert (*wall_clock(request.starts_at)[1:], *wall_clock(request.ends_at)[1:]) == expected


def test_nothing_gets_shorter_than_a_quarter_of_an_hour(week: WeekView, qtbot: QtBot) -> None:
    session = find(week, "Forklift Operator", 28)
    start = centre(week, session, down=0.99)
    with qtbot.waitSignal(week.place_requested) as asked:
        drag(week, start, start - QPoint(0, round(week.hour * 5.5)))
    assert asked.args[0].ends_at - asked.args[0].starts_at == timedelta(minutes=15)


def test_ctrl_drag_copies_as_a_draft_and_says_so(week: WeekView, qtbot: QtBot) -> None:
    session = find(week, "Forklift Operator", 28)
    start = centre(week, session)
    end = start + QPoint(0, round(week.hour * 5))
    carry(week, start, end, CTRL)
    QTest.keyPress(week, Qt.Key.Key_Control)
    assert week.gestures.drag is not None
    assert week.gestures.drag.target is not None
    assert week.gestures.drag.target.lines[0].startswith("Copy · Sat 28 Nov")
    with qtbot.waitSignal(week.place_requested) as asked:
        QTest.mouseRelease(week.viewport(), LEFT, CTRL, end)
    assert asked.args[0].copy
    assert wall_clock(card(week, session).starts_at or boards.NOW) == (28, 8, 0)


def cancel_by_key(view: WeekView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Escape)


def cancel_by_right_button(view: WeekView) -> None:
    QTest.mousePress(view.viewport(), Qt.MouseButton.RightButton)


def cancel_by_leaving(view: WeekView) -> None:
    QTest.mouseMove(view.viewport(), QPoint(3000, 100))


@pytest.mark.parametrize("cancel", [cancel_by_key, cancel_by_right_button, cancel_by_leaving])
def test_a_drag_can_be_cancelled(week: WeekView, qtbot: QtBot, cancel: object) -> None:
    session = find(week, "Forklift Operator", 28)
    start = centre(week, session)
    with nothing_asked(qtbot, week), qtbot.assertNotEmitted(week.refused):
        carry(week, start, start + QPoint(0, 120))
        assert callable(cancel)
        cancel(week)
        assert week.gestures.drag is None
        QTest.mouseRelease(week.viewport(), LEFT, pos=start + QPoint(0, 120))
    assert week.dimmed is None


@pytest.mark.parametrize(("title", "day"), [("Manual Handling", 23), ("Fire Warden", 26)])
def test_completed_and_cancelled_sessions_do_not_drag(week: WeekView, qtbot: QtBot, title: str, day: int) -> None:
    session = find(week, title, day)
    start = centre(week, session)
    with nothing_asked(qtbot, week):
        drag(week, start, start + QPoint(0, 150))


def test_nothing_moves_while_something_is_dragged(week: WeekView, qtbot: QtBot) -> None:
    session = find(week, "Forklift Operator", 28)
    start = centre(week, session)
    before = week.laid
    carry(week, start, start + QPoint(0, 100))
    extra = boards.card(500, "Fire Warden", boards.instant(MONDAY, 9), boards.instant(MONDAY, 10))
    week.set_board(boards.busy_week(extra=[extra]), boards.directory(), boards.NOW)
    QTest.mouseMove(week.viewport(), start + QPoint(0, 110))
    week.ensure_layout()
    assert week.laid is before
    QTest.keyClick(week, Qt.Key.Key_Escape)
    week.ensure_layout()
    assert 500 in week.laid.by_session


def test_held_at_the_edge_the_week_turns_and_the_drag_goes_on(week: WeekView, qtbot: QtBot) -> None:
    session = find(week, "Forklift Operator", 28)
    edge = QPoint(week.viewport().width() - 4, centre(week, session).y())
    with qtbot.waitSignal(week.range_step, timeout=3000) as turned:
        carry(week, centre(week, session), edge)
    assert turned.args == [1]
    following = MONDAY + timedelta(days=7)
    week.set_board(boards.only(monday=following), boards.directory(), boards.NOW)
    QTest.mouseMove(week.viewport(), QPoint(edge.x() - 60, edge.y()))
    with qtbot.waitSignal(week.place_requested) as asked:
        QTest.mouseRelease(week.viewport(), LEFT, pos=QPoint(edge.x() - 60, edge.y()))
    assert asked.args[0].session_id == session
    assert asked.args[0].starts_at >= boards.instant(following, 0)


def test_near_the_bottom_the_view_scrolls(week: WeekView, qtbot: QtBot) -> None:
    session = find(week, "Forklift Operator", 28)
    before = week.verticalScrollBar().value()
    carry(week, centre(week, session), QPoint(centre(week, session).x(), week.viewport().height() - 6))
    qtbot.waitUntil(lambda: week.verticalScrollBar().value() > before + 40)
    QTest.keyClick(week, Qt.Key.Key_Escape)


def test_ctrl_and_shift_clicks_choose_several(week: WeekView, qtbot: QtBot) -> None:
    first, second = find(week, "First Aid at Work", 24), find(week, "Working at Height", 24)
    QTest.mouseClick(week.viewport(), LEFT, pos=centre(week, first))
    QTest.mouseClick(week.viewport(), LEFT, CTRL, centre(week, second))
    assert week.selected() == [first, second]
    QTest.mouseClick(week.viewport(), LEFT, CTRL, centre(week, first))
    assert week.selected() == [second]
    QTest.mouseClick(week.viewport(), LEFT, pos=centre(week, first))
    QTest.mouseClick(week.viewport(), LEFT, SHIFT, centre(week, second))
    assert week.selected() == week.order()[week.order().index(first) : week.order().index(second) + 1]
    QTest.mouseClick(week.viewport(), LEFT, pos=place(week, SUNDAY, 600))
    assert week.selected() == []


def test_the_rubber_band_chooses_what_it_meets(week: WeekView) -> None:
    start = place(week, MONDAY + timedelta(days=4), 12 * 60 + 30)
    end = place(week, MONDAY + timedelta(days=5), 10 * 60)
    drag(week, start, end, SHIFT)
    assert week.selected() == [find(week, "Forklift Operator", 28)]


def test_double_click_opens(week: WeekView, qtbot: QtBot) -> None:
    session = find(week, "Forklift Operator", 28)
    with qtbot.waitSignal(week.open_requested) as asked:
        QTest.mouseDClick(week.viewport(), LEFT, pos=centre(week, session))
    assert asked.args == [session, True]


def test_the_menu_is_asked_for_the_session_under_the_pointer(week: WeekView, qtbot: QtBot) -> None:
    session = find(week, "Forklift Operator", 28)
    QTest.mouseClick(week.viewport(), LEFT, pos=centre(week, session))
    with qtbot.waitSignal(week.context_menu_requested) as asked:
        QTest.keyClick(week, Qt.Key.Key_Menu)
    assert asked.args[0] == session
    assert week.viewport().rect().contains(week.viewport().mapFromGlobal(asked.args[1]))


def test_dropping_a_block_on_the_tray_takes_its_date_away(week: WeekView, qtbot: QtBot) -> None:
    tray = QWidget()
    qtbot.addWidget(tray)
    corner = week.viewport().mapToGlobal(QPoint(week.viewport().width() + 40, 100))
    tray.setGeometry(corner.x(), corner.y(), 200, 500)
    tray.show()
    week.set_unplace_target(tray)
    holder = week.window()
    holder.resize(1500, 830)
    week.resize(1130, 830)
    session = find(week, "Forklift Operator", 28)
    over = QPoint(week.viewport().mapFromGlobal(tray.mapToGlobal(QPoint(50, 50))))
    holder.resize(1500, 830)
    start = centre(week, session)
    over = week.viewport().mapFromGlobal(tray.mapToGlobal(QPoint(50, 50)))
    with qtbot.waitSignal(week.unplace_requested) as asked:
        drag(week, start, over)
    assert asked.args == [[session]]


def test_the_tile_and_the_days_name_open_the_day(qtbot: QtBot) -> None:
    view = WeekView()
    shown(qtbot, view, boards.conference())
    tile = view.laid.more[0]
    with qtbot.waitSignal(view.day_requested) as asked:
        QTest.mouseClick(view.viewport(), LEFT, pos=view_point(view, tile.box))
    assert asked.args == [tile.day]
    with qtbot.waitSignal(view.day_requested) as asked:
        QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(place(view, MONDAY, 0).x() - 20, 20))
    assert asked.args == [MONDAY]


def test_ctrl_wheel_zooms_about_the_pointer(week: WeekView, qtbot: QtBot) -> None:
    pointer = place(week, MONDAY, 12 * 60).toPointF()
    before = week.to_content(pointer)[1] / week.hour
    with qtbot.waitSignal(week.zoom_changed):
        week.set_zoom(1.6, pointer)
    assert week.hour == pytest.approx(52 * 1.6)
    assert week.to_content(pointer)[1] / week.hour == pytest.approx(before, abs=0.03)
    week.set_zoom(50)
    assert week.hour == pytest.approx(52 * 2.4)


def test_the_skipped_hour_refuses_a_new_draft(qtbot: QtBot) -> None:
    view = WeekView()
    monday = date(2026, 3, 23)
    shown(qtbot, view, boards.only(monday=monday), now=datetime(2026, 3, 24, 10, tzinfo=UTC))
    view.verticalScrollBar().setValue(0)
    sunday = monday + timedelta(days=6)
    with nothing_asked(qtbot, view), qtbot.waitSignal(view.refused) as refused:
        drag(view, place(view, sunday, 2 * 60 + 2), place(view, sunday, 4 * 60))
    assert [finding.code for finding in refused.args[0]] == ["time_does_not_exist"]
    assert refused.args[1] == 0
