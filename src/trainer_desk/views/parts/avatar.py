"""A round sign with a person's initials, in a hue that always belongs to the same name."""

from zlib import crc32

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from trainer_desk.views.theme import look
from trainer_desk.views.tokens import HUES


def initials(name: str) -> str:
    """Return one or two letters for a name: first and last word; `?` for an empty one."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def hue_of(name: str) -> int:
    """Return the hue (0–7) of a name, the same on every computer."""
    return crc32(name.encode()) % HUES


def paint_avatar(painter: QPainter, box: QRectF, name: str, hue: int | None = None) -> None:
    """Paint initials in a disc that fills `box`; `hue` overrides the name's own."""
    _, _, text, edge = look().category(hue_of(name) if hue is None else hue)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(edge)
    painter.setOpacity(painter.opacity() * (0.72 if not look().dark else 1.0))
    painter.drawEllipse(box)
    painter.setOpacity(1.0)
    painter.setPen(text)
    font = look().font(max(8, round(box.height() * 0.37 * 100 / look().percent)), 600)
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.restore()


class Avatar(QWidget):
    """The sign as a widget; `size` in pixels at 100 % text size."""

    def __init__(self, name: str, size: int = 28) -> None:
        super().__init__()
        self._name, self._size = name, size
        self.setAccessibleName(name)
        look().changed.connect(self._resize)
        self._resize()

    def sizeHint(self) -> QSize:
        """Return the size at the current text size."""
        return QSize(look().px(self._size), look().px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_avatar(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._name)
        painter.end()

    def _resize(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()
