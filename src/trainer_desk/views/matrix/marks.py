"""How a mark looks: shape, colour and tint, painted once for each size and then only copied."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from trainer_desk.services.rows.matrix import Mark
from trainer_desk.views.theme import look

SHAPES = {
    Mark.LACKING: ("octagon-alert", "danger", "danger_tint"),
    Mark.PENDING: ("triangle-alert", "warn", "warn_tint"),
    Mark.EXPIRING: ("clock", "expiring", "expiring_tint"),
    Mark.HELD: ("circle-check", "ok", "ok_tint"),
    Mark.NOT_ASKED: ("minus", "text3", ""),
}
"""Icon, colour and tint of each mark: never colour alone."""

GAP, ROUND, ICON, FAINT = 2, 4, 16, 0.55


class MarkPictures:
    """A picture of each mark in the size of a cell, for the present look."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], dict[Mark, QPixmap]] = {}

    def of(self, size: QSize, dpr: float) -> dict[Mark, QPixmap]:
        """Return the pictures for cells of `size`."""
        key = (look().theme.name, size.width(), size.height(), dpr)
        found = self._known.get(key)
        if found is None:
            self._known.clear()
            found = self._known[key] = {mark: _picture(mark, size, dpr) for mark in Mark}
        return found


def _picture(mark: Mark, size: QSize, dpr: float) -> QPixmap:
    icon, tone, tint = SHAPES[mark]
    picture = QPixmap(size * dpr)
    picture.setDevicePixelRatio(dpr)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if tint:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(tint))
        painter.drawRoundedRect(QRectF(0, 0, size.width(), size.height()).adjusted(GAP, GAP, -GAP, -GAP), ROUND, ROUND)
    side = ICON if tint else ICON - 4
    shape = look().pixmap(icon, tone, side, dpr)
    if not tint:
        painter.setOpacity(FAINT)
    wide = look().px(side)
    painter.drawPixmap(QPointF((size.width() - wide) / 2, (size.height() - wide) / 2), shape)
    painter.end()
    return picture
