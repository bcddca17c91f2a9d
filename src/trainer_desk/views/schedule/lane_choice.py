"""Reaches the menu of a lane without a mouse: a list of the lanes on show, that of the chosen session first in hand."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import literal
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.schedule.layout import Box

if TYPE_CHECKING:
    from trainer_desk.views.schedule.lane_view import LaneView


def offer(canvas: "LaneView") -> bool:
    """Offer the lanes by name, each of which opens its menu; return whether there is any."""
    canvas.ensure_layout()
    names = canvas.names()
    at_hand, day = _at_hand(canvas)
    menu, first = Menu(canvas, _("Lanes")), None
    for index, lane in enumerate(canvas.lanes.lanes):
        if lane.resource_id is None or lane.resource_id not in names:
            continue
        action = menu.addAction(literal(names[lane.resource_id][0]))
        its_day = day if lane.resource_id == at_hand else None
        action.triggered.connect(partial(_ask, canvas, index, lane.resource_id, its_day))
        first = action if lane.resource_id == at_hand else first
    if menu.isEmpty():
        menu.deleteLater()
        return False
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(canvas.viewport().mapToGlobal(QPoint(canvas.side_width() // 2, canvas.head_height())))
    if first is not None:
        menu.setActiveAction(first)
    return True


def _ask(canvas: "LaneView", index: int, resource_id: int, day: date | None, _on: bool = False) -> None:
    lane = canvas.lanes.lanes[index]
    place = canvas.to_view(Box(0, lane.y, canvas.side_width(), lane.height)).center().toPoint()
    height = canvas.viewport().height()
    inside = QPoint(canvas.side_width() // 2, min(max(place.y(), canvas.head_height()), height))
    canvas.lane_menu_requested.emit(resource_id, day, canvas.viewport().mapToGlobal(inside))


def _at_hand(canvas: "LaneView") -> tuple[int | None, date | None]:
    """Return the lane and the day of the session under the cursor, if one is chosen."""
    cursor = canvas.selection.cursor
    pieces = canvas.laid.by_session.get(cursor, ()) if cursor is not None and len(canvas.selection) else ()
    if not pieces:
        return None, None
    lane = canvas.lanes.lanes[pieces[0].column].resource_id
    return lane, canvas.slot_at(pieces[0].box.x, pieces[0].box.y).day
