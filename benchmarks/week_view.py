"""Goals: the next week, a scrolled frame and a step of a drag in the week view, against raw paint."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from itertools import count, cycle

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPen, QPixmap, QStaticText
from PySide6.QtWidgets import QApplication

from benchmarks.board import DATED
from benchmarks.measure import Goal, Line, line_of
from benchmarks.place import Place
from benchmarks.stage import SIZE, Blit, canvas_of, running, wait
from trainer_desk.views.schedule.canvas import ScheduleCanvas
from trainer_desk.views.schedule.page import SchedulePage

ROUNDS = 15
HOURS = 12


def lines(place: Place) -> Iterator[Line]:
    """Yield the goals of the window at 1440 x 900, offscreen, on the SQLite file."""
    if not place.is_file:
        return
    with running(place) as page:
        canvas = canvas_of(page)
        blit = Blit(QPixmap(canvas.viewport().size()))
        blit.picture.fill(QColor("white"))
        blit.show()
        QApplication.processEvents()
        weeks, raw = _forward(page, canvas), Blit(QPixmap(*SIZE))
        raw.show()
        QApplication.processEvents()
        floor = partial(_raw_week, place, raw, count(1))
        goal = Goal("next week", lambda: next(weeks), floor, 1.5, floor_is="driver rows, cached text, one paint")
        yield line_of(goal, "window", rounds=ROUNDS)
        scrolls = _scrolled(canvas)
        goal = Goal("scroll frame of the week", lambda: next(scrolls), blit.repaint, 2, floor_is="copy of a picture")
        yield line_of(goal, "window")
        steps = _dragged(canvas)
        goal = Goal("drag step with its verdict", lambda: next(steps), blit.repaint, floor_is="copy of a picture")
        yield line_of(goal, "window")
        canvas.gestures.cancel()


def _forward(page: SchedulePage, canvas: ScheduleCanvas) -> Iterator[None]:
    """Show week after week, each until it is painted."""
    while True:
        drawn, board = canvas.body_tiles.drawn, page.source.board
        page.step(1)
        wait(lambda drawn=drawn, board=board: page.source.board is not board and canvas.body_tiles.drawn > drawn)  # type: ignore[misc]
        yield


def _scrolled(canvas: ScheduleCanvas) -> Iterator[None]:
    bar = canvas.verticalScrollBar()
    assert bar.maximum() > bar.minimum()
    for value in cycle([*range(0, bar.maximum(), 26), *range(bar.maximum(), 0, -26)]):
        bar.setValue(value)
        canvas.viewport().repaint()
        yield


def _dragged(canvas: ScheduleCanvas) -> Iterator[None]:
    """Hold the largest block that can be moved, and lead it through the grid."""
    shown = canvas.shown
    assert shown is not None
    movable = [
        piece for piece in canvas.laid.pieces
        if shown.cards[piece.session_id].status in ("DRAFT", "SCHEDULED")
        and canvas.body().contains(canvas.to_view(piece.box).center())
    ]  # fmt: skip
    start = canvas.to_view(max(movable, key=lambda piece: piece.box.w * piece.box.h).box).center()
    _mouse(canvas, QEvent.Type.MouseButtonPress, start)
    for turn in cycle([*range(40), *range(40, 0, -1)]):
        _mouse(canvas, QEvent.Type.MouseMove, start + QPointF(turn * 11 - 200, turn * 5 - 60))
        canvas.viewport().repaint()
        assert canvas.gestures.drag is not None
        yield


def _mouse(canvas: ScheduleCanvas, kind: QEvent.Type, point: QPointF) -> None:
    left = Qt.MouseButton.LeftButton
    whole = QPointF(canvas.viewport().mapToGlobal(point.toPoint()))
    event = QMouseEvent(kind, point, whole, left, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas.viewport(), event)


def _raw_week(place: Place, target: Blit, numbers: Iterator[int]) -> None:
    """Ask the driver for a week, prepare its texts, paint each block once and copy all of it to the screen."""
    week = next(numbers)
    begins, ends = place.instant(7 * week), place.instant(7 * week + 7)
    rows = place.rows(DATED, [place.stored(instant) for instant in (place.instant(7 * week - 1), ends, begins)])
    metrics = QFontMetricsF(target.font())
    width, height = SIZE[0] / 5, SIZE[1] / HOURS
    painter = QPainter(target.picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, *SIZE), QColor("white"))
    fill, edge, pen = QColor(225, 235, 250), QColor(60, 90, 160), QPen(QColor(20, 30, 40))
    for number, row in enumerate(rows):
        day, hour = dt.date.fromisoformat(row[5][:10]).weekday(), int(row[5][11:13]) - 6
        box = QRectF(day * width + number % 9 * width / 9, hour * height, width / 9 - 2, height - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 4, 4)
        painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), edge)
        painter.setPen(pen)
        for line, part in enumerate((12, 13, 14)):
            words = metrics.elidedText(str(row[part]), Qt.TextElideMode.ElideRight, box.width() - 8)
            painter.drawStaticText(box.topLeft() + QPointF(6, 2 + line * metrics.height()), QStaticText(words))
    painter.end()
    target.repaint()
