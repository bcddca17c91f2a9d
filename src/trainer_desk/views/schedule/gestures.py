"""What the mouse does on the schedule: clicks, drags, resizing, drawing, rubber band, drops from the tray (ux 4.5)."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.schedule import accessible, aiming, words
from trainer_desk.views.schedule.drag import Drag, Kind, Slot
from trainer_desk.views.schedule.edges import Edges
from trainer_desk.views.schedule.layout import Piece
from trainer_desk.views.schedule.requests import PlaceRequest
from trainer_desk.views.schedule.verdict import Level

if TYPE_CHECKING:
    from trainer_desk.views.schedule.canvas import ScheduleCanvas

GRIP = 8
"""Pixels at a block's edge that resize it."""
SLACK = 24
"""Pixels beyond the grid in which a drag still counts as inside."""
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DRAGGABLE = frozenset({SessionStatus.DRAFT, SessionStatus.SCHEDULED})


class Gestures(QObject):
    """The one gesture under way on a canvas, if any."""

    def __init__(self, canvas: "ScheduleCanvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.drag: Drag | None = None
        self._pressed_day: date | None = None
        self._pressed_offer: PlaceRequest | None = None
        self._edges = Edges(self, canvas)

    # The mouse

    def press(self, event: QMouseEvent) -> None:
        """Remember what was pressed; nothing happens before the pointer moves or is let go."""
        canvas = self._canvas
        canvas.hover.clear()
        if event.button() is Qt.MouseButton.RightButton:
            self.cancel()
        if event.button() is not Qt.MouseButton.LeftButton or canvas.shown is None:
            return
        if self.drag is not None:
            self.cancel()
        point = event.position()
        self._pressed_day = canvas.day_link_at(point)
        self._pressed_offer = canvas.offer_at(point)
        free = canvas.free_times.hit(canvas, point) if canvas.free_times is not None else None
        if free is not None and canvas.free_times is not None:
            canvas.free_times.take(free)
            return
        if self._pressed_day is not None or self._pressed_offer is not None or not canvas.body().contains(point):
            return
        piece = canvas.piece_at(point)
        slot = canvas.slot_at(*canvas.to_content(point))
        if piece is not None:
            card = canvas.shown.cards[piece.session_id]
            kind = part_of(canvas.to_view(piece.box), point, canvas.vertical) if not canvas.days_only else Kind.MOVE
            grab = aiming.grab_of(card, kind, slot, canvas.shown.directory)
            self.drag = Drag(kind, point, slot, card, piece, grab, point=point)
        elif not canvas.days_only or event.modifiers() & SHIFT:
            kind = Kind.BAND if event.modifiers() & SHIFT else Kind.CREATE
            self.drag = Drag(kind, point, slot, point=point)
        else:
            self.drag = Drag(Kind.BAND, point, slot, point=point)

    def move(self, event: QMouseEvent) -> None:
        """Hover, or carry the gesture on."""
        drag, point = self.drag, event.position()
        if drag is None or drag.external:
            self._point_at(point)
            return
        if drag.keyboard:
            return
        if not drag.live:
            if (point - drag.press).manhattanLength() < QApplication.startDragDistance() or not self._may_begin(drag):
                return
            self._begin(drag)
        if not self._canvas.window().frameGeometry().contains(event.globalPosition().toPoint()):
            self.cancel()
            return
        drag.point = point
        self.update(event.modifiers())

    def release(self, event: QMouseEvent) -> None:
        """Drop, or take it as a click."""
        drag = self.drag
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if drag is None:
            self._take_link(event.position())
            return
        if drag.keyboard or drag.external:
            return
        if drag.live:
            self.drop()
            return
        self.drag = None
        self._canvas.drag_ended()
        self._click(drag, event.modifiers())

    def double_click(self, event: QMouseEvent) -> None:
        """Open the session; in a month the day."""
        piece = self._canvas.piece_at(event.position())
        self.drag = None
        if piece is not None:
            self._canvas.open_requested.emit(piece.session_id, True)

    def context_menu(self, event: QContextMenuEvent) -> None:
        """Choose the session under the pointer and ask for its menu."""
        canvas = self._canvas
        if self.drag is not None and self.drag.live:
            self.cancel()
            return
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            piece = canvas.piece_at(QPointF(event.pos()))
            if piece is not None:
                self.ask_menu(piece.session_id, event.globalPos())
        elif canvas.selection.cursor is not None:
            self.ask_menu(canvas.selection.cursor, event.globalPos())

    def ask_menu(self, session_id: int, position: QPoint | None = None) -> None:
        """Choose a session and ask for its menu, at its block unless a place (global pixels) is given."""
        canvas = self._canvas
        pieces = canvas.laid.by_session.get(session_id, ())
        if pieces:
            middle = canvas.viewport().mapToGlobal(canvas.to_view(pieces[0].box).center().toPoint())
            position = position or middle
        if session_id not in canvas.selection:
            canvas.selection_moved(canvas.selection.only(session_id))
        canvas.context_menu_requested.emit(session_id, position or canvas.mapToGlobal(canvas.rect().center()))

    # The gesture

    def update(self, modifiers: Qt.KeyboardModifier) -> None:
        """Aim anew from where the pointer is."""
        drag, canvas = self.drag, self._canvas
        if drag is None or not drag.live or canvas.shown is None:
            return
        self._look_outside(drag)
        before = drag.target
        if drag.kind is Kind.BAND:
            drag.band = aiming.band(canvas, drag)
        else:
            drag.target = None if drag.outside else aiming.aim(canvas, drag, modifiers)
            self._dim(None if drag.copy or drag.external or drag.card is None else drag.card.id)
        self._edges.watch(drag)
        if drag.target is not None and (before is None or before.verdict.level != drag.target.verdict.level):
            accessible.announce_target(canvas, drag.target)
        canvas.viewport().update()

    def carried(self, drag: Drag) -> None:
        """Show a session that the keyboard carries where it is now, turning to its week if need be."""
        canvas = self._canvas
        if drag.target is None or canvas.shown is None or drag.card is None:
            return
        self._dim(drag.card.id)
        day, dates = drag.target.start.date(), canvas.shown.dates
        if day not in dates:
            canvas.range_step.emit(-1 if day < dates[0] else 1)
        for box in canvas.ghost_boxes(drag.target)[:1]:
            canvas.scroll_to(box)
        accessible.announce_target(canvas, drag.target)
        canvas.viewport().update()

    def board_changed(self) -> None:
        """Judge anew on another board, where the gesture goes on."""
        drag = self.drag
        if drag is None or not drag.live or drag.target is None:
            return
        target, drag.target = drag.target, None
        if drag.keyboard:
            drag.target = aiming.aim_at(self._canvas, drag, target.start, target.lane)
        else:
            self.update(QApplication.keyboardModifiers())

    def modifiers_changed(self, modifiers: Qt.KeyboardModifier) -> None:
        """Aim anew when Ctrl or Shift goes down or up during a drag."""
        if self.drag is not None and self.drag.live and not self.drag.keyboard:
            self.update(modifiers)

    def drop(self) -> bool:
        """End the gesture where it is; tells whether anything was asked for."""
        drag, canvas = self.drag, self._canvas
        self._end()
        if drag is None:
            return False
        if drag.kind is Kind.BAND:
            return self._choose_band(drag)
        target = drag.target
        if drag.drop_day is not None:
            target = aiming.on_day(canvas, drag, drag.drop_day)
        if drag.over_tray and drag.card is not None:
            chosen = canvas.selection.ids if drag.card.id in canvas.selection else [drag.card.id]
            canvas.unplace_requested.emit(chosen)
            return True
        if target is None:
            return False
        if target.verdict.level is Level.BLOCK:
            canvas.refused_request = target.request
            canvas.refused.emit(list(target.verdict.findings), drag.card.id if drag.card else 0)
            return False
        if drag.card is None:
            canvas.create_requested.emit(*aiming.instants(target, canvas), aiming.lane_id(target))
            return True
        if target.request is None or not (drag.external or target.request.changes(drag.card)):
            return False
        canvas.placed(target.request, drag.card)
        return True

    def cancel(self) -> bool:
        """End the gesture without effect; tells whether there was one."""
        if self.drag is None:
            return False
        self._end()
        return True

    # From the tray

    def external_begin(self, card: SessionCard) -> None:
        """Take up a card of the tray."""
        self.cancel()
        if self._canvas.shown is not None and self._canvas.plans:
            nowhere = Slot(self._canvas.shown.dates[0], 0)
            self.drag = Drag(Kind.MOVE, QPointF(), nowhere, card, live=True, external=True, outside=True)

    def external_move(self, point: QPointF) -> None:
        """Follow the tray's pointer, in viewport pixels."""
        if self.drag is not None and self.drag.external:
            self.drag.point = point
            self.update(QApplication.keyboardModifiers())

    def external_drop(self, point: QPointF) -> bool:
        """Drop the tray's card."""
        if self.drag is None or not self.drag.external:
            return False
        self.external_move(point)
        inside = not self.drag.outside
        self.drop()
        return inside

    # Parts

    def _may_begin(self, drag: Drag) -> bool:
        if not self._canvas.plans:
            return drag.kind is Kind.BAND
        if drag.card is None or drag.card.status in DRAGGABLE:
            return True
        return drag.card.status is SessionStatus.IN_PROGRESS and drag.kind is Kind.END

    def _begin(self, drag: Drag) -> None:
        drag.live = True
        if drag.kind is Kind.MOVE:
            self._canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def _dim(self, session_id: int | None) -> None:
        canvas, before = self._canvas, self._canvas.dimmed
        canvas.dimmed = session_id
        for changed in {before, session_id} - {None} if before != session_id else set():
            canvas.redraw(changed)

    def _end(self) -> None:
        canvas, drag = self._canvas, self.drag
        self._edges.stop()
        self.drag = None
        if drag is not None and drag.over_tray:
            canvas.tray_hovered.emit(False)
        if canvas.day_target is not None:
            canvas.day_target.set_drop_day(None)
        self._dim(None)
        canvas.viewport().unsetCursor()
        canvas.viewport().update()
        canvas.drag_ended()

    def _look_outside(self, drag: Drag) -> None:
        canvas = self._canvas
        slack = 0 if drag.external else SLACK
        reach = canvas.body().adjusted(-slack, -slack, slack, slack)
        drag.outside = drag.kind is Kind.MOVE and not reach.contains(drag.point)
        tray = canvas.unplace_target
        over = False
        if tray is not None and tray.isVisible() and drag.places and not drag.external:
            over = tray.rect().contains(tray.mapFromGlobal(canvas.viewport().mapToGlobal(drag.point.toPoint())))
        if over != drag.over_tray:
            drag.over_tray = over
            canvas.tray_hovered.emit(over)
        days = canvas.day_target
        if days is not None and drag.kind is Kind.MOVE and drag.card is not None and drag.card.starts_at is not None:
            drag.drop_day = days.day_at(canvas.viewport().mapToGlobal(drag.point.toPoint()))
            days.set_drop_day(drag.drop_day)
            drag.outside = drag.outside or drag.drop_day is not None
        drag.outside = drag.outside or over

    def _click(self, drag: Drag, modifiers: Qt.KeyboardModifier) -> None:
        canvas = self._canvas
        if drag.card is None:
            if not modifiers & (CTRL | SHIFT):
                canvas.selection_moved(canvas.selection.leave())
        elif modifiers & CTRL:
            canvas.selection_moved(canvas.selection.toggle(drag.card.id), focus=True)
        elif modifiers & SHIFT:
            canvas.selection_moved(canvas.selection.reach(drag.card.id, canvas.order()), focus=True)
        else:
            canvas.selection_moved(canvas.selection.only(drag.card.id), focus=True)

    def _choose_band(self, drag: Drag) -> bool:
        canvas = self._canvas
        if drag.band is None:
            return False
        met = {piece.session_id for piece in canvas.laid.pieces if piece.box.meets(drag.band)}
        changed = canvas.selection.choose([key for key in canvas.order() if key in met])
        canvas.selection_moved(changed)
        accessible.announce(canvas, words.chosen(len(met)))
        return changed

    def _take_link(self, point: QPointF) -> None:
        canvas, day, offer = self._canvas, self._pressed_day, self._pressed_offer
        self._pressed_day = self._pressed_offer = None
        if offer is not None and canvas.offer_at(point) == offer and canvas.shown is not None:
            canvas.placed(offer, canvas.shown.cards[offer.session_id])
        elif day is not None and canvas.day_link_at(point) == day:
            canvas.day_requested.emit(day)

    def _point_at(self, point: QPointF) -> None:
        canvas = self._canvas
        piece = canvas.piece_at(point)
        canvas.hover.at(piece, point)
        canvas.viewport().setCursor(self._cursor(piece, point))

    def _cursor(self, piece: Piece | None, point: QPointF) -> Qt.CursorShape:
        canvas = self._canvas
        if piece is None or canvas.shown is None:
            links = canvas.offer_at(point) is not None or canvas.day_link_at(point) is not None
            return Qt.CursorShape.PointingHandCursor if links else Qt.CursorShape.ArrowCursor
        card = canvas.shown.cards[piece.session_id]
        edge = part_of(canvas.to_view(piece.box), point, canvas.vertical)
        if canvas.days_only or edge is Kind.MOVE or card.status not in DRAGGABLE or not canvas.plans:
            return Qt.CursorShape.PointingHandCursor
        return Qt.CursorShape.SizeVerCursor if canvas.vertical else Qt.CursorShape.SizeHorCursor


def part_of(box: QRectF, point: QPointF, vertical: bool) -> Kind:
    """Return what pressing at `point` of a block begins: moving, or changing its start or end."""
    first, last, here = (box.top(), box.bottom(), point.y()) if vertical else (box.left(), box.right(), point.x())
    grip = min(GRIP, (last - first) / 4)
    if here - first < grip:
        return Kind.START
    return Kind.END if last - here < grip else Kind.MOVE
