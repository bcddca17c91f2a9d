"""The bars of a trainer's weeks: words for all, amber paint over the norm, and a table that paints them (L2)."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from trainer_desk.services.rows.load import Week
from trainer_desk.texts.load import weeks_words
from trainer_desk.views.parts.hour_bars import HourBars, one_week, paint_week, paint_weeks, row_of_weeks
from trainer_desk.views.parts.row_model import Column
from trainer_desk.views.parts.row_table import RowTable
from trainer_desk.views.theme import look

MONDAY = dt.date(2026, 7, 6)
WEEKS = (Week(MONDAY, 720, 0), Week(MONDAY + dt.timedelta(weeks=1), 2430, 60))

WORDS: dict[str, tuple[tuple[Week, ...], int | None, str]] = {
    "over": (WEEKS, 38, "Week 28: 12h, week 29: 40.5h, over the norm of 38h"),
    "just at the norm": (WEEKS[:1], 12, "Week 28: 12h"),
    "no norm": (WEEKS, None, "Week 28: 12h, week 29: 40.5h"),
    "a norm of nothing": (WEEKS[:1], 0, "Week 28: 12h, over the norm of 0h"),
    "nothing booked": ((Week(MONDAY, 0, 90),), 38, "Nothing booked in 1 week"),
    "no weeks": ((), 38, ""),
}


@pytest.mark.parametrize(("weeks", "norm", "words"), WORDS.values(), ids=WORDS.keys())
def test_the_words_of_weeks(weeks: tuple[Week, ...], norm: int | None, words: str) -> None:
    assert weeks_words(weeks, norm) == words
    assert row_of_weeks(weeks, norm) == words


def colours(qtbot: QtBot, cell: HourBars, paint: object) -> set[str]:
    """Show a cell in a table, and give the colours of its pixels."""
    table = RowTable((Column("hours", "Hours", 360, paint=paint),), "Hours")  # type: ignore[arg-type]
    qtbot.addWidget(table)
    table.resize(420, 200)
    table.set_rows([(1, cell)])
    table.show()
    qtbot.waitExposed(table)
    index = table.model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"Hours: {cell}"
    image: QImage = table.table.viewport().grab(table.table.visualRect(index)).toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.usefixtures("plain_look")
@pytest.mark.parametrize(("norm", "is_over"), [(38, True), (41, False), (None, False)])
def test_amber_stands_for_over_the_norm(qtbot: QtBot, norm: int | None, is_over: bool) -> None:
    amber, accent = look().colour("warn_fill").name(), look().colour("accent").name()
    shown = colours(qtbot, row_of_weeks(WEEKS, norm), paint_weeks)
    assert (amber in shown) is is_over
    assert accent in shown, "the other week is below it"
    alone = colours(qtbot, one_week(WEEKS[1], norm, WEEKS), paint_week)
    assert (amber in alone, accent in alone) == (is_over, not is_over)


def test_the_weeks_of_a_trainer_share_one_scale() -> None:
    """So that bars can be compared, and the tick at the norm stands at one place."""
    cells = [one_week(week, 38, WEEKS) for week in WEEKS]
    assert {cell.full for cell in cells} == {row_of_weeks(WEEKS, 38).full} == {38 * 1.25}
    assert one_week(WEEKS[1], 10, WEEKS).full == 40.5, "a fuller week stretches all"
