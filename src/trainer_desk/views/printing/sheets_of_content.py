"""Sheets that hold a content each (N4, D7) as a document for press and preview."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPainter

from trainer_desk.views.pages.content import Content
from trainer_desk.views.printing.document import POINTS
from trainer_desk.views.printing.one_page import OnePage
from trainer_desk.views.printing.text import UNIT


@dataclass(frozen=True, slots=True)
class SheetsOfContent:
    """The sheets, laid out for the printable area of `layout`."""

    title: str
    layout: QPageLayout
    sheets: Sequence[OnePage]

    @property
    def pages(self) -> int:
        """How many there are."""
        return len(self.sheets)

    def paint(self, painter: QPainter, page: int, area: QRectF) -> None:
        """Paint one of them, counted from 0, into the printable area."""
        painter.save()
        painter.translate(area.topLeft())
        self.sheets[page].paint(painter, POINTS * UNIT)
        painter.restore()

    def texts(self) -> list[str]:
        """Return all words on all of them."""
        return [text for sheet in self.sheets for text in sheet.texts()]


def one_sheet(content: Content, note: str, foot: str, layout: QPageLayout, title: str = "") -> SheetsOfContent:
    """Return the page of a thing on one sheet; `note` says as of when, `foot` by whom it was printed."""
    return SheetsOfContent(title or content.title, layout, [OnePage(content, note, foot, size_of(layout))])


def size_of(layout: QPageLayout) -> QSizeF:
    """Return the size of the printable area of a sheet, in points."""
    return QSizeF(layout.paintRectPoints().size())
