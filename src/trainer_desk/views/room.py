"""What most rooms of the window know: the window, the door, the clock, the directory, and who tells what was done."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from trainer_desk.services.clock import Clock
from trainer_desk.services.rows.directory import Directory
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow


class Room(QObject):
    """`directory` gives names and zone, once they are read; `tell` shows a toast, with Undo where its flag says so."""

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
        self._shared = (window, desk, clock, directory, tell)
        self._furnish()

    def _furnish(self) -> None:
        """Make what the room has from the first; rooms within it are made of what is `_shared`."""
