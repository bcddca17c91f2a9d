"""The sheet that saves a list as one sees it: all rows, columns to choose, as CSV or a workbook (R6, ux 13)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_desk.services.exchange.table_out import Shape, Table, Value, save, text_of
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.column_list import ColumnList
from trainer_desk.views.export.file_sheet import FileSheet, Step, Work
from trainer_desk.views.export.first_rows import SHOWN, FirstRows
from trainer_desk.views.export.shape_choice import ShapeChoice
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.toast import Toasts

UTC = ZoneInfo("UTC")
Rows = Callable[[Any], Iterator[Sequence[Value]]]
"""Reads all rows, every column of them, while they are taken; called with the database in a worker thread."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: under what it is remembered, its title, columns by id with their words, those on show, and its rows.

    Columns without words of their own, as in files that come back in, are called by the words of their fields.
    Instants are written as wall clock of `zone`. `has_dates`: whether it has instants or days besides texts.
    """

    key: str
    title: str
    columns: Mapping[str, str]
    shown: Sequence[str]
    rows: Rows
    zone: ZoneInfo = UTC
    has_dates: bool = False


class ListSheet(FileSheet):
    """Columns and the kind of file are remembered for each kind of list."""

    def __init__(
        self, over: QWidget, desk: Desk, memory: Memory, toasts: Toasts, listing: Listing, *, name: str = ""
    ) -> None:
        super().__init__(
            over,
            desk,
            memory,
            toasts,
            title=_("Save the list “{title}”").format(title=listing.title),
            kinds=_("CSV files (*.csv);;Excel workbooks (*.xlsx)"),
            remembers="lists/folder",
            told=_told,
            width=720,
            height=600,
        )
        self.listing = listing
        self.columns = ColumnList()
        self.shape = ShapeChoice(has_dates=listing.has_dates)
        self.table = FirstRows()
        self.empty = PlainLabel(_("The list is empty: the file will hold the headings only."), "small", wrap=True)
        self._first: list[Sequence[Value]] | None = None
        self._lay_out_list()
        self._recall()
        self.propose(f"{name or listing.title}{self.shape.ending}")
        self.columns.changed.connect(self._show_first)
        self.shape.changed.connect(self._change_shape)
        self._show_first()
        desk.read(self, _first_rows, listing.rows, then=self._take, failed=self._refused)

    def make_work(self) -> Work | None:
        """Return what writes the columns that are chosen now."""
        chosen = self.columns.chosen()
        return partial(_write, self.listing, self._places(chosen), self.shape.shape()) if chosen else None

    def keep(self) -> None:
        """Remember the choices."""
        key = self._key()
        self._memory.put(f"{key}/order", self.columns.order())
        self._memory.put(f"{key}/columns", self.columns.chosen())
        self.shape.keep(self._memory, key)
        super().keep()

    def _key(self) -> str:
        return f"lists/{self.listing.key}"

    def _recall(self) -> None:
        known, key = self.listing.columns, self._key()
        shown = [*self.listing.shown, *(code for code in known if code not in self.listing.shown)]
        order = [code for code in self._memory.get(f"{key}/order", shown) if code in known]
        order += [code for code in shown if code not in order]
        words = None if all(code == word for code, word in known.items()) else known
        self.columns.offer(order, self._memory.get(f"{key}/columns", list(self.listing.shown)), words)
        self.shape.recall(self._memory, key)

    def _places(self, chosen: Sequence[str]) -> list[int]:
        known = list(self.listing.columns)
        return [known.index(code) for code in chosen]

    def _take(self, rows: list[Sequence[Value]]) -> None:
        self._first = rows
        self._show_first()
        self.save.setFocus()

    def _show_first(self) -> None:
        chosen, rows = self.columns.chosen(), self._first or []
        self.save.setEnabled(bool(chosen) and not self.is_busy)
        text, places = text_of(self.listing.zone, self.shape.shape()), self._places(chosen)
        head = [self.listing.columns[code] for code in chosen]
        self.table.show_rows(head, [[text(row[place]) for place in places] for row in rows])
        self.empty.setVisible(self._first == [])

    def _change_shape(self) -> None:
        self.use_ending(self.shape.ending)
        self._show_first()

    def _lay_out_list(self) -> None:
        self.columns.setFixedWidth(220)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.shape)
        right.addWidget(PlainLabel(_("First rows"), "field"))
        right.addWidget(self.table, 1)
        right.addWidget(self.empty)
        self.middle.setSpacing(16)
        self.middle.addWidget(self.columns)
        self.middle.addLayout(right, 1)


def _told(rows: int, name: str) -> str:
    return plural("Saved {n} row to “{{name}}”.", "Saved {n} rows to “{{name}}”.", rows).format(name=name)


def _first_rows(db: Any, rows: Rows) -> list[Sequence[Value]]:
    return list(islice(rows(db), SHOWN))


def _write(listing: Listing, places: Sequence[int], shape: Shape, db: Any, path: Path, step: Step) -> int:
    head = [list(listing.columns.values())[place] for place in places]
    rows = ([row[place] for place in places] for row in listing.rows(db))
    return save(path, Table(head, rows), listing.zone, shape, step)
