"""The first start: a new file, an existing one, and every file that cannot be used, answered right there."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.rights import as_nobody, open_folder
from tests.views.accessibility import audit
from tests.views.programs import running_program
from trainer_desk.services.directory import load_settings
from trainer_desk.services.store import opening
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.views.crash import CrashHandler
from trainer_desk.views.program import LAST, Program
from trainer_desk.views.start.page import DEMO, JOIN, NEW, OPEN, StartPage
from trainer_desk.views.start.recent import recent_places

ROOT_OF_AN_EMPTY_TABLE = "SELECT rootpage FROM sqlite_schema WHERE name = 'contacts'"
"""Nothing that the first week asks for."""


@pytest.fixture
def program_with_demo(program: Program, sqlite_store: Store) -> Program:
    """Give a program that can make a demo."""
    program._demo = lambda: sqlite_store
    return program


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running_program(qtbot, tmp_path) as running:
        yield running


def start_of(program: Program, choice: str = OPEN) -> StartPage:
    """Begin without any database and make one of the choices."""
    program.open()
    assert program.start_page is not None
    program.start_page.choose(choice)
    return program.start_page


def test_a_first_start_makes_a_database_and_shows_the_week(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    page = start_of(program, NEW)
    QTest.keyClicks(page.new.organisation, "Harbour & Sons")
    assert page.new.file.text() == str(tmp_path / "data" / "harbour-sons.desk")
    page.new.zone.setCurrentText("Europe/Berlin")
    QTest.mouseClick(page.new.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.assembly is not None, timeout=15_000)
    assert program.assembly is not None
    schedule = program.assembly.schedule
    qtbot.waitUntil(lambda: schedule.source.board is not None)
    assert program.start_page is None
    assert program.window.windowTitle().startswith("harbour-sons.desk (file, protected only by its own permissions)")
    assert program.store is not None
    settings = program.store.read(load_settings)
    assert (settings.organisation, settings.zone_name) == ("Harbour & Sons", "Europe/Berlin")


def test_the_next_start_opens_the_last_database(
    program: Program, qtbot: QtBot, tmp_path: Path, sqlite_store: Store
) -> None:
    program.open(str(sqlite_store.url.database))
    qtbot.waitUntil(lambda: program.assembly is not None, timeout=15_000)
    again = Program(tmp_path / "window.ini", tmp_path / "data", CrashHandler())
    qtbot.addWidget(again.window)
    again.open()
    qtbot.waitUntil(lambda: again.assembly is not None, timeout=15_000)
    assert again.start_page is None
    again.window.close()


def a_folder(path: Path) -> None:
    path.mkdir()


def an_empty_database(path: Path) -> None:
    sqlite3.connect(path).execute("CREATE TABLE payroll (id)").connection.close()


def a_text(path: Path) -> None:
    path.write_text("Dear all, the training is on Monday.\n" * 40)


def nothing(path: Path) -> None:
    assert not path.exists()


BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "folder": (a_folder, "is a folder. Choose a database file."),
    "not ours": (an_empty_database, "is no database of Trainer Desk."),
    "text": (a_text, "The file is no Trainer Desk database, or is damaged."),
    "missing": (nothing, "There is no file"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_answered_in_words_and_nothing_is_lost(
    case: str, program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    make, sentence = BAD[case]
    make(tmp_path / "bad.desk")
    before = {file.name for file in tmp_path.iterdir()}
    page = start_of(program)
    page.new.organisation.setText("Harbour")
    QTest.keyClicks(page.existing.address, str(tmp_path / "bad.desk"))
    QTest.keyClick(page.existing.address, Qt.Key.Key_Return)
    qtbot.waitUntil(page.existing.alert.isVisible, timeout=15_000)
    assert sentence in page.existing.alert.sentence.text()
    assert page.existing.address.text() == str(tmp_path / "bad.desk")
    assert page.new.organisation.text() == "Harbour"
    assert {file.name for file in tmp_path.iterdir()} == before


def test_a_newer_and_a_damaged_database_are_refused(
    program: Program, qtbot: QtBot, tmp_path: Path, sqlite_store: Store
) -> None:
    file = Path(str(sqlite_store.url.database))
    sqlite_store.close()
    newer, damaged = tmp_path / "newer.desk", tmp_path / "damaged.desk"
    for copy in (newer, damaged):
        shutil.copyfile(file, copy)
    with sqlite3.connect(newer) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    content = bytearray(damaged.read_bytes())
    content[4096 * 4 : 4096 * 12] = b"\xa5" * 4096 * 8
    damaged.write_bytes(bytes(content))
    page = start_of(program)
    for path, word in ((newer, "newer version"), (damaged, "damaged")):
        assert word in refusal_of(page, qtbot, path)


def test_a_large_file_is_looked_through_while_the_week_is_shown(
    program: Program, qtbot: QtBot, sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(str(sqlite_store.url.database))
    [page] = sqlite_store.read(lambda db: db.exec_driver_sql(ROOT_OF_AN_EMPTY_TABLE).one())
    sqlite_store.close()
    content = bytearray(file.read_bytes())
    content[4096 * (page - 1) : 4096 * page] = b"\xa5" * 4096
    file.write_bytes(bytes(content))
    monkeypatch.setattr(opening, "CHECKED_AT_ONCE", 0)
    program.open(str(file))
    qtbot.waitUntil(lambda: program.assembly is not None, timeout=15_000)
    qtbot.waitUntil(lambda: program.start_page is not None, timeout=15_000)
    assert program.start_page is not None
    assert "damaged" in program.start_page.existing.alert.sentence.text()
    assert program.start_page.back.isHidden()
    assert program.store is None


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists of its own, which modes do not show")
def test_an_unreadable_file_is_refused(program: Program, qtbot: QtBot) -> None:
    page = start_of(program)
    with open_folder() as folder:
        secret = folder / "secret.desk"
        secret.write_bytes(b"x" * 100)
        assert "is no Trainer Desk database" in refusal_of(page, qtbot, secret)
        secret.chmod(0)
        with as_nobody():
            assert "Check the name and the rights" in refusal_of(page, qtbot, secret)


def refusal_of(page: StartPage, qtbot: QtBot, path: Path) -> str:
    """Ask for a file that is refused, and read the answer."""
    page.existing.alert.say("")
    page.existing.address.setText(str(path))
    QTest.mouseClick(page.existing.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.existing.alert.isVisible, timeout=15_000)
    return page.existing.alert.sentence.text()


def test_a_server_that_does_not_answer_is_told(program: Program, qtbot: QtBot) -> None:
    page = start_of(program)
    page.existing.address.setText("postgresql://nobody@127.0.0.1:1/desk")
    QTest.mouseClick(page.existing.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.join.alert.isVisible, timeout=20_000)
    assert "no database server is running there on this port" in page.join.alert.sentence.text()
    assert page.join.isEnabled()
    assert (page.join.hosts.text(), page.join.port.text(), page.join.login.text()) == ("127.0.0.1", "1", "nobody")


def test_a_file_that_is_there_is_not_overwritten(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    there = tmp_path / "there.desk"
    there.write_text("precious")
    page = start_of(program, NEW)
    page.new.file.setText(str(there))
    QTest.mouseClick(page.new.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.new.alert.isVisible, timeout=15_000)
    assert "is there already and was not touched" in page.new.alert.sentence.text()
    assert there.read_text() == "precious"


def test_an_unknown_zone_and_an_empty_name_are_told_before_anything_is_asked(program: Program) -> None:
    page = start_of(program, NEW)
    page.new.zone.setEditText("Mars/Olympus")
    QTest.mouseClick(page.new.button, Qt.MouseButton.LeftButton)
    assert "There is no time zone “Mars/Olympus”." in page.new.alert.sentence.text()
    page.new.file.setText(" ")
    QTest.mouseClick(page.new.button, Qt.MouseButton.LeftButton)
    assert page.new.alert.sentence.text() == "Give the file a name."
    assert not program.opening.is_busy


def test_another_database_opens_in_a_fresh_window_and_back_leads_back(
    program: Program, qtbot: QtBot, tmp_path: Path, sqlite_store: Store
) -> None:
    program.open(str(sqlite_store.url.database))
    qtbot.waitUntil(lambda: program.assembly is not None, timeout=15_000)
    first = program.window
    program.ask()
    assert program.start_page is not None
    QTest.mouseClick(program.start_page.back, Qt.MouseButton.LeftButton)
    assert program.start_page is None
    page = program.ask()
    page.choose(NEW)
    page.new.file.setText(str(tmp_path / "second.desk"))
    page.new.zone.setEditText("Europe/London")
    QTest.mouseClick(page.new.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window is not first and program.assembly is not None, timeout=15_000)
    assert program.window.windowTitle().startswith("second.desk")
    assert program.window.isVisible()
    open_store(str(tmp_path / "second.desk")).close()


@pytest.mark.parametrize("choice", [DEMO, NEW, OPEN, JOIN])
def test_the_first_start_can_be_used_by_everybody(program: Program, choice: str) -> None:
    assert audit(start_of(program, choice)) == []


def test_the_choices_are_walked_with_the_arrows(program: Program, qtbot: QtBot) -> None:
    page = start_of(program, NEW)
    tiles = page.choices.tiles
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    qtbot.waitUntil(lambda: tiles[JOIN].y() > tiles[OPEN].y() > tiles[NEW].y())
    tiles[NEW].setFocus()
    down, up = Qt.Key.Key_Down, Qt.Key.Key_Up
    for key, choice in ((down, OPEN), (down, JOIN), (up, OPEN), (down, JOIN)):
        QTest.keyClick(QApplication.focusWidget(), key)
        assert tiles[choice].isChecked()
        assert page.cards[choice].isVisible()
    qtbot.waitUntil(lambda: not page.join.keep.isEnabled())
    assert page.join.wanted().keeps_password is False


def test_the_demo_is_made_from_the_first_start_and_not_remembered(program_with_demo: Program, qtbot: QtBot) -> None:
    program = program_with_demo
    program.open()
    assert program.start_page is not None
    assert program.start_page.choices.tiles[DEMO].isChecked()
    QTest.mouseClick(program.start_page.demo.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.assembly is not None, timeout=15_000)
    assert program.window.windowTitle() == "Demo organisation – Trainer Desk"
    assert recent_places(program.window.memory) == []


def test_what_was_open_is_offered_again_and_opens_with_one_click(
    program: Program, qtbot: QtBot, tmp_path: Path, sqlite_store: Store
) -> None:
    first, second = tmp_path / "first.desk", tmp_path / "second.desk"
    sqlite_store.close()
    for path in (first, second):
        shutil.copyfile(str(sqlite_store.url.database), path)
        program.assembly = None
        program.open(str(path))
        qtbot.waitUntil(lambda: program.assembly is not None, timeout=15_000)
    page = program.ask()
    assert [(tile.accessibleName()) for tile in page.choices.places.values()] == [
        f"second.desk. {tmp_path}",
        f"first.desk. {tmp_path}",
    ]
    old = program.window
    QTest.mouseClick(page.choices.places[str(first)], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window is not old and program.assembly is not None, timeout=15_000)
    assert program.window.windowTitle().startswith("first.desk")


def test_a_server_is_named_and_remembered_without_its_password(
    program: Program, qtbot: QtBot, tmp_path: Path, store_url: str
) -> None:
    program.open(store_url)
    qtbot.waitUntil(lambda: program.assembly is not None, timeout=15_000)
    settings = (tmp_path / "window.ini").read_text()
    assert "password" not in settings
    assert "***" not in settings
    assert program.store is not None
    if not program.store.is_file:
        assert f"{program.store.url.database} on " in program.window.windowTitle()


def test_a_demo_is_called_so_and_not_remembered(program: Program, qtbot: QtBot, sqlite_store: Store) -> None:
    program.open_made(lambda: sqlite_store)
    qtbot.waitUntil(lambda: program.assembly is not None, timeout=15_000)
    assert program.assembly is not None
    schedule = program.assembly.schedule
    qtbot.waitUntil(lambda: schedule.source.board is not None)
    assert program.window.windowTitle() == "Demo organisation – Trainer Desk"
    assert program.window.status.place.whole() == "Demo organisation: nothing of it is kept"
    assert program.window.memory.get(LAST, "") == ""
