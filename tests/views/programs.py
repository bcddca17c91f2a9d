"""A running program for tests of the first start and of what opens a database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from trainer_desk.views.crash import CrashHandler
from trainer_desk.views.program import Program


@contextmanager
def running_program(qtbot: QtBot, folder: Path, *, is_active: bool = False) -> Iterator[Program]:
    """Run a program whose settings and files lie in a folder; its window shows, and has the keyboard if `is_active`."""
    running = Program(folder / "window.ini", folder / "data", CrashHandler())
    running.window.show()
    qtbot.waitExposed(running.window)
    if is_active:
        running.window.activateWindow()
        qtbot.waitUntil(running.window.isActiveWindow)
    yield running
    running.window.may_close = None
    running.window.close()
    running.window.deleteLater()
