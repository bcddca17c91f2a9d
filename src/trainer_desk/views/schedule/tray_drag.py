"""Carries a card of the tray onto the calendar: the tray has the mouse, the calendar shows where it would land."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint

from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.schedule.canvas import ScheduleCanvas
from trainer_desk.views.schedule.tray import Tray


class TrayDrag(QObject):
    """Joins the tray with whichever canvas is on show; over the list nothing can be dropped."""

    def __init__(self, tray: Tray, canvas: Callable[[], ScheduleCanvas | None], parent: QObject) -> None:
        super().__init__(parent)
        self._tray, self._canvas = tray, canvas
        cards = tray.cards
        cards.drag_began.connect(self._begin)
        cards.drag_moved.connect(self._move)
        cards.drag_dropped.connect(self._drop)
        cards.drag_cancelled.connect(self._cancel)

    def _begin(self, card: SessionCard) -> None:
        canvas = self._canvas()
        if canvas is not None:
            canvas.external_drag_begin(card)

    def _move(self, at: QPoint) -> None:
        canvas = self._canvas()
        if canvas is None:
            self._tray.show_floating(at)
            return
        canvas.external_drag_move(at)
        view = canvas.viewport()
        self._tray.show_floating(None if view.rect().contains(view.mapFromGlobal(at)) else at)

    def _drop(self, at: QPoint) -> None:
        canvas = self._canvas()
        if canvas is not None:
            canvas.external_drag_drop(at)

    def _cancel(self) -> None:
        canvas = self._canvas()
        if canvas is not None:
            canvas.external_drag_cancel()
