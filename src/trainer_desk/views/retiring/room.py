"""Opens the sheet that retires a thing of the catalogue, and tells what became of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from trainer_desk.services.clock import Clock
from trainer_desk.services.rows.directory import Directory
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.retiring.sheet import RetireSheet

NOUNS = {"people": "person", "courses": "course", "trainers": "trainer", "venues": "venue", "equipment": "equipment"}
"""What one thing of a page is called where it is retired."""


class RetiringRoom(QObject):
    """`directory` gives the names, `tell` shows a toast; its flag says whether there is something to undo."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        clock: Clock,
        directory: Callable[[], Directory | None],
        tell: Callable[[str, bool], object],
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._clock = window, desk, clock
        self._directory, self._tell = directory, tell

    def open(self, page: str, thing_id: int) -> None:
        """Ask what becomes of all that is coming for a thing of that page, then retire it."""
        directory = self._directory()
        if directory is None:
            return
        sheet = RetireSheet(self._window, self._desk, NOUNS[page], thing_id, directory, self._clock)
        sheet.retired.connect(lambda said: self._tell(said, True))
        sheet.failed.connect(self._desk.failed)
        sheet.ask()
