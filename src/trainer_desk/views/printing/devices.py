"""From a laid-out page to paper or a PDF: both are painted by the same code."""

from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMarginsF, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from trainer_desk.views.pages.content import Content
from trainer_desk.views.printing.one_page import OnePage

MARGIN = 42.0
"""Points around the printable area, 15 mm."""
LETTER_LANDS = ("US", "CA", "MX", "PH", "CL", "CO")


def sheet() -> QPageLayout:
    """Return an upright sheet of the size that is usual where the computer stands: Letter or A4."""
    land = QLocale.territoryToCode(QLocale.system().territory())
    size = QPageSize.PageSizeId.Letter if land in LETTER_LANDS else QPageSize.PageSizeId.A4
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    return QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Point)


def pdf_of(content: Content, note: str, foot: str, layout: QPageLayout | None = None) -> bytes:
    """Return the page as a PDF of one sheet."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(layout or sheet())
    writer.setTitle(content.title)
    writer.setCreator("Trainer Desk")
    put_on(writer, writer.resolution(), content, note, foot)
    return bytes(buffer.data().data())


def printer() -> QPrinter:
    """Return the printer that one used last, with the sheet of `sheet`."""
    found = QPrinter(QPrinter.PrinterMode.HighResolution)
    found.setPageLayout(sheet())
    return found


def put_on(device: QPagedPaintDevice, dots: int, content: Content, note: str, foot: str) -> OnePage:
    """Paint the page on a sheet of a device of so many dots per inch; return how it was laid out."""
    area = device.pageLayout().paintRectPoints()
    page = OnePage(content, note, foot, QSizeF(area.size()))
    painter = QPainter(device)
    page.paint(painter, dots)
    painter.end()
    return page
