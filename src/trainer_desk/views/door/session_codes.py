"""The code of a session, as it stands on its sign-in sheet, scanned at a door instead of a badge (K9, X4)."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from trainer_desk.models.enums import CLAIMING
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.door import DoorRow
from trainer_desk.services.seats.door import load_door
from trainer_desk.texts import error_text
from trainer_desk.texts.door import closed_text, place_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.door.verdicts import of_here, of_no_check_in


class SessionCodes(QObject):
    """Looks whether the session has a check-in now; then it is wanted, else the door says why not."""

    other_wanted = Signal(int)
    """The session whose check-in is to take the place of this one."""
    answered = Signal(object)
    """The Verdict on a code that leads nowhere else."""

    def __init__(
        self, desk: Desk, session_id: int, now: Callable[[], datetime], zone: ZoneInfo, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._session_id, self._now, self._zone = desk, session_id, now, zone

    def take(self, session_id: int) -> None:
        """Take the code of a session; the answer comes by one of the signals."""
        self._desk.read(self, load_door, session_id, self._now(), then=self._found, failed=self._refuse)

    def _found(self, row: DoorRow) -> None:
        if row.session_id == self._session_id:
            self.answered.emit(of_here(row.title, place_text(row, self._zone)))
        elif row.status in CLAIMING:
            self.other_wanted.emit(row.session_id)
        else:
            self.answered.emit(of_no_check_in(row.title, closed_text(row, self._zone)))

    def _refuse(self, error: DeskError) -> None:
        self.answered.emit(of_no_check_in(_("This code"), error_text(error, self._zone)))
