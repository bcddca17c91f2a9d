"""A table's rows as plain tuples: only the shown text is computed, for which Qt asks a thousand times a second."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter

from trainer_desk.views.parts.plain_label import plain_tip
from trainer_desk.views.theme import look

Row = tuple[Any, ...]
"""First the row's key, which is not shown, then one text per column."""
Mark = tuple[str, str]
"""The name of an icon, and the colour token of icon and text."""
Index = QModelIndex | QPersistentModelIndex

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_ICON = int(Qt.ItemDataRole.DecorationRole)
_COLOUR = int(Qt.ItemDataRole.ForegroundRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `width` in pixels at 100 % text size, `fixed` ones cannot be hidden.

    `fits` makes it as wide as its longest text, `wide` lets it take the width that is left. `mark` gives the icon and
    the tone of a text (None: it is plain), so that a state shows by shape and colour besides its word. `paint` shows a
    text as something else, in a box; it gets the very text that the page made, which may be more than a plain one.
    """

    id: str
    title: str
    width: int = 140
    right: bool = False
    sortable: bool = True
    shown: bool = True
    fixed: bool = False
    fits: bool = False
    wide: bool = False
    mark: Callable[[str], Mark | None] | None = None
    paint: Callable[[QPainter, QRectF, str], None] | None = None


class RowModel(QAbstractTableModel):
    """Tuples as a table; sorting and filtering are the query's work. `more_wanted` fires near the last row."""

    more_wanted = Signal()

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._marked = frozenset(place for place, column in enumerate(columns) if column.mark)
        self._right = frozenset(place for place, column in enumerate(columns) if column.right)
        self._rows: list[Row] = []
        self._more = False

    def use_marks(self, columns: Sequence[Column]) -> None:
        """Take titles and marks of these columns, which are the same ones by id; what they mark may be new."""
        self.columns = tuple(columns)

    def set_rows(self, rows: Sequence[Row], *, more: bool = False) -> None:
        """Show these rows instead; `more` says that the query has further ones."""
        self.beginResetModel()
        self._rows, self._more = list(rows), more
        self.endResetModel()

    def append_rows(self, rows: Sequence[Row], *, more: bool = False) -> None:
        """Show these rows after the others."""
        self._more = more
        if not rows:
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
        self._rows.extend(rows)
        self.endInsertRows()

    def key(self, row: int) -> Hashable:
        """Return the key of a row."""
        found: Hashable = self._rows[row][0]
        return found

    def keys(self) -> list[Hashable]:
        """Return the keys of all rows that are loaded, in order."""
        return [row[0] for row in self._rows]

    def rows(self) -> tuple[Row, ...]:
        """Return all rows that are loaded: the key and one text per column."""
        return tuple(self._rows)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many rows are loaded."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many columns there are, hidden ones included."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Return the text of a cell, its side, or what a screen reader says for it."""
        if role == _DISPLAY:
            return self._rows[index.row()][index.column() + 1]
        if role == _ALIGN:
            return _RIGHT if index.column() in self._right else None
        if role == _ACCESSIBLE:
            text = self._rows[index.row()][index.column() + 1]
            return f"{self.columns[index.column()].title}: {text or 'empty'}"
        if role in (_ICON, _COLOUR) and index.column() in self._marked:
            return self._mark(index, role)
        if role == _TIP and self.columns[index.column()].paint:
            return plain_tip(self.text(index))
        return None

    def text(self, index: Index) -> str:
        """Return the text of a cell just as the page made it."""
        found: str = self._rows[index.row()][index.column() + 1]
        return found

    def texts(self, place: int, most: int) -> list[str]:
        """Return the texts of a column in the first rows, at most so many."""
        return [str(row[place + 1] or "") for row in self._rows[:most]]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Return a column's title."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _DISPLAY:
            return self.columns[section].title
        if role == _ALIGN:
            return _RIGHT if section in self._right else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def canFetchMore(self, parent: Index) -> bool:
        """Return whether the query has more rows."""
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """Ask the page for more; it answers with `append_rows`."""
        self._more = False
        self.more_wanted.emit()

    def _mark(self, index: Index, role: int) -> Any:
        column = self.columns[index.column()]
        found = column.mark(self._rows[index.row()][index.column() + 1]) if column.mark else None
        if found is None:
            return None
        icon, tone = found
        return look().icon(icon, tone) if role == _ICON else look().colour(tone)
