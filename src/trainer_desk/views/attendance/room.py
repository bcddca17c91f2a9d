"""The attendance windows of the program and what stands behind them all: the marks on their way (A2)."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.outgoing import find_by_uuid
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.store.outbox import Outbox
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.attendance.postman import Postman
from trainer_desk.views.attendance.view import AttendanceView
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow

FindDirectory = Callable[[], Directory | None]


class AttendanceRoom(QObject):
    """Opens one sheet for each session; marks that an earlier sitting left are sent when the program starts."""

    opened = Signal(int)
    """A session's sheet is open now."""
    print_wanted = Signal(int)
    """The sign-in sheet of a session is to be printed."""

    def __init__(
        self, window: MainWindow, desk: Desk, clock: Clock, directory: FindDirectory, outbox: Outbox | None = None
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._clock, self._directory = window, desk, clock, directory
        self.views: dict[int, AttendanceView] = {}
        self.postman = Postman(desk, outbox or Outbox(None), self)
        self.postman.delivered.connect(self._tell_delivered)
        self.postman.unkept.connect(self._tell_unkept)
        self.postman.changed.connect(self._look_for_decisions)
        self._asked: set[str] = set()
        window.closing.connect(self.close)
        self.postman.start()

    def open(self, session_id: int) -> None:
        """Open the sheet of a session in a window of its own, or bring the one that is open to the front."""
        directory = self._directory()
        if directory is None:
            return
        view = self.views.get(session_id)
        if view is None:
            view = self.views[session_id] = AttendanceView(self._desk, session_id, directory, self.postman, self._clock)
            view.print_wanted.connect(self.print_wanted)
            view.closed.connect(lambda closed: self.views.pop(closed, None))
        view.show()
        view.raise_()
        view.activateWindow()
        self.opened.emit(session_id)

    def close(self) -> None:
        """Close every sheet and let what was marked reach the disk: the database is closed or the window goes."""
        for view in list(self.views.values()):
            view.close()
        self.postman.close()

    def _tell_delivered(self, marks: int) -> None:
        said = plural(
            "{n} mark that was kept on this computer is saved now.",
            "{n} marks that were kept on this computer are saved now.",
            marks,
        )
        self._window.toasts.show(said, "ok")

    def _tell_unkept(self, trouble: DeskError) -> None:
        self._window.toasts.show(error_text(trouble), "block")

    def _look_for_decisions(self) -> None:
        """Say where marks were set aside, once for each session whose sheet is not open."""
        is_open = {view.sheet.uuid for view in self.views.values() if view.sheet is not None}
        for kept in self.postman.kept:
            session = kept.deed.session
            if kept.waits or session in self._asked or session in is_open:
                continue
            self._asked.add(session)
            said = _("Somebody else marked otherwise in {title}. Look at both and decide.")
            do = partial(self._open_by, session)
            self._window.toasts.show(said.format(title=kept.deed.title), "block", _("Open the sheet"), do)

    def _open_by(self, uuid: str) -> None:
        self._desk.read(self, find_by_uuid, uuid, then=self._open_found)

    def _open_found(self, session_id: int | None) -> None:
        if session_id is not None:
            self.open(session_id)
