"""Puts the page of reports into the window, and does what is pressed there (D2, D3, D4)."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.charts.room import ChartsRoom
from trainer_desk.views.demand.room import DemandRoom
from trainer_desk.views.matrix.room import MatrixRoom
from trainer_desk.views.reports.page import ReportsPage, ReportView
from trainer_desk.views.room import Room

PAGE = "reports"


class ReportsRoom(Room):
    """The page is made when it is first wanted, and each view of it then."""

    session_wanted = Signal(int)
    """A session is to be opened in its panel."""
    run_wanted = Signal(int)
    """A run is to be opened beside the list."""
    thing_wanted = Signal(str, int)
    """The page of a thing of a kind is to be opened."""

    _page: ReportsPage | None = None

    def _furnish(self) -> None:
        self.charts = ChartsRoom(*self._shared)
        self.matrix = MatrixRoom(*self._shared)
        self.demand = DemandRoom(*self._shared)
        self.demand.run_wanted.connect(self.run_wanted)
        self.matrix.session_wanted.connect(self.session_wanted)
        self.matrix.thing_wanted.connect(self.thing_wanted)
        self._window.promise_page(PAGE, _("Reports"), "chart-column", self._page_and_bar)

    @property
    def page(self) -> ReportsPage:
        """The page, made when it is first wanted."""
        if self._page is None:
            self._page = ReportsPage(self._views(), self._window.memory)
        return self._page

    def open(self, name: str) -> None:
        """Go to the page and show one of its views."""
        self._window.go_to_page(PAGE)
        self.page.show_view(name)

    def _views(self) -> Sequence[ReportView]:
        """Return the views in the order of the bar."""
        return (
            ReportView("charts", _("Charts"), self.charts.make),
            ReportView("matrix", _("Compliance"), self.matrix.make),
            ReportView("demand", _("Demand"), self.demand.make),
        )

    def _page_and_bar(self) -> tuple[QWidget, QWidget]:
        return self.page, self.page.bar
