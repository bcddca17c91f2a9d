"""A pill: icon and words on a tint, so that colour never speaks alone; as a widget and for delegates to paint."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_desk.views.theme import look

HEIGHT, PAD, ICON, GAP = 22, 8, 13, 5
TONES = {
    "danger": ("danger", "danger_tint"),
    "warn": ("warn", "warn_tint"),
    "expiring": ("expiring", "expiring_tint"),
    "ok": ("ok", "ok_tint"),
    "accent": ("accent", "accent_tint"),
    "muted": ("text2", "sunken"),
}
"""Text and fill token of each tone."""


def pill_width(words: str, icon: str = "") -> float:
    """Return the width of a pill in pixels at the current text size."""
    show = look()
    words_width = QFontMetricsF(show.font("small", 500)).horizontalAdvance(words)
    return 2 * show.px(PAD) + words_width + (show.px(ICON) + show.px(GAP) if icon else 0)


def paint_pill(
    painter: QPainter, left_middle: QPointF, words: str, tone: str, icon: str = "", *, dashed: bool = False
) -> QRectF:
    """Paint a pill whose left edge and middle line are given and return its rectangle.

    `tone` is one of TONES; a dashed one has no fill (something that is missing).
    """
    show = look()
    ink, ground = TONES[tone]
    height = show.px(HEIGHT)
    box = QRectF(left_middle.x(), left_middle.y() - height / 2, pill_width(words, icon), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if dashed:
        painter.setPen(QPen(show.colour("line_strong"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(show.colour(ground))
        painter.drawRoundedRect(box, height / 2, height / 2)
    left = box.left() + show.px(PAD)
    if icon:
        size, ratio = show.px(ICON), painter.device().devicePixelRatio()
        painter.drawPixmap(QPointF(left, box.center().y() - size / 2), show.pixmap(icon, ink, ICON, ratio))
        left += size + show.px(GAP)
    painter.setFont(show.font("small", 500))
    painter.setPen(show.colour(ink))
    painter.drawText(QRectF(left, box.top(), box.right() - left, height), Qt.AlignmentFlag.AlignVCenter, words)
    painter.restore()
    return box


class Pill(QWidget):
    """A pill as a widget, for panels and forms; lists paint theirs with `paint_pill`."""

    def __init__(self, words: str = "", tone: str = "muted", icon: str = "", *, dashed: bool = False) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_pill(words, tone, icon, dashed=dashed)
        look().changed.connect(self.updateGeometry)

    def show_pill(self, words: str, tone: str, icon: str = "", *, dashed: bool = False) -> None:
        """Show other words, tone (one of TONES) and icon."""
        self._words, self._tone, self._icon, self._dashed = words, tone, icon, dashed
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """Return what it says."""
        return self._words

    def sizeHint(self) -> QSize:
        """Return the size at the current text size."""
        return QSize(round(pill_width(self._words, self._icon) + 1), look().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        middle = QPointF(0, self.height() / 2)
        paint_pill(painter, middle, self._words, self._tone, self._icon, dashed=self._dashed)
        painter.end()
