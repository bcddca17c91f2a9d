"""Opens the sheet of training records from wherever somebody wants one, and tells what became of it."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject

from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.records.sheet import RecordSheet


class RecordsRoom(QObject):
    """`tell` shows a toast; its flag says whether there is something to undo."""

    def __init__(
        self, window: MainWindow, desk: Desk, today: Callable[[], date], tell: Callable[[str, bool], object]
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._today, self._tell = window, desk, today, tell

    def record(self, people: Sequence[int], course_id: int | None = None) -> None:
        """Ask for a training that these people had; a course may be proposed."""
        self._open(RecordSheet(self._window, self._desk, self._today, people, course_id=course_id))

    def correct(self, record_id: int) -> None:
        """Ask what is to be corrected in a record."""
        self._open(RecordSheet(self._window, self._desk, self._today, record_id=record_id))

    def _open(self, sheet: RecordSheet) -> None:
        sheet.done.connect(lambda said: self._tell(said, True))
        sheet.ask()
