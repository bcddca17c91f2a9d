"""Goals: 500 certificates as one PDF, counted and stopped page by page, against bare paint of the same sheets."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QRectF, QTimer
from PySide6.QtGui import QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from benchmarks.measure import Goal, Line, line_of
from benchmarks.place import Place
from benchmarks.scale import ZONE
from tests.services.rules.test_certifying import certificate
from trainer_desk.services.rows.certificates import CertificateRow, DayHeld
from trainer_desk.services.rules.certificates import checksum_of
from trainer_desk.views.certificates.document import Certificates
from trainer_desk.views.certificates.picture import Picture
from trainer_desk.views.printing.press import PdfPress
from trainer_desk.views.theme import look

COUNT, TENTH = 500, 50
AT_MOST = 1.5
STOPS_WITHIN = 100
"""Milliseconds from the wish to stop to the end."""


def lines(place: Place) -> Iterator[Line]:
    """Yield the whole PDF, and how long a press takes to stop in its midst."""
    if not place.is_file:
        return
    _running = QApplication.instance() or QApplication([])
    look().start("light")
    rows = [_row(number) for number in range(COUNT if place.size == "full" else TENTH)]
    name = f"{len(rows)} certificates, PDF"
    goal = Goal(name, lambda: _pressed(rows), lambda: _bare(rows), AT_MOST, floor_is="the same paint in one go")
    yield line_of(goal, "window", rounds=3)
    took = _stopped(rows)
    yield Line("stop amidst certificates", "window", took, STOPS_WITHIN, took / STOPS_WITHIN, 1, floor_is="the goal")


def _pressed(rows: list[CertificateRow]) -> bytes:
    loop, press = QEventLoop(), PdfPress(Certificates(rows, ZoneInfo(ZONE)))
    press.finished.connect(loop.quit)
    press.start()
    loop.exec()
    return press.content


def _bare(rows: list[CertificateRow]) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(Certificates(rows[:1], ZoneInfo(ZONE)).layout)
    painter, area = QPainter(writer), QRectF(0, 0, writer.width(), writer.height())
    for number, row in enumerate(rows):
        if number:
            writer.newPage()
        Picture(row, ZoneInfo(ZONE)).paint(painter, area)
    painter.end()
    return bytes(buffer.data().data())


def _stopped(rows: list[CertificateRow]) -> float:
    """Return the milliseconds until a press has ended that somebody wants to stop after some pages."""
    loop, press = QEventLoop(), PdfPress(Certificates(rows, ZoneInfo(ZONE)))
    begun: list[dt.datetime] = []

    def ask(done: int) -> None:
        if done == len(rows) // 2:
            begun.append(dt.datetime.now(dt.UTC))
            QTimer.singleShot(0, press.stop)

    press.stepped.connect(ask)
    press.stopped.connect(loop.quit)
    press.start()
    loop.exec()
    return (dt.datetime.now(dt.UTC) - begun[0]).total_seconds() * 1000


def _row(number: int) -> CertificateRow:
    day = dt.date(2026, 7, 1) + dt.timedelta(days=number % 28)
    held = tuple(DayHeld(day, 240, f"S-{number:05}", "Ingrid Solberg", 1) for _part in range(1 + number % 3))
    row = certificate(number, number, person_name=f"Alexandra Person {number}", employee_no=f"P{number:05}", days=held)
    return replace(row, checksum=checksum_of(row))
