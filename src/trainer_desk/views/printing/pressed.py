"""Lets a sheet that saves files write a PDF: its worker thread waits while the press paints page by page."""

from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from trainer_desk.services.errors import DeskError
from trainer_desk.services.exchange.new_file import new_file
from trainer_desk.views.export.file_sheet import STOPPED, Step
from trainer_desk.views.printing.document import Document
from trainer_desk.views.printing.press import PdfPress

LOOK_AROUND = 0.1
"""Every how many seconds whoever waits sees whether the window is still there."""


class Pressed(QObject):
    """Belongs to the GUI thread; only `write` is called by another."""

    _wanted = Signal()
    _unwanted = Signal()

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._press: PdfPress | None = None
        self._told: SimpleQueue[int | bytes] = SimpleQueue()
        over = self._over = Event()
        self.destroyed.connect(lambda: over.set())
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(over.set)
        self._wanted.connect(self._start, Qt.ConnectionType.QueuedConnection)
        self._unwanted.connect(self._stop, Qt.ConnectionType.QueuedConnection)

    def write(self, _db: Any, path: Path, step: Step) -> int:
        """Write the PDF beside its place, then rename it, and return its number of pages; the database has no part.

        Raises what `new_file` and `step` raise, and `export_stopped` once the window is gone.
        """
        told, over, unwanted = self._told, self._over, self._unwanted
        with new_file(path) as stream:
            self._wanted.emit()
            pages = 0
            while isinstance(found := _next(told, over), int):
                pages = found
                try:
                    step(pages)
                except DeskError:
                    unwanted.emit()
                    raise
            stream.buffer.write(found)
        return pages

    def _start(self) -> None:
        while not self._told.empty():
            self._told.get_nowait()
        press = self._press = PdfPress(self._document, self)
        press.stepped.connect(self._told.put)
        press.finished.connect(lambda: self._told.put(press.content))
        press.start()

    def _stop(self) -> None:
        if self._press is not None:
            self._press.stop()
            self._press = None


def _next(told: SimpleQueue[int | bytes], over: Event) -> int | bytes:
    """Wait for what the press tells next. Raises `export_stopped` once nobody prints any more."""
    while not over.is_set():
        try:
            return told.get(timeout=LOOK_AROUND)
        except Empty:
            continue
    raise DeskError(STOPPED)
