"""The page of runs: those that are on or to come, the old ones, searched and ordered (R1, R4, R6)."""

from collections.abc import Callable, Hashable
from datetime import datetime

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.planning.run_editing import create_run
from trainer_desk.services.rows.runs import RunSummary
from trainer_desk.services.rules.names import search_key
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.list_page import ListPage, ListParts
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.row_table import RowTable
from trainer_desk.views.parts.segment import Segment
from trainer_desk.views.runs.facts import TABLES, Shelves, gather
from trainer_desk.views.runs.words import OLD, SORTED, columns, row_of

STATE = "runs/table"
CURRENT, PAST, ALL = "current", "past", "all"


class RunsPage(ListPage):
    """`bar` stands over it; `chosen` carries the id of the run to be shown beside it."""

    export_wanted = Signal()
    menu_wanted = Signal(object, QPoint)
    """A context menu for a run is wanted, at this place of the screen."""

    def __init__(self, desk: Desk, memory: Memory, now: Callable[[], datetime]) -> None:
        table = RowTable(columns(), _("Runs"), search_hint=_("Search runs"))
        segment = Segment(((CURRENT, _("Current")), (PAST, _("Past")), (ALL, _("All"))), _("Which runs"))
        parts = ListParts(table, segment, Button(_("New run"), "plus", "primary"), STATE, TABLES)
        super().__init__(desk, memory, _("Runs"), parts)
        self._now = now
        self.shelves: Shelves | None = None
        self._selected: tuple[Hashable, ...] = ()
        self.export = Button(_("Export…"), "file-down")
        self.bar = self._make_bar()
        self.segment.choose(CURRENT)
        self._connect()

    def follow_role(self) -> None:
        """Show only what the role may do."""
        self.new.setVisible(self._desk.may(create_run))
        self.reload()

    def reload(self) -> None:
        """Ask again, if the page is on show; else it is read when it shows next."""
        if self.isVisible():
            self._desk.read(self, gather, now=self._now(), then=self._take, failed=self._fail, lane="runs")

    def select(self, run_id: int) -> None:
        """Select a run, in whichever list it stands."""
        if run_id not in list(self.table.model.keys()):
            self.table.clear_search()
            self.segment.choose(ALL)
            self._show()
        self._select_row(run_id)

    def shown(self) -> list[RunSummary]:
        """Return the runs of the list, in its order."""
        shelves = self.shelves
        if shelves is None:
            return []
        shelf, words = self.segment.current, search_key(self.table.search_text()).split()
        found = [one for one in shelves.runs if shelf == ALL or (one.status in OLD) == (shelf == PAST)]
        if words:
            found = [one for one in found if self._matches(one, words, shelves)]
        sort = self.table.sort()
        if sort is not None and sort[0] in SORTED:
            found.sort(key=lambda one: SORTED[sort[0]](one, shelves.directory), reverse=sort[1])
        elif shelf == PAST:
            found.reverse()
        return found

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the table; what has begun or ended meanwhile shows by itself."""
        super().showEvent(event)
        self.table.table.setFocus()
        self.reload()

    def _matches(self, one: RunSummary, words: list[str], shelves: Shelves) -> bool:
        haystack = search_key(*(str(text) for text in row_of(one, shelves.directory)[1:6]))
        return all(word in haystack for word in words)

    def _take(self, shelves: Shelves) -> None:
        self.shelves = shelves
        self._show()
        self.loaded.emit()

    def _fail(self, error: DeskError) -> None:
        self.table.set_empty(error_text(error, None), (_("Try again"), self.reload))

    def _show(self) -> None:
        shelves = self.shelves
        if shelves is not None:
            self._say_empty()
            self.table.set_rows([row_of(one, shelves.directory) for one in self.shown()])

    def _say_empty(self) -> None:
        said = {PAST: _("No run is over yet."), CURRENT: _("No run is on or to come.")}
        sentence = said.get(self.segment.current, _("There are no runs yet. A run groups the sessions of a course."))
        if self.segment.current != PAST and self._desk.may(create_run):
            self.table.set_empty(sentence, (_("New run"), self.new_wanted.emit))
        else:
            self.table.set_empty(sentence)

    def _chosen(self, keys: tuple[Hashable, ...]) -> None:
        if keys == self._selected:
            return  # the same rows, read again
        self._selected = keys
        super()._chosen(keys)

    def _click(self, key: Hashable) -> None:
        if self.table.selected_keys() == (key,):
            self.chosen.emit(key)

    def _ask_menu(self, at: QPoint) -> None:
        keys = self.table.selected_keys()
        if len(keys) == 1:
            self.menu_wanted.emit(keys[0], at)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        bar.setAccessibleName(_("Runs"))
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(PlainLabel(_("Runs"), "h2"))
        row.addStretch(1)
        self.segment.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        for part in (self.segment, self.export, self.new):
            row.addWidget(part)
        return bar

    def _connect(self) -> None:
        self.export.clicked.connect(lambda: self.export_wanted.emit())
        table = self.table
        table.table.clicked.connect(lambda index: self._click(table.model.key(index.row())))
        table.menu_wanted.connect(self._ask_menu)
