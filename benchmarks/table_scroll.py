"""Goal: scrolling a table of 100,000 rows, against a plain table over the same tuples."""

from collections.abc import Iterator
from itertools import cycle
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QTableView

from benchmarks.measure import Goal, Line, line_of
from benchmarks.place import Place
from benchmarks.stage import application
from trainer_desk.views.parts.row_model import Column
from trainer_desk.views.parts.row_table import ROW_HEIGHT, RowTable
from trainer_desk.views.theme import look

ROWS, COLUMNS = 100_000, 8
SIZE = (1200, 800)


class Tuples(QAbstractTableModel):
    """Nothing but the text of a cell."""

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        super().__init__()
        self.rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows there are."""
        return len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return COLUMNS

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        """Return the text of a cell."""
        return self.rows[index.row()][index.column() + 1] if role == 0 else None


def lines(place: Place) -> Iterator[Line]:
    """Yield one step of the wheel with its paint, both tables under the program's look."""
    if not place.is_file:
        return
    app = application()
    look().start("light", 100)
    rows = [(number, *(f"Text {number} {column}" for column in range(COLUMNS))) for number in range(ROWS)]
    ours = RowTable([Column(f"c{column}", f"Column {column}") for column in range(COLUMNS)], "Rows")
    ours.resize(*SIZE)
    ours.set_rows(rows)
    ours.show()
    plain = QTableView()
    plain.setModel(Tuples(rows))
    plain.setShowGrid(False)
    plain.setWordWrap(False)
    plain.verticalHeader().hide()
    plain.verticalHeader().setDefaultSectionSize(ours.table.verticalHeader().defaultSectionSize() or ROW_HEIGHT)
    plain.resize(ours.table.size())
    plain.setVerticalScrollMode(ours.table.verticalScrollMode())
    for column in range(COLUMNS):
        plain.setColumnWidth(column, ours.table.columnWidth(column))
    plain.show()
    app.processEvents()
    own, bare = _scrolled(ours.table), _scrolled(plain)
    goal = Goal("table scroll, 100,000 rows", lambda: next(own), lambda: next(bare), 1.3, floor_is="plain tuple model")
    yield line_of(goal, "window")


def _scrolled(table: QTableView) -> Iterator[None]:
    bar = table.verticalScrollBar()
    step = 3 * bar.singleStep()
    for value in cycle(range(0, bar.maximum() // 2, step)):
        bar.setValue(value)
        table.viewport().repaint()
        yield
