"""A session as a painted block: fill, edge, bar, and as much text as its width and height can hold (ux 4.2)."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from trainer_desk.models.enums import SessionStatus
from trainer_desk.views.schedule.block_column import write_narrow, write_wide
from trainer_desk.views.schedule.block_line import write_along, write_line
from trainer_desk.views.schedule.block_text import WIDE, BlockStyle, Manner, Paints, Writing
from trainer_desk.views.schedule.faces import Face
from trainer_desk.views.schedule.ink import Ink
from trainer_desk.views.schedule.verdict import Level
from trainer_desk.views.tokens import mix

RADIUS = 6.0
SLIVER = 9.0
"""Width below which a block is only a coloured stroke."""
GHOST_EDGE = {Level.OK: "accent", Level.WARN: "warn_fill", Level.BLOCK: "danger_fill"}
MARGIN = 2
"""Transparent pixels kept around a block's picture."""


def paints_of(face: Face, style: BlockStyle, ink: Ink) -> Paints:
    """Return the colours of a block in its state."""
    look = ink.look
    bar, fill, text, edge = look.category(face.hue)
    muted = face.status in (SessionStatus.COMPLETED, SessionStatus.CANCELLED)
    base = fill
    pen: QPen | None = None
    if face.status is SessionStatus.DRAFT:
        base = look.colour("hover" if style.hover else "surface")
        pen = QPen(bar, 1.2, Qt.PenStyle.DashLine)
    elif face.status is SessionStatus.CANCELLED:
        base = look.colour("hover" if style.hover else "sunken")
        pen = QPen(look.colour("line"), 1)
    elif face.status is SessionStatus.COMPLETED:
        base = edge if style.hover else QColor(mix(fill.name(), look.theme["surface"], 0.45))
        bar = edge
    elif style.hover:
        base = edge
    ink_of_text = look.colour("text3") if face.status is SessionStatus.CANCELLED else text
    if face.status is SessionStatus.COMPLETED:
        ink_of_text = look.colour("text2")
    second = QColor(mix(look.theme["text2"] if muted else text.name(), fill.name(), 0.18))
    return Paints(bar, base, ink_of_text, second, pen, face.status is SessionStatus.CANCELLED)


def draw_block(painter: QPainter, box: QRectF, face: Face, style: BlockStyle, ink: Ink) -> None:
    """Draw one block with its upper left corner on whole pixels."""
    painter.save()
    paints = paints_of(face, style, ink)
    if box.width() < SLIVER:
        _draw_sliver(painter, box, face, style, paints, ink)
        if style.manner.along and box.height() >= ink.px(11):
            write(Writing(painter, box, face, style, paints, ink))
        painter.restore()
        return
    radius = RADIUS if min(box.width(), box.height()) > 18 else min(4.0, box.width() / 2)
    inset = 0.6 if paints.edge else 0.0
    ink.rounded(painter, box.adjusted(inset, inset, -inset, -inset), radius, paints.fill, paints.edge)
    _draw_trouble(painter, box, face, style, ink, radius)
    _draw_bar(painter, box, paints, ink)
    if box.height() >= ink.px(11):
        write(Writing(painter, box, face, style, paints, ink))
    painter.restore()


def _draw_sliver(painter: QPainter, box: QRectF, face: Face, style: BlockStyle, paints: Paints, ink: Ink) -> None:
    """Too narrow for dashes and text: filled, or only outlined for what is not scheduled; red for a clash."""
    colour = ink.colour("danger_fill") if face.clash or style.ghost is Level.BLOCK else paints.bar
    hollow = face.status in (SessionStatus.DRAFT, SessionStatus.CANCELLED)
    if hollow:
        ink.rounded(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), 2, paints.fill, QPen(colour, 1))
    else:
        ink.rounded(painter, box, 2, colour)


def _draw_trouble(painter: QPainter, box: QRectF, face: Face, style: BlockStyle, ink: Ink, radius: float) -> None:
    token = GHOST_EDGE[style.ghost] if style.ghost else "danger_fill" if face.clash else None
    if token is not None:
        ink.rounded(painter, box.adjusted(1, 1, -1, -1), radius, None, QPen(ink.colour(token), 2))


def _draw_bar(painter: QPainter, box: QRectF, paints: Paints, ink: Ink) -> None:
    if paints.struck or box.height() < 10 or box.width() < 5:
        return
    left = 3.0 if box.width() < 64 else 4.0
    left = min(left, (box.width() - 3) / 2)
    inset = 4.0 if box.height() >= 20 else 3.0
    ink.rounded(painter, QRectF(box.left() + left, box.top() + inset, 3, box.height() - 2 * inset), 1.5, paints.bar)


def write(writing: Writing) -> None:
    """Write a block in its manner."""
    if writing.style.manner.along:
        write_along(writing)
    elif writing.style.manner is Manner.LINE:
        write_line(writing)
    elif writing.box.width() >= writing.ink.px(WIDE):
        write_wide(writing)
    else:
        write_narrow(writing)
