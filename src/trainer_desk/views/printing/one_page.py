"""The page of a thing on one sheet of paper: lists are cut short until it fits, and what is left is counted (N4)."""

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainter

from trainer_desk.views.pages.content import Content
from trainer_desk.views.printing.blocks import GAP, NOTE, Block, FactsBlock, TableBlock, TitleBlock
from trainer_desk.views.printing.text import UNIT, Paragraph


class OnePage:
    """A page laid out for the printable area of a sheet, `size` in points; `note` says as of when, `foot` by whom."""

    def __init__(self, content: Content, note: str, foot: str, size: QSizeF) -> None:
        width = size.width() * UNIT
        self._room = size.height() * UNIT
        self._foot = Paragraph(foot, NOTE, width)
        self.tables = [TableBlock(section, width) for section in content.sections]
        self.blocks: list[Block] = [TitleBlock(content, note, width), FactsBlock(content.facts, width), *self.tables]
        self._shorten()
        self.scale = min(1.0, self._room / self._needed())
        """Below 1 where even without any list the facts would need a second sheet."""

    def paint(self, painter: QPainter, dots: float) -> None:
        """Paint it on a device of so many dots per inch, from the corner of the printable area on."""
        painter.save()
        painter.scale(dots / (72 * UNIT), dots / (72 * UNIT))
        painter.save()
        painter.scale(self.scale, self.scale)
        top = 0.0
        for block in self.blocks:
            block.paint(painter, top)
            top += block.height + GAP
        painter.restore()
        self._foot.paint(painter, 0, self._room - self._foot.height)
        painter.restore()

    def texts(self) -> list[str]:
        """Return all words on the sheet, from top to bottom."""
        return [text for block in self.blocks for text in block.texts()] + [self._foot.text]

    def _needed(self) -> float:
        return sum(block.height + GAP for block in self.blocks) + self._foot.height

    def _shorten(self) -> None:
        """Take rows from the longest list until everything fits."""
        while self._needed() > self._room:
            longest = max(self.tables, key=lambda table: table.length, default=None)
            if longest is None or not longest.cut():
                return
