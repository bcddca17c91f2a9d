"""One start in a process of its own: the real program on a database, or a bare window; prints when what was painted.

    python -m benchmarks.start_probe BEGAN [DATABASE]

BEGAN is the monotonic clock, in seconds, just before the process was started. The answer is one line of JSON:
milliseconds from then to the first paint and to the first painted week, resident memory in MiB, and whether Alembic
was loaded.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def main() -> None:
    """Start, note the moments, say them, end."""
    began, *database = sys.argv[1:]
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as home:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = home
        found = _program(Path(home), database[0]) if database else _bare()
    moments = {name: (at - float(began)) * 1000 for name, at in found.items()}
    print(json.dumps(moments | {"memory": _memory(), "alembic": "alembic" in sys.modules}))


def _bare() -> dict[str, float]:
    from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415 - imports are what is measured

    app = QApplication([])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    return {"first": time.monotonic()}


def _program(home: Path, database: str) -> dict[str, float]:
    """Start as `trainer-desk --database …` does, and end as soon as the week has been painted."""
    from trainer_desk import app  # noqa: PLC0415
    from trainer_desk.cli.main import main as command_line  # noqa: PLC0415

    # Somebody who left the calendar open: the week is what the start is measured by. Written by hand, as an import of
    # what writes it would be one that the start did not have to make.
    (home / "window.ini").write_text('[window]\npage="\\"schedule\\""\n')
    moments: dict[str, float] = {}
    start = app.run_program

    def begin_watched(begin: Any, settings: Path | None = None, **more: Any) -> tuple[int, bool]:
        def begun(program: Any) -> None:
            moments["first"] = time.monotonic()
            begin(program)
            _watch(program, moments)

        return start(begun, home / "window.ini", **more)

    app.run_program = begin_watched
    code = command_line(["--database", database])
    assert code == 0, f"the program ended with {code}"
    return moments


def _watch(program: Any, moments: dict[str, float]) -> None:
    from PySide6.QtCore import QTimer  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    watch = QTimer(program, interval=2)

    def look() -> None:
        canvas = program.assembly.schedule.canvas if program.assembly else None
        if canvas is None or canvas.shown is None or not canvas.body_tiles.drawn:
            return
        moments.setdefault("week", time.monotonic())
        if not program.desk.is_busy and time.monotonic() > moments["week"] + 0.5:
            watch.stop()
            QApplication.exit(0)

    watch.timeout.connect(look)
    watch.start()


def _memory() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
