"""How far an import or an export is, told across threads, and the wish to stop it."""

from threading import Event

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.errors import DeskError


class Progress(QObject):
    """`step` is called by the thread that works; `stepped` arrives in the window's own."""

    stepped = Signal(int)
    """Rows done."""

    def __init__(self, stopped: str = "import_stopped") -> None:
        """`stopped` is the code of what is raised once somebody wants to stop."""
        super().__init__()
        self._code = stopped
        self._stopped = Event()

    def stop(self) -> None:
        """Let the work end at its next step, with nothing written."""
        self._stopped.set()

    def step(self, done: int) -> None:
        """Tell how many rows are done. Raises a DeskError once somebody wants to stop."""
        if self._stopped.is_set():
            raise DeskError(self._code)
        self.stepped.emit(done)
