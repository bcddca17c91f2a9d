"""Opens the form for a past session from wherever somebody wants it, and shows what was recorded."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.rows.past import PastSession
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.past.sheet import PastSheet


class PastRoom(QObject):
    """`tell` shows a toast; its flag says whether there is something to undo."""

    session_wanted = Signal(int, str)
    """What was recorded is to be shown in the panel, with the focus on a field."""

    def __init__(
        self, window: MainWindow, desk: Desk, today: Callable[[], date], tell: Callable[[str, bool], object]
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._today, self._tell = window, desk, today, tell
        self.sheet: PastSheet | None = None

    def open(self) -> None:
        """Ask for a session that was held."""
        self.sheet = PastSheet(self._window, self._desk, self._today)
        self.sheet.done.connect(self._show)
        self.sheet.closed.connect(self._forget)
        self.sheet.ask()

    def _show(self, made: PastSession, said: str) -> None:
        self._tell(said, True)
        self.session_wanted.emit(made.session_id, "notes")

    def _forget(self) -> None:
        self.sheet = None
