"""A file brought in from the window: rehearsed first, then imported, or stopped with nothing left behind (X2, N3)."""

from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt, QTimer

from tests.journeys.conftest import Workplace
from tests.services.exchange.workbooks import workbook
from trainer_desk.services.errors import DeskError
from trainer_desk.services.exchange.importing.run import run_import
from trainer_desk.services.planning.course_list import list_courses
from trainer_desk.services.rows.catalogue import Asked
from trainer_desk.services.store.engine import Store
from trainer_desk.views.importing.progress import Progress
from trainer_desk.views.importing.sheet import ImportSheet

IN_USE = sa.text("SELECT employee_no FROM people WHERE active ORDER BY employee_no")
FILE = """code,title,validity_months,prerequisite
GAS,Gas Testing,24,
SILICA,Silica Dust,0,
CRANE,Crane Signals,36,RIGGING
FIRE,Fire Marshal,,
"""


def titles(store: Store) -> list[str]:
    return [thing.name for thing in store.read(list_courses, Asked()).things]


def open_sheet(place: Workplace, file: Path, kind: str = "courses") -> ImportSheet:
    """Press “Import…” on the page of a kind and name a file."""
    place.press(place.window.sidebar.items[kind])
    page = place.assembly.catalogue.pages[kind]
    place.until(lambda: page.table.model.rowCount())
    place.press(page.bring)
    sheet = place.window.findChildren(ImportSheet)[-1]
    place.settled()
    sheet.path.setFocus()
    place.type(str(file))
    place.key(Qt.Key.Key_Return)
    place.settled()
    return sheet


def test_a_file_is_rehearsed_and_then_imported_as_one_step(place: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "courses.csv"
    file.write_text(FILE, encoding="utf-8")
    sheet = open_sheet(place, file)
    assert sheet.report is not None
    assert (sheet.report.added, sheet.report.updated, len(sheet.report.refused)) == (1, 1, 2)
    told = [sheet.table.item(row, 2).text() for row in range(2)]  # type: ignore[union-attr]
    assert "0 is out of range" in told[0]
    assert 'There is no course "RIGGING"' in told[1]
    assert sheet.go.words() == "Import 2 rows, leave out 2"
    assert titles(place.store) == ["Fire Warden", "Lockout–Tagout"]
    place.press(sheet.go)
    place.until(lambda: titles(place.store) == ["Fire Marshal", "Gas Testing", "Lockout–Tagout"])
    place.settled()
    assert place.toast == "Courses imported: 1 added, 1 changed, 2 left out."
    page = place.assembly.catalogue.pages["courses"]
    assert [thing.name for thing in page.things.values()] == titles(place.store)


BAD = {
    "no such file": (None, "There is no file"),
    "no text": (b"\x00\x01\x02", "is not a text file"),
    "another kind": (b"name,phone\nBo,1\n", "lacks the column code"),
}


@pytest.mark.parametrize(("content", "reason"), BAD.values(), ids=BAD)
def test_a_file_that_cannot_be_read_is_told(
    place: Workplace, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    file = tmp_path / "courses.csv"
    if content is not None:
        file.write_bytes(content)
    sheet = open_sheet(place, file)
    assert reason in sheet.notice.label.text()
    assert not sheet.go.isEnabled()
    place.press(sheet.cancel)
    assert not place.window.findChildren(ImportSheet) or not sheet.isVisible()


def test_an_import_that_is_stopped_leaves_nothing(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "courses.csv"
    file.write_text("code,title\n" + "".join(f"C{number},Course\n" for number in range(2500)), encoding="utf-8")
    progress = Progress()
    progress.stop()
    with pytest.raises(DeskError) as stopped:
        run_import(store, "courses", file, step=progress.step)
    assert stopped.value.code == "import_stopped"
    assert titles(store) == []


def test_columns_of_other_names_a_sheet_and_the_whole_staff(place: Workplace, tmp_path: Path) -> None:
    before = place.store.read(lambda db: db.execute(IN_USE).scalars().all())
    file = workbook(
        tmp_path / "staff.xlsx",
        {"Notes": [["x"]], "Staff": [["Staff No", "Who is it", "Shoe size"], ["E900", "Ann", 44], ["E901", None, 45]]},
    )
    sheet = open_sheet(place, file, "people")
    assert "lacks the column employee_no" in sheet.notice.label.text()
    sheet.worksheet.setCurrentText("Staff")
    sheet.worksheet.textActivated.emit("Staff")
    place.settled()
    assert sheet.columns.chosen() == {"staff_no": "employee_no", "who_is_it": "", "shoe_size": ""}
    name = sheet.columns.choices[1]
    name.setCurrentIndex(name.findData("name"))
    name.activated.emit(name.currentIndex())
    assert sheet.go.words() == "Check again"
    place.press(sheet.go)
    place.settled()
    assert sheet.report is not None
    assert (sheet.report.added, len(sheet.report.refused)) == (1, 1)
    report = tmp_path / "report.csv"
    sheet.save_report(report)
    place.settled()
    assert '"3","E901"' in report.read_text(encoding="utf-8-sig")
    sheet.whole_staff.setChecked(True)
    place.press(sheet.go)
    place.settled()
    assert len(sheet.report.missing) == len(before)
    assert sheet.go.words() == f"Import 1 row, deactivate {len(before)} people, leave out 1"
    place.press(sheet.go)
    place.settled()
    assert place.store.read(lambda db: db.execute(IN_USE).scalars().all()) == ["E900"]
    again = ImportSheet(place.window, place.desk, place.window.memory, "people", "People")
    again.open()
    again._worksheet = "Staff"
    again.path.setText(str(file))
    again.rehearse()
    place.settled()
    assert again.columns.chosen()["who_is_it"] == "name", "the mapping is remembered"
    assert "The same file was imported here before" in again.notice.label.text()
    place.press(again.cancel)


def test_the_window_lives_while_a_long_file_comes_in(place: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    lines = "".join(f"L{number},Person {number},Dept {number % 7}\n" for number in range(6_000))
    file.write_text("employee_no,name,department\n" + lines, encoding="utf-8")
    beats = [monotonic()]
    timer = QTimer(place.window)
    timer.timeout.connect(lambda: beats.append(monotonic()))
    timer.start(10)
    sheet = ImportSheet(place.window, place.desk, place.window.memory, "people", "People")
    sheet.bar.patience_ms = 0
    reached: list[tuple[int, int]] = []
    sheet.bar.valueChanged.connect(lambda value: reached.append((value, sheet.bar.maximum())))
    sheet.open()
    sheet.path.setText(str(file))
    sheet.rehearse()
    place.until(lambda: sheet.report is not None)
    timer.stop()
    assert reached[-1][0] > 0.8 * reached[-1][1], "both passes fill the bar"
    assert reached[-1][1] == 2 * 6_001
    assert not sheet.bar.isVisible()
    assert sheet.report is not None
    assert sheet.report.added == 6_000
    assert max(later - sooner for sooner, later in pairwise(beats)) < 1.0
    place.press(sheet.cancel)
