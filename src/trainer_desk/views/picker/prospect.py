"""Keeps what adding the chosen people would come to, asked anew with every choice; the newest question wins (P4)."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.clock import Clock
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import Foresight
from trainer_desk.services.seats.foreseeing import foresee
from trainer_desk.views.desk import Desk
from trainer_desk.views.picker.foot_words import roughly

MOST = 2_000
"""People up to whom the rule is asked; of more, only the free seats are counted."""


class Prospect(QObject):
    """`seen` answers at once, roughly until the rule has spoken; `came` says that it has."""

    came = Signal()

    def __init__(self, desk: Desk, session_id: int, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._session_id, self._clock = desk, session_id, clock
        self._asked: tuple[int, ...] | None = None
        self._known: Foresight | None = None
        self._known_of: tuple[int, ...] | None = None

    def ask(self, person_ids: Sequence[int], *, anew: bool = False) -> None:
        """Ask about these people unless that is what was asked last; `anew` asks in any case."""
        wanted = tuple(person_ids)
        if len(wanted) > MOST or (wanted == self._asked and not anew):
            return
        self._asked = wanted
        self._desk.read(
            self,
            foresee,
            self._session_id,
            wanted,
            now=self._clock.now(),
            then=lambda found: self._take(wanted, found),
            failed=lambda _error: None,  # the card is asked for as well, and tells why
            lane="foresight",
        )

    def seen(self, card: SessionCard, person_ids: Sequence[int]) -> Foresight:
        """Return what adding these people would come to, as far as it is known by now."""
        if self._known is not None and self._known_of == tuple(person_ids):
            return self._known
        return roughly(card, len(person_ids), self._known)

    def _take(self, person_ids: tuple[int, ...], found: Foresight) -> None:
        self._known, self._known_of = found, person_ids
        self.came.emit()
