"""Opens the sheets of training records and intakes from wherever somebody wants one, and tells what became of it."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject

from trainer_desk.services.rows.directory import Directory
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.picker.intake_sheet import IntakeSheet
from trainer_desk.views.records.intake_file import IntakeFileSheet
from trainer_desk.views.records.sheet import RecordSheet


class RecordsRoom(QObject):
    """`tell` shows a toast; its flag says whether there is something to undo."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        today: Callable[[], date],
        directory: Callable[[], Directory | None],
        tell: Callable[[str, bool], object],
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._today, self._tell = window, desk, today, tell
        self._directory = directory

    def record(self, people: Sequence[int], course_id: int | None = None) -> None:
        """Ask for a training that these people had; a course may be proposed."""
        self._open(RecordSheet(self._window, self._desk, self._today, people, course_id=course_id))

    def correct(self, record_id: int) -> None:
        """Ask what is to be corrected in a record."""
        self._open(RecordSheet(self._window, self._desk, self._today, record_id=record_id))

    def open_intake(self, intake_id: int) -> None:
        """Show an intake on file with its files."""
        self._open(IntakeFileSheet(self._window, self._desk, intake_id))

    def record_intake(self, person_id: int, name: str) -> None:
        """Ask for the day and the note of a person's intake."""
        directory = self._directory()
        if directory is None:
            return
        zone = directory.settings.zone
        sheet = IntakeSheet(self._desk, [(person_id, name)], self._window, self._today(), zone)
        sheet.recorded.connect(lambda: self._tell(_("The intake of {name} is on file.").format(name=name), True))
        sheet.ask()

    def _open(self, sheet: RecordSheet | IntakeFileSheet) -> None:
        sheet.done.connect(lambda said: self._tell(said, True))
        sheet.ask()
