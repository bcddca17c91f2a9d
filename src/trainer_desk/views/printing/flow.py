"""Lets blocks flow over pages: what leads, then rows under their titles, which are repeated on every page."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QPainter

from trainer_desk.views.printing.blocks import Block
from trainer_desk.views.printing.text import UNIT, Paragraph, Style, width_of

SMALL = Style(7.5, 400, "text2")
FOOT_GAP = 6 * UNIT


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph over the whole width, with some room below."""

    paragraph: Paragraph
    below: float = 0

    @property
    def height(self) -> float:
        """How high it is."""
        return self.paragraph.height + self.below

    def paint(self, painter: QPainter, top: float) -> None:
        """Paint it from there on."""
        self.paragraph.paint(painter, 0, top)

    def texts(self) -> list[str]:
        """Return all words of it."""
        return [self.paragraph.text]


@dataclass(frozen=True, slots=True)
class Stack:
    """Blocks that stay on one page."""

    blocks: Sequence[Block]

    @property
    def height(self) -> float:
        """How high it is."""
        return sum(block.height for block in self.blocks)

    def paint(self, painter: QPainter, top: float) -> None:
        """Paint it from there on."""
        for block in self.blocks:
            block.paint(painter, top)
            top += block.height

    def texts(self) -> list[str]:
        """Return all words of it."""
        return [text for block in self.blocks for text in block.texts()]


def flow(leading: Sequence[Block], head: Block, rows: Sequence[Block], again: Block, room: float) -> list[list[Block]]:
    """Return the blocks of each page of `room` height.

    `head` stands over the rows of every page; from the second page on `again` stands at its top and says whose page
    it is. Without rows the head is left out.
    """
    pages: list[list[Block]] = [[]]
    used = 0.0
    for block, is_row in [*((one, False) for one in leading), *((one, True) for one in rows)]:
        together = [block] if not is_row or head in pages[-1] else [head, block]
        if pages[-1] and used + sum(one.height for one in together) > room:
            pages.append([again])
            used = again.height
            together = [head, block] if is_row else [block]
        pages[-1] += together
        used += sum(one.height for one in together)
    return pages


class Foot:
    """The last line of a page: when it was printed on the left, whose it is and which page on the right."""

    def __init__(self, left: str, right: str, width: float) -> None:
        wide = min(width_of(right, SMALL) + UNIT, width / 2)
        self._left = Paragraph(left, SMALL, width - wide - 2 * FOOT_GAP)
        self._right, self._x = Paragraph(right, SMALL, wide), width - wide
        self.height = max(self._left.height, self._right.height) + FOOT_GAP

    def paint(self, painter: QPainter, bottom: float) -> None:
        """Paint it so that it ends there."""
        top = bottom - self.height + FOOT_GAP
        self._left.paint(painter, 0, top)
        self._right.paint(painter, self._x, top)

    def texts(self) -> list[str]:
        """Return all words of it."""
        return [self._left.text, self._right.text]
