"""Rendered blocks, kept while they are used: scrolling and dragging only copy pictures."""

import math
from collections import OrderedDict

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from trainer_desk.views.schedule.block_text import BlockStyle
from trainer_desk.views.schedule.blocks import MARGIN, draw_block
from trainer_desk.views.schedule.faces import Face
from trainer_desk.views.schedule.ink import Ink

BUDGET = 48 << 20
"""Bytes of pixels kept; the blocks unused for longest go first."""

Key = tuple[Face, BlockStyle, int, int, float, str, int]


class BlockCache:
    """An LRU of pictures by all that they show, their size, the screen's pixel ratio, theme and text size."""

    def __init__(self, ink: Ink, budget: int = BUDGET) -> None:
        self._ink = ink
        self._budget = budget
        self._bytes = 0
        self._pictures: OrderedDict[Key, QPixmap] = OrderedDict()

    @property
    def size(self) -> int:
        """How many bytes the pictures hold."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._pictures)

    def clear(self) -> None:
        """Forget all pictures."""
        self._pictures.clear()
        self._bytes = 0

    def paint(self, painter: QPainter, box: QRectF, face: Face, style: BlockStyle) -> None:
        """Paint a block with its corner on a whole device pixel, so that its text stays sharp."""
        dpr = painter.device().devicePixelRatio()
        picture = self._picture(face, style, round(box.width()), round(box.height()), dpr)
        left = round(box.left() * dpr) / dpr - MARGIN
        painter.drawPixmap(QPointF(left, round(box.top() * dpr) / dpr - MARGIN), picture)

    def _picture(self, face: Face, style: BlockStyle, width: int, height: int, dpr: float) -> QPixmap:
        look = self._ink.look
        key = (face, style, width, height, dpr, look.theme.name, look.percent)
        picture = self._pictures.get(key)
        if picture is not None:
            self._pictures.move_to_end(key)
            return picture
        picture = self._render(face, style, width, height, dpr)
        self._pictures[key] = picture
        self._bytes += _bytes(picture)
        while self._bytes > self._budget and len(self._pictures) > 1:
            self._bytes -= _bytes(self._pictures.popitem(last=False)[1])
        return picture

    def _render(self, face: Face, style: BlockStyle, width: int, height: int, dpr: float) -> QPixmap:
        reach = max(width, math.ceil(style.room))
        picture = QPixmap(math.ceil((reach + 2 * MARGIN) * dpr), math.ceil((height + 2 * MARGIN) * dpr))
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        draw_block(painter, QRectF(MARGIN, MARGIN, width, height), face, style, self._ink)
        painter.end()
        return picture


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4
