"""The view of charts: a list of reports, what is asked of the one on show, its chart and its numbers (D2)."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DeskError
from trainer_desk.services.reports.every import REPORTS, make_report
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.reports import Report
from trainer_desk.services.seats.picker import FilterValues, filter_values
from trainer_desk.texts import error_text
from trainer_desk.texts.reports import counts_of, title_of
from trainer_desk.texts.translate import _
from trainer_desk.views.charts.choices import Choices
from trainer_desk.views.charts.sides import Sides
from trainer_desk.views.desk import Desk
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.empty_state import EmptyState
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.theme import look

CHOSEN = "reports/charts"
TABLES = (
    "sessions", "enrollments", "courses", "people", "venues", "resources", "trainers", "blocks", "requirements",
    "attestations", "training_records", "certificates", "settings", "session_resources",
)  # fmt: skip
REST_MS = 800
"""How long changes must rest before everything is counted again."""

NAMES = 228


class ChartsView(QWidget):
    """Asks for a report when it shows and when something else is wanted; `tools` stand in the bar over it."""

    loaded = Signal()
    saving_wanted = Signal(str)
    """The `picture` or the `numbers` of the report on show are to be saved."""

    def __init__(
        self,
        desk: Desk,
        now: Callable[[], datetime],
        today: Callable[[], date],
        directory: Callable[[], Directory | None],
        memory: Memory,
    ) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(_("Charts"))
        self._desk, self._now, self._directory, self._memory = desk, now, directory, memory
        self.report: Report | None = None
        self.names, self.choices, self.sides = QListWidget(), Choices(today), Sides()
        self.title, self.counts = PlainLabel("", "h2"), PlainLabel("", "muted", wrap=True)
        self.picture, self.numbers = Button(_("Save picture…"), "image"), Button(_("Save numbers…"), "file-down")
        self.tools, self.empty, self._stack = QWidget(), EmptyState(), QStackedWidget()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._lay_out()
        self._restore()
        self._join()

    def show_report(self, name: str) -> None:
        """Show a report; raises KeyError for one that there is not."""
        self.choices.show_report(name)
        self.title.setText(title_of(name))
        self.counts.setText(counts_of(name))
        self.names.blockSignals(True)
        self.names.setCurrentRow(list(REPORTS).index(name))
        self.names.blockSignals(False)
        self._ask()

    def reload(self) -> None:
        """Ask for what is wanted now, and for what can be chosen, if the view is on show."""
        if self.isVisible():
            self._desk.read(self, filter_values, then=self._offer, lane="values")
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with what is true now."""
        super().showEvent(event)
        self.reload()

    def _ask(self) -> None:
        if self.isVisible():
            asked = self.choices.name, self.choices.wish()
            self._desk.read(
                self, make_report, *asked, now=self._now(), then=self._take, failed=self._fail, lane="report"
            )

    def _take(self, report: Report) -> None:
        self.report = report
        self.sides.show_report(report)
        figure = self.sides.chart.figure
        is_empty = figure is None or figure.is_empty
        self.empty.say(_("There is nothing to count in these days."))
        self._stack.setCurrentWidget(self.empty if is_empty else self.sides)
        self.picture.setEnabled(not is_empty)
        self.numbers.setEnabled(True)
        self.loaded.emit()

    def _fail(self, error: DeskError) -> None:
        self.report = None
        self.empty.say(error_text(error, None), (_("Try again"), self.reload))
        self._stack.setCurrentWidget(self.empty)
        for button in (self.picture, self.numbers):
            button.setEnabled(False)
        self.loaded.emit()

    def _offer(self, values: FilterValues) -> None:
        directory = self._directory()
        if directory is not None:
            self.choices.offer(values, directory)

    def _chosen(self) -> None:
        self._memory.put(CHOSEN, {"report": self.choices.name, "asked": self.choices.state()})
        self._ask()

    def _pick(self, row: int) -> None:
        self.show_report(list(REPORTS)[row])
        self._memory.put(CHOSEN, {"report": self.choices.name, "asked": self.choices.state()})

    def _follow(self, changes: Changes) -> None:
        if self.isVisible() and changes.touch(*TABLES):
            self._rest.start()

    def _restore(self) -> None:
        kept = self._memory.get(CHOSEN, {})
        asked = kept.get("asked") if isinstance(kept, dict) else None
        if isinstance(asked, dict):
            self.choices.restore(asked)
        name = kept.get("report") if isinstance(kept, dict) else None
        self.show_report(str(name) if name in REPORTS else next(iter(REPORTS)))

    def _join(self) -> None:
        self.names.currentRowChanged.connect(self._pick)
        self.choices.changed.connect(self._chosen)
        self._rest.timeout.connect(self._ask)
        self._desk.changed.connect(self._follow)
        self.picture.clicked.connect(lambda: self.saving_wanted.emit("picture"))
        self.numbers.clicked.connect(lambda: self.saving_wanted.emit("numbers"))

    def _lay_out(self) -> None:
        self.names.addItems([title_of(name) for name in REPORTS])
        self.names.setObjectName("Reports")
        self.names.setAccessibleName(_("Charts"))
        self.names.setFixedWidth(look().px(NAMES))
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for widget in (self.sides, self.empty):
            self._stack.addWidget(widget)
        tools = QHBoxLayout(self.tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(8)
        tools.addStretch()
        tools.addWidget(self.picture)
        tools.addWidget(self.numbers)
        main = QVBoxLayout()
        main.setContentsMargins(24, 16, 24, 16)
        main.setSpacing(8)
        for part in (self.title, self.counts, self.choices):
            main.addWidget(part)
        main.addSpacing(8)
        main.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 12, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.names)
        row.addLayout(main, 1)
