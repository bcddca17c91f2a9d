"""Starting without a screen, the log, the crash handler, and the pictures of the demo."""

import json
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.factories import make_course
from trainer_desk.logbook import Logbook
from trainer_desk.services.errors import NotFound
from trainer_desk.services.planning.drafts import create_draft
from trainer_desk.services.store.engine import Store
from trainer_desk.views import display
from trainer_desk.views.crash import CrashHandler

PLAIN = {
    name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
}


def run_program(*words: str, folder: Path, patience: int = 100) -> subprocess.CompletedProcess[str]:
    """Run the program without a display, for `patience` seconds at most."""
    environment = PLAIN | {f"TRAINER_DESK_{name}": str(folder / name) for name in ("CONFIG", "DATA", "LOG")}
    command = [sys.executable, "-m", "trainer_desk", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=patience)


def test_without_a_display_the_window_is_one_clear_line_and_code_2(tmp_path: Path) -> None:
    done = run_program("open", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "trainer-desk: There is no display to open the window on. The other commands work without one.\n"
    )


def test_without_a_display_the_demo_names_the_pictures(tmp_path: Path) -> None:
    done = run_program("demo", folder=tmp_path)
    assert done.returncode == 2
    assert "demo --screenshots DIR" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [["open"], ["demo"]])
def test_without_a_display_json_is_one_document(tmp_path: Path, words: list[str]) -> None:
    done = run_program("--json", *words, folder=tmp_path)
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, done.stderr, error["code"]) == (2, "", "usage")
    assert error["message"].startswith("There is no display")


def test_a_folder_for_pictures_that_cannot_be_is_one_document(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run_program("--json", "demo", "--screenshots", str(tmp_path / "file" / "in"), folder=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (1, "bad_value")


def test_a_display_that_does_not_answer_counts_as_none(tmp_path: Path) -> None:
    assert not display.has_display({"DISPLAY": ":4711"})
    assert not display.has_display({"DISPLAY": "nonsense"})
    assert not display.has_display({"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)})
    assert display.has_display({"QT_QPA_PLATFORM": "offscreen"})


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_a_wayland_socket_that_answers_is_used(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-1"))
        server.listen()
        environment = {"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": str(tmp_path)}
        assert display.has_display(environment)
        display.prefer_reachable(environment)
    assert environment["QT_QPA_PLATFORM"] == "wayland"


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    book = Logbook(tmp_path / "log")
    yield book
    book.close()


def read(book: Logbook) -> str:
    assert book.file is not None
    book.close()
    return book.file.read_text(encoding="utf-8")


def test_creations_and_refusals_are_logged(logbook: Logbook, sqlite_store: Store) -> None:
    with sqlite_store.writing("Prepared") as unit:
        course = make_course(unit.db)
    sqlite_store.write("New draft Fire Warden", create_draft, {"course_id": course})
    with pytest.raises(NotFound):
        sqlite_store.write("New draft of nothing", create_draft, {"course_id": 0})
    text = read(logbook)
    assert f"do by {sqlite_store.actor}: New draft Fire Warden (change " in text
    assert "refused: New draft of nothing" in text


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("in the way")
    book = Logbook(tmp_path / "log")
    logging.getLogger("trainer_desk").info("still running")
    assert book.file is None
    book.close()


def test_nothing_is_written_into_the_terminal_before_and_after_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("trainer_desk"), "propagate", False)
    Logbook(tmp_path / "log").close()
    logging.getLogger("trainer_desk").warning("publish refused")
    assert capsys.readouterr().err == ""


def test_what_qt_says_of_every_window_without_a_screen_is_not_logged(logbook: Logbook) -> None:
    crash = CrashHandler()
    crash.install()
    qWarning("This plugin does not support propagateSizeHints()")
    qWarning("Something else")
    crash.uninstall()
    text = read(logbook)
    assert "propagateSizeHints" not in text
    assert "qt: Something else" in text


def test_a_crash_in_any_thread_is_logged_and_told_without_a_traceback(
    logbook: Logbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    crash = CrashHandler(lambda sentence, details: told.append((sentence, details)))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    crash.install()
    try:
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
        sys.excepthook(ValueError, ValueError("broken"), None)
        qtbot.waitUntil(lambda: len(told) == 2)
    finally:
        crash.uninstall()
    sentences = {sentence for sentence, _details in told}
    assert len(sentences) == 1
    assert "Traceback" not in sentences.pop()
    assert "ZeroDivisionError" in told[0][1] + told[1][1]
    text = read(logbook)
    assert "ZeroDivisionError" in text
    assert "ValueError: broken" in text


def test_the_window_offers_the_details_of_a_crash(qtbot: QtBot, tmp_path: Path) -> None:
    from trainer_desk.views.program import Program  # noqa: PLC0415

    crash = CrashHandler()
    program = Program(tmp_path / "window.ini", tmp_path, crash)
    qtbot.addWidget(program.window)
    program.window.show()
    crash.report_text("Traceback: everything")
    qtbot.waitUntil(program.window.notice.isVisible)
    assert "Traceback" not in program.window.notice.label.text()
    program.window.notice.buttons[0].click()
    assert QGuiApplication.clipboard().text() == "Traceback: everything"
    program.window.close()


HANGING = """
import sys, threading
from PySide6.QtCore import QTimer
from trainer_desk import app

def begin(program):
    program.open(sys.argv[1])
    watch = QTimer(program, interval=20)
    watch.timeout.connect(lambda: hang(program, watch) if program.desk is not None else None)
    watch.start()

def hang(program, watch):
    watch.stop()
    program.desk.read(program.window, lambda db: threading.Event().wait(), then=print)
    program.window.close()

sys.exit(app.leave(*app.run_program(begin)))
"""


def test_a_database_that_does_not_answer_keeps_no_program_alive(tmp_path: Path, sqlite_store: Store) -> None:
    environment = PLAIN | {"QT_QPA_PLATFORM": "offscreen"}
    environment |= {f"TRAINER_DESK_{name}": str(tmp_path / name) for name in ("CONFIG", "DATA", "LOG")}
    command = [sys.executable, "-c", HANGING, str(sqlite_store.url.database)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (log,) = (tmp_path / "LOG").rglob("trainer-desk.log")
    assert "did not answer" in log.read_text(encoding="utf-8")


@pytest.mark.timeout(330)  # dozens of pictures: a minute alone, four times that on a busy machine
def test_every_page_and_sheet_is_saved_in_both_themes(tmp_path: Path) -> None:
    from trainer_desk.views.scenes import SCENES  # noqa: PLC0415

    done = run_program("demo", "--screenshots", str(tmp_path / "shots"), folder=tmp_path, patience=300)
    assert (done.returncode, done.stderr) == (0, "")
    wanted = {f"{scene.name}-{theme}.png" for scene in SCENES for theme in ("light", "dark")}
    assert {file.name for file in (tmp_path / "shots").iterdir()} == wanted
    assert len(done.stdout.splitlines()) == len(wanted)
    assert all(file.stat().st_size > 10_000 for file in (tmp_path / "shots").iterdir())  # the least is a question
