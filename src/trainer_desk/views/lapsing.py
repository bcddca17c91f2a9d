"""Gives the seats of ended holds and offers to those who wait, while a window is open (K5, K7).

Nothing depends on it: whoever writes next looks first. But then nobody has to write.
"""

import random
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from trainer_desk.services.errors import DeskError
from trainer_desk.services.journal.steps import LAPSED
from trainer_desk.services.seats.lapsing import sessions_due
from trainer_desk.services.seats.settling import settle_due
from trainer_desk.views.desk import Desk

EVERY = 60_000
"""Milliseconds between two looks; each window adds some of its own, so that not all look at once."""

APART = 15_000


class Lapsing(QObject):
    """Looks once a minute whether a hold or an offer has ended, and settles the sessions concerned."""

    def __init__(self, desk: Desk, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._now = desk, now
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY + random.randrange(APART))

    def look(self) -> None:
        """Ask whether something has ended; trouble is left to the next look."""
        self._desk.read(self, sessions_due, self._now(), then=self._settle, failed=self._wait, lane="lapsing")

    def _settle(self, session_ids: list[int]) -> None:
        if session_ids:
            self._desk.write(self, LAPSED, settle_due, refused=self._wait)

    def _wait(self, _error: DeskError) -> None:
        """Leave it to the next look."""
