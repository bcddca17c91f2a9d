"""Starts the window: display, log, look, crash handler, window, database."""

import builtins
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from trainer_desk import places
from trainer_desk.logbook import Logbook
from trainer_desk.views import display

if TYPE_CHECKING:
    from trainer_desk.services.store.engine import Store
    from trainer_desk.views.program import Program

# Qt is imported inside the functions: without a display that must be known before, and the command line never
# needs it.

NO_DISPLAY = 2
DEMO_ZONE = "Europe/London"


def run(database: str | None = None) -> int:
    """Open the window on a database, on the last one, or on the first start; return the exit code."""
    if not display.has_display():
        return _refuse("There is no display to open the window on. The other commands work without one.")
    display.prefer_reachable()
    with ExitStack() as kept:
        ended = run_program(lambda program: program.open(database), demo=lambda: _make_demo(kept))
    return leave(*ended)


def run_demo(*, size: str = "small", screenshots: str | None = None) -> int:
    """Open the window on an invented organisation in a temporary file, or save every page as a picture and end."""
    if screenshots is not None:
        display.draw_offscreen()
        return _save_pictures(Path(screenshots), size)
    if not display.has_display():
        return _refuse(
            "There is no display to open the window on. "
            "“trainer-desk demo --screenshots DIR” saves every page as a picture instead."
        )
    import tempfile  # noqa: PLC0415

    display.prefer_reachable()
    with tempfile.TemporaryDirectory(prefix="trainer-desk-demo-", ignore_cleanup_errors=True) as folder:
        make = demo_maker(Path(folder), size)
        ended = run_program(lambda program: program.open_made(make), settings=Path(folder) / "window.ini")
    return leave(*ended)


def demo_maker(folder: Path, size: str = "small", now: datetime | None = None) -> "Callable[[], Store]":
    """Return what makes the demo's database in a folder; it takes a second or two, so call it in a worker."""

    def make() -> "Store":
        from trainer_desk.demo import build_demo  # noqa: PLC0415
        from trainer_desk.services.store.engine import create_store  # noqa: PLC0415

        store = create_store(str(folder / "demo.desk"), zone=DEMO_ZONE)
        build_demo(store, now=now or datetime.now(UTC).replace(microsecond=0), size=size)
        return store

    return make


def _make_demo(kept: ExitStack) -> "Store":
    """Make a demo for whoever chooses it at the first start; its folder goes with `kept`."""
    import tempfile  # noqa: PLC0415

    made = tempfile.TemporaryDirectory(prefix="trainer-desk-demo-", ignore_cleanup_errors=True)
    return demo_maker(Path(kept.enter_context(made)))()


def run_program(
    begin: "Callable[[Program], object]",
    settings: Path | None = None,
    demo: "Callable[[], Store] | None" = None,
) -> tuple[int, bool]:
    """Show the window, let `begin` open something in it, and return the exit code and whether all work has ended."""
    plain_import = builtins.__import__
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    # PySide6 puts an import of its own there, for `from __feature__`, which slows down every later one.
    builtins.__import__ = plain_import

    from trainer_desk.views.crash import CrashHandler  # noqa: PLC0415
    from trainer_desk.views.memory import Memory  # noqa: PLC0415
    from trainer_desk.views.program import Program  # noqa: PLC0415
    from trainer_desk.views.theme import look  # noqa: PLC0415

    log = Logbook(places.log_folder())
    app = QApplication(sys.argv[:1])
    app.setApplicationName("trainer-desk")
    app.setApplicationDisplayName("Trainer Desk")
    crash = CrashHandler()
    crash.install()
    try:
        memory = settings or places.settings_file()
        remembered = Memory(memory)
        look().start(remembered.get("look/theme", "system"), remembered.get("look/text", 100))
        program = Program(memory, places.data_folder(), crash, demo=demo)
        program.window.show()
        app.processEvents()
        begin(program)
        return app.exec(), program.has_ended
    finally:
        crash.uninstall()
        log.close()


def leave(code: int, has_ended: bool) -> int:
    """Return the exit code, or end at once: Python would wait for ever for a worker whose database does not answer.

    What such a worker was writing was not committed, and the database takes it back.
    """
    if has_ended:
        return code
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _save_pictures(folder: Path, size: str) -> int:
    import tempfile  # noqa: PLC0415

    from trainer_desk.views.screenshots import save_all  # noqa: PLC0415
    from trainer_desk.views.stage import DAY  # noqa: PLC0415

    log = Logbook(places.log_folder())
    try:
        with tempfile.TemporaryDirectory(prefix="trainer-desk-demo-", ignore_cleanup_errors=True) as made:
            return save_all(folder, demo_maker(Path(made), size, DAY), Path(made))
    finally:
        log.close()


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"trainer-desk: {sentence}\n")
    return NO_DISPLAY
