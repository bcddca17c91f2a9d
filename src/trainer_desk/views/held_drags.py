"""Holds a session over a place of the calendar as a hand would, for the pictures of a drag (ux 4.6)."""

from collections.abc import Iterator
from datetime import timedelta

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.schedule import aiming
from trainer_desk.views.schedule.canvas import ScheduleCanvas
from trainer_desk.views.schedule.lane_view import LaneView
from trainer_desk.views.schedule.layout import Box
from trainer_desk.views.schedule.verdict import Level

HOURS = (9, 10, 11, 13)
INTO = timedelta(minutes=15)
"""How far into the other session the held one begins."""


def hold_over_free_lane(canvas: LaneView, card: SessionCard) -> None:
    """Hold a card of the tray over the first lane on which nothing stands in its way, at a usual hour to come."""
    canvas.external_drag_begin(card)
    for lane, day, hour in _places(canvas):
        left = canvas.lanes.x_of(day, hour * 60 + 5)
        place = canvas.to_view(Box(left, lane, 1, 1)).topLeft()
        canvas.external_drag_move(canvas.viewport().mapToGlobal(place.toPoint()))
        drag = canvas.gestures.drag
        if drag is not None and drag.target is not None and drag.target.verdict.level is Level.OK:
            return


def hold_over_clash(canvas: ScheduleCanvas) -> None:
    """Hold a scheduled session to come over another one of its trainer, where it may not be dropped."""
    for held, other in _pairs(canvas):
        canvas.keyboard.pick_up(held.id)
        drag = canvas.gestures.drag
        if drag is None or canvas.shown is None:
            continue
        drag.target = aiming.aim_at(canvas, drag, aiming.start_of(other, canvas.shown.directory) + INTO, drag.slot.lane)
        if drag.target is not None and drag.target.verdict.level is Level.BLOCK:
            canvas.gestures.carried(drag)
            return
        canvas.gestures.cancel()


def _places(canvas: LaneView) -> Iterator[tuple[float, int, int]]:
    """Yield the middle of each lane, and the days after today with their usual hours."""
    assert canvas.shown is not None
    today = canvas.shown.now.astimezone(canvas.shown.directory.settings.zone).date()
    coming = [place for place, day in enumerate(canvas.shown.dates) if day > today]
    for lane in canvas.lanes.lanes:
        if lane.resource_id is not None:
            yield from ((lane.y + lane.height / 2, day, hour) for day in coming for hour in HOURS)


def _pairs(canvas: ScheduleCanvas) -> Iterator[tuple[SessionCard, SessionCard]]:
    """Yield sessions to come, each with the others of the same trainer."""
    assert canvas.shown is not None
    shown = canvas.shown
    cards = [
        card
        for card in shown.cards.values()
        if card.status is SessionStatus.SCHEDULED and card.starts_at is not None and card.starts_at > shown.now
    ]
    for held in cards:
        for other in cards:
            if held.id != other.id and held.trainer_id == other.trainer_id and held.starts_at != other.starts_at:
                yield held, other
