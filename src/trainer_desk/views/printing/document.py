"""What can be put on paper: a document of pages, painted by the same code for a printer, a PDF and the preview."""

from typing import Protocol

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPageLayout, QPainter

from trainer_desk.views.printing.text import UNIT

POINTS = 72
"""In an inch."""


class Document(Protocol):
    """Pages of one kind of sheet. It is laid out when it is made, or each page as it is painted."""

    @property
    def title(self) -> str:
        """What it is called: the name of the print job, the title of the PDF, and of its file."""

    @property
    def layout(self) -> QPageLayout:
        """The sheet and its margins."""

    @property
    def pages(self) -> int:
        """How many pages it has, at least one."""

    def paint(self, painter: QPainter, page: int, area: QRectF) -> None:
        """Paint a page, counted from 0, into `area`: the printable area in tenths of a point, from its own corner."""

    def texts(self) -> list[str]:
        """Return all words on all pages, in their order."""


def area_of(layout: QPageLayout) -> QRectF:
    """Return the printable area of a sheet in tenths of a point, from its own corner."""
    return QRectF(0, 0, layout.paintRectPoints().width() * UNIT, layout.paintRectPoints().height() * UNIT)


def paint_page(document: Document, page: int, painter: QPainter, dots: float) -> None:
    """Paint a page with a painter of so many dots per inch that stands in the corner of the printable area."""
    painter.save()
    painter.scale(dots / (POINTS * UNIT), dots / (POINTS * UNIT))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    document.paint(painter, page, area_of(document.layout))
    painter.restore()


def sheet_size(layout: QPageLayout) -> QSizeF:
    """Return the size of a whole sheet, margins included, in points."""
    return layout.fullRect(QPageLayout.Unit.Point).size()


def picture_of(document: Document, page: int, dots: float) -> QImage:
    """Return a page as a picture of the whole sheet at so many dots per inch: white paper, margins included."""
    layout = document.layout
    size = (sheet_size(layout) * (dots / POINTS)).toSize()
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    corner = layout.paintRectPoints().topLeft()
    painter.translate(corner.x() * dots / POINTS, corner.y() * dots / POINTS)
    paint_page(document, page, painter, dots)
    painter.end()
    return picture
