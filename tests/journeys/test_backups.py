"""The backups of a file on the settings page: one made by hand, one by the window, and trouble that is told (O4)."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from tests.databases import copy_of_sqlite_template
from tests.postgres_server import Run
from trainer_desk.app import demo_maker
from trainer_desk.services.clock import Clock
from trainer_desk.services.store.engine import open_store
from trainer_desk.views.backups import Backups
from trainer_desk.views.desk import Desk
from trainer_desk.views.program import Program
from trainer_desk.views.settings.page import SettingsPage


class Place:
    """The settings page of a file, with what makes its backups."""

    def __init__(self, path: str, qtbot: object) -> None:
        self.store = open_store(path)
        self.desk = Desk(self.store, self.store.actor)  # type: ignore[arg-type]
        self.backups = Backups(self.desk, path, self.store.clock.now)
        self.page = SettingsPage(self.desk, Clock(), self.backups)
        qtbot.addWidget(self.page)  # type: ignore[attr-defined]
        self.page.show()


@pytest.fixture
def place(run: Run, tmp_path: Path, qtbot: object):
    """Give the settings page of an organisation in a file."""
    place = Place(copy_of_sqlite_template(run, tmp_path / "organisation.desk"), qtbot)
    qtbot.waitUntil(lambda: place.page.backups.newest.text() != "")  # type: ignore[attr-defined]
    yield place
    place.desk.close()
    place.store.close()


def test_one_is_made_by_a_button_and_shown(place: Place, qtbot, tmp_path: Path) -> None:
    section, told = place.page.backups, []
    place.page.told.connect(lambda said, _undoable: told.append(said))
    assert section.newest.text() == "There is no backup yet."
    assert str(tmp_path / "organisation.backups") in section.place.text()
    section.now.click()
    qtbot.waitUntil(lambda: section.newest.text().startswith("Last backup"))
    assert told == ["Backed up."]
    assert section.now.isEnabled()
    assert len(list((tmp_path / "organisation.backups").iterdir())) == 1


def test_the_window_makes_one_by_itself_and_only_once(place: Place, qtbot, tmp_path: Path) -> None:
    place.backups.look()
    qtbot.waitUntil(lambda: place.page.backups.newest.text().startswith("Last backup"))
    place.backups.look()
    qtbot.waitUntil(lambda: not place.desk.is_busy)
    assert len(list((tmp_path / "organisation.backups").iterdir())) == 1


def test_a_folder_that_is_not_there_is_told_once_and_shown(place: Place, qtbot, tmp_path: Path) -> None:
    told: list[str] = []
    place.backups.failed.connect(told.append)
    place.page.saver.change("backup_folder", {"backup_folder": str(tmp_path / "no" / "stick")})
    qtbot.waitUntil(lambda: "stick" in place.page.backups.place.text())
    for _ in range(2):
        place.backups.look()
        qtbot.waitUntil(lambda: not place.desk.is_busy)
    qtbot.waitUntil(lambda: place.page.backups.alert.isVisible())
    assert len(told) == 1
    assert told[0].startswith("No backup of ")
    assert told[0].endswith("name another folder in the settings.")
    assert place.page.backups.alert.sentence.text() == told[0]


def test_a_program_keeps_copies_of_a_file_and_none_of_a_demo(run: Run, tmp_path: Path, qtbot) -> None:
    from trainer_desk.views.crash import CrashHandler  # noqa: PLC0415

    path = copy_of_sqlite_template(run, tmp_path / "organisation.desk")
    program = Program(tmp_path / "window.ini", tmp_path, CrashHandler())
    program.open(path)
    qtbot.waitUntil(lambda: program.assembly is not None, timeout=20_000)
    assert program.assembly is not None
    backups: QObject | None = program.assembly.backups
    assert isinstance(backups, Backups)
    assert backups.address == path
    program.open_made(demo_maker(tmp_path))
    qtbot.waitUntil(lambda: program.assembly is not None and program.assembly.backups is None, timeout=30_000)
    program.close()
