"""What every form of chart paints with: words that wrap, bars with patterns, the legend; and what was painted where."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from trainer_desk.services.rows.reports import Unit
from trainer_desk.texts.reports import number_text
from trainer_desk.views.charts.figure import Figure, Series
from trainer_desk.views.charts.scale import ticks, whole_ticks
from trainer_desk.views.theme import look
from trainer_desk.views.tokens import Theme

GAP, SQUARE = 8, 12
"""Pixels at 100 % text size: between words and marks, and the legend's square."""

PATTERNS = (None, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.Dense5Pattern, Qt.BrushStyle.HorPattern)
"""What is painted over the colour, so that what stands on each other differs without colours, too."""

LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
MIDDLE, CENTRE = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignHCenter
TOP = Qt.AlignmentFlag.AlignTop
WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere


@dataclass(slots=True)
class Painted:
    """What lies where after painting: marks with what they say, and all words."""

    spots: list[tuple[QRectF, str]] = field(default_factory=list)
    words: list[tuple[QRectF, str]] = field(default_factory=list)


class ChartBrush:
    """Paints parts of one figure; colours are those of a theme, sizes those of the window's text."""

    def __init__(self, painter: QPainter, figure: Figure, theme: Theme) -> None:
        self.painter, self.figure, self.theme = painter, figure, theme
        self.font = look().font("small", tabular=True)
        self.strong = look().font("small", 600, tabular=True)
        self.painted = Painted()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    @property
    def height(self) -> float:
        """The height of a line of words."""
        return QFontMetricsF(self.font).height()

    def colour(self, tone: str) -> QColor:
        """Return the colour of a token, or of `hue 3`."""
        name, _space, number = tone.partition(" ")
        return QColor(self.theme.hues[int(number)] if name == "hue" else self.theme[tone])

    def ticks(self, most: int) -> list[float]:
        """Return the round values of the axis."""
        top, unit = self.figure.top, self.figure.unit
        if unit is Unit.COUNT:
            return whole_ticks(top, most)
        return ticks(top, most, of_minutes=unit is Unit.MINUTES)

    def number(self, value: float | None) -> str:
        """Return a value in words."""
        return number_text(value, self.figure.unit)

    def width(self, text: str, font: QFont | None = None) -> float:
        """Return how wide a text is in one line."""
        return QFontMetricsF(font or self.font).horizontalAdvance(text) + 1

    def wrapped(self, text: str, width: float) -> float:
        """Return how high a text is, wrapped to a width."""
        box = QFontMetricsF(self.font).boundingRect(QRectF(0, 0, width, 10_000), int(WRAP), text)
        return box.height()

    def words(self, box: QRectF, text: str, flags: int, tone: str = "text2", font: QFont | None = None) -> None:
        """Paint words into a box that is large enough for them."""
        self.painter.setFont(font or self.font)
        self.painter.setPen(self.colour(tone))
        self.painter.drawText(box, flags, text)
        self.painted.words.append((box, text))

    def line(self, start: QPointF, end: QPointF, tone: str = "line") -> None:
        """Paint a thin line."""
        self.painter.setPen(QPen(self.colour(tone), 1))
        self.painter.drawLine(start, end)

    def bar(self, box: QRectF, series: Series, place: int) -> None:
        """Paint a bar of a series that stands at a place of the stack; an edge keeps it from its neighbours."""
        painter = self.painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour(series.tone))
        painter.drawRoundedRect(box, 2, 2)
        pattern = PATTERNS[place % len(PATTERNS)]
        if pattern is not None:
            veil = self.colour("surface")
            veil.setAlphaF(0.45)
            painter.setBrush(QBrush(veil, pattern))
            painter.drawRoundedRect(box, 2, 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def spot(self, box: QRectF, label: str, series: Series, place: int) -> None:
        """Remember what a mark says."""
        name = f"{series.name}: " if series.name else ""
        self.painted.spots.append((box, f"{label}\n{name}{self.number(series.values[place])}"))

    def legend(self, box: QRectF) -> float:
        """Paint what the colours mean, in as many lines as it takes, and return how high that is."""
        side, gap = look().px(SQUARE), look().px(GAP)
        left, top = box.left(), box.top()
        for place, one in enumerate(self.figure.series):
            wide = side + gap + self.width(one.name)
            if left > box.left() and left + wide > box.right():
                left, top = box.left(), top + self.height + gap
            self.bar(QRectF(left, top + (self.height - side) / 2, side, side), one, place)
            self.words(QRectF(left + side + gap, top, wide - side - gap, self.height), one.name, int(LEFT | MIDDLE))
            left += wide + gap * 2
        return top + self.height + gap * 2 - box.top()
