"""The roster sheet: what is previewed is what is written, choices are remembered, and no file is lost."""

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import (
    at,
    make_course,
    make_draft,
    make_enrollment,
    make_person,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.views.accessibility import audit
from trainer_desk.services.store.engine import Store
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.roster_facts import free_name, safe_name
from trainer_desk.views.export.roster_sheet import RosterSheet
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.confirm import Confirm
from trainer_desk.views.parts.toast import Toasts

FILE = "2026-11-24_LOTO_Training-Room-A.csv"


@dataclass
class Stage:
    """A window, a folder to save in, and two sessions with seven and one people."""

    qtbot: QtBot
    desk: Desk
    window: QWidget
    toasts: Toasts
    memory: Memory
    folder: Path
    full: int
    small: int

    def open(self, *session_ids: int, week: bool = False) -> RosterSheet:
        """Open the sheet and wait for its preview."""
        span = (at("2026-11-23 00:00"), at("2026-11-30 00:00")) if week else None
        sheet = RosterSheet(self.window, self.desk, self.memory, self.toasts, session_ids=session_ids, span=span)
        sheet.open()
        self.qtbot.waitUntil(lambda: sheet.facts is not None and not self.desk.is_busy)
        return sheet

    def saved(self, sheet: RosterSheet) -> Path:
        """Press Enter where the focus is and give the file that was written."""
        focus = QApplication.focusWidget()
        assert focus is not None
        with self.qtbot.waitSignal(sheet.saved) as written:
            QTest.keyClick(focus, Qt.Key.Key_Return)
        return Path(written.args[0])


@pytest.fixture
def stage(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Stage]:
    with prepared(store) as db:
        course = make_course(db, "LOTO", title="Lockout; Tagout")
        trainer = make_trainer(db, courses=[course], name="John Smith")
        room = make_venue(db, "A", name="Training Room A")
        full = make_scheduled(db, course=course, trainer=trainer, venue=room, starts_at=at("2026-11-24 13:30"))
        small = make_scheduled(db, course=course, starts_at=at("2026-11-25 09:00"))
        make_draft(db, course=course)
        for name in ("=HYPERLINK(1)", "Ürsula", "C", "D", "E", "F", "G"):
            make_enrollment(db, full, make_person(db, name))
        make_enrollment(db, small, make_person(db, "Hana"))
    desk = Desk(store, "frank")
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1100, 760)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    folder = tmp_path / "rosters"
    folder.mkdir()
    memory = Memory(tmp_path / "memory.ini")
    memory.put("roster/folder", str(folder))
    yield Stage(qtbot, desk, window, Toasts(window), memory, folder, full, small)
    desk.close()


def rows_of(path: Path, separator: str = ",") -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=separator))


def answer(verb: str) -> None:
    """Press a button of the question that comes next."""

    def look_for_it() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, Confirm):
            QTimer.singleShot(20, look_for_it)
            return
        button = dialog.go if dialog.go.words() == verb else dialog.back
        assert button.words() == verb
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, look_for_it)


def test_enter_saves_it_under_the_name_that_is_suggested(stage: Stage) -> None:
    sheet = stage.open(stage.full)
    path = stage.saved(sheet)
    assert path == stage.folder / FILE
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = rows_of(path)
    assert rows[0][:9] == ["ref", "course", "title", "start", "end", "venue", "trainer", "employee_no", "name"]
    assert [row[8] for row in rows[1:]] == ["'=HYPERLINK(1)", "C", "D", "E", "F", "G", "Ürsula"]
    assert rows[1][3] == "2026-11-24T13:30"
    assert sheet.bar.maximum() == 7, "how many people there are is known beforehand"
    assert stage.toasts.history[-1].text == f"Saved 7 people to “{FILE}”."
    assert stage.toasts.history[-1].action == "Open folder"


def test_the_preview_shows_the_first_five_rows_as_they_are_written(stage: Stage) -> None:
    sheet = stage.open(stage.small, stage.full)
    shown = [
        [sheet.table.item(row, place).text() for place in range(sheet.table.columnCount())]
        for row in range(sheet.table.rowCount())
    ]
    assert sheet.subtitle.whole() == "2 sessions · 8 people"
    assert len(shown) == 5
    path = stage.saved(sheet)
    assert path.name == "2026-11-24_2026-11-25_2-sessions.csv"
    assert rows_of(path)[1:6] == shown


