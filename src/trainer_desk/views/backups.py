"""Has copies of the database file made while the window is open, and tells when that does not work (O4)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.keeping import keep_backup
from trainer_desk.services.rows.backups import KeptBackup
from trainer_desk.texts import error_text
from trainer_desk.views.desk import Desk

SOON, EVERY = 20_000, 600_000
"""Milliseconds after the start until the first look, when the first week is long on the screen, and between looks."""


class Backups(QObject):
    """Looks now and then whether a copy is due; whichever window is open makes it."""

    changed = Signal()
    """A copy was made, or could not be."""
    failed = Signal(str)
    """Why no copy could be made, once until something else is the matter."""

    def __init__(self, desk: Desk, address: str, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.address = address
        self.trouble = ""
        """Why the last try came to nothing; empty when it did not."""
        self._desk, self._now = desk, now
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY)
        QTimer.singleShot(SOON, self, self.look)

    def look(self, *, wanted: bool = False) -> None:
        """Make a copy if one is due, or in any case if it is wanted."""
        self._desk.read(
            self,
            keep_backup,
            self.address,
            self._now(),
            wanted=wanted,
            then=self._made,
            failed=self._missed,
        )

    def _made(self, kept: KeptBackup | None) -> None:
        if kept is not None:
            self.trouble = ""
            self.changed.emit()

    def _missed(self, error: DeskError) -> None:
        said = error_text(error)
        is_new, self.trouble = said != self.trouble, said
        self.changed.emit()
        if is_new:
            self.failed.emit(said)
