"""The month: one line per session, "+n" where the cell is full."""

from datetime import date, datetime, timedelta

from trainer_desk.views.schedule.layout import Day, Entry
from trainer_desk.views.schedule.month_layout import month_layout

FIRST = date(2026, 10, 26)
DAYS = [Day(FIRST + timedelta(days=i), i % 7 < 5) for i in range(42)]


def entries(day: int, count: int) -> list[Entry]:
    start = datetime.combine(FIRST + timedelta(days=day), datetime.min.time())
    return [Entry(day * 100 + i, start + timedelta(hours=8 + i), start + timedelta(hours=9 + i)) for i in range(count)]


def test_lines_stay_inside_their_cell_and_the_rest_is_counted() -> None:
    found = month_layout([*entries(1, 2), *entries(2, 9)], DAYS, 11, 1080, 790)
    assert len(found.layout.by_column[1]) == 2
    (tile,) = found.layout.more
    assert tile.day == FIRST + timedelta(days=2)
    assert len(found.layout.by_column[2]) + len(tile.session_ids) == 9
    for piece in found.layout.pieces:
        cell = found.cells[piece.column].box
        assert cell.x < piece.box.x
        assert piece.box.right < cell.right
        assert piece.box.bottom < cell.bottom
    assert tile.box.bottom < found.cells[2].box.bottom


def test_cells_tile_the_view_and_know_their_place() -> None:
    found = month_layout([], DAYS, 11, 1080, 790)
    assert len(found.cells) == 42
    assert found.cells[6].box.right == 1080
    assert found.cells[-1].box.bottom == 790
    for index, cell in enumerate(found.cells):
        assert found.cell_at(cell.box.x + 1, cell.box.y + 1) == index
        assert found.cell_of(cell.day.date) == index
    assert found.cell_of(FIRST - timedelta(days=1)) is None
    assert [cell.inside for cell in found.cells[5:8]] == [False, True, True]
