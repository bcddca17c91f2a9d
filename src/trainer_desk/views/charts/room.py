"""Makes the view of charts for the page of reports, and saves what is on show as a picture or a file (D2)."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from trainer_desk.services.clock import Clock
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rules.times import local
from trainer_desk.views.charts.view import ChartsView
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.room import Room


class ChartsRoom(Room):
    """The view is made when it is first wanted."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        clock: Clock,
        directory: Callable[[], Directory | None],
        tell: Callable[[str, bool], object],
    ) -> None:
        super().__init__(window, desk, clock, directory, tell)
        self.view: ChartsView | None = None

    def make(self) -> tuple[QWidget, QWidget]:
        """Return the view, and the tools that stand in the bar over it."""
        view = self.view = ChartsView(self._desk, self._clock.now, self._today, self._directory, self._window.memory)
        return view, view.tools

    def _today(self) -> dt.date:
        directory, now = self._directory(), self._clock.now()
        return now.date() if directory is None else local(now, directory.settings.zone).date()
