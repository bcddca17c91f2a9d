"""The slim bar of long works: by its whole where that is known, wandering where not, and silent for what is quick."""

from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from trainer_desk.views.parts.progress_bar import ProgressBar


def test_it_fills_by_the_whole_over_both_passes_and_says_so(qtbot: QtBot) -> None:
    bar = ProgressBar()
    qtbot.addWidget(bar)
    bar.begin(4_000, passes=2)
    assert bar.isHidden(), "what is quick shows nothing"
    bar.patience_ms = 0
    bar.begin(4_000, passes=2)
    qtbot.waitUntil(bar.isVisible)
    seen = []
    for done in (2_000, 4_000, 2_000, 4_001):
        bar.reach(done, f"{done} rows")
        seen.append(bar.value())
    assert (seen, bar.maximum()) == ([2_000, 4_000, 6_000, 8_000], 8_000)
    spoken = QAccessible.queryAccessibleInterface(bar)
    assert spoken.text(QAccessible.Text.Name) == "Progress"
    assert spoken.text(QAccessible.Text.Description) == "4001 rows"
    assert spoken.valueInterface().currentValue() == 8_000
    bar.end()
    assert bar.isHidden()


def test_it_wanders_while_the_whole_is_not_known(qtbot: QtBot) -> None:
    bar = ProgressBar()
    bar.patience_ms = 0
    qtbot.addWidget(bar)
    bar.resize(200, 4)
    bar.begin(None)
    qtbot.waitUntil(bar.isVisible)
    assert not bar.is_determinate
    before = bar.grab().toImage()
    qtbot.waitUntil(lambda: bar.grab().toImage() != before)
    bar.end()
    assert not bar._turning.isActive()
