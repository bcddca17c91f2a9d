"""Starts and completes the session of a sheet, once every mark is in the database (S4, S5, ux 9)."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration import completing
from trainer_desk.texts.translate import _
from trainer_desk.views.completing.flow import Completing
from trainer_desk.views.desk import Desk


class Ending(QObject):
    """Completing asks about those who are not marked; marks that are still on their way arrive first."""

    told = Signal(str)
    refused = Signal(object)
    """A DeskError."""

    def __init__(self, desk: Desk, session_id: int, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._session_id = desk, session_id
        self._title = ""
        self.is_waiting = False
        """Whether the session is to be completed as soon as all marks are saved."""
        self.completing = Completing(desk, window)
        self.completing.told.connect(self.told)
        self.completing.refused.connect(self.refused)

    def start(self, title: str) -> None:
        """Let the session begin."""
        label = _("Start {title}").format(title=title)
        self._desk.write(self, label, completing.start, self._session_id, refused=self._refuse)

    def complete(self, title: str, *, waiting: int, is_away: bool) -> None:
        """Complete the session, or remember to once `waiting` marks are saved; away, that is not promised."""
        self._title = title
        if waiting and is_away:
            self.told.emit(_("The session is completed in the database, which does not answer now. Try again later."))
        elif waiting:
            self.is_waiting = True
        else:
            self.go_on()

    def go_on(self) -> None:
        """Complete it now: every mark is saved."""
        self.is_waiting = False
        self.completing.complete(self._session_id, self._title)

    def _refuse(self, error: DeskError) -> None:
        self.refused.emit(error)
