"""A page that is one list with its shelves: the table, what of it is on show, and the button that makes one more."""

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.views.desk import Desk
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.row_table import RowTable
from trainer_desk.views.parts.segment import Segment


@dataclass(frozen=True, slots=True)
class ListParts:
    """Of what the page is made; `state` is under what its columns are remembered, `tables` what it depends on."""

    table: RowTable
    segment: Segment
    new: Button
    state: str
    tables: tuple[str, ...]


class ListPage(QWidget):
    """`chosen` carries the key of the row to be shown beside it; subclasses read and show the rows."""

    chosen = Signal(object)
    new_wanted = Signal()
    loaded = Signal()

    def __init__(self, desk: Desk, memory: Memory, name: str, parts: ListParts) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(name)
        self._desk, self._memory, self._tables = desk, memory, parts.tables
        self.table, self.segment, self.new = parts.table, parts.segment, parts.new
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        remembered = memory.get(parts.state, {})
        if remembered:
            self.table.restore(remembered)
        self._connect_parts(parts.state)

    def reload(self) -> None:
        """Ask again, if the page is on show; else it is read when it shows next."""
        raise NotImplementedError

    def _show(self) -> None:
        """Show what was read, as far as shelf and search let it through."""
        raise NotImplementedError

    def _chosen(self, keys: tuple[Hashable, ...]) -> None:
        if len(keys) == 1:
            self.chosen.emit(keys[0])

    def _select_row(self, key: Hashable) -> None:
        keys = self.table.model.keys()
        if key in keys:
            self.table.table.selectRow(keys.index(key))

    def _follow(self, changes: Changes) -> None:
        if changes.touch(*self._tables):
            self.reload()

    def _connect_parts(self, state: str) -> None:
        table = self.table
        self.new.clicked.connect(lambda: self.new_wanted.emit())
        self.segment.chosen.connect(lambda _shelf: self._show())
        table.search_changed.connect(lambda _text: self._show())
        table.sort_changed.connect(lambda *_sort: self._show())
        table.selection_changed.connect(lambda keys: self._chosen(keys))
        table.opened.connect(self.chosen)
        for changed in (table.columns_changed, table.sort_changed):
            changed.connect(lambda *_what: self._memory.put(state, table.state()))
        self._desk.changed.connect(self._follow)
