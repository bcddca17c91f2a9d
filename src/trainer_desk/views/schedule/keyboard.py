"""What the keys do on the schedule: walking, choosing, moving and picking up (ux 6); other keys are the page's."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.schedule import accessible, aiming, walk, wall, words
from trainer_desk.views.schedule.drag import Drag, Kind, LaneKey, Slot
from trainer_desk.views.schedule.gestures import DRAGGABLE
from trainer_desk.views.schedule.layout import MINIMUM_MINUTES
from trainer_desk.views.schedule.placing import length_of
from trainer_desk.views.schedule.walk import Direction

if TYPE_CHECKING:
    from trainer_desk.views.schedule.canvas import ScheduleCanvas

ARROWS = {
    Qt.Key.Key_Left: Direction.LEFT,
    Qt.Key.Key_Right: Direction.RIGHT,
    Qt.Key.Key_Up: Direction.UP,
    Qt.Key.Key_Down: Direction.DOWN,
}
ZOOM_STEP = 1.15
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Keyboard:
    """The keys of one canvas."""

    def __init__(self, canvas: "ScheduleCanvas") -> None:
        self._canvas = canvas

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key; tells whether it was one of ours."""
        canvas = self._canvas
        if canvas.shown is None:
            return False
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if canvas.gestures.drag is not None:
            return self._while_dragging(Qt.Key(key), modifiers)
        if canvas.free_times is not None and not modifiers and canvas.free_times.press(key):
            return True
        direction = ARROWS.get(Qt.Key(key))
        if direction is not None:
            return self._arrow(direction, modifiers)
        if modifiers == CTRL:
            return self._with_ctrl(Qt.Key(key))
        return modifiers in (Qt.KeyboardModifier.NoModifier, SHIFT) and self._plain(Qt.Key(key))

    def _plain(self, key: Qt.Key) -> bool:
        canvas, selection = self._canvas, self._canvas.selection
        match key:
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                canvas.range_step.emit(-1 if key == Qt.Key.Key_PageUp else 1)
            case Qt.Key.Key_Home | Qt.Key.Key_End:
                order = canvas.order()
                if order:
                    canvas.selection_moved(selection.only(order[0 if key == Qt.Key.Key_Home else -1]), focus=True)
            case Qt.Key.Key_Escape:
                return self._clear()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if selection.cursor is not None:
                canvas.open_requested.emit(selection.cursor, True)
            case Qt.Key.Key_X if selection.cursor is not None:
                canvas.selection_moved(selection.toggle(selection.cursor))
                accessible.announce(canvas, words.chosen(len(selection)))
            case Qt.Key.Key_G if selection.cursor is not None:
                self.pick_up(selection.cursor)
            case Qt.Key.Key_Menu if selection.cursor is not None:
                canvas.gestures.ask_menu(selection.cursor)
            case _:
                return False
        return True

    def _with_ctrl(self, key: Qt.Key) -> bool:
        canvas = self._canvas
        match key:
            case Qt.Key.Key_A:
                canvas.selection_moved(canvas.selection.choose(canvas.order()))
                accessible.announce(canvas, words.chosen(len(canvas.selection)))
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                canvas.set_zoom(canvas.zoom * ZOOM_STEP)
            case Qt.Key.Key_Minus:
                canvas.set_zoom(canvas.zoom / ZOOM_STEP)
            case Qt.Key.Key_0:
                canvas.set_zoom(1.0)
            case _:
                return False
        return True

    def _clear(self) -> bool:
        canvas = self._canvas
        if not len(canvas.selection):
            return False
        canvas.selection_moved(canvas.selection.clear())
        return True

    # Walking and nudging

    def _arrow(self, direction: Direction, modifiers: Qt.KeyboardModifier) -> bool:
        if modifiers in (Qt.KeyboardModifier.NoModifier, SHIFT):
            return self._walk(direction, extend=modifiers == SHIFT)
        if modifiers in (ALT, ALT | SHIFT):
            return self._nudge(direction, end=modifiers != ALT)
        return False

    def _walk(self, direction: Direction, *, extend: bool) -> bool:
        canvas, selection = self._canvas, self._canvas.selection
        canvas.ensure_layout()
        order = canvas.order()
        if not order:
            return True
        found = order[0]
        if selection.cursor is not None and selection.cursor in canvas.laid.by_session:
            following = walk.step(canvas.laid.by_session, selection.cursor, direction)
            if following is None:
                return True
            found = following
        canvas.selection_moved(selection.extend(found) if extend else selection.only(found), focus=True)
        return True

    def _nudge(self, direction: Direction, *, end: bool) -> bool:
        """Move the session under the cursor, or its end, by one step, and ask for it at once."""
        canvas = self._canvas
        card = self._movable(canvas.selection.cursor, end=end)
        if card is None:
            return True
        drag = self._taken(card)
        if end:
            self._move_end(drag, direction)
        else:
            self._carry(drag, direction, wall.SNAP)
        canvas.gestures.drag = drag
        canvas.gestures.drop()
        canvas.reveal(card.id)
        accessible.announce_target(canvas, drag.target)
        return True

    def pick_up(self, session_id: int) -> None:
        """Take the session up: arrows carry it with live verdict, Enter drops it, Esc puts it back."""
        canvas = self._canvas
        card = self._movable(session_id)
        if card is None:
            return
        canvas.gestures.drag = drag = self._taken(card)
        canvas.gestures.carried(drag)

    def _while_dragging(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        gestures = self._canvas.gestures
        drag = gestures.drag
        if key == Qt.Key.Key_Escape:
            return gestures.cancel()
        if drag is None or not drag.keyboard:
            gestures.modifiers_changed(modifiers)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_G):
            gestures.drop()
        elif key in ARROWS:
            self._carry(drag, ARROWS[key], wall.FINE_SNAP if modifiers & SHIFT else wall.SNAP)
            gestures.carried(drag)
        return True

    # Parts

    def _movable(self, session_id: int | None, *, end: bool = False) -> SessionCard | None:
        shown = self._canvas.shown
        if shown is None or session_id is None or session_id not in shown.cards or not self._canvas.plans:
            return None
        card = shown.cards[session_id]
        if card.status in DRAGGABLE or (end and card.status is SessionStatus.IN_PROGRESS):
            return card
        return None

    def _taken(self, card: SessionCard) -> Drag:
        canvas = self._canvas
        assert canvas.shown is not None
        canvas.ensure_layout()
        piece = canvas.laid.by_session[card.id][0]
        start = aiming.start_of(card, canvas.shown.directory)
        lane = canvas.lane_of(piece)
        slot = Slot(start.date(), wall.minute_of(start, start.date()), lane)
        drag = Drag(Kind.MOVE, QPointF(), slot, card, piece, live=True, keyboard=True)
        drag.target = aiming.aim_at(canvas, drag, start, lane)
        return drag

    def _carry(self, drag: Drag, direction: Direction, step: int) -> None:
        canvas = self._canvas
        if drag.target is None:
            return
        days, minutes, lanes = canvas.carry_step(direction, step)
        start: datetime = drag.target.start + timedelta(days=days, minutes=minutes)
        lane: LaneKey = drag.target.lane if not lanes else canvas.lane_beside(drag.target.lane, lanes)
        drag.target = aiming.aim_at(canvas, drag, start, lane)

    def _move_end(self, drag: Drag, direction: Direction) -> None:
        canvas = self._canvas
        assert canvas.shown is not None
        assert drag.card is not None
        _, minutes, _ = canvas.carry_step(direction, wall.SNAP)
        if drag.target is None or not minutes:
            drag.target = None
            return
        start = drag.target.start
        length = length_of(drag.card, canvas.shown.directory) + timedelta(minutes=minutes)
        drag.target = aiming.resized(canvas, drag, start, start + max(length, timedelta(minutes=MINIMUM_MINUTES)))
