"""The table of demand as Qt asks for it: a line for each course and site, a column for each month."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from trainer_desk.services.rows.demand import Demand, DemandCell, DemandLine
from trainer_desk.texts.demand import cell_text, month_head, spoken_cell
from trainer_desk.texts.translate import _

Index = QModelIndex | QPersistentModelIndex
BEFORE = 2
"""Columns before the months: course and site; the sessions of all months stand behind them."""


class DemandModel(QAbstractTableModel):
    """Holds what was read; a cell's own value is under `cell`."""

    def __init__(self) -> None:
        super().__init__()
        self.demand: Demand | None = None
        self.lines: tuple[DemandLine, ...] = ()

    def show(self, demand: Demand, site: str | None, *, only_needed: bool) -> None:
        """Show these lines: of one site or of all, only those to which sessions are to be added or all."""
        self.beginResetModel()
        self.demand = demand
        self.lines = tuple(
            line for line in demand.lines if site in (None, line.site) and (line.sessions or not only_needed)
        )
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return course, site, the months and their sum."""
        return 0 if parent.isValid() or self.demand is None else BEFORE + len(self.demand.months) + 1

    def cell(self, index: Index) -> DemandCell | None:
        """Return the month of a line; None for what is no month."""
        place = index.column() - BEFORE
        cells = self.lines[index.row()].cells
        return cells[place] if 0 <= place < len(cells) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell, or what a screen reader says of it."""
        line, cell = self.lines[index.row()], self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            if cell is not None:
                return cell_text(cell)
            return (line.title, line.site or _("No site"), str(line.sessions or ""))[min(index.column(), BEFORE)]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole) and cell is not None:
            assert self.demand is not None
            return spoken_cell(line, self.demand.months[index.column() - BEFORE], cell)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() >= BEFORE:
            return int(Qt.AlignmentFlag.AlignCenter)
        return None

    def headerData(self, section: int, across: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if across is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole or self.demand is None:
            return None
        months = [month_head(month) for month in self.demand.months]
        return [_("Course"), _("Site"), *months, _("Sessions")][section]
