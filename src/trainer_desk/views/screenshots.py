"""`demo --screenshots`: plays every scene and saves it in the light and the dark theme, without a screen."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from trainer_desk.services.clock import FixedClock
from trainer_desk.views.crash import CrashHandler
from trainer_desk.views.program import Program
from trainer_desk.views.scenes import SCENES
from trainer_desk.views.stage import DAY, Scene, Stage
from trainer_desk.views.theme import look

if TYPE_CHECKING:
    from trainer_desk.services.store.engine import Store

SIZE = (1440, 900)

DONE, FAILED = 0, 1


def save_all(folder: Path, make: "Callable[[], Store]", temporary: Path, scenes: tuple[Scene, ...] = SCENES) -> int:
    """Save each scene as `NAME-light.png` and `NAME-dark.png`, a line per file; return the exit code."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        sys.stderr.write(f"trainer-desk: {folder} cannot be made: {trouble.strerror}. Choose another folder.\n")
        return FAILED
    look().start("light", 100)
    crash = CrashHandler()
    trouble_told: list[str] = []
    crash.raised.connect(trouble_told.append)
    crash.install()
    program = Program(temporary / "window.ini", temporary, crash, FixedClock(DAY), demo=make)
    program.window.resize(*SIZE)
    program.window.show()
    program.open_made(make)
    stage = Stage(program)
    stage.wait(lambda: program.assembly is not None and program.assembly.schedule.source.board is not None)
    if program.store is not None:
        program.store.clock = FixedClock(DAY)
    failed = []
    for theme in ("light", "dark"):  # one after the other: changing it dresses every widget of the window anew
        look().choose(theme)
        failed += [scene.name for scene in scenes if not _save(stage, scene, folder, theme)]
        program.leave_start()
    program.window.may_close = None
    program.window.close()
    app.processEvents()
    sys.stderr.writelines(trouble_told)
    crash.uninstall()
    return FAILED if failed or trouble_told else DONE


def _save(stage: Stage, scene: Scene, folder: Path, theme: str) -> bool:
    """Play a scene and save its picture."""
    scene.play(stage)
    stage.wait()
    file = folder / f"{scene.name}-{theme}.png"
    picture = scene.shows(stage).grab()
    saved = picture.save(str(file))
    line = f"{file}\n" if saved else f"trainer-desk: {file} could not be written.\n"
    (sys.stdout if saved else sys.stderr).write(line)
    scene.after(stage)
    return saved
