"""A card with the colour of a course's category at its left edge."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from trainer_desk.views.theme import look

BAR, FROM_EDGE, INSET = 3, 5, 12


class HueCard(QFrame):
    """`hue` counts as `Look.category` does."""

    def __init__(self, hue: int) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.hue = hue
        look().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar of the category."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().category(self.hue)[0])
        painter.drawRoundedRect(QRectF(FROM_EDGE, INSET, BAR, self.height() - 2 * INSET), BAR / 2, BAR / 2)
        painter.end()
