"""Says what no page answered itself: refusals, and orange findings of what was done after a change."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from trainer_desk.services.errors import DeskError
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.store.unreached import is_away
from trainer_desk.texts import error_text, findings_text
from trainer_desk.views.connection import Connection
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow


class Saying(QObject):
    """While the bar of a lost database is there, questions that fail say nothing more; changes do."""

    def __init__(
        self, window: MainWindow, desk: Desk, connection: Connection, directory: Callable[[], Directory | None]
    ) -> None:
        super().__init__(window)
        self._window, self._connection, self._directory = window, connection, directory
        desk.failed.connect(self._say)
        desk.warned.connect(self._warn)

    def _say(self, error: DeskError) -> None:
        is_question = is_away(error) and "key" not in error.facts
        if not (is_question and self._connection.is_away):
            self._window.show_refusal(error_text(error, self._zone()))

    def _warn(self, findings: Sequence[Finding]) -> None:
        self._window.toasts.show(findings_text(findings, self._zone()), "warn")

    def _zone(self) -> ZoneInfo:
        directory = self._directory()
        return directory.settings.zone if directory else ZoneInfo("UTC")
