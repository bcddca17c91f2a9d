"""Paints the stretches of a capacity meter, each told by colour and pattern, and the key that names them."""

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_desk.views.theme import look

INSIDE, HELD, OFFERED, ADDED, OVER = "inside", "held", "offered", "added", "over"
"""The kinds: solid, hollow, striped, solid in the accent, solid in amber."""
SOLID = {INSIDE: "text3", ADDED: "accent", OVER: "warn_fill"}
SWATCH, GAP, HEIGHT, STRIPE = 14, 6, 20, 4


def paint_stretch(painter: QPainter, box: QRectF, kind: str) -> None:
    """Paint one stretch into `box`: held seats are hollow, offered ones striped."""
    show, round_off = look(), min(box.height(), box.width()) / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if kind in SOLID:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(show.colour(SOLID[kind]))
        painter.drawRoundedRect(box, round_off, round_off)
    else:
        line = show.colour("text2" if kind == HELD else "accent")
        inner = box.adjusted(0.75, 0.75, -0.75, -0.75)
        path = QPainterPath()
        path.addRoundedRect(inner, round_off, round_off)
        painter.fillPath(path, show.colour("surface"))
        if kind == OFFERED:
            _paint_stripes(painter, inner, path)
        painter.strokePath(path, QPen(line, 1.5))
    painter.restore()


def _paint_stripes(painter: QPainter, box: QRectF, path: QPainterPath) -> None:
    painter.save()
    painter.setClipPath(path)
    painter.setPen(QPen(look().colour("accent"), 1.5))
    left, step = box.left() - box.height(), look().px(STRIPE)
    while left < box.right():
        painter.drawLine(QLineF(left, box.bottom(), left + box.height(), box.top()))
        left += step
    painter.restore()


class SeatKey(QWidget):
    """A patch as it is painted in the meter, and what it stands for: `10 enrolled`."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind, self._words = kind, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.updateGeometry)

    def say(self, words: str) -> None:
        """Show words, or hide with none."""
        self._words = words
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """Return what it says."""
        return self._words

    def sizeHint(self) -> QSize:
        """Return the size at the current text size."""
        words = QFontMetricsF(look().font("small")).horizontalAdvance(self._words)
        return QSize(round(look().px(SWATCH) + look().px(GAP) + words + 8), look().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint patch and words."""
        show, painter = look(), QPainter(self)
        wide, high = show.px(SWATCH), show.px(10)
        paint_stretch(painter, QRectF(0, (self.height() - high) / 2, wide, high), self.kind)
        painter.setFont(show.font("small"))
        painter.setPen(show.colour("text2"))
        words = QRectF(wide + show.px(GAP), 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._words)
        painter.end()
