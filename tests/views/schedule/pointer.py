"""Real mouse work on a painted view, for tests: find a session, press, carry, let go."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.schedule import boards
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import Board
from trainer_desk.views.schedule.canvas import ScheduleCanvas
from trainer_desk.views.schedule.day_columns import DayColumns
from trainer_desk.views.schedule.lane_view import LaneView
from trainer_desk.views.schedule.layout import Box

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def shown(
    qtbot: QtBot,
    view: ScheduleCanvas,
    board: Board | None = None,
    directory: Directory | None = None,
    now: datetime = boards.NOW,
) -> None:
    """Show a board in a view of the usual size."""
    qtbot.addWidget(view)
    view.resize(1130, 830)
    view.show()
    qtbot.waitExposed(view)
    view.set_board(board or boards.busy_week(), directory or boards.directory(), now)
    view.ensure_layout()
    view.setFocus()
    QApplication.processEvents()


def find(view: ScheduleCanvas, title: str, day: int) -> int:
    """Return the id of the session of a course on a day of the month."""
    assert view.shown is not None
    number = boards.TITLES.index(title) + 1
    return next(
        card.id
        for card in view.shown.cards.values()
        if card.course_id == number and card.starts_at and card.starts_at.astimezone(boards.ZONE).day == day
    )


def view_point(view: ScheduleCanvas, box: Box, across: float = 0.5, down: float = 0.5) -> QPoint:
    """Return a point of a content box in viewport pixels."""
    rect = view.to_view(box)
    return QPoint(round(rect.left() + rect.width() * across), round(rect.top() + rect.height() * down))


def centre(view: ScheduleCanvas, session_id: int, across: float = 0.5, down: float = 0.5) -> QPoint:
    """Return a point of a session's first piece in viewport pixels."""
    view.ensure_layout()
    return view_point(view, view.laid.by_session[session_id][0].box, across, down)


def place(view: DayColumns, day: date, minute: float) -> QPoint:
    """Return the viewport point of a minute in a day's column, near its right edge."""
    view.ensure_layout()
    index = view.week.column_of(day)
    assert index is not None
    column = view.week.columns[index]
    return view_point(view, Box(column.x + column.width - 4, view.week.y_of(minute), 1, 1), 0, 0)


def lane_place(view: LaneView, resource_id: int | None, day: int, minute: float, down: float = 0.5) -> QPoint:
    """Return the viewport point of a minute on a lane."""
    view.ensure_layout()
    index = view.lanes.lane_of(resource_id)
    assert index is not None
    lane = view.lanes.lanes[index]
    return view_point(view, Box(view.lanes.x_of(day, minute), lane.y, 1, lane.height), 0, down)


def carry(
    view: ScheduleCanvas, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = NONE, steps: int = 5
) -> None:
    """Press and move without letting go."""
    viewport = view.viewport()
    QTest.mousePress(viewport, LEFT, modifiers, start)
    for step in range(1, steps + 1):
        QTest.mouseMove(viewport, start + (end - start) * step / steps)


def drag(view: ScheduleCanvas, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press, move and let go."""
    carry(view, start, end, modifiers)
    QTest.mouseRelease(view.viewport(), LEFT, modifiers, end)


@contextmanager
def nothing_asked(qtbot: QtBot, view: ScheduleCanvas) -> Iterator[None]:
    """Assert that no change is asked for meanwhile."""
    with (
        qtbot.assertNotEmitted(view.place_requested),
        qtbot.assertNotEmitted(view.create_requested),
        qtbot.assertNotEmitted(view.unplace_requested),
    ):
        yield


def wall_clock(instant: datetime) -> tuple[int, int, int]:
    """Return day, hour and minute on the boards' wall clock."""
    local = instant.astimezone(boards.ZONE)
    return local.day, local.hour, local.minute
