"""Puts an inspector pack into words and on paper (X6)."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from PySide6.QtGui import QGuiApplication

from trainer_desk.services.exchange.inspector.pack import Hands
from trainer_desk.services.rows.certificates import CertificateRow
from trainer_desk.services.rows.inspector import AttendanceSheet, PackFacts
from trainer_desk.services.rows.matrix import MatrixCell, MatrixCourse, MatrixRow
from trainer_desk.texts.inspector import about_text
from trainer_desk.texts.matrix import cell_word
from trainer_desk.views.assets import load_fonts
from trainer_desk.views.certificates.document import Certificates
from trainer_desk.views.inspector.attendance import AttendanceSheets
from trainer_desk.views.matrix.paper import MatrixPaper, MatrixPrint
from trainer_desk.views.printing.options import layout_of
from trainer_desk.views.printing.press import pdf_bytes
from trainer_desk.views.printing.stamp import printed


class PaperHands:
    """Needs a QGuiApplication and its fonts."""

    def about(self, facts: PackFacts, names: Collection[str]) -> str:
        """Return what the pack says of itself and of the files in it."""
        return about_text(facts, names)

    def cell(self, cell: MatrixCell | None) -> str:
        """Return the words of a cell of the matrix."""
        return cell_word(cell)

    def certificates(self, rows: Sequence[CertificateRow], zone: ZoneInfo) -> bytes:
        """Return certificates as a PDF."""
        return pdf_bytes(Certificates(rows, zone))

    def attendance(self, facts: PackFacts, sheets: Sequence[AttendanceSheet]) -> bytes:
        """Return attendance sheets as a PDF."""
        return pdf_bytes(AttendanceSheets(facts, sheets))

    def matrix(self, facts: PackFacts, courses: Sequence[MatrixCourse], rows: Sequence[MatrixRow]) -> bytes:
        """Return the matrix as a PDF."""
        stamp = printed(facts.made_at, facts.zone)
        found = MatrixPrint(facts.asked.last, tuple(courses), tuple(rows), facts.subject, stamp)
        return pdf_bytes(MatrixPaper(found, layout_of({}, "across")))


@contextmanager
def hands_without_window() -> Iterator[Hands]:
    """Lend hands where no window is open; Qt is started for that long if it is not there."""
    running = QGuiApplication.instance() or QGuiApplication(["trainer-desk", "-platform", "offscreen"])
    load_fonts()
    try:
        yield PaperHands()
    finally:
        del running
