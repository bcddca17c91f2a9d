"""A session or a time away as a block on paper: its words wrap, and it is as high as they need."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from trainer_desk.views.plans.items import Item, clock
from trainer_desk.views.plans.measures import AWAY, BAR, CLOCK, CODE, LINE, NAME, PAD, THIN, Texts, hatch
from trainer_desk.views.printing.text import UNIT, Paragraph, Style
from trainer_desk.views.tokens import LIGHT

ROUND = 2.0 * UNIT


@dataclass(frozen=True, slots=True)
class Block:
    """The laid-out words of an item at a width; `height` is what they need."""

    item: Item
    parts: tuple[Paragraph, ...]

    @property
    def height(self) -> float:
        """How high it must be at least."""
        return sum(part.height for part in self.parts) + 2 * PAD

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Paint it into a box that is at least as high."""
        if self.item.session_id is None:
            hatch(painter, box)
        else:
            _paint_ground(painter, box, self.item)
        x = box.left() + left_of(self.item)
        y = box.top() + PAD
        for part in self.parts:
            part.paint(painter, x, y)
            y += part.height

    def cut(self, room: float) -> "list[Block]":
        """Return it in pieces that are no higher than `room`, each with as many of its texts as fit."""
        pieces: list[list[Paragraph]] = [[]]
        used = 2 * PAD
        for part in self.parts:
            if pieces[-1] and used + part.height > room:
                pieces.append([])
                used = 2 * PAD
            pieces[-1].append(part)
            used += part.height
        return [Block(self.item, tuple(piece)) for piece in pieces]


def left_of(item: Item) -> float:
    """Return where the words of a block begin."""
    return PAD if item.session_id is None else PAD + BAR + 0.6 * UNIT


def block_of(item: Item, width: float, texts: Texts, *, brief: bool) -> Block:
    """Lay an item out at a width: time, title and what is around it, or only start and codes."""
    room = width - left_of(item) - PAD
    parts = []
    if item.session_id is None:
        said = [item.full[0]] if item.whole else [item.span, item.full[0]]
        parts = [texts.of(text, AWAY, room) for text in said]
    elif brief:
        parts = [texts.of(clock(item.start), CLOCK, room), *_lines(item.brief, (CODE, LINE), room, texts)]
    else:
        parts = [texts.of(item.span, CLOCK, room), *_lines(item.full, (NAME, LINE), room, texts)]
    return Block(item, tuple(parts))


def _lines(lines: Sequence[str], styles: tuple[Style, Style], room: float, texts: Texts) -> list[Paragraph]:
    first, other = styles
    return [texts.of(text, other if place else first, room) for place, text in enumerate(lines) if text]


def _paint_ground(painter: QPainter, box: QRectF, item: Item) -> None:
    """A category's tint with its bar; a draft is white with a dashed edge."""
    colours = LIGHT.category(item.hue)
    if item.draft:
        painter.setPen(QPen(QColor(colours.bar), THIN, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(LIGHT["surface"]))
        inner = box.adjusted(THIN / 2, THIN / 2, -THIN / 2, -THIN / 2)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.fill))
        inner = box
    painter.drawRoundedRect(inner, ROUND, ROUND)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.bar))
    bar = QRectF(box.left() + 1.2 * UNIT, box.top() + 1.6 * UNIT, BAR - 0.4 * UNIT, box.height() - 3.2 * UNIT)
    painter.drawRoundedRect(bar, UNIT / 2, UNIT / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
