"""The still part of a view as tiles of pixels: scrolling copies them, and a change redraws only those it touches."""

import math
from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap

from trainer_desk.views.schedule.layout import Box

TILE_WIDTH, TILE_HEIGHT = 512, 256
LEAST_KEPT = 16 << 20
"""Bytes of tiles kept beside those on screen."""

Draw = Callable[[QPainter, Box], None]
"""Paints one stretch of the content, given in content coordinates."""


class Tiles:
    """Pictures of one scrollable area, drawn on demand by `draw`."""

    def __init__(self, draw: Draw, width: int = TILE_WIDTH, height: int = TILE_HEIGHT) -> None:
        self._draw = draw
        self._width, self._height = width, height
        self._tiles: OrderedDict[tuple[int, int, float], QPixmap] = OrderedDict()
        self.drawn = 0
        """How many tiles were ever drawn; the measure of what a change costs."""

    def drop(self, box: Box | None = None) -> None:
        """Forget the tiles that meet `box`, or all."""
        if box is None:
            self._tiles.clear()
            return
        gone = [key for key in self._tiles if self._box(key[0], key[1]).meets(box)]
        for key in gone:
            del self._tiles[key]

    def blit(self, painter: QPainter, area: QRectF, x: float, y: float) -> None:
        """Copy the content from (x, y) on into `area` of the viewport."""
        dpr = painter.device().devicePixelRatio()
        painter.save()
        painter.setClipRect(area)
        columns = range(int(x // self._width), int((x + area.width() - 1) // self._width) + 1)
        rows = range(int(y // self._height), int((y + area.height() - 1) // self._height) + 1)
        for row in rows:
            for column in columns:
                left = area.left() + column * self._width - x
                top = area.top() + row * self._height - y
                at = QPointF(round(left * dpr) / dpr, round(top * dpr) / dpr)
                painter.drawPixmap(at, self._tile(column, row, dpr))
        painter.restore()
        self._forget(len(columns) * len(rows), dpr)

    def _box(self, column: int, row: int) -> Box:
        return Box(column * self._width, row * self._height, self._width, self._height)

    def _tile(self, column: int, row: int, dpr: float) -> QPixmap:
        key = (column, row, dpr)
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
            return tile
        tile = QPixmap(math.ceil(self._width * dpr), math.ceil(self._height * dpr))
        tile.setDevicePixelRatio(dpr)
        painter = QPainter(tile)
        box = self._box(column, row)
        painter.translate(-box.x, -box.y)
        self._draw(painter, box)
        painter.end()
        self.drawn += 1
        self._tiles[key] = tile
        return tile

    def _forget(self, visible: int, dpr: float) -> None:
        one = int(self._width * dpr) * int(self._height * dpr) * 4
        kept = max(2 * visible, LEAST_KEPT // one)
        while len(self._tiles) > kept:
            self._tiles.popitem(last=False)
