"""The log of the program: files that rotate in the platform's log folder, written by a thread of its own (O5)."""

import logging
import os
from contextlib import suppress
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from pathlib import Path
from queue import SimpleQueue

LARGEST, KEPT = 2_000_000, 5
"""Bytes of one file, and how many older files are kept."""

FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"


class _Writer(RotatingFileHandler):
    """A file that may become full: then lines are lost, and nothing of it reaches the terminal."""

    def shouldRollover(self, record: logging.LogRecord) -> bool:
        """Whether the file is full; one that another window has put aside meanwhile is left to it."""
        self._follow()
        return bool(super().shouldRollover(record))

    def doRollover(self) -> None:
        """Begin a new file; go on with the old one where it cannot be put aside: another window has it open."""
        try:
            super().doRollover()
        except OSError:
            self.stream = self._open()

    def _follow(self) -> None:
        """Write to the file of that name, also where another window has put the old one aside."""
        if self.stream is not None and self._is_elsewhere(self.stream.fileno()):
            with suppress(OSError):
                self.stream.close()
            self.stream = self._open()

    def _is_elsewhere(self, handle: int) -> bool:
        try:
            return not os.path.samestat(os.stat(self.baseFilename), os.fstat(handle))
        except FileNotFoundError:
            return True

    def handleError(self, record: logging.LogRecord) -> None:
        """Let the line go."""

    def close(self) -> None:
        """Let go of the file, and of what it could not take."""
        with suppress(OSError):
            super().close()


class Logbook:
    """The running log; `file` is None where the folder cannot be written to (the program runs on without a log)."""

    def __init__(self, folder: Path) -> None:
        self.file: Path | None = None
        self._root = logging.getLogger("trainer_desk")
        # Without any handler, before the log is open and after it was closed, Python would write into the terminal.
        if not self._root.handlers:
            self._root.addHandler(logging.NullHandler())
        self._listener: QueueListener | None = None
        self._handler: QueueHandler | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / "trainer-desk.log"
            writer = _Writer(target, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
        except OSError:
            return
        writer.setFormatter(logging.Formatter(FORM))
        self.file = target
        queue: SimpleQueue[logging.LogRecord] = SimpleQueue()
        self._handler = QueueHandler(queue)
        self._listener = QueueListener(queue, writer, respect_handler_level=True)
        self._writer = writer
        self._root.addHandler(self._handler)
        self._root.setLevel(logging.INFO)
        self._listener.start()

    def close(self) -> None:
        """Write what is still queued and let go of the file."""
        if self._listener is None or self._handler is None:
            return
        self._root.removeHandler(self._handler)
        self._listener.stop()
        self._listener = None
        self._writer.close()