def test_a_range_takes_what_starts_in_it(stage: Stage) -> None:
    sheet = stage.open(week=True)
    path = stage.saved(sheet)
    assert path.name == "2026-11-23_2026-11-29_roster.csv"
    assert len(rows_of(path)) == 9


def test_columns_separator_and_mark_are_chosen_and_remembered(stage: Stage) -> None:
    sheet = stage.open(stage.full)
    columns = sheet.columns.list
    columns.setFocus()
    columns.setCurrentRow(0)
    QTest.keyClick(columns, Qt.Key.Key_Space)
    columns.setCurrentRow(8)
    for _ in range(8):
        QTest.keyClick(columns, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.mouseClick(sheet.separator.buttons["semicolon"], Qt.MouseButton.LeftButton)
    sheet.bom.click()
    columns.setFocus()
    path = stage.saved(sheet)
    rows = rows_of(path, ";")
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows[0][:3] == ["name", "course", "title"]
    assert rows[1][2] == "Lockout; Tagout"
    again = stage.open(stage.small)
    assert again.columns.chosen()[:3] == ["name", "course", "title"]
    assert again.separator.current == "semicolon"
    assert not again.bom.isChecked()


def test_without_any_column_there_is_nothing_to_save(stage: Stage) -> None:
    sheet = stage.open(stage.full)
    for row in range(sheet.columns.list.count()):
        sheet.columns.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not sheet.save.isEnabled()
    sheet.write()
    assert list(stage.folder.iterdir()) == []


def test_a_file_that_is_there_is_replaced_only_after_a_question(stage: Stage) -> None:
    older = stage.folder / FILE
    older.write_text("precious")
    sheet = stage.open(stage.full)
    answer("Keep it")
    QTest.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    assert older.read_text() == "precious"
    answer("Replace")
    with stage.qtbot.waitSignal(sheet.saved):
        QTest.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    assert len(rows_of(older)) == 8


def test_a_folder_that_has_gone_is_not_suggested(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    stage.folder.rmdir()
    sheet = stage.open(stage.full)
    assert Path(sheet.path.text()).parent.is_dir()


def test_a_folder_that_is_not_there_is_said_and_nothing_is_lost(stage: Stage) -> None:
    sheet = stage.open(stage.full)
    sheet.path.setText(str(stage.folder / "gone" / "x.csv"))
    QTest.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    stage.qtbot.waitUntil(sheet.notice.isVisible)
    assert "There is no folder for" in sheet.notice.label.text()
    assert sheet.save.isEnabled()
    sheet.path.setText(str(stage.folder / "here.csv"))
    sheet.path.setFocus()
    assert stage.saved(sheet).name == "here.csv"


def test_a_file_that_cannot_be_written_is_saved_as_a_new_one(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    older = stage.folder / FILE
    older.write_text("precious")
    replace = os.replace

    def busy(source: str, target: Path) -> None:
        if Path(target) == older:
            raise PermissionError(13, "the file is in use", str(target))
        replace(source, target)

    monkeypatch.setattr("os.replace", busy)
    sheet = stage.open(stage.full)
    answer("Replace")
    QTest.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    stage.qtbot.waitUntil(sheet.notice.isVisible)
    assert [button.words() for button in sheet.notice.buttons] == ["Save as a new file"]
    with stage.qtbot.waitSignal(sheet.saved) as written:
        QTest.mouseClick(sheet.notice.buttons[0], Qt.MouseButton.LeftButton)
    assert Path(written.args[0]).name == FILE.replace(".csv", " (2).csv")
    assert older.read_text() == "precious"


def test_escape_closes_it(stage: Stage) -> None:
    sheet = stage.open(stage.full)
    with stage.qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)


def test_everything_can_be_heard_and_reached(stage: Stage) -> None:
    stage.open(stage.full)
    assert audit(stage.window) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Training Room A", "Training-Room-A"),
        ("../../etc/passwd", "etc-passwd"),
        ('Room "1": <left>', "Room-1-left"),
        ("Übungsraum", "Übungsraum"),
        ("CON.", "CON"),
        ("x" * 500, "x" * 120),
    ],
)
def test_names_become_safe_parts_of_a_file_name(text: str, part: str) -> None:
    assert safe_name(text) == part


def test_a_free_name_has_the_next_number(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    (tmp_path / "a (2).csv").touch()
    assert free_name(tmp_path / "a.csv").name == "a (3).csv"
    assert free_name(tmp_path / "b.csv").name == "b.csv"
