"""Painting with memory: measured, shortened and wrapped texts, hatched textures and icons are made only once."""

import re
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from trainer_desk.views.theme import Look
from trainer_desk.views.tokens import mix

FontKey = tuple[str | int, int, bool]
"""Size (token or pixels), weight, tabular figures."""

TITLE: FontKey = ("small", 600, False)
TIME: FontKey = ("caption", 500, True)
CAPTION: FontKey = ("caption", 500, False)
CAPTION_BOLD: FontKey = ("caption", 600, False)
COUNT: FontKey = ("caption", 600, True)
BODY_BOLD: FontKey = ("body", 600, False)
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter

TEXTURE_LINES = 12
_MOST = 20_000
_WORDS = re.compile(r"(?<=[\s\u2013&-])")
_K = TypeVar("_K")
_V = TypeVar("_V")


class Ink:
    """Fonts, colours and text measures of the present look; `reset` after theme or text size changed."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._metrics: dict[FontKey, QFontMetricsF] = {}
        self._widths: dict[tuple[str, FontKey], float] = {}
        self._elided: dict[tuple[str, FontKey, int], str] = {}
        self._wrapped: dict[tuple[str, FontKey, int, int], tuple[str, ...]] = {}
        self._hatches: dict[tuple[int, int, float], QPixmap] = {}

    def reset(self) -> None:
        """Forget everything measured and drawn."""
        for known in (self._metrics, self._widths, self._elided, self._wrapped, self._hatches):
            known.clear()

    @property
    def scale(self) -> float:
        """The text size, 1 at 100 %."""
        return self.look.percent / 100

    def px(self, pixels: float) -> float:
        """Return a length at the present text size, not rounded."""
        return pixels * self.look.percent / 100

    def font(self, key: FontKey) -> QFont:
        """Return the font; shared, do not change it."""
        return self.look.font(key[0], key[1], tabular=key[2])

    def colour(self, token: str, alpha: int | None = None) -> QColor:
        """Return a token's colour, with `alpha` (0–255) as a copy."""
        colour = self.look.colour(token)
        if alpha is None:
            return colour
        copy = QColor(colour)
        copy.setAlpha(alpha)
        return copy

    def mixed(self, token: str, other: str, share: float) -> QColor:
        """Return a token's colour mixed with `share` (0–1) of another."""
        return QColor(mix(self.look.theme[token], self.look.theme[other], share))

    def width(self, text: str, key: FontKey) -> float:
        """Return how wide the text is in pixels."""
        return _remember(self._widths, (text, key), lambda: self._metric(key).horizontalAdvance(text))

    def elide(self, text: str, key: FontKey, width: float) -> str:
        """Return the text shortened with an ellipsis to `width` pixels; empty where not even that fits."""
        room = int(width)
        if room <= 0:
            return ""
        right = Qt.TextElideMode.ElideRight
        return _remember(self._elided, (text, key, room), lambda: self._metric(key).elidedText(text, right, room))

    def wrap(self, text: str, key: FontKey, width: float, lines: int) -> tuple[str, ...]:
        """Return the text on at most `lines` lines, broken at blanks and dashes, the last one shortened."""
        return _remember(self._wrapped, (text, key, int(width), lines), lambda: self._wrap(text, key, width, lines))

    def longest_word(self, text: str, key: FontKey) -> float:
        """Return the width of the longest part that cannot be broken."""
        return max((self.width(part.rstrip(), key) for part in _WORDS.split(text)), default=0.0)

    def write(self, painter: QPainter, x: float, baseline: float, text: str, key: FontKey, colour: QColor) -> None:
        """Draw one line of text."""
        painter.setFont(self.font(key))
        painter.setPen(colour)
        painter.drawText(QPointF(x, baseline), text)

    def write_in(
        self, painter: QPainter, box: QRectF, text: str, key: FontKey, colour: QColor, align: Qt.AlignmentFlag
    ) -> None:
        """Draw one line of text inside a box, shortened to its width."""
        painter.setFont(self.font(key))
        painter.setPen(colour)
        painter.drawText(box, align, self.elide(text, key, box.width() + 1))

    def icon(self, painter: QPainter, name: str, token: str, x: float, y: float, size: int) -> None:
        """Draw an icon in a token's colour; `size` in pixels at 100 %."""
        dpr = painter.device().devicePixelRatio()
        painter.drawPixmap(QPointF(x, y), self.look.pixmap(name, token, size, dpr))

    def hatch(self, painter: QPainter, box: QRectF, colour: QColor, step: int = 8) -> None:
        """Fill with slanted lines through one tiled texture: the same cost whatever the area."""
        dpr, side = painter.device().devicePixelRatio(), step * TEXTURE_LINES
        texture = _remember(self._hatches, (colour.rgba(), step, dpr), lambda: _texture(colour, step, dpr))
        painter.drawTiledPixmap(box, texture, QPointF(box.left() % side, box.top() % side))

    def rounded(
        self, painter: QPainter, box: QRectF, radius: float, fill: QColor | None, pen: QPen | None = None
    ) -> None:
        """Draw a rounded box, antialiased."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(pen if pen is not None else Qt.PenStyle.NoPen)
        painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)

    def _metric(self, key: FontKey) -> QFontMetricsF:
        return _remember(self._metrics, key, lambda: QFontMetricsF(self.font(key)))

    def _wrap(self, text: str, key: FontKey, width: float, lines: int) -> tuple[str, ...]:
        found = [""]
        for word in _WORDS.split(text):
            if not found[-1] or self.width((found[-1] + word).rstrip(), key) <= width or len(found) == lines:
                found[-1] += word
            else:
                found.append(word)
        return tuple(self.elide(line.strip(), key, width) for line in found)


def _remember(known: dict[_K, _V], key: _K, make: Callable[[], _V]) -> _V:
    found = known.get(key)
    if found is None:
        if len(known) >= _MOST:
            known.clear()
        found = known[key] = make()
    return found


def _texture(colour: QColor, step: int, dpr: float) -> QPixmap:
    """Draw many lines on one large texture: tiling a small one costs far more."""
    side = step * TEXTURE_LINES
    texture = QPixmap(round(side * dpr), round(side * dpr))
    texture.setDevicePixelRatio(dpr)
    texture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(texture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1))
    for offset in range(-side, side + step, step):
        painter.drawLine(QPointF(offset - 1, side + 1), QPointF(offset + side + 1, -1))
    painter.end()
    return texture
