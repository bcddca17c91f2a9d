"""Measures how long pages take to follow a change, from the news of it until every page has its answer (O6)."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from trainer_desk.services.changes import Changes
from trainer_desk.views.desk import Desk


class RefreshTimes(QObject):
    """Tells `add` the seconds of each refresh; changes that come while one is under way belong to it."""

    def __init__(self, desk: Desk, add: Callable[[str, float], object]) -> None:
        super().__init__(desk)
        self._add = add
        self._begun: float | None = None
        desk.changed.connect(self._begin)
        desk.busy.connect(self._look)

    def _begin(self, _changes: Changes) -> None:
        if self._begun is None:
            self._begun = time.monotonic()

    def _look(self, busy: bool) -> None:
        if not busy and self._begun is not None:
            self._add("refresh", time.monotonic() - self._begun)
            self._begun = None
