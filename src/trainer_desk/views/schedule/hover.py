"""What the pointer rests on: the block lights up at once, its card comes after a moment."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QTimer

from trainer_desk.texts import finding_text
from trainer_desk.views.parts.row_model import Mark
from trainer_desk.views.schedule import words
from trainer_desk.views.schedule.layout import Piece
from trainer_desk.views.schedule.verdict import judge

if TYPE_CHECKING:
    from trainer_desk.views.schedule.canvas import ScheduleCanvas

RESTS = 300
"""Milliseconds until the hover card shows."""


class Hover(QObject):
    """The piece under the pointer; `lines` are those of its card once the pointer rests, `marks` the icons of some."""

    def __init__(self, canvas: "ScheduleCanvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.piece: Piece | None = None
        self.lines: list[str] = []
        self.marks: dict[str, Mark | None] = {}
        self._timer = QTimer(self, singleShot=True, interval=RESTS)
        self._timer.timeout.connect(self._show)

    def at(self, piece: Piece | None, _point: QPointF) -> None:
        """Take notice of what is under the pointer now."""
        if piece == self.piece:
            return
        self.piece = piece
        self.lines = []
        self._canvas.viewport().update()
        if piece is None:
            self._timer.stop()
        else:
            self._timer.start()

    def clear(self) -> None:
        """Forget it."""
        self._timer.stop()
        if self.piece is not None or self.lines:
            self.piece, self.lines = None, []
            self._canvas.viewport().update()

    def _show(self) -> None:
        shown = self._canvas.shown
        if shown is None or self.piece is None or self.piece.session_id not in shown.cards:
            return
        card = shown.cards[self.piece.session_id]
        reasons: list[str] = []
        if card.id in shown.clashing:
            zone = shown.directory.settings.zone
            found = judge(card, shown.occupancy, shown.directory, shown.now).findings
            reasons = [finding_text(finding, zone) for finding in found[:3]]
        self.lines = words.hover_lines(card, shown.directory, reasons)
        self.marks = words.seat_lines(card, shown.directory)
        self._canvas.viewport().update()
