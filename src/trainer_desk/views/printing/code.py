"""A QR code as a picture: its modules are painted as squares that touch, so that no scanner sees seams."""

import segno
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

QUIET = 4
"""Modules of white that must stay around the code."""


def modules_of(text: str) -> list[list[bool]]:
    """Return the rows of a code that still reads with a seventh of it worn off; true is dark."""
    code = segno.make(text, error="m", micro=False)
    return [[bool(module) for module in row] for row in code.matrix]


def paint_code(painter: QPainter, text: str, corner: QPointF, width: float) -> None:
    """Paint the code of a text with its lower right corner there, on white that goes on around it."""
    rows = modules_of(text)
    step = width / len(rows)
    origin = corner - QPointF(width, width)
    quiet = QUIET * step
    area = QRectF(origin, corner).adjusted(-quiet, -quiet, quiet, quiet)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for number, row in enumerate(rows):
        for start, length in _stretches(row):
            path.addRect(QRectF(origin.x() + start * step, origin.y() + number * step, length * step, step))
    painter.save()
    painter.fillRect(area, QColor("white"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillPath(path, QColor("black"))
    painter.restore()


def _stretches(row: list[bool]) -> list[tuple[int, int]]:
    """Return where dark stretches of a row begin and how long they are."""
    found: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((place, 1))
    return found
