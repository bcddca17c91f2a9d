"""Tells that the database is away, since when and as of when what is shown is, until it answers again (O3)."""

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.store.schema import revision_of
from trainer_desk.services.store.unit import find_change
from trainer_desk.services.store.unreached import is_shut_out
from trainer_desk.texts import error_text
from trainer_desk.texts.connection import away_text, back_text, known_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.notice_bar import NoticeBar
from trainer_desk.views.parts.toast import Toasts

PAUSE_MS = 3000
"""Between two tries to reach the database again, besides whatever the user asks for meanwhile."""


class Connection(QObject):
    """Watches every answer of the desk; the bar is there as long as the database is not.

    When it answers again, everything on show is read anew, and what may or may not have been saved is looked up.
    """

    changed = Signal(bool)
    """Whether the database can be reached."""
    sign_in_wanted = Signal(object)
    """Somebody wants to sign in again after this DeskError."""

    def __init__(self, bar: NoticeBar, toasts: Toasts, desk: Desk, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._bar, self._toasts, self._desk, self._clock = bar, toasts, desk, clock
        self.is_away = False
        self._answered_at: datetime = clock.now()
        self._unknown: dict[str, str] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.try_now)
        self._is_trying = self._is_shut_out = False
        desk.lost.connect(self._lose)
        desk.answered.connect(self.find)

    def lose(self) -> None:
        """Say that the database is away, unless that is said already."""
        if self.is_away:
            return
        self.is_away = True
        sentence = away_text(self._clock.now(), self._answered_at)
        self._bar.say(sentence, "warn", (_("Try now"), self.try_now))
        self._bar.cross.hide()
        self._timer.start()
        self.changed.emit(False)

    def find(self) -> None:
        """Note that the database answers; after a loss read everything on show anew."""
        self._answered_at = self._clock.now()
        if not self.is_away:
            return
        self.is_away = self._is_shut_out = False
        self._timer.stop()
        self._bar.hide()
        self._bar.cross.show()
        self.changed.emit(True)
        if not self._unknown:
            self._toasts.show(back_text(), "ok")
        for key, label in self._unknown.items():
            self._look_up(key, label)
        self._unknown.clear()
        self._desk.changed.emit(Changes(everything=True))

    def try_now(self) -> None:
        """Ask the database something small; one such question at a time."""
        if self._is_trying:
            return
        self._is_trying = True
        self._desk.read(self, revision_of, then=lambda _revision: self._tried(), failed=lambda _error: self._tried())

    def _tried(self) -> None:
        self._is_trying = False

    def _lose(self, error: DeskError) -> None:
        if "unknown" in error.facts:
            self._unknown[str(error.facts["key"])] = str(error.facts["unknown"])
        if is_shut_out(error):
            self._shut_out(error)
        else:
            self.lose()

    def _shut_out(self, error: DeskError) -> None:
        """Say that the server lets nobody in any more; only somebody who types something can change that."""
        self._timer.stop()
        if self._is_shut_out:
            return
        self._is_shut_out = True
        self._bar.say(error_text(error), "danger", (_("Sign in again"), lambda: self.sign_in_wanted.emit(error)))
        self._bar.cross.hide()
        if not self.is_away:
            self.is_away = True
            self.changed.emit(False)

    def _look_up(self, key: str, label: str) -> None:
        """Say whether a change was saved whose answer was lost."""
        self._desk.read(self, find_change, key, then=lambda found: self._tell(label, found is not None))

    def _tell(self, label: str, is_saved: bool) -> None:
        self._toasts.show(known_text(label, is_saved=is_saved), "ok" if is_saved else "warn")
