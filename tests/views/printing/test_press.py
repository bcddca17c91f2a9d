"""The press and its preview: page by page, stoppable, Enter prints, and a PDF holds the same pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.views.accessibility import audit
from trainer_desk.services.errors import DeskError
from trainer_desk.services.store.engine import Store
from trainer_desk.views.desk import Desk
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.toast import Toasts
from trainer_desk.views.printing.document import picture_of
from trainer_desk.views.printing.options import Chosen, box, layout_of, lie_option, paper_option
from trainer_desk.views.printing.press import PdfPress, Press, pdf_bytes
from trainer_desk.views.printing.preview_sheet import PreviewSheet
from trainer_desk.views.printing.text import Paragraph, Style


@dataclass
class Leaves:
    """Pages with nothing but their number, and a black corner at either end of the printable area."""

    pages: int
    layout: QPageLayout
    title: str = "Leaves"
    painted: int = 0

    def paint(self, painter: QPainter, page: int, area: QRectF) -> None:
        Paragraph(self.texts()[page], Style(20), area.width()).paint(painter, 300, 0)
        for corner in (area.topLeft(), area.bottomRight()):
            x, y = min(corner.x(), area.right() - 200), min(corner.y(), area.bottom() - 200)
            painter.fillRect(QRectF(x, y, 200, 200), QColor("black"))
        self.painted += 1

    def texts(self) -> list[str]:
        return [f"Leaf {number + 1}" for number in range(self.pages)]


class PdfPrinters:
    """Printers whose paper is a file in a folder."""

    def __init__(self, folder: Path, *names: str) -> None:
        self._folder, self._names = folder, names
        self.jobs: list[tuple[str, str, int]] = []

    def names(self) -> list[str]:
        return list(self._names)

    def device(self, name: str, title: str, copies: int) -> QPrinter:
        self.jobs.append((name, title, copies))
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self._folder / f"{name}.pdf"))
        return printer


def a4(pages: int = 3) -> Leaves:
    return Leaves(pages, layout_of({"paper": "a4"}))


def words(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


@dataclass
class Stage:
    """A window with a preview of three leaves."""

    qtbot: QtBot
    desk: Desk
    window: QWidget
    toasts: Toasts
    memory: Memory
    folder: Path

    def open(self, *printers: str, pages: int = 3) -> tuple[PreviewSheet, PdfPrinters]:
        def make(chosen: Chosen) -> Leaves:
            return Leaves(pages + (chosen["more"] == "yes"), layout_of(chosen))

        known = PdfPrinters(self.folder, *printers)
        options = [paper_option(), lie_option(), box("more", "One more leaf", ticked=False)]
        sheet = PreviewSheet(self.window, self.desk, self.memory, self.toasts, title="Print leaves", kind="leaves",
                             options=options, make=make, printers=known)  # fmt: skip
        sheet.open()
        return sheet, known


@pytest.fixture
def stage(qtbot: QtBot, sqlite_store: Store, tmp_path: Path) -> Iterator[Stage]:
    desk = Desk(sqlite_store, "frank")
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    toasts = Toasts(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    memory = Memory(tmp_path / "window.ini")
    memory.put("pdf/folder", str(tmp_path))
    yield Stage(qtbot, desk, window, toasts, memory, tmp_path)
    desk.close()


def test_a_pdf_has_every_page_of_its_size() -> None:
    leaves = Leaves(2, layout_of({"paper": "a3", "lie": "across"}))
    content = pdf_bytes(leaves)
    assert words(content) == leaves.texts()
    page = PdfReader(BytesIO(content)).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (1191, 842)
    assert PdfReader(BytesIO(content)).metadata.title == "Leaves"  # type: ignore[union-attr]


@pytest.mark.parametrize("mode", list(QPageLayout.Mode))
def test_the_printable_area_is_where_the_margins_end(mode: QPageLayout.Mode) -> None:
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait,
                         QMarginsF(40, 60, 20, 30), QPageLayout.Unit.Point)  # fmt: skip
    layout.setMode(mode)
    picture = picture_of(Leaves(1, layout), 0, 72)
    left, top = (40, 60) if mode == QPageLayout.Mode.StandardMode else (0, 0)
    right, bottom = (595 - 20, 842 - 30) if mode == QPageLayout.Mode.StandardMode else (595, 842)
    assert (picture.width(), picture.height()) == (595, 842)
    for x, y in ((left + 5, top + 5), (right - 5, bottom - 5)):
        assert picture.pixelColor(x, y) == QColor("black")
    if left:
        assert picture.pixelColor(left - 3, top + 5) == QColor("white")
        assert picture.pixelColor(right + 3, bottom - 5) == QColor("white")


def test_the_press_paints_one_page_per_turn_and_ends_like_all_at_once(qtbot: QtBot) -> None:
    leaves = a4()
    press = PdfPress(leaves)
    seen: list[int] = []
    press.stepped.connect(lambda done: seen.append(leaves.painted))
    with qtbot.waitSignal(press.finished):
        press.start()
        assert leaves.painted == 0, "the first page waits for the next turn"
    assert seen == [1, 2, 3]
    assert words(press.content) == leaves.texts()


def test_it_stops_between_pages(qtbot: QtBot) -> None:
    leaves = a4(500)
    press = PdfPress(leaves)
    press.stepped.connect(lambda done: press.stop() if done == 2 else None)
    with qtbot.waitSignal(press.stopped), qtbot.assertNotEmitted(press.finished, wait=50):
        press.start()
    assert leaves.painted == 2
    assert not press.is_running


def test_a_printer_that_takes_nothing_is_told(qtbot: QtBot) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName("/no/such/folder/x.pdf")
    press = Press(a4(), printer)
    with qtbot.waitSignal(press.failed) as failed:
        press.start()
    assert isinstance(failed.args[0], DeskError)


def test_enter_prints_on_the_usual_printer_what_was_chosen(stage: Stage) -> None:
    sheet, printers = stage.open("Office", "Hall")
    audit(sheet)
    sheet.options.boxes["more"].click()
    sheet.options.drops["lie"].setCurrentIndex(1)
    sheet.copies.setValue(2)
    sheet.print.setFocus()
    focus = QApplication.focusWidget()
    assert focus is sheet.print
    with stage.qtbot.waitSignal(sheet.closed):
        QTest.keyClick(focus, Qt.Key.Key_Return)
    assert printers.jobs == [("Office", "Leaves", 2)]
    printed = (stage.folder / "Office.pdf").read_bytes()
    assert words(printed) == ["Leaf 1", "Leaf 2", "Leaf 3", "Leaf 4"]
    assert PdfReader(BytesIO(printed)).pages[0].mediabox.width > 800
    again, _printers = stage.open("Office")
    assert again.document.pages == 4, "what was chosen is remembered"


def test_without_a_printer_enter_saves_a_pdf(stage: Stage) -> None:
    sheet, _printers = stage.open()
    assert not sheet.print.isVisible()
    focus = QApplication.focusWidget()
    assert focus is sheet.save
    QTest.keyClick(focus, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: sheet.saving is not None and sheet.saving.isVisible())
    assert sheet.saving is not None
    with stage.qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet.saving.path, Qt.Key.Key_Return)
    assert words((stage.folder / "Leaves.pdf").read_bytes()) == ["Leaf 1", "Leaf 2", "Leaf 3"]


def test_pages_are_walked_and_magnified_by_keys(stage: Stage) -> None:
    sheet, _printers = stage.open("Office")
    assert not sheet.back.isEnabled()
    fitting = sheet.paper.widget().height()
    assert fitting <= sheet.paper.height()
    for _turn in range(4):
        QTest.keyClick(sheet, Qt.Key.Key_PageDown)
    assert sheet.where.text() == "Page 3 of 3"
    assert not sheet.on.isEnabled()
    QTest.keyClick(sheet, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert sheet.paper.widget().height() > fitting
    QTest.keyClick(sheet, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    stage.qtbot.waitUntil(lambda: sheet.paper.widget().height() == fitting)
    sheet.back.click()
    assert sheet.where.text() == "Page 2 of 3"


def test_escape_stops_the_press_and_only_then_closes(stage: Stage) -> None:
    sheet, _printers = stage.open("Office", pages=5000)
    sheet.print.click()
    stage.qtbot.waitUntil(lambda: sheet.progress.text() != "")
    assert not sheet.print.isEnabled()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert sheet.progress.text() == "Stopped."
    assert sheet.print.isEnabled()
    with stage.qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
