"""A list page's table: search, sort, columns to choose, many rows to select, and a way on when it is empty (V3)."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from trainer_desk.views.parts.buttons import IconButton, literal
from trainer_desk.views.parts.cell_painter import paint_cells
from trainer_desk.views.parts.clipboard import copy_table
from trainer_desk.views.parts.column_widths import ColumnWidths
from trainer_desk.views.parts.empty_state import Choice, EmptyState
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.row_model import Column, Row, RowModel
from trainer_desk.views.theme import look

PAUSE_MS = 150
"""How long typing must rest before a search is asked for."""
ROW_HEIGHT = 38
MOST_KEPT = 2000
"""Rows that a page reads again at most when something changed; whoever scrolled further begins anew there."""


class RowTable(QWidget):
    """Shows tuples; the page asks its query again on `search_changed`, `sort_changed` and `more_wanted`.

    `name` is what a screen reader calls it. Keys are the first item of each row.
    """

    search_changed = Signal(str)
    sort_changed = Signal(str, bool)
    """The column's id and whether it is descending."""
    more_wanted = Signal()
    selection_changed = Signal(object)
    """A tuple of the selected keys, in the order of the table."""
    opened = Signal(object)
    """The key of the row that was double clicked or on which Enter was pressed."""
    menu_wanted = Signal(QPoint)
    """A context menu is wanted at this place of the screen."""
    columns_changed = Signal()
    copied = Signal(int)
    """How many rows went to the clipboard."""

    def __init__(self, columns: Sequence[Column], name: str, *, search_hint: str = "Search") -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(name)
        self.model = RowModel(columns)
        self._sort: tuple[str, bool] | None = None
        self._empty: tuple[str, tuple[Choice, ...]] = ("Nothing here yet.", ())
        self.search = QLineEdit()
        self.count = PlainLabel("", "small")
        self.columns_button = IconButton("columns-3", "Columns and order")
        self.bar = QHBoxLayout()
        self.table = self._make_table(name)
        self._widths = ColumnWidths(self.table, self.model)
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._rest = QTimer(self)
        self._lay_out(search_hint)
        self._connect()
        look().changed.connect(self._resize_rows)
        self._resize_rows()

    def set_rows(self, rows: Sequence[Row], *, total: int | None = None, more: bool = False) -> None:
        """Show these rows; `total` is the full count of the query. Selected rows that are still there stay so."""
        selected, current, column = self.selected_keys(), self.current_key(), self.table.currentIndex().column()
        self.model.set_rows(rows, more=more)
        self._widths.fit()
        self._select(selected, current, column)
        if self.selected_keys() != selected:
            self.selection_changed.emit(self.selected_keys())
        shown = len(rows) if total is None else total
        self.count.setText(f"{shown:,} row{'' if shown == 1 else 's'}")
        self._show_empty_or_table()

    def append_rows(self, rows: Sequence[Row], *, more: bool = False) -> None:
        """Add the rows that `more_wanted` asked for."""
        self.model.append_rows(rows, more=more)

    def set_empty(self, sentence: str, *choices: Choice) -> None:
        """Set what the table says without rows; while a search is on it says that nothing matches."""
        self._empty = (sentence, choices)
        self._show_empty_or_table()

    def search_text(self) -> str:
        """Return what is searched for."""
        return self.search.text().strip()

    def sort(self) -> tuple[str, bool] | None:
        """Return the column's id and whether it is descending, or None for the query's own order."""
        return self._sort

    def sort_by(self, column: str, *, descending: bool = False) -> None:
        """Show the order and ask for it."""
        self._sort = (column, descending)
        self._show_sort()
        self.sort_changed.emit(column, descending)

    def selected_keys(self) -> tuple[Hashable, ...]:
        """Return the keys of the selected rows, in the order of the table."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self.model.key(row) for row in rows)

    def shown_columns(self) -> list[str]:
        """Return the ids of the columns on show, in their order."""
        return [self.model.columns[place].id for place in self._shown_places()]

    def shown_rows(self) -> tuple[list[str], list[list[str]]]:
        """Return the titles of the columns on show and the texts of the rows that are loaded, as one reads them."""
        places = self._shown_places()
        rows = [
            [str(self.model.data(self.model.index(row, place)) or "") for place in places]
            for row in range(self.model.rowCount())
        ]
        return [self.model.columns[place].title for place in places], rows

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard as a table: headings, tabs and line ends (X5)."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        if rows:
            copy_table(self.model, rows, self._shown_places())
            self.copied.emit(len(rows))

    def _shown_places(self) -> list[int]:
        header = self.table.horizontalHeader()
        return sorted((place for place, _column in self._all() if not self._hidden(place)), key=header.visualIndex)

    def current_key(self) -> Hashable | None:
        """Return the key of the row with the cursor."""
        index = self.table.currentIndex()
        return self.model.key(index.row()) if index.isValid() else None

    def show_column(self, column: str, shown: bool) -> None:
        """Show or hide a column by its id; fixed ones stay."""
        place = self._place(column)
        if not self.model.columns[place].fixed:
            self.table.setColumnHidden(place, not shown)
            self._widths.fit()
            self.columns_changed.emit()

    def state(self) -> dict[str, Any]:
        """Return widths, hidden columns and order, for the window's memory."""
        return {
            "widths": self._widths.own(),
            "hidden": [column.id for place, column in self._all() if self._hidden(place)],
            "sort": list(self._sort) if self._sort else None,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Put back what `state` returned; columns that no longer exist are passed over. Asks no query."""
        for place, column in self._all():
            self.table.setColumnHidden(place, column.id in state.get("hidden", ()) and not column.fixed)
        self._widths.take(state.get("widths", {}))
        sort = state.get("sort")
        if sort and any(column.id == sort[0] for column in self.model.columns):
            self._sort = (str(sort[0]), bool(sort[1]))
        self._show_sort()

    def _make_table(self, name: str) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(name)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        paint_cells(table, self.model.columns)
        for place, column in enumerate(self.model.columns):
            table.setColumnHidden(place, not column.shown)
        return table

    def _lay_out(self, search_hint: str) -> None:
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText(search_hint)
        self.search.setAccessibleName(search_hint)
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(look().px(320))
        self.bar.setContentsMargins(16, 12, 16, 8)
        self.bar.setSpacing(8)
        self.bar.addWidget(self.search, 1)
        self.bar.addWidget(self.count)
        self.bar.addStretch()
        self.bar.addWidget(self.columns_button)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.bar)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._rest.setSingleShot(True)
        self._rest.setInterval(PAUSE_MS)
        self._rest.timeout.connect(lambda: self.search_changed.emit(self.search_text()))
        self.search.textEdited.connect(lambda: self._rest.start())
        self.search.textChanged.connect(self._search_cleared)
        self.search.installEventFilter(self)
        self.table.installEventFilter(self)
        self.table.doubleClicked.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(lambda: self.selection_changed.emit(self.selected_keys()))
        self.table.customContextMenuRequested.connect(
            lambda at: self.menu_wanted.emit(self.table.viewport().mapToGlobal(at))
        )
        header = self.table.horizontalHeader()
        header.sectionClicked.connect(self._header_clicked)
        header.customContextMenuRequested.connect(lambda at: self._column_menu().popup(header.mapToGlobal(at)))
        self.columns_button.clicked.connect(self._open_column_menu)
        self.model.more_wanted.connect(self.more_wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open with Enter, copy with Ctrl+C, go from the search to the rows with Down, clear the search with Esc."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if watched is self.table and event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
            return True
        if watched is self.table and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.table.currentIndex())
            return True
        if watched is self.search and key == Qt.Key.Key_Down and self.model.rowCount():
            self.table.setFocus()
            if not self.selected_keys():
                self.table.selectRow(max(0, self.table.currentIndex().row()))
            return True
        if watched is self.search and key == Qt.Key.Key_Escape and self.search.text():
            self.clear_search()
            return True
        return False

    def clear_search(self) -> None:
        """Search for nothing and ask again."""
        self.search.clear()

    def _search_cleared(self, text: str) -> None:
        if not text:
            self._rest.stop()
            self.search_changed.emit("")

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.model.key(index.row()))

    def _all(self) -> list[tuple[int, Column]]:
        return list(enumerate(self.model.columns))

    def _hidden(self, place: int) -> bool:
        return self.table.isColumnHidden(place)

    def _place(self, column: str) -> int:
        return next(place for place, each in self._all() if each.id == column)

    def _header_clicked(self, place: int) -> None:
        column = self.model.columns[place]
        if not column.sortable:
            self._show_sort()
            return
        again = self._sort is not None and self._sort[0] == column.id
        self.sort_by(column.id, descending=again and not (self._sort and self._sort[1]))

    def _show_sort(self) -> None:
        header = self.table.horizontalHeader()
        header.setSortIndicatorShown(self._sort is not None)
        if self._sort is not None:
            order = Qt.SortOrder.DescendingOrder if self._sort[1] else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(self._place(self._sort[0]), order)

    def _column_menu(self) -> Menu:
        menu = Menu(self, "Columns and order")
        for place, column in self._all():
            action = menu.addAction(literal(column.title))
            action.setCheckable(True)
            action.setChecked(not self._hidden(place))
            action.setEnabled(not column.fixed)
            action.toggled.connect(lambda shown, key=column.id: self.show_column(key, shown))
        menu.addSeparator()
        for place, column in self._all():
            if not column.sortable:
                continue
            action = menu.addAction(f"Sort by {literal(column.title)}")
            action.triggered.connect(lambda _on=False, place=place: self._header_clicked(place))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open_column_menu(self) -> None:
        button = self.columns_button
        self._column_menu().popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _select(self, keys: Sequence[Hashable], current: Hashable | None, column: int = 0) -> None:
        """Select rows in one go, so that nobody hears of half of them; the cursor goes to a row and column."""
        wanted, flags = set(keys), QItemSelectionModel.SelectionFlag
        if not wanted and current is None:
            return
        rows = QItemSelection()
        for row, key in enumerate(self.model.keys()):
            if key == current:
                self.table.selectionModel().setCurrentIndex(self.model.index(row, max(0, column)), flags.NoUpdate)
            if key in wanted:
                rows.select(self.model.index(row, 0), self.model.index(row, 0))
        self.table.selectionModel().select(rows, flags.Select | flags.Rows)

    def _show_empty_or_table(self) -> None:
        text = self.search_text()
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.table)
            return
        if text:
            self.empty.say(f"Nothing matches “{text}”.", ("Clear search", self.clear_search))
        else:
            self.empty.say(self._empty[0], *self._empty[1])
        self._stack.setCurrentWidget(self.empty)

    def _resize_rows(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(look().px(ROW_HEIGHT))
