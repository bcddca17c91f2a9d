"""One of two answers that stand side by side: whose it is, and the value in words, all of it; chosen like a radio."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from trainer_desk.views.theme import look

EDGE, DOT, GAP = 12, 14, 8
"""Pixels at 100 %: inside the frame, of the dot that tells what is chosen, and beside it."""
WRAP = int(Qt.TextFlag.TextWordWrap)
NARROWEST = 160


class SideButton(QAbstractButton):
    """`whose` stands over the value; a screen reader says the field as well."""

    def __init__(self, field: str, whose: str, value: str) -> None:
        super().__init__()
        self.whose, self.value = whose, value
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{field}, {whose}: {value}")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return a width at which a name fits, and the height for it."""
        return QSize(look().px(260), self.heightForWidth(look().px(260)))

    def minimumSizeHint(self) -> QSize:
        """Return the narrowest in which words can still be read."""
        return QSize(look().px(NARROWEST), self._head() + look().px(2 * EDGE + 20))

    def hasHeightForWidth(self) -> bool:
        """Say that a long text makes it higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the pixels that the whole value needs."""
        box = QRect(0, 0, self._text_width(width), 100_000)
        text = QFontMetrics(look().font("body")).boundingRect(box, WRAP, self.value)
        return self._head() + text.height() + look().px(2 * EDGE + 2)

    def changeEvent(self, event: QEvent) -> None:
        """Look again at the height when the font changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, the dot, whose it is and the value."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        self._paint_dot(painter)
        edge, left = look().px(EDGE), look().px(EDGE + DOT + GAP)
        wide = self._text_width(self.width())
        painter.setFont(look().font("small"))
        painter.setPen(look().colour("text2"))
        head = QRect(left, edge, wide, self._head())
        metrics = QFontMetrics(painter.font())
        painter.drawText(head, Qt.AlignmentFlag.AlignTop, metrics.elidedText(self.whose, _RIGHT, wide))
        painter.setFont(look().font("body", 500 if self.isChecked() else 400))
        painter.setPen(look().colour("text"))
        body = QRect(left, edge + self._head() + 2, wide, self.height())
        painter.drawText(body, WRAP, self.value)
        painter.end()

    def _head(self) -> int:
        return QFontMetrics(look().font("small")).height()

    def _text_width(self, width: int) -> int:
        return max(look().px(40), width - look().px(2 * EDGE + DOT + GAP))

    def _paint_frame(self, painter: QPainter) -> None:
        is_on = self.isChecked()
        ground = "accent_tint" if is_on else "hover" if self.underMouse() else "surface"
        edge = "accent" if is_on or self.hasFocus() else "line_strong"
        painter.setPen(QPen(look().colour(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(look().colour(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_dot(self, painter: QPainter) -> None:
        size, edge = look().px(DOT), look().px(EDGE)
        ring = QRectF(edge + 0.5, edge + 0.5, size, size)
        painter.setPen(QPen(look().colour("accent" if self.isChecked() else "text2"), 1.4))
        painter.setBrush(look().colour("surface"))
        painter.drawEllipse(ring)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("accent"))
            painter.drawEllipse(ring.adjusted(3.5, 3.5, -3.5, -3.5))


_RIGHT = Qt.TextElideMode.ElideRight
