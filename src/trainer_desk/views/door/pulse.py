"""Signs of life for the people whom this window let in, for rooms in which a presence needs them (K9)."""

from PySide6.QtCore import QObject, QTimer

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.door import stay_in
from trainer_desk.services.rows.door import Passage
from trainer_desk.views.desk import Desk

BEATS = 3
"""Signs that are given before a presence would be over."""


class Pulse(QObject):
    """Beats while it is there; what it could not tell once, it tells the next time."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_telling = False
        self.presences: set[int] = set()
        """The presences that live by this window."""
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.beat)

    def set_seconds(self, seconds: int | None) -> None:
        """Beat so often that a presence of `seconds` never ends by itself; None: no sign is needed."""
        if seconds is None:
            self.timer.stop()
            return
        interval = max(1000 * seconds // BEATS, 250)
        if not self.timer.isActive() or self.timer.interval() != interval:
            self.timer.start(interval)

    def follow(self, passage: Passage) -> None:
        """Begin to speak for who came in here, and stop for who went out."""
        if passage.is_in:
            self.presences.add(passage.presence_id)
        else:
            self.presences.discard(passage.presence_id)

    def beat(self) -> None:
        """Give a sign for everybody."""
        if self.presences and not self._is_telling:
            self._is_telling = True
            told = sorted(self.presences)
            self._desk.apply(self, stay_in, told, then=lambda alive: self._told(told, alive), refused=self._not_told)

    def stop(self) -> None:
        """Fall silent: the window is closed."""
        self.timer.stop()
        self.presences.clear()

    def _told(self, told: list[int], alive: tuple[int, ...]) -> None:
        self._is_telling = False
        self.presences -= set(told) - set(alive)

    def _not_told(self, _error: DeskError) -> None:
        self._is_telling = False
