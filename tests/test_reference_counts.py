"""The installed Qt binding keeps its reference counts; PySide6 6.12.0 on Python 3.11 loses some and aborts."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

ROUNDS = 2000
NOISE = 50
"""What the interpreter itself may gain or lose meanwhile."""

WATCHED = (None, True, False, "", 0)


class Bell(QObject):
    rung = Signal(object, bool)


def ring() -> Callable[[], None]:
    bell = Bell()
    heard: list[object] = []

    def hear(one: object, two: bool) -> None:
        heard.clear()

    bell.rung.connect(hear)
    return lambda: bell.rung.emit(None, True)


def paint() -> Callable[[], None]:
    image = QImage(64, 64, QImage.Format.Format_ARGB32)
    box = QRect(0, 0, 32, 32)

    def strokes() -> None:
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.fillRect(box, QColor("red"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "9:00")
        painter.drawRoundedRect(box, 4, 4)
        painter.end()

    return strokes


@pytest.mark.parametrize("prepare", [ring, paint], ids=["signals", "painter"])
def test_calls_into_qt_leave_reference_counts_alone(
    qapp: QApplication, prepare: Callable[[], Callable[[], None]]
) -> None:
    call = prepare()
    call()
    before = [sys.getrefcount(one) for one in WATCHED]
    for _ in range(ROUNDS):
        call()
    after = [sys.getrefcount(one) for one in WATCHED]
    drift = {repr(one): new - old for one, old, new in zip(WATCHED, before, after, strict=True)}
    assert all(abs(change) <= NOISE for change in drift.values()), drift
