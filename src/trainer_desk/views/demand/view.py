"""The view of demand: who needs which training where and by when, and how many sessions are lacking (D4)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QItemSelection, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.drafting_runs import draft_runs
from trainer_desk.services.reports.demand import load_demand
from trainer_desk.services.rows.demand import Demand, RunWish
from trainer_desk.services.rules.periods import months_before
from trainer_desk.texts import error_text
from trainer_desk.texts.demand import wishes_text
from trainer_desk.texts.translate import _
from trainer_desk.views.demand.model import BEFORE, DemandModel
from trainer_desk.views.demand.painter import HeatPainter
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.empty_state import EmptyState
from trainer_desk.views.parts.plain_label import ElidedLabel
from trainer_desk.views.parts.search_combo import SearchCombo
from trainer_desk.views.theme import look

TABLES = (
    "sessions", "enrollments", "courses", "people", "venues", "resources", "runs", "requirements", "attestations",
    "training_records", "certificates", "settings",
)  # fmt: skip
REST_MS = 800
"""How long changes must rest before everything is counted again."""
COURSE, SITE, MONTH, SUM, ROW = 204, 96, 66, 88, 36


class DemandView(QWidget):
    """Asks when it shows; `tools` stand in the bar over it."""

    run_wanted = Signal(object)
    """Runs of drafts, as `RunWish`, are to be made."""
    save_wanted = Signal()
    loaded = Signal()

    def __init__(self, desk: Desk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(_("Demand"))
        self._desk, self._now = desk, now
        self.demand: Demand | None = None
        self.model, self.table = DemandModel(), QTableView()
        self.site = SearchCombo(_("Site"), hint=_("Every site"))
        self.lacking = QCheckBox(_("Only where sessions are lacking"))
        self.save = Button(_("Save…"), "file-down")
        self.words = ElidedLabel("", "small")
        self.make = Button(_("Make the draft run"), "plus", "primary")
        self.tools, self.empty, self._stack = QWidget(), EmptyState(), QStackedWidget()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._lay_out()
        self._join()
        self._tell_chosen()

    def wishes(self) -> list[RunWish]:
        """Return a run for each chosen month to which sessions are to be added, by line and month."""
        demand, found = self.demand, []
        if demand is None:
            return []
        for index in sorted(self.table.selectedIndexes(), key=lambda one: (one.row(), one.column())):
            cell, line = self.model.cell(index), self.model.lines[index.row()]
            if cell is None or not cell.sessions:
                continue
            month = demand.months[index.column() - BEFORE]
            first, last = max(month, demand.today), months_before(month, -1) - timedelta(days=1)
            wish = (line.course_id, line.course_code, line.title, line.site, line.size, cell.sessions, first, last)
            found.append(RunWish(*wish))
        return found

    def reload(self) -> None:
        """Ask again, if the view is on show."""
        if self.isVisible():
            self._desk.read(self, load_demand, now=self._now(), then=self._show, failed=self._fail, lane="demand")

    def showEvent(self, event: QShowEvent) -> None:
        """Ask, and begin in the table."""
        super().showEvent(event)
        self.table.setFocus()
        self.reload()

    def _show(self, demand: Demand) -> None:
        self.demand = demand
        self.site.set_choices([(site, site or _("No site")) for site in sorted({one.site for one in demand.lines})])
        self._sift()
        self.loaded.emit()

    def _sift(self) -> None:
        if self.demand is None:
            return
        site = self.site.value
        self.model.show(self.demand, None if site is None else str(site), only_needed=self.lacking.isChecked())
        for column in range(self.model.columnCount()):
            is_month = BEFORE <= column < self.model.columnCount() - 1
            fixed = (COURSE, SITE)[column] if column < BEFORE else MONTH if is_month else SUM
            self.table.setColumnWidth(column, look().px(fixed))
        self.empty.say(_("Nobody needs a place in the coming twelve months."))
        self._stack.setCurrentIndex(0 if self.model.lines else 1)
        self._tell_chosen()

    def _fail(self, error: DeskError) -> None:
        self.empty.say(error_text(error), (_("Try again"), self.reload))
        self._stack.setCurrentIndex(1)

    def _follow(self, changes: Changes) -> None:
        if changes.touch(*TABLES) and self.isVisible():
            self._rest.start()

    def _tell_chosen(self) -> None:
        wishes = self.wishes()
        chosen = [self.model.cell(index) for index in self.table.selectedIndexes()]
        people = sum(cell.people for cell in chosen if cell is not None and cell.sessions)
        self.make.setEnabled(bool(wishes) and self._desk.may(draft_runs))
        how = _("Choose months that lack sessions. 25 · +2: 25 people need a place, 2 sessions are to be added.")
        self.words.set_whole(wishes_text(wishes, people) if wishes else how)

    def _join(self) -> None:
        self.make.clicked.connect(lambda: self.run_wanted.emit(self.wishes()))
        self.save.clicked.connect(self.save_wanted)
        self.site.chosen.connect(lambda _site: self._sift())
        self.lacking.toggled.connect(lambda _on: self._sift())
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self._rest.timeout.connect(self.reload)
        self._desk.changed.connect(self._follow)
        look().changed.connect(self._restyle)

    def _selected(self, _on: QItemSelection, _off: QItemSelection) -> None:
        self._tell_chosen()

    def _restyle(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(look().px(ROW))
        self._sift()
        self.table.viewport().update()

    def _lay_out(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(HeatPainter(table))
        table.setAccessibleName(_("Demand by course, site and month"))
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(look().px(ROW))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        foot = QFrame()
        foot.setObjectName("StatusLine")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.make)
        tools = QHBoxLayout(self.tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(8)
        tools.addWidget(self.site)
        tools.addWidget(self.lacking)
        tools.addStretch(1)
        tools.addWidget(self.save)
        self._stack.addWidget(table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)
