"""Live refresh: what other workstations commit comes to the pages by the same signal as one's own changes (U6)."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from trainer_desk.services.changes import Changes, merged
from trainer_desk.services.store.feed import Feed
from trainer_desk.views.desk import Desk

if TYPE_CHECKING:
    from trainer_desk.services.store.engine import Store

GATHER = 10
"""Milliseconds that the first news waits for more of the same instant."""

APART = 250
"""Milliseconds between two rounds, so that a busy office does not keep a window painting."""

HELD_MOST = 2.0
"""Seconds that news waits for the answers to the last round: what is asked again too early is never shown."""


class Refresh(QObject):
    """Gathers what the feed tells and hands it to `desk.changed`, on the GUI thread."""

    lost = Signal()
    """The database does not answer; the feed goes on trying."""
    found = Signal()
    """The database answers again; everything on show is read anew."""
    _heard = Signal(object)
    _gone = Signal()
    _back = Signal()

    def __init__(self, desk: Desk, store: "Store", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._news: Changes | None = None
        self._since = self._shown = 0.0
        self._round = range(0)
        """The questions that pages asked when they heard news last."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._show)
        # The feed's thread emits the signals with an underscore; only queued they arrive on the GUI thread.
        queued = Qt.ConnectionType.QueuedConnection
        self._heard.connect(self._take, queued)
        self._gone.connect(self.lost, queued)
        self._back.connect(self.found, queued)
        self._feed = Feed(store, self._heard.emit, self._gone.emit, self._back.emit)
        self._feed.start()

    def close(self) -> bool:
        """Hear no more; return whether the feed ended at once."""
        self._timer.stop()
        self._heard.disconnect(self._take)
        return self._feed.close()

    @Slot(object)
    def _take(self, changes: Changes) -> None:
        if self._news is None:
            self._since = time.monotonic()
            self._news = changes
            self._wait()
        else:
            self._news = merged(self._news, changes)

    def _wait(self) -> None:
        rested = (time.monotonic() - self._shown) * 1000
        self._timer.start(max(GATHER, int(APART - rested)))

    def _show(self) -> None:
        """Let every page ask for its own range again, unless answers to the last round are still on their way."""
        if self._news is None:
            return
        if self._desk.awaits(self._round) and time.monotonic() - self._since < HELD_MOST:
            self._timer.start(GATHER)
            return
        news, self._news = self._news, None
        self._shown = time.monotonic()
        before = self._desk.asked
        self._desk.changed.emit(news)
        self._round = range(before + 1, self._desk.asked + 1)
