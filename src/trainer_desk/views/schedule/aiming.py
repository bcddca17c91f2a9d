"""From the pointer to a target: what the gesture under way would do if it ended now."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.schedule import wall
from trainer_desk.views.schedule.drag import Drag, Kind, LaneKey, Slot, Target
from trainer_desk.views.schedule.layout import MINIMUM_MINUTES, Box, working_minutes
from trainer_desk.views.schedule.placing import length_of, new_draft, place
from trainer_desk.views.schedule.requests import UNCHANGED, Keep

if TYPE_CHECKING:
    from trainer_desk.views.schedule.canvas import ScheduleCanvas


def grab_of(card: SessionCard, kind: Kind, slot: Slot, directory: Directory) -> float:
    """Return the minutes on the clock from the session's start, or the end that is pulled, to where it was grabbed."""
    if card.starts_at is None:
        return 0.0
    edge = start_of(card, directory)
    if kind is Kind.END:
        edge += length_of(card, directory)
    return (wall.at(slot.day, slot.minute) - edge).total_seconds() / 60


def start_of(card: SessionCard, directory: Directory) -> datetime:
    """Return the session's start on the wall clock; raises ValueError while it is undated."""
    if card.starts_at is None:
        raise ValueError("an undated session has no start")
    return wall.to_wall(card.starts_at, directory.settings.zone)


def aim(canvas: "ScheduleCanvas", drag: Drag, modifiers: Qt.KeyboardModifier) -> Target | None:
    """Return the target under the pointer; Shift makes the grid finer, Ctrl turns a move into a copy."""
    assert canvas.shown is not None
    slot = canvas.slot_at(*canvas.to_content(_inside(canvas, drag.point)))
    step = wall.FINE_SNAP if modifiers & Qt.KeyboardModifier.ShiftModifier else wall.SNAP
    if drag.kind is Kind.CREATE:
        return _drawn(canvas, drag, slot, step)
    if drag.card is None:
        return None
    drag.copy = drag.kind is Kind.MOVE and not drag.external and bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    if drag.kind is Kind.MOVE:
        start = _moved_start(canvas, drag, drag.card, slot, step)
        return aim_at(canvas, drag, start, slot.lane)
    return _resized(canvas, drag, drag.card, slot, step)


def aim_at(canvas: "ScheduleCanvas", drag: Drag, start: datetime, lane: LaneKey) -> Target | None:
    """Return the target of the dragged session at a wall-clock start and lane, judged only if it is another one."""
    assert canvas.shown is not None
    assert drag.card is not None
    end = start + length_of(drag.card, canvas.shown.directory)
    return _placed(canvas, drag, drag.card, start, end, lane)


def resized(canvas: "ScheduleCanvas", drag: Drag, start: datetime, end: datetime) -> Target | None:
    """Return the target of the dragged session with another wall-clock start or end, on its own lane."""
    assert drag.card is not None
    return _placed(canvas, drag, drag.card, start, end, drag.slot.lane)


def on_day(canvas: "ScheduleCanvas", drag: Drag, day: date) -> Target | None:
    """Return the target of the dragged session at its own time on another day, perhaps far from those on show."""
    if canvas.shown is None or drag.card is None:
        return None
    start = start_of(drag.card, canvas.shown.directory)
    return aim_at(canvas, drag, datetime.combine(day, start.time()), UNCHANGED)


def instants(target: Target, canvas: "ScheduleCanvas") -> tuple[datetime, datetime]:
    """Return start and end (UTC) of a new draft."""
    assert canvas.shown is not None
    return wall.placed(target.start, target.end - target.start, canvas.shown.directory.settings.zone)


def lane_id(target: Target) -> int | None:
    """Return the resource of the lane on which a draft was drawn, None without lanes."""
    return None if isinstance(target.lane, Keep) else target.lane


def band(canvas: "ScheduleCanvas", drag: Drag) -> Box:
    """Return the rubber band in content coordinates."""
    x1, y1 = canvas.to_content(drag.press)
    x2, y2 = canvas.to_content(_inside(canvas, drag.point))
    return Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))


def _inside(canvas: "ScheduleCanvas", point: QPointF) -> QPointF:
    body = canvas.body()
    return QPointF(
        min(max(point.x(), body.left()), body.right() - 1), min(max(point.y(), body.top()), body.bottom() - 1)
    )


def _placed(
    canvas: "ScheduleCanvas", drag: Drag, card: SessionCard, start: datetime, end: datetime, lane: LaneKey
) -> Target:
    assert canvas.shown is not None
    old = drag.target
    if old is not None and old.request is not None and old.card is not None:
        was = (old.start, old.end, old.lane, old.request.copy)
        if was == (start, end, lane, drag.copy):
            return old
    taken = canvas.resources(card, lane, drag.piece)
    return place(
        card,
        start,
        end,
        canvas.shown.situation,
        lane=lane,
        taken=taken,
        copy=drag.copy,
    )


def _moved_start(canvas: "ScheduleCanvas", drag: Drag, card: SessionCard, slot: Slot, step: int) -> datetime:
    assert canvas.shown is not None
    directory = canvas.shown.directory
    if canvas.days_only:
        minute = float(working_minutes(directory.settings)[0])
        if card.starts_at is not None:
            start = start_of(card, directory)
            minute = wall.minute_of(start, start.date())
        return wall.at(slot.day, minute)
    wanted = wall.at(slot.day, slot.minute) - timedelta(minutes=drag.grab)
    minute = wall.minute_of(wanted, wanted.date())
    if card.starts_at is None:
        return wall.at(wanted.date(), wall.snap_down(minute, step))
    start = start_of(card, directory)
    known = wall.minute_of(start, start.date())
    return wall.at(wanted.date(), wall.snapped_start(known, minute, step))


def _resized(canvas: "ScheduleCanvas", drag: Drag, card: SessionCard, slot: Slot, step: int) -> Target | None:
    assert canvas.shown is not None
    if card.starts_at is None or card.ends_at is None:
        return None
    directory = canvas.shown.directory
    start = start_of(card, directory)
    end = start + length_of(card, directory)
    least = timedelta(minutes=MINIMUM_MINUTES)
    wanted = wall.at(slot.day, slot.minute) - timedelta(minutes=drag.grab)
    pointed = wall.at(wanted.date(), wall.snap(wall.minute_of(wanted, wanted.date()), step))
    if drag.kind is Kind.END:
        end = max(pointed, start + least)
    else:
        start = min(pointed, end - least)
    return resized(canvas, drag, start, end)


def _drawn(canvas: "ScheduleCanvas", drag: Drag, slot: Slot, step: int) -> Target:
    """Draw inside of the day that was pressed: sideways the pointer may stray."""
    assert canvas.shown is not None
    day = drag.slot.day
    minute = slot.minute
    if not canvas.vertical and slot.day != day:
        minute = _beyond(day, slot.day)
    first, last = sorted((drag.slot.minute, minute))
    start, end = wall.snap_down(first, step), wall.snap(last, step)
    end = min(max(end, start + MINIMUM_MINUTES), wall.MINUTES_OF_DAY)
    start = min(start, end - MINIMUM_MINUTES)
    return new_draft(wall.at(day, start), wall.at(day, end), drag.slot.lane, canvas.shown.situation)


def _beyond(pressed: date, pointed: date) -> float:
    return float(wall.MINUTES_OF_DAY) if pointed > pressed else 0.0
