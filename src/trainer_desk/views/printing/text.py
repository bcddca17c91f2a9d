"""Text on paper: fonts in points, lines that break where they must, and how high that becomes.

All lengths are tenths of a point: fonts take whole numbers only, and paper wants finer steps than points.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from trainer_desk.views.tokens import FAMILY, LIGHT

UNIT = 10
"""Tenths of a point in a point."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: its size in points, its weight and a token of the light theme."""

    size: float
    weight: int = 400
    token: str = "text"

    def font(self) -> QFont:
        """Return the font; its pixels are tenths of a point."""
        font = QFont(FAMILY)
        font.setPixelSize(round(self.size * UNIT))
        font.setWeight(QFont.Weight(self.weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font


def width_of(text: str, style: Style) -> float:
    """Return how wide a text is on one line."""
    return QFontMetricsF(style.font()).horizontalAdvance(text)


class Paragraph:
    """A text broken into lines of a width: between words, inside a word that is wider than the line."""

    def __init__(self, text: str, style: Style, width: float) -> None:
        self.text, self._style = text, style
        self._layout = QTextLayout(text.replace("\n", "\u2028"), style.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self.height = self._break(width)

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Paint it with its upper left corner there."""
        painter.setPen(QColor(LIGHT[self._style.token]))
        self._layout.draw(painter, QPointF(x, y))

    def lines(self) -> list[str]:
        """Return its lines, without the spaces at which it was broken."""
        text = self._layout.text()
        lines = (self._layout.lineAt(number) for number in range(self._layout.lineCount()))
        return [text[line.textStart() : line.textStart() + line.textLength()].strip(" \u2028") for line in lines]

    def _break(self, width: float) -> float:
        height = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(width, UNIT))
            line.setPosition(QPointF(0, height))
            height += line.height()
        self._layout.endLayout()
        return height


def lines_of(text: str, style: Style, width: float) -> list[str]:
    """Return the lines into which a text is broken, for what goes on over the end of a page."""
    return Paragraph(text, style, width).lines()
