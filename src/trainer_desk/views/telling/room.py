"""Counts at the foot of the window who has to be told, and opens the sheet to call them from (D7)."""

from collections.abc import Collection

from PySide6.QtCore import QObject, QTimer

from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.notices.counting import count_to_tell
from trainer_desk.services.notices.telling import tell
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.telling.sheet import TABLES, TellingSheet

PAUSE = 300
"""Milliseconds after a change until it is counted again: several changes in a row are counted once."""
EVERY = 60_000
"""Milliseconds between two looks: sessions pass, and people look behind their bell."""


class TellingRoom(QObject):
    """Only for those who may tell; `sheet` is the one that was opened last."""

    def __init__(self, window: MainWindow, desk: Desk, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._desk, self._clock = window, desk, clock
        self.sheet: TellingSheet | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.count)
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.count)
        self._timer.start()
        window.status.tell_pressed.connect(self.open)
        desk.changed.connect(self._follow)

    def count(self) -> None:
        """Count who has to be told; trouble is left to the next look."""
        if not self._desk.may(tell):
            self._window.status.show_to_tell(0)
            return
        shown = self._window.status.show_to_tell
        self._desk.read(self, count_to_tell, self._clock.now(), then=shown, failed=self._wait, lane="count")

    def open(self, session_ids: Collection[int] | None = None) -> None:
        """Open the sheet for all sessions, or for these."""
        self.sheet = TellingSheet(self._window, self._desk, self._clock, session_ids or None)
        self.sheet.closed.connect(self.count)
        self.sheet.open()

    def _follow(self, changes: Changes) -> None:
        if changes.touch(*TABLES):
            self._pause.start()

    def _wait(self, _error: DeskError) -> None:
        """Leave it to the next look."""
