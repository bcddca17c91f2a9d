"""How wide a table's columns are: as the user set them, else as their texts need; one of them takes what is left."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from trainer_desk.views.parts.row_model import Column, RowModel
from trainer_desk.views.theme import look

PADDING = 28
"""Pixels of a cell that are not its text, with two for the frame of the current one."""
MARK = 30
"""Pixels of the icon before a marked text, with what the style leaves between them."""
LOOKED_AT = 500
"""How many rows are asked for the longest text; further ones are like them."""


class ColumnWidths(QObject):
    """Fits the columns whenever rows, window, text size or the columns on show change."""

    def __init__(self, table: QTableView, model: RowModel) -> None:
        super().__init__(table)
        self._table, self._model = table, model
        self._own: dict[str, float] = {}
        self._fitting = False
        table.horizontalHeader().sectionResized.connect(self._resized)
        table.viewport().installEventFilter(self)
        look().changed.connect(self.fit)
        self.fit()

    def own(self) -> dict[str, int]:
        """Return the widths that the user set, by column, in pixels at 100 % text size."""
        return {key: round(width) for key, width in self._own.items()}

    def take(self, widths: Mapping[str, float]) -> None:
        """Put widths back that `own` returned."""
        self._own = {key: float(width) for key, width in widths.items()}
        self.fit()

    def fit(self) -> None:
        """Set every width."""
        self._fitting = True
        columns = self._model.columns
        for place, column in enumerate(columns):
            self._table.setColumnWidth(place, self._wanted(place, column))
        wide = next((place for place, column in enumerate(columns) if column.wide), len(columns) - 1)
        shown = [place for place in range(len(columns)) if not self._table.isColumnHidden(place)]
        others = sum(self._table.columnWidth(place) for place in shown if place != wide)
        left = self._table.viewport().width() - others
        self._table.setColumnWidth(wide, max(self._table.columnWidth(wide), left))
        self._fitting = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share out the width of the table anew when it changes."""
        if event.type() is QEvent.Type.Resize:
            self.fit()
        return False

    def _wanted(self, place: int, column: Column) -> int:
        if column.id in self._own:
            return look().px(self._own[column.id])
        needed = _longest(self._model.texts(place, LOOKED_AT), self._table.fontMetrics()) if column.fits else 0
        around = look().px(PADDING + (MARK if column.mark else 0))
        return max(look().px(column.width), needed + around if needed else 0)

    def _resized(self, place: int, _before: int, width: int) -> None:
        if self._fitting or not width:
            return
        column: Column = self._model.columns[place]
        self._own[column.id] = width * 100 / look().percent


def _longest(texts: Iterable[str], metrics: QFontMetrics) -> int:
    return max((metrics.horizontalAdvance(text) for text in set(texts)), default=0)
