"""The painted schedule as a widget: it shows a board, lets people point, drag and type, and asks through signals.

It never saves anything. Subclasses say where things are (see `surface`).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QWidget

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import Board, SessionCard
from trainer_desk.views.schedule import accessible, overlay, walk
from trainer_desk.views.schedule.free_times import FreeTimes
from trainer_desk.views.schedule.gestures import Gestures
from trainer_desk.views.schedule.hover import Hover
from trainer_desk.views.schedule.keyboard import Keyboard
from trainer_desk.views.schedule.layout import Piece
from trainer_desk.views.schedule.requests import PlaceRequest
from trainer_desk.views.schedule.selection import Selection
from trainer_desk.views.schedule.shown import Shown
from trainer_desk.views.schedule.surface import Surface

SETTLES_WITHIN = 4_000
"""Milliseconds after which a placed session springs back when no new board confirmed it."""
ZOOM_STEP = 1.15

Given = tuple[Board, Directory, datetime]


class DayTarget(Protocol):
    """A small month: which day is at a place of the screen, and the outline of the day that would be taken."""

    def day_at(self, screen_point: QPoint) -> date | None:
        """Return the day at a place of the screen."""

    def set_drop_day(self, day: date | None) -> None:
        """Outline a day, or none."""


class ScheduleCanvas(Surface):
    """Base of all painted views. Instants in signals are UTC; ids are those of sessions."""

    selection_changed = Signal(list)
    open_requested = Signal(int, bool)
    """Session, and whether the first empty field should have the focus."""
    create_requested = Signal(object, object, object)
    """Start, end, and the lane's resource id or None."""
    place_requested = Signal(object)
    """A PlaceRequest."""
    refused = Signal(object, int)
    """The findings of a blocked drop, and the session (0: a new draft)."""
    unplace_requested = Signal(list)
    range_step = Signal(int)
    day_requested = Signal(object)
    zoom_changed = Signal(float)
    context_menu_requested = Signal(int, QPoint)
    tray_hovered = Signal(bool)
    """Whether a dragged block is over the widget that takes its date away."""

    zooms = (1.0, 1.0)
    """The least and the greatest zoom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zoom = 1.0
        self.plans = True
        """Whether sessions can be drawn, moved and resized here."""
        self.selection = Selection()
        self.unplace_target: QWidget | None = None
        self.day_target: DayTarget | None = None
        self.free_times: FreeTimes | None = None
        self.refused_request: PlaceRequest | None = None
        self.nodes: dict[accessible.Key, accessible.Node] = {}
        self.said = ""
        """The last announcement to screen readers."""
        self._visible: frozenset[int] | None = None
        self._given: Given | None = None
        self._waits = False
        self._clock = QElapsedTimer()
        self.gestures = Gestures(self)
        self.keyboard = Keyboard(self)
        self.hover = Hover(self)
        self._settle = QTimer(self, singleShot=True, interval=SETTLES_WITHIN)
        self._settle.timeout.connect(self.revert)
        self._filters = QTimer(self, singleShot=True, interval=0)
        self._filters.timeout.connect(self._refilter)
        self._minute = QTimer(self, interval=20_000)
        self._minute.timeout.connect(self.viewport().update)
        self._minute.start()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.look.changed.connect(self._restyle)
        accessible.install()

    # What the page says

    def set_board(self, board: Board, directory: Directory, now: datetime) -> None:
        """Show a board; `now` is UTC. While a session is dragged over the same range the layout waits for the drop."""
        self._settle.stop()
        self._given = (board, directory, now)
        self._clock.start()
        self._waits = self.gestures.drag is not None and self.shown is not None and self.shown.is_same_range(board)
        if not self._waits:
            self._show(*self._given)

    def set_visible_sessions(self, session_ids: Iterable[int] | None) -> None:
        """Paint only these sessions (None: all) from now on; verdicts still know the others."""
        visible = None if session_ids is None else frozenset(session_ids)
        if visible != self._visible:
            self._visible = visible
            self._filters.start()

    def set_unplace_target(self, widget: QWidget | None) -> None:
        """Name the widget onto which blocks can be dropped to lose their date."""
        self.unplace_target = widget

    def set_day_target(self, days: "DayTarget | None") -> None:
        """Name the small month onto whose days sessions can be dropped."""
        self.day_target = days

    def revert(self) -> None:
        """Show the last board given, without what was placed since: a save was refused."""
        if self._given is not None:
            self._show(*self._given)

    def select(self, session_ids: Iterable[int]) -> None:
        """Choose sessions from outside, without `selection_changed`."""
        self.selection.choose(session_ids)
        self.viewport().update()

    def selected(self) -> list[int]:
        """Return the ids of the chosen sessions."""
        return self.selection.ids

    def reveal(self, session_id: int) -> None:
        """Scroll so far that the session can be seen."""
        self.ensure_layout()
        pieces = self.laid.by_session.get(session_id)
        if pieces:
            self.scroll_to(pieces[0].box)

    def external_drag_begin(self, card: SessionCard) -> None:
        """Begin to place a session of the tray; the tray has the mouse and reports its movements."""
        self.gestures.external_begin(card)

    def external_drag_move(self, global_pos: QPoint) -> None:
        """Follow the pointer (global pixels)."""
        self.gestures.external_move(QPointF(self.viewport().mapFromGlobal(global_pos)))

    def external_drag_drop(self, global_pos: QPoint) -> bool:
        """End the drag; tells whether the pointer was over the grid."""
        return self.gestures.external_drop(QPointF(self.viewport().mapFromGlobal(global_pos)))

    def external_drag_cancel(self) -> None:
        """End the drag without effect."""
        self.gestures.cancel()

    # What gestures and keys do

    @property
    def now(self) -> datetime | None:
        """The present (UTC): the board's, moved on by the time that passed since."""
        if self._given is None:
            return None
        return self._given[2] + timedelta(milliseconds=self._clock.elapsed() if self._clock.isValid() else 0)

    def order(self) -> list[int]:
        """Return the sessions shown in reading order."""
        self.ensure_layout()
        return walk.reading_order(self.shown.cards, self.laid.by_session) if self.shown else []

    def piece_at(self, point: QPointF) -> Piece | None:
        """Return the piece of a session under a viewport point."""
        self.ensure_layout()
        if self.shown is None or not self.body().contains(point):
            return None
        x, y = self.to_content(point)
        return self.laid.hit(self.column_at(x, y), x, y)

    def day_link_at(self, point: QPointF) -> date | None:
        """Return the day that a click on this viewport point opens: that of a tile "+n"."""
        if self.shown is None or not self.body().contains(point):
            return None
        tile = self.laid.more_at(*self.to_content(point))
        return tile.day if tile else None

    def offer_at(self, point: QPointF) -> PlaceRequest | None:
        """Return what a click on this viewport point would give the chosen session; None: nothing is offered."""
        return None

    def selection_moved(self, changed: bool, *, focus: bool = False) -> None:
        """Paint the selection, tell the page if it changed, and the screen reader where the cursor stands."""
        self.viewport().update()
        if changed:
            self.selection_changed.emit(self.selection.ids)
        if focus and self.selection.cursor is not None:
            self.reveal(self.selection.cursor)
            accessible.focus_moved(self)

    def placed(self, request: PlaceRequest, card: SessionCard) -> None:
        """Ask for a placement, and show it at once; it springs back unless a new board comes."""
        if self.shown is not None and not request.copy:
            others = tuple(known for known in self.shown.board.sessions if known.id != card.id)
            board = replace(self.shown.board, sessions=(*others, request.applied(card)))
            self._show(board, self.shown.directory, self.shown.now)
            self._settle.start()
        self.place_requested.emit(request)

    def drag_ended(self) -> None:
        """Show what changed while the layout was frozen."""
        if self._waits:
            self._waits = False
            self.revert()

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom about a viewport point (None: the middle), within the view's limits."""
        least, most = self.zooms
        wanted = min(most, max(least, zoom))
        if wanted == self.zoom or self.shown is None:
            return
        body = self.body()
        point = at if at is not None else body.center()
        self.ensure_layout()
        mark = self.zoom_mark(*self.to_content(point))
        self.zoom = wanted
        self.invalidate()
        self.ensure_layout()
        x, y = self.zoom_point(mark)
        self.horizontalScrollBar().setValue(round(x - (point.x() - body.left())))
        self.verticalScrollBar().setValue(round(y - (point.y() - body.top())))
        self.zoom_changed.emit(self.zoom)

    def _refilter(self) -> None:
        if self.shown is not None:
            self._show(self.shown.board, self.shown.directory, self.shown.now)

    def _show(self, board: Board, directory: Directory, now: datetime) -> None:
        first = self.shown is None
        self._filters.stop()
        self.shown = Shown(board, directory, now, self._visible)
        self.hover.clear()
        self.invalidate()
        self.ensure_layout()
        if first:
            self.first_shown()
        self.gestures.board_changed()
        if self.selection.keep(self.shown.cards):
            self.selection_changed.emit(self.selection.ids)
        accessible.board_changed(self)

    def first_shown(self) -> None:
        """Scroll to where one wants to begin reading."""

    def _restyle(self) -> None:
        self.ink.reset()
        self.blocks.clear()
        self.invalidate()

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the still layers, then paint what lives."""
        self.ensure_layout()
        painter = QPainter(self.viewport())
        self.draw_layers(painter)
        overlay.draw_overlay(self, painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new size."""
        self.invalidate()
        self.ensure_layout()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint again at the new offset; tiles make that a copy."""
        self.hover.clear()
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Take pinches as zoom, and forget the hover when the pointer leaves."""
        if event.type() is QEvent.Type.Leave:
            self.hover.clear()
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.set_zoom(self.zoom * (1 + event.value()), event.position())
            return True
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        """Forget pictures made for another pixel ratio; keep Tab and the like for moving on."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._restyle()
        if event.type() is QEvent.Type.WindowDeactivate:
            self.gestures.cancel()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to click, drag or draw."""
        self.gestures.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover or drag on."""
        self.gestures.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Click or drop."""
        self.gestures.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open."""
        self.gestures.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer every action for the session under the pointer, or under the cursor for the menu key."""
        self.gestures.context_menu(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, choose, move; other keys are the page's."""
        if not self.keyboard.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Notice that Ctrl or Shift was let go during a drag."""
        self.gestures.modifiers_changed(event.modifiers())
        super().keyReleaseEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            up = event.angleDelta().y() > 0
            self.set_zoom(self.zoom * (ZOOM_STEP if up else 1 / ZOOM_STEP), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cursor; a session picked up by key goes back."""
        super().focusOutEvent(event)
        if self.gestures.drag is not None and self.gestures.drag.keyboard:
            self.gestures.cancel()
        self.viewport().update()
