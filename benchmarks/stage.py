"""The running program on a scale database, offscreen, and the bare widgets that it is held against."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.place import Place
from trainer_desk.views.crash import CrashHandler
from trainer_desk.views.memory import Memory
from trainer_desk.views.program import Program
from trainer_desk.views.schedule.canvas import ScheduleCanvas
from trainer_desk.views.schedule.page import SchedulePage
from trainer_desk.views.theme import look

SIZE = (1440, 900)
PATIENCE_MS = 30_000


class Blit(QWidget):
    """A widget that copies one picture: no view can paint faster."""

    def __init__(self, picture: QPixmap) -> None:
        super().__init__()
        self.picture = picture
        self.resize(picture.size())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the picture."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self.picture)
        painter.end()


def application() -> QApplication:
    """Return the application; the first call decides that it draws into memory only."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance()
    return app if isinstance(app, QApplication) else QApplication([])


def begin_at(page: str, settings: Path) -> None:
    """Have the window remember a page of an earlier sitting, so that it begins there."""
    memory = Memory(settings)
    memory.put("window/page", page)
    memory.save()


@contextmanager
def running(place: Place) -> Iterator[SchedulePage]:
    """Run the program on a scale database and lend its schedule, this week painted."""
    application()
    look().start("light", 100)
    with tempfile.TemporaryDirectory() as home:
        begin_at("schedule", Path(home) / "window.ini")
        program = Program(Path(home) / "window.ini", Path(home), CrashHandler())
        program.window.resize(*SIZE)
        program.window.show()
        program.open(place.address)
        wait(lambda: program.assembly is not None and canvas_of(program.assembly.schedule).body_tiles.drawn > 0)
        assert program.assembly is not None
        wait(lambda: program.desk is not None and not program.desk.is_busy)
        yield program.assembly.schedule
        program.window.may_close = None
        program.window.close()


def canvas_of(page: SchedulePage) -> ScheduleCanvas:
    """Return the painted view on show."""
    assert page.canvas is not None
    return page.canvas


def wait(done: Callable[[], bool]) -> None:
    """Let the program work until something is so; the GUI thread sleeps between events, as it does in earnest."""
    loop, watch = QEventLoop(), QTimer(interval=1)
    limit = QTimer(singleShot=True, interval=PATIENCE_MS)
    watch.timeout.connect(lambda: loop.quit() if done() else None)
    limit.timeout.connect(lambda: loop.exit(1))
    watch.start()
    limit.start()
    assert loop.exec() == 0, "the window did not get there"
    watch.stop()
    limit.stop()
