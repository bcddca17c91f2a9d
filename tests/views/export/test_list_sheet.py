"""A list is saved whole, as it is chosen and ordered, and its selected rows are copied as a table."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.views.accessibility import audit
from trainer_desk.services.store.engine import Store
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.list_sheet import ListSheet
from trainer_desk.views.export.shown_rows import listing_of
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.row_model import Column
from trainer_desk.views.parts.row_table import RowTable
from trainer_desk.views.parts.toast import Toasts

COLUMNS = (Column("code", "Code"), Column("name", "Name"), Column("people", "People", right=True))
ROWS = [(key, f"C{key}", "=Fire" if key == 1 else f"Name {key}", f"{key * 1000:,}") for key in range(1, 8)]


@pytest.fixture
def table(qtbot: QtBot) -> RowTable:
    made = RowTable(COLUMNS, "Things")
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.set_rows(ROWS[:3], more=True)
    made.show_column("name", False)
    return made


@pytest.fixture
def sheet(qtbot: QtBot, sqlite_store: Store, table: RowTable, tmp_path: Path) -> Iterator[ListSheet]:
    desk, window = Desk(sqlite_store, "frank"), QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 760)
    window.show()
    memory = Memory(tmp_path / "memory.ini")
    memory.put("lists/folder", str(tmp_path))
    listing = listing_of(table, "things", "Things", lambda _db: iter([ROWS[:3], ROWS[3:]]))
    made = ListSheet(window, desk, memory, Toasts(window), listing)
    made.open()
    qtbot.waitUntil(lambda: made.table.rowCount() == 5)
    yield made
    desk.close()


def test_every_page_is_saved_with_the_columns_that_are_chosen(qtbot: QtBot, sheet: ListSheet, tmp_path: Path) -> None:
    assert sheet.columns.order() == ["code", "people", "name"]
    assert sheet.columns.chosen() == ["code", "people"]
    assert audit(sheet.window()) == []
    sheet.columns.list.item(2).setCheckState(Qt.CheckState.Checked)
    assert sheet.table.item(0, 2).text() == "'=Fire"  # type: ignore[union-attr]
    with qtbot.waitSignal(sheet.saved) as written:
        QTest.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    path = Path(written.args[0])
    assert path == tmp_path / "Things.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert [lines[0], lines[1], len(lines)] == ['"Code","People","Name"', '"C1","1000","\'=Fire"', 8]


def test_a_workbook_has_numbers_and_its_own_ending(qtbot: QtBot, sheet: ListSheet, tmp_path: Path) -> None:
    QTest.mouseClick(sheet.shape.kind.buttons["xlsx"], Qt.MouseButton.LeftButton)
    assert sheet.target == tmp_path / "Things.xlsx"
    assert not sheet.shape.separator.isVisible()
    with qtbot.waitSignal(sheet.saved):
        QTest.keyClick(sheet, Qt.Key.Key_Return)
    rows = list(openpyxl.load_workbook(tmp_path / "Things.xlsx").active.values)  # type: ignore[union-attr]
    assert rows[:2] == [("Code", "People"), ("C1", 1000)]
    assert len(rows) == 8


def test_selected_rows_are_copied_as_a_table(table: RowTable) -> None:
    table.table.selectAll()
    QTest.keyClick(table.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Code\tPeople\nC1\t1,000\nC2\t2,000\nC3\t3,000\n"
