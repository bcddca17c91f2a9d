"""Paints a month of demand: the deeper the colour, the more sessions are to be added; covered ones stay calm (D4)."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from trainer_desk.services.rows.demand import DemandCell
from trainer_desk.views.demand.model import DemandModel
from trainer_desk.views.theme import look

MOST, LEAST, STEP = 0.62, 0.16, 0.12
"""How much of the accent lies in a cell: that of the first session to be added, of each more, and at most."""


class HeatPainter(QStyledItemDelegate):
    """The words are those of the model; what is chosen has a ring."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        model = index.model()
        cell = model.cell(index) if isinstance(model, DemandModel) else None
        if cell is None:
            super().paint(painter, option, index)
            return
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, look().colour("surface"))
        inner = box.adjusted(2, 2, -2, -2)
        if cell.people:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_ground(cell))
            painter.drawRoundedRect(inner, 4, 4)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(look().colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner.adjusted(1, 1, -1, -1), 4, 4)
        painter.setFont(option.font)
        painter.setPen(look().colour("text" if cell.people else "text3"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.restore()


def _ground(cell: DemandCell) -> QColor:
    if not cell.sessions:
        return look().colour("sunken")
    depth = min(MOST, LEAST + STEP * (cell.sessions - 1))
    over, under = look().colour("accent"), look().colour("surface")
    mixed = [
        round(above * depth + below * (1 - depth))
        for above, below in (
            (over.red(), under.red()),
            (over.green(), under.green()),
            (over.blue(), under.blue()),
        )
    ]
    return QColor(*mixed)
