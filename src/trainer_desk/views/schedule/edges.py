"""What happens while a drag is held near an edge: the view scrolls, or turns to the next week."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QScrollBar

from trainer_desk.views.schedule.drag import Drag, Kind

if TYPE_CHECKING:
    from trainer_desk.views.schedule.canvas import ScheduleCanvas
    from trainer_desk.views.schedule.gestures import Gestures

NEAR = 28
"""Pixels from the edge of the grid."""
STEP = 8
"""Pixels scrolled in each frame."""
FRAME = 16
TURNS_AFTER = 700
"""Milliseconds at the left or right end after which the range turns."""


class Edges(QObject):
    """The timers of scrolling and turning."""

    def __init__(self, gestures: "Gestures", canvas: "ScheduleCanvas") -> None:
        super().__init__(gestures)
        self._gestures, self._canvas = gestures, canvas
        self._sideways = self._down = 0
        self._scrolls = QTimer(self, interval=FRAME)
        self._scrolls.timeout.connect(self._scroll)
        self._turns = QTimer(self, interval=TURNS_AFTER)
        self._turns.timeout.connect(self._turn)

    def watch(self, drag: Drag) -> None:
        """Start or stop the timers for where the pointer is now."""
        body, point = self._canvas.body(), drag.point
        self._sideways = self._down = 0
        if not drag.outside and not drag.keyboard:
            self._sideways = _side(point.x(), body.left(), body.right())
            self._down = _side(point.y(), body.top() + self._canvas.pinned_height(), body.bottom())
        across, down = self._canvas.horizontalScrollBar(), self._canvas.verticalScrollBar()
        can_scroll = _can_move(across, self._sideways) or _can_move(down, self._down)
        _run(self._scrolls, can_scroll)
        turns = drag.places and drag.kind is Kind.MOVE and self._sideways != 0
        _run(self._turns, turns and not _can_move(across, self._sideways))

    def stop(self) -> None:
        """Stop both timers."""
        self._scrolls.stop()
        self._turns.stop()

    def _scroll(self) -> None:
        across, down = self._canvas.horizontalScrollBar(), self._canvas.verticalScrollBar()
        across.setValue(across.value() + STEP * self._sideways)
        down.setValue(down.value() + STEP * self._down)
        self._gestures.update(QApplication.keyboardModifiers())

    def _turn(self) -> None:
        self._canvas.range_step.emit(self._sideways)


def _side(value: float, low: float, high: float) -> int:
    if value < low + NEAR:
        return -1
    return 1 if value > high - NEAR else 0


def _can_move(bar: QScrollBar, direction: int) -> bool:
    if direction == 0:
        return False
    return bar.value() > bar.minimum() if direction < 0 else bar.value() < bar.maximum()


def _run(timer: QTimer, wanted: bool) -> None:
    if not wanted:
        timer.stop()
    elif not timer.isActive():
        timer.start()
