"""Loads the directory once and the board of the range on show, and loads again what a change touched."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.changes import Changes
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import DeskError
from trainer_desk.services.planning.board import load_board
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import Board, SessionCard
from trainer_desk.views.desk import Desk
from trainer_desk.views.schedule.ranges import View, range_of

BOARD_TABLES = ("sessions", "session_resources", "enrollments", "seat_holds", "blocks", "waivers")
DIRECTORY_TABLES = ("courses", "resources", "trainers", "venues", "qualifications", "runs", "settings")


def load_shown(db: Any, view: View, anchor: date, known: Directory | None, *, now: datetime) -> tuple[Directory, Board]:
    """Return the board of a view's range as of `now` (UTC), and the directory unless it is already known."""
    directory = known or load_directory(db)
    return directory, load_board(db, *range_of(view, anchor).bounds(directory.settings.zone), now=now)


class BoardSource(QObject):
    """Keeps what the schedule shows: `directory` and `board`; every answer comes with `loaded`."""

    loaded = Signal(object, object)
    """Board and Directory."""
    failed = Signal(object)
    directory_changed = Signal(object)

    def __init__(self, desk: Desk, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._clock = desk, clock
        self._range: tuple[View, date] | None = None
        self.directory: Directory | None = None
        self.board: Board | None = None
        self.cards: dict[int, SessionCard] = {}
        desk.changed.connect(self._changed)

    def show(self, view: View, anchor: date) -> None:
        """Load the range of a view; an older question that is still under way is dropped."""
        self._range = (view, anchor)
        self._ask()

    def reload(self, *, directory: bool = False) -> None:
        """Load the range again, with `directory` all names as well."""
        if directory:
            self.directory = None
        self._ask()

    def find(self, session_id: int) -> SessionCard | None:
        """Return the card of a session on show or in the tray."""
        return self.cards.get(session_id)

    def zone_now(self, now: datetime) -> datetime:
        """Return an instant (UTC) on the organisation's wall clock, before anything is loaded on the computer's."""
        return now.astimezone(self.directory.settings.zone if self.directory else None)

    def _ask(self) -> None:
        if self._range is not None:
            self._desk.read(
                self,
                load_shown,
                *self._range,
                self.directory,
                now=self._clock(),
                then=self._take,
                failed=self._fail,
                lane="board",
            )

    def _take(self, answer: tuple[Directory, Board]) -> None:
        directory, self.board = answer
        is_new = directory is not self.directory
        self.directory = directory
        self.cards = {card.id: card for card in (*self.board.undated, *self.board.sessions)}
        if is_new:
            self.directory_changed.emit(directory)
        self.loaded.emit(self.board, directory)

    def _fail(self, error: DeskError) -> None:
        self.failed.emit(error)

    def _changed(self, changes: Changes) -> None:
        if changes.touch(*DIRECTORY_TABLES):
            self.reload(directory=True)
        elif changes.touch(*BOARD_TABLES):
            self.reload()
