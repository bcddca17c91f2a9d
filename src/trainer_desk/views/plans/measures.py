"""The measures of plans on paper, in tenths of a point, and their texts, each laid out once."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from trainer_desk.views.printing.text import UNIT, Paragraph, Style
from trainer_desk.views.tokens import LIGHT

TITLE, ABOUT, FOOT = Style(15, 600), Style(8.5, 500, "text2"), Style(6.5, 400, "text2")
DAY, DAY_OFF, HOLIDAY = Style(8, 600), Style(7, 500, "text3"), Style(6.5, 500, "text2")
LANE, LANE_NOTE = Style(7.5, 600), Style(6.5, 400, "text2")
CLOCK, NAME, LINE, AWAY = Style(6.5, 600), Style(7, 600), Style(6.5), Style(6.5, 500, "text2")
CODE = Style(6.8, 600)
LEGEND, LEGEND_CODE = Style(6.5), Style(6.5, 600)
HOUR = Style(6.5, 500, "text3")

PAD = 2.2 * UNIT
"""Between the edge of a block and its words."""
GAP = 1.2 * UNIT
"""Between two blocks, and between a block and the edge of its cell."""
BAR = 2.0 * UNIT
HAIR, THIN = 0.4 * UNIT, 0.7 * UNIT
HATCH = 4.0 * UNIT
RULED = "#AFA9C9"
"""The colour of the lines of a hatching: seen in grey as well."""


class Texts:
    """Paragraphs by text, style and width: the same few stand on a plan over and over."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Style, float], Paragraph] = {}

    def of(self, text: str, style: Style, width: float) -> Paragraph:
        """Return the paragraph, laid out when it is first asked for."""
        key = (text, style, width)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Paragraph(text, style, width)
        return found


def hatch(painter: QPainter, box: QRectF, fill: str = "holiday") -> None:
    """Tint a box and rule it with slanting lines, which stay inside of it."""
    painter.fillRect(box, QColor(LIGHT[fill]))
    painter.setPen(QPen(QColor(RULED), HAIR))
    x = box.left() - box.height()
    while x < box.right():
        start, end = max(x, box.left()), min(x + box.height(), box.right())
        painter.drawLine(QLineF(start, box.bottom() - (start - x), end, box.bottom() - (end - x)))
        x += HATCH


def rule(painter: QPainter, line: QLineF, token: str = "line", width: float = HAIR) -> None:
    """Draw a line."""
    painter.setPen(QPen(QColor(LIGHT[token]), width))
    painter.drawLine(line)


def frame(painter: QPainter, box: QRectF, token: str = "line_strong") -> None:
    """Draw the edge of a box."""
    painter.setPen(QPen(QColor(LIGHT[token]), HAIR))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
