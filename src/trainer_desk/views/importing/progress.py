"""How far an import is, told across threads, and the wish to stop it."""

from threading import Event

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.errors import DeskError


class Progress(QObject):
    """`step` is called by the thread that imports; `stepped` arrives in the window's own."""

    stepped = Signal(int)
    """Rows done."""

    def __init__(self) -> None:
        super().__init__()
        self._stopped = Event()

    def stop(self) -> None:
        """Let the import end at its next step, with nothing written."""
        self._stopped.set()

    def step(self, done: int) -> None:
        """Tell how many rows are done. Raises `import_stopped` once somebody wants to stop."""
        if self._stopped.is_set():
            raise DeskError("import_stopped")
        self.stepped.emit(done)
