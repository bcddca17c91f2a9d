"""Lets columns of a table paint their texts as something else, on the same ground as all cells."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from trainer_desk.views.parts.row_model import Column, RowModel

SIDE = 12
"""Pixels that stay free at the left and the right of what is painted."""


class CellPainter(QStyledItemDelegate):
    """Paints the ground as the style does, and what the column wants on it."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        model = index.model()
        wanted = model.columns[index.column()].paint if isinstance(model, RowModel) else None
        if wanted is None or not isinstance(model, RowModel):
            super().paint(painter, option, index)
            return
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        widget = ground.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(ground.rect).adjusted(SIDE, 0, -SIDE, 0)
        wanted(painter, box, model.text(index))
        painter.restore()


def paint_cells(table: QTableView, columns: Sequence[Column]) -> None:
    """Let those columns of a table that want it paint their cells."""
    for place, column in enumerate(columns):
        if column.paint is not None:
            table.setItemDelegateForColumn(place, CellPainter(table))
