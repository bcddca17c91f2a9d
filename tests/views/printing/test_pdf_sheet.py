"""Saving a document as a PDF: page by page while the window goes on, stopped without a trace, refused early."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.printing.test_press import Leaves, Stage, a4, stage, words
from trainer_desk.services.errors import DeskError
from trainer_desk.views.printing.pdf_sheet import PdfSheet
from trainer_desk.views.printing.pressed import Pressed

__all__ = ["stage"]


@dataclass
class Watched(Leaves):
    """Leaves that know in which thread each was painted."""

    threads: set[int] = field(default_factory=set)

    def paint(self, painter: QPainter, page: int, area: QRectF) -> None:
        self.threads.add(threading.get_ident())
        super().paint(painter, page, area)


@pytest.fixture
def opened(stage: Stage) -> tuple[PdfSheet, Watched]:
    """Give the sheet for 300 leaves."""
    leaves = Watched(300, a4().layout)
    sheet = PdfSheet(stage.window, stage.desk, stage.memory, stage.toasts, leaves)
    sheet.open()
    return sheet, leaves


def test_it_counts_pages_and_the_window_beats_on(stage: Stage, opened: tuple[PdfSheet, Watched]) -> None:
    sheet, leaves = opened
    beats: list[int] = []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(leaves.painted))
    heart.start(0)
    said: list[str] = []
    leaves_seen = sheet.said
    heart.timeout.connect(lambda: said.append(leaves_seen.text()) if sheet.isVisible() else None)
    with stage.qtbot.waitSignal(sheet.closed, timeout=20_000):
        QTest.keyClick(sheet.path, Qt.Key.Key_Return)
    heart.stop()
    assert words((stage.folder / "Leaves.pdf").read_bytes()) == leaves.texts()
    assert leaves.threads == {threading.get_ident()}, "painted in the thread of the window"
    assert len(set(beats)) > 100, "between two pages there is time for everything else"
    assert any(text.endswith(" pages") for text in said)
    assert stage.toasts.history[-1].text == "Saved 300 pages to “Leaves.pdf”."


def test_escape_stops_it_and_nothing_is_left(stage: Stage, opened: tuple[PdfSheet, Watched]) -> None:
    sheet, leaves = opened
    before = sorted(stage.folder.iterdir())
    QTest.keyClick(sheet.path, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: leaves.painted > 3)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    stage.qtbot.waitUntil(lambda: not sheet.is_busy)
    assert sheet.isVisible()
    assert leaves.painted < 300
    painted = leaves.painted
    assert sorted(stage.folder.iterdir()) == before
    QTest.qWait(50)
    assert leaves.painted == painted, "the press has stopped, too"
    with stage.qtbot.waitSignal(sheet.closed, timeout=20_000):
        QTest.keyClick(sheet.path, Qt.Key.Key_Return)
    assert words((stage.folder / "Leaves.pdf").read_bytes()) == leaves.texts(), "a second try is whole"


def test_a_place_that_cannot_be_is_told_before_anything_is_painted(
    stage: Stage, opened: tuple[PdfSheet, Watched]
) -> None:
    sheet, leaves = opened
    sheet.path.setText(str(stage.folder / "nowhere" / "x.pdf"))
    QTest.keyClick(sheet.path, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(sheet.notice.isVisible)
    assert leaves.painted == 0


def test_whoever_waits_goes_home_when_the_window_is_gone(qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtCore import QObject  # noqa: PLC0415

    owner = QObject()
    pressed = Pressed(Watched(5000, a4().layout), owner)
    raised: list[DeskError] = []

    def work() -> None:
        try:
            pressed.write(None, tmp_path / "x.pdf", lambda _done: None)
        except DeskError as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    qtbot.waitUntil(lambda: any(tmp_path.iterdir()))
    owner.deleteLater()
    qtbot.waitUntil(lambda: not thread.is_alive())
    assert [error.code for error in raised] == ["export_stopped"]
    assert not any(tmp_path.iterdir())
