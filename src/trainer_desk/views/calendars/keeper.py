"""Keeps the folder with the calendars of all trainers up to date while the window is open (X3)."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import BadValue, DeskError
from trainer_desk.services.exchange.calendar_folder import TABLES, Kept, keep_folder
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.memory import Memory

FOLDERS = "calendar/folders"
"""In the window's memory: the folder of each database, by its address."""
PATIENCE_MS = 2_000
"""So long changes may follow each other before the calendars are written."""


class Keeper(QObject):
    """Nothing is kept until `follow` names the database; what is in the way is told once, until it is mended."""

    failed = Signal(str)
    """Why the calendars could not be written."""
    kept = Signal(object)
    """What came of it: a Kept."""

    def __init__(self, desk: Desk, memory: Memory, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._memory, self._clock = desk, memory, clock
        self.address = ""
        self._told = ""
        self._wait = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._wait.timeout.connect(self._look)
        desk.changed.connect(self._follow_changes)

    @property
    def folder(self) -> str:
        """The folder that is kept of this database, or nothing."""
        return str(self._memory.get(FOLDERS, {}).get(self.address, "")) if self.address else ""

    def follow(self, address: str) -> None:
        """Keep the folder of the database at this address, from now on."""
        self.address = address
        self._soon()

    def choose(self, folder: str) -> None:
        """Keep another folder from now on; nothing stops it."""
        folders = {**self._memory.get(FOLDERS, {}), self.address: folder}
        self._memory.put(FOLDERS, {address: place for address, place in folders.items() if place})
        self._memory.save()
        self._told = ""

    def _follow_changes(self, changes: Changes) -> None:
        if changes.touch(*TABLES):
            self._soon()

    def _soon(self) -> None:
        if self.folder and not self._wait.isActive():  # a busy desk does not put it off for ever
            self._wait.start()

    def _look(self) -> None:
        if self.folder:
            self._desk.read(
                self,
                keep_folder,
                Path(self.folder),
                self._desk.actor,
                now=self._clock.now(),
                then=self._take,
                failed=self._fail,
                lane="calendars",
            )

    def _take(self, kept: Kept) -> None:
        self._told = ""
        self.kept.emit(kept)

    def _fail(self, error: DeskError) -> None:
        """Tell what is wrong with the folder; a database that is away has a bar of its own and comes back."""
        said = _("The calendars of the trainers are not up to date. {why}").format(why=error_text(error))
        if isinstance(error, BadValue) and said != self._told:
            self._told = said
            self.failed.emit(said)
