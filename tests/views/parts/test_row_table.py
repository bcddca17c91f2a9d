"""The list table: what it shows, what it asks its page for, and what mouse and keys do in it."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.views.accessibility import audit
from trainer_desk.views.parts.row_model import Column, RowModel
from trainer_desk.views.parts.row_table import RowTable
from trainer_desk.views.theme import Look

COLUMNS = (
    Column("ref", "Reference", fixed=True),
    Column("course", "Course", 200),
    Column("seats", "Seats", 80, right=True),
    Column("notes", "Notes", sortable=False, shown=False),
)
ROWS = [(number, f"S-{number}", "<b>Loto</b> & more", f"{number}/20", "") for number in range(1, 31)]


@pytest.fixture
def table(qtbot: QtBot) -> RowTable:
    widget = RowTable(COLUMNS, "Sessions")
    qtbot.addWidget(widget)
    widget.resize(800, 500)
    widget.show()
    widget.set_rows(ROWS)
    return widget


def texts(model: RowModel, column: int) -> list[str]:
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


def test_it_shows_the_tuples_after_their_keys(table: RowTable) -> None:
    assert texts(table.model, 0)[:2] == ["S-1", "S-2"]
    assert table.model.key(4) == 5
    assert table.count.text() == "30 rows"


@pytest.mark.parametrize("role", [Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.BackgroundRole])
def test_nothing_but_text_is_computed(table: RowTable, role: Qt.ItemDataRole) -> None:
    assert table.model.data(table.model.index(0, 0), role) is None


def test_a_screen_reader_hears_the_column_too(table: RowTable) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert table.model.data(table.model.index(0, 2), role) == "Seats: 1/20"
    assert table.model.data(table.model.index(0, 3), role) == "Notes: empty"


def test_numbers_stand_at_the_right(table: RowTable) -> None:
    role = Qt.ItemDataRole.TextAlignmentRole
    assert table.model.data(table.model.index(0, 2), role) & Qt.AlignmentFlag.AlignRight
    assert table.model.headerData(2, Qt.Orientation.Horizontal, role) & Qt.AlignmentFlag.AlignRight


def click_header(qtbot: QtBot, table: RowTable, column: int) -> None:
    header = table.table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_clicks_on_a_header_ask_for_another_order(qtbot: QtBot, table: RowTable) -> None:
    asked: list[tuple[str, bool]] = []
    table.sort_changed.connect(lambda column, descending: asked.append((column, descending)))
    for column in (1, 1, 0):
        click_header(qtbot, table, column)
    assert asked == [("course", False), ("course", True), ("ref", False)]
    assert table.sort() == ("ref", False)
    assert texts(table.model, 0) == [f"S-{number}" for number in range(1, 31)]


def test_a_column_without_an_order_asks_for_nothing(qtbot: QtBot, table: RowTable) -> None:
    table.show_column("notes", True)
    with qtbot.assertNotEmitted(table.sort_changed):
        click_header(qtbot, table, 3)


def test_typing_asks_once_when_it_rests(qtbot: QtBot, table: RowTable) -> None:
    asked: list[str] = []
    table.search_changed.connect(asked.append)
    qtbot.keyClicks(table.search, "fork ")
    qtbot.waitUntil(lambda: asked == ["fork"])
    qtbot.keyClick(table.search, Qt.Key.Key_Escape)
    assert asked == ["fork", ""]
    assert table.search.text() == ""


def test_many_rows_are_selected_with_mouse_and_keys(qtbot: QtBot, table: RowTable) -> None:
    seen: list[tuple[int, ...]] = []
    table.selection_changed.connect(seen.append)
    view = table.table.viewport()
    centre = lambda row: table.table.visualRect(table.model.index(row, 0)).center()  # noqa: E731
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=centre(1))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, pos=centre(4))
    qtbot.keyClick(table.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert seen[1] == (2, 5)
    qtbot.keyClick(table.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(table.selected_keys()) == 30


def test_the_selection_survives_a_new_answer(qtbot: QtBot, table: RowTable) -> None:
    table.table.selectRow(3)
    table.set_rows(list(reversed(ROWS)))
    assert table.selected_keys() == (4,)
    assert table.current_key() == 4
    with qtbot.waitSignal(table.selection_changed) as told:
        table.set_rows(ROWS[10:])
    assert told.args == [()]


def test_a_new_answer_keeps_the_cell_with_the_cursor_and_tells_of_no_half_selection(table: RowTable) -> None:
    table.table.selectAll()
    chosen = table.selected_keys()
    table.table.selectionModel().setCurrentIndex(table.model.index(2, 1), QItemSelectionModel.SelectionFlag.NoUpdate)
    told: list[tuple[int, ...]] = []
    table.selection_changed.connect(told.append)
    key = table.current_key()
    table.set_rows(list(reversed(ROWS)))
    assert (table.current_key(), table.table.currentIndex().column()) == (key, 1)
    assert {frozenset(keys) for keys in told} == {frozenset(chosen)}


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_opens_the_row(qtbot: QtBot, table: RowTable, key: Qt.Key) -> None:
    table.table.selectRow(2)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table.table, key)
    assert opened.args == [3]


def test_a_double_click_opens_the_row(qtbot: QtBot, table: RowTable) -> None:
    at = table.table.visualRect(table.model.index(6, 0)).center()
    qtbot.mouseClick(table.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseDClick(table.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened.args == [7]


def test_down_goes_from_the_search_to_the_rows(qtbot: QtBot, table: RowTable) -> None:
    table.search.setFocus()
    qtbot.keyClick(table.search, Qt.Key.Key_Down)
    assert table.table.hasFocus()
    assert table.selected_keys() == (1,)


def test_more_rows_are_asked_for_near_the_end(qtbot: QtBot, table: RowTable) -> None:
    table.set_rows(ROWS, total=90, more=True)
    assert table.count.text() == "90 rows"
    with qtbot.waitSignal(table.more_wanted):
        table.table.scrollToBottom()
        table.model.fetchMore(QModelIndex())
    table.append_rows([(99, "S-99", "Loto", "1/2", "")])
    assert table.model.keys()[-1] == 99
    assert not table.model.canFetchMore(QModelIndex())


def test_columns_are_hidden_and_shown_and_the_fixed_one_stays(table: RowTable) -> None:
    table.show_column("notes", True)
    table.show_column("ref", False)
    assert not table.table.isColumnHidden(3)
    assert not table.table.isColumnHidden(0)


def test_the_column_menu_offers_columns_and_orders(qtbot: QtBot, table: RowTable) -> None:
    menu = table._column_menu()
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["Reference", "Course", "Seats", "Notes", "Sort by Reference", "Sort by Course", "Sort by Seats"]
    menu.actions()[1].trigger()
    assert table.table.isColumnHidden(1)
    with qtbot.waitSignal(table.sort_changed) as sorted_by:
        menu.actions()[-1].trigger()
    assert sorted_by.args == ["seats", False]


def test_its_state_can_be_put_back(qtbot: QtBot, table: RowTable) -> None:
    table.show_column("course", False)
    table.table.setColumnWidth(0, 222)
    table.sort_by("seats", descending=True)
    other = RowTable(COLUMNS, "Sessions")
    qtbot.addWidget(other)
    with qtbot.assertNotEmitted(other.sort_changed):
        other.restore(table.state() | {"unknown": 1, "hidden": ["course", "gone", "ref"]})
    assert other.table.isColumnHidden(1)
    assert not other.table.isColumnHidden(0)
    assert other.table.columnWidth(0) == 222
    assert other.sort() == ("seats", True)


def test_an_empty_table_says_what_to_do(qtbot: QtBot, table: RowTable) -> None:
    done: list[str] = []
    table.set_empty("Nothing planned this week.", ("New session", lambda: done.append("new")))
    table.set_rows([])
    assert table.empty.sentence() == "Nothing planned this week."
    qtbot.mouseClick(table.empty.buttons[0], Qt.MouseButton.LeftButton)
    assert done == ["new"]


def test_an_empty_search_offers_to_clear_it(qtbot: QtBot, table: RowTable) -> None:
    table.search.setText("mar")
    table.set_rows([])
    assert table.empty.sentence() == "Nothing matches “mar”."
    with qtbot.waitSignal(table.search_changed) as asked:
        qtbot.mouseClick(table.empty.buttons[0], Qt.MouseButton.LeftButton)
    assert asked.args == [""]


def test_it_is_accessible(table: RowTable) -> None:
    assert audit(table) == []


def test_one_column_takes_what_is_left_and_the_others_as_much_as_their_texts(qtbot: QtBot, plain_look: Look) -> None:
    columns = (
        Column("day", "Day", 60, fits=True),
        Column("title", "Session", 100, wide=True),
        Column("state", "State", 80),
    )
    widget = RowTable(columns, "Sessions")
    qtbot.addWidget(widget)
    widget.resize(800, 500)
    widget.show()
    widget.set_rows([(1, "Wed 30 September 2026", "Loto", "Draft")])
    table = widget.table
    for percent in (100, 150):
        plain_look.choose(percent=percent)
        shown = [table.columnWidth(place) for place in range(3)]
        assert shown[0] > table.fontMetrics().horizontalAdvance("Wed 30 September 2026") + 20
        assert (shown[2], sum(shown)) == (plain_look.px(80), table.viewport().width())


def test_a_width_set_by_hand_stays_and_grows_with_the_text(table: RowTable, plain_look: Look) -> None:
    table.table.setColumnWidth(1, 260)
    table.set_rows(ROWS[:3])
    assert table.state()["widths"] == {"course": 260}
    plain_look.choose(percent=150)
    assert table.table.columnWidth(1) == 390


def test_a_mark_stands_before_the_word(qtbot: QtBot) -> None:
    mark = {"Full": ("octagon-alert", "danger")}.get
    widget = RowTable((Column("state", "State", mark=mark),), "Sessions")
    qtbot.addWidget(widget)
    widget.set_rows([(1, "Full"), (2, "Draft")])
    roles = (Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ForegroundRole)
    assert [widget.model.data(widget.model.index(0, 0), role) is not None for role in roles] == [True, True]
    assert [widget.model.data(widget.model.index(1, 0), role) for role in roles] == [None, None]
