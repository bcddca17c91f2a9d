"""Keeps the badges of the sidebar: how many people are not compliant, how many requests wait for a decision."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from trainer_desk.services.changes import Changes
from trainer_desk.services.dashboard.today import count_waiting
from trainer_desk.services.errors import DeskError
from trainer_desk.services.planning.drafts import create_draft
from trainer_desk.services.rows.dashboard import Waiting
from trainer_desk.texts.translate import plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.sidebar import Sidebar

TABLES = (
    "people", "courses", "requirements", "attestations", "training_records", "certificates", "booking_requests",
    "settings",
)  # fmt: skip
PAUSE_MS, HOUR_MS = 500, 3_600_000
"""How long is waited after a change, so that several in a row are counted once; and until it is counted anyway."""


class Badges(QObject):
    """Counts for those who plan; nobody else sees numbers of all people and requests."""

    def __init__(self, sidebar: Sidebar, desk: Desk, now: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._sidebar, self._desk, self._now = sidebar, desk, now
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.count)
        self._hour = QTimer(self, interval=HOUR_MS)
        self._hour.timeout.connect(self.count)
        self._hour.start()
        desk.changed.connect(self._follow)

    def count(self) -> None:
        """Count anew; trouble is left to the next time."""
        if not self._desk.may(create_draft):
            self._show(Waiting(0, 0))
            return
        self._desk.read(self, count_waiting, now=self._now(), then=self._show, failed=self._leave, lane="badges")

    def _show(self, waiting: Waiting) -> None:
        told = {
            "people": (waiting.people, plural("{n} not compliant", "{n} not compliant", waiting.people), "danger"),
            "requests": (waiting.requests, plural("{n} to decide", "{n} to decide", waiting.requests), ""),
        }
        for page, (count, words, tone) in told.items():
            if page in self._sidebar.items:
                self._sidebar.items[page].show_badge(count, words, tone)

    def _follow(self, changes: Changes) -> None:
        if changes.touch(*TABLES):
            self._pause.start()

    def _leave(self, _error: DeskError) -> None:
        """The badges stay as they are."""
