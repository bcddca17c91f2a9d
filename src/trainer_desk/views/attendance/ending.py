"""Starts and completes the session of a sheet, and asks about those who are not marked (S4, S5, ux 9)."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration import completing
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.confirm import Confirm


class Ending(QObject):
    """Completing waits until every mark is in the database."""

    told = Signal(str)
    refused = Signal(object)
    """A DeskError."""

    def __init__(self, desk: Desk, session_id: int, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._session_id, self._window = desk, session_id, window
        self.is_waiting = False
        """Whether the session is to be completed as soon as all marks are saved."""
        self.question: Confirm | None = None

    def start(self) -> None:
        """Let the session begin."""
        self._desk.write(self, _("Start the session"), completing.start, self._session_id, refused=self._refuse)

    def wait_for_marks(self, *, is_away: bool) -> None:
        """Remember to complete once all marks are saved; while the database is away that is not promised."""
        if is_away:
            self.told.emit(_("The session is completed in the database, which does not answer now. Try again later."))
        else:
            self.is_waiting = True

    def complete(self, unmarked: int) -> None:
        """Complete the session; where people are not marked, ask first what they are."""
        self.is_waiting = False
        if unmarked == 0:
            self._complete(rest_no_show=False)
            return
        people = plural("{n} person is not marked.", "{n} people are not marked.", unmarked)
        sentence = _("Everybody must be marked before a session is completed.")
        self.question = Confirm(self._window, people, sentence, _("Mark them no-show"), _("Go back"))
        self.question.accepted.connect(lambda: self._complete(rest_no_show=True))
        self.question.open()

    def _complete(self, *, rest_no_show: bool) -> None:
        self._desk.write(
            self,
            _("Complete the session"),
            completing.complete,
            self._session_id,
            rest_no_show=rest_no_show,
            then=lambda _none: self.told.emit(_("Session completed.")),
            refused=self._refuse,
        )

    def _refuse(self, error: DeskError) -> None:
        self.refused.emit(error)
