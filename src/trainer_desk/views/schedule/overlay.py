"""What lives on top of the still picture: hover, selection, now-line, the ghost of a drag and its bubble."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from trainer_desk.views.schedule.block_text import BlockStyle, Manner
from trainer_desk.views.schedule.blocks import GHOST_EDGE, RADIUS, draw_block
from trainer_desk.views.schedule.bubble import draw_bubble
from trainer_desk.views.schedule.drag import Drag, Kind, Target
from trainer_desk.views.schedule.faces import face_of
from trainer_desk.views.schedule.layout import Box
from trainer_desk.views.schedule.verdict import Level

if TYPE_CHECKING:
    from trainer_desk.views.schedule.canvas import ScheduleCanvas


def draw_overlay(canvas: "ScheduleCanvas", painter: QPainter) -> None:
    """Paint everything that changes from moment to moment."""
    if canvas.shown is None:
        return
    drag = canvas.gestures.drag
    live = drag if drag is not None and drag.live else None
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.save()
    painter.setClipRect(canvas.body())
    canvas.draw_now(painter)
    if live is not None:
        canvas.draw_shading(painter)
    else:
        canvas.draw_offers(painter)
    if live is None and canvas.free_times is not None:
        canvas.free_times.draw(canvas, painter)
    _draw_hover(canvas, painter, live)
    _draw_selection(canvas, painter)
    ghost = _draw_gesture(canvas, painter, live)
    painter.restore()
    canvas.draw_marks(painter)
    _draw_bubble(canvas, painter, live, ghost)


def _draw_hover(canvas: "ScheduleCanvas", painter: QPainter, live: Drag | None) -> None:
    piece = canvas.hover.piece
    if piece is None or live is not None or canvas.shown is None or piece.session_id not in canvas.shown.faces:
        return
    box = canvas.to_view(piece.box)
    painter.save()
    painter.setClipRect(canvas.clip_of(piece.box))
    canvas.blocks.paint(painter, box, canvas.shown.faces[piece.session_id], canvas.style_of(piece, hover=True))
    painter.restore()


def _draw_selection(canvas: "ScheduleCanvas", painter: QPainter) -> None:
    """An accent ring outside of every chosen block, and a second one where the keyboard stands."""
    ring, focus = QPen(canvas.ink.colour("accent"), 2), canvas.hasFocus()
    cursor = canvas.selection.cursor
    marked = [*canvas.selection.ids]
    if focus and cursor is not None and cursor not in marked:
        marked.append(cursor)
    for session_id in marked:
        for piece in canvas.laid.by_session.get(session_id, ()):
            box = canvas.to_view(piece.box)
            clip = canvas.clip_of(piece.box)
            if not box.intersects(clip):
                continue
            painter.setClipRect(clip)
            if session_id in canvas.selection:
                canvas.ink.rounded(painter, box.adjusted(-1, -1, 1, 1), RADIUS + 1, None, ring)
            if session_id == cursor and focus and (len(marked) > 1 or session_id not in canvas.selection):
                canvas.ink.rounded(painter, box.adjusted(-4, -4, 4, 4), RADIUS + 4, None, ring)
    painter.setClipRect(canvas.body())


def _draw_gesture(canvas: "ScheduleCanvas", painter: QPainter, live: Drag | None) -> QRectF | None:
    if live is None:
        return None
    if live.kind is Kind.BAND and live.band is not None:
        _draw_band(canvas, painter, live.band)
    if live.target is None:
        return None
    boxes = [canvas.to_view(box) for box in canvas.ghost_boxes(live.target)]
    for index, box in enumerate(boxes):
        if live.target.card is None:
            _draw_new(canvas, painter, box, live.target)
        else:
            _draw_ghost(canvas, painter, box, live.target, first=index == 0)
    return boxes[0] if boxes else None


def _draw_ghost(canvas: "ScheduleCanvas", painter: QPainter, box: QRectF, target: Target, *, first: bool) -> None:
    assert canvas.shown is not None
    assert target.card is not None
    box = QRectF(round(box.left()), round(box.top()), round(box.width()), round(box.height()))
    face = face_of(target.card, canvas.shown.directory)
    style = BlockStyle(canvas.manner, box.width(), ghost=target.verdict.level)
    painter.setOpacity(0.96)
    draw_block(painter, box, face, style, canvas.ink)
    painter.setOpacity(1.0)


def _draw_new(canvas: "ScheduleCanvas", painter: QPainter, box: QRectF, target: Target) -> None:
    ink = canvas.ink
    token = "accent" if target.verdict.level is Level.OK else GHOST_EDGE[target.verdict.level]
    ink.rounded(painter, box.adjusted(1, 1, -1, -1), RADIUS, ink.colour(token, 40), QPen(ink.colour(token), 1.5))
    lines = target.lines[:2] if canvas.manner is Manner.COLUMN else target.lines[1:2]
    for index, line in enumerate(lines):
        baseline = box.top() + ink.px(16 + 15 * index)
        if baseline < box.bottom() - 2 and ink.width(line, ("small", 600, True)) < box.width() - 14:
            ink.write(painter, box.left() + 9, baseline, line, ("small", 600, True), ink.colour(token))


def _draw_band(canvas: "ScheduleCanvas", painter: QPainter, band: Box) -> None:
    ink = canvas.ink
    pen = QPen(ink.colour("accent"), 1)
    ink.rounded(painter, canvas.to_view(band).adjusted(0.5, 0.5, -0.5, -0.5), 3, ink.colour("accent", 30), pen)


def _draw_bubble(canvas: "ScheduleCanvas", painter: QPainter, live: Drag | None, ghost: QRectF | None) -> None:
    bounds = QRectF(canvas.viewport().rect())
    below = not canvas.vertical
    if live is not None and live.target is not None:
        shown = live.target.card is not None or live.target.verdict.level is not Level.OK
        if shown or canvas.manner is not Manner.COLUMN:
            anchor = ghost if ghost is not None else QRectF(live.point, live.point)
            anchor = anchor.intersected(canvas.body()) if anchor.intersects(canvas.body()) else anchor
            draw_bubble(painter, anchor, live.target.lines, bounds, canvas.ink, live.target.verdict.level, below=below)
        return
    piece, lines = canvas.hover.piece, canvas.hover.lines
    if live is None and piece is not None and lines:
        anchor = canvas.to_view(piece.box).intersected(canvas.body())
        clash = canvas.shown is not None and piece.session_id in canvas.shown.clashing
        level = Level.BLOCK if clash else Level.OK
        draw_bubble(painter, anchor, lines, bounds, canvas.ink, level, below=below, marks=canvas.hover.marks)
