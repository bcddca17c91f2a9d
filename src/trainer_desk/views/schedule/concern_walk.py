"""The open findings of the range on show: counted, listed in the tray, and walked through with F8 (S9)."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.rows.directory import Directory
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.toast import Toasts
from trainer_desk.views.schedule.attention import Concern
from trainer_desk.views.schedule.tray import Tray


class ConcernWalk(QObject):
    """Holds the findings and the place of the one that the user stands on."""

    found = Signal(object)
    """The open findings, as a tuple of Concern."""
    reached = Signal(object)
    """The Concern that the user came to."""

    def __init__(self, tray: Tray, toasts: Toasts) -> None:
        super().__init__(tray)
        self._tray, self._toasts = tray, toasts
        self._place = -1
        self.all: tuple[Concern, ...] = ()

    def show(self, concerns: Sequence[Concern], directory: Directory) -> None:
        """Take over the findings of another range or of a changed one; the walk begins anew."""
        self.all, self._place = tuple(concerns), -1
        self._tray.show_concerns(concerns, directory)
        self.found.emit(self.all)

    def step(self, step: int) -> None:
        """Go to the next (+1) or previous (-1) finding, round and round."""
        if not self.all:
            self._toasts.show(_("No open findings in this range."), "info")
            return
        begun = self._place >= 0 or step > 0
        self.stand_on((self._place + step if begun else -1) % len(self.all))

    def stand_on(self, place: int) -> None:
        """Go to the finding at a place of the list."""
        if 0 <= place < len(self.all):
            self._place = place
            self._tray.attention.stand_on(place)
            self.reached.emit(self.all[place])
