"""Free times of one session on the calendar: outlined, walked with the arrows, taken with Enter or a click (ux 4.6)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen

from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.slots import Slot
from trainer_desk.texts import span_text
from trainer_desk.views.schedule import wall
from trainer_desk.views.schedule.blocks import RADIUS
from trainer_desk.views.schedule.drag import LaneKey, Target
from trainer_desk.views.schedule.requests import UNCHANGED, PlaceRequest

if TYPE_CHECKING:
    from trainer_desk.views.schedule.canvas import ScheduleCanvas

KEYS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FAINT, STRONG = 18, 60
"""How opaque the fill of a free time is, and of the one that is looked at."""


class FreeTimes(QObject):
    """The free times on show, the best first; `current` is the one that Enter takes. Without a card there are none."""

    changed = Signal()
    taken = Signal(object)
    """A PlaceRequest."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.card: SessionCard | None = None
        self.slots: tuple[Slot, ...] = ()
        self.place = 0

    @property
    def current(self) -> Slot | None:
        """The free time that is looked at."""
        return self.slots[self.place] if self.slots else None

    def show(self, card: SessionCard, slots: tuple[Slot, ...]) -> None:
        """Show the free times of a session; the one that was looked at stays so if it still is there."""
        before = self.current if self.card is not None and self.card.id == card.id else None
        self.card, self.slots, self.place = card, slots, 0
        if before is not None:
            kept = [place for place, slot in enumerate(slots) if slot.starts_at == before.starts_at]
            self.place = kept[0] if kept else 0
        self.changed.emit()

    def stop(self) -> bool:
        """Show none any more; tells whether there were any."""
        if self.card is None:
            return False
        self.card, self.slots, self.place = None, (), 0
        self.changed.emit()
        return True

    def step(self, steps: int) -> None:
        """Look at the next one or the one before, round and round."""
        if self.slots:
            self.place = (self.place + steps) % len(self.slots)
            self.changed.emit()

    def take(self, slot: Slot | None = None) -> None:
        """Ask for the session to be put there; without a slot, to the one that is looked at."""
        chosen = slot or self.current
        if self.card is not None and chosen is not None:
            request = request_of(self.card, chosen)
            self.stop()
            self.taken.emit(request)

    def press(self, key: int) -> bool:
        """Act on a key of the calendar; tells whether it was one of ours."""
        if self.card is None:
            return False
        if key == Qt.Key.Key_Escape:
            return self.stop()
        if key in ENTER and self.slots:
            self.take()
        elif Qt.Key(key) in KEYS:
            self.step(KEYS[Qt.Key(key)])
        else:
            return False
        return True

    def hit(self, canvas: "ScheduleCanvas", point: QPointF) -> Slot | None:
        """Return the free time under a viewport point, the one that is looked at before all others."""
        ordered = [self.current, *self.slots] if self.slots else []
        for slot in ordered:
            if slot is not None and any(box.contains(point) for box in self.boxes(canvas, slot)):
                return slot
        return None

    def boxes(self, canvas: "ScheduleCanvas", slot: Slot) -> list[QRectF]:
        """Return where a free time stands in the viewport; none where the view does not show it."""
        if canvas.shown is None:
            return []
        zone = canvas.shown.directory.settings.zone
        target = Target(wall.to_wall(slot.starts_at, zone), wall.to_wall(slot.ends_at, zone), _lane(canvas, slot))
        return [canvas.to_view(box) for box in canvas.ghost_boxes(target)]

    def draw(self, canvas: "ScheduleCanvas", painter: QPainter) -> None:
        """Outline every free time, the one that is looked at last and strongest."""
        for slot in self.slots:
            if slot is not self.current:
                self._draw_one(canvas, painter, slot, is_current=False)
        if self.current is not None:
            self._draw_one(canvas, painter, self.current, is_current=True)

    def _draw_one(self, canvas: "ScheduleCanvas", painter: QPainter, slot: Slot, *, is_current: bool) -> None:
        ink = canvas.ink
        pen = QPen(ink.colour("accent"), 2.5 if is_current else 1.25)
        for box in self.boxes(canvas, slot):
            inner = box.adjusted(2, 1.5, -2, -1.5)
            if is_current:
                ink.rounded(painter, inner, RADIUS, ink.colour("surface"))
            ink.rounded(painter, inner, RADIUS, ink.colour("accent", STRONG if is_current else FAINT), pen)
            if is_current:
                self._write(canvas, painter, inner, slot)

    @staticmethod
    def _write(canvas: "ScheduleCanvas", painter: QPainter, box: QRectF, slot: Slot) -> None:
        if canvas.shown is None:
            return
        ink, zone = canvas.ink, canvas.shown.directory.settings.zone
        times = span_text(slot.starts_at, slot.ends_at, zone)
        lines = (times, slot.trainer_name, slot.venue_name)
        style = ("small", 600, True)
        for index, line in enumerate(lines):
            baseline = box.top() + ink.px(16 + 16 * index)
            if baseline < box.bottom() - 3 and ink.width(line, style) < box.width() - 14:
                ink.write(painter, box.left() + 8, baseline, line, style, ink.colour("accent"))


def request_of(card: SessionCard, slot: Slot) -> PlaceRequest:
    """Return what puts a session to a free time; trainer and venue are named only where they are others."""
    return PlaceRequest(
        card.id,
        slot.starts_at,
        slot.ends_at,
        UNCHANGED if slot.trainer_id == card.trainer_id else slot.trainer_id,
        UNCHANGED if slot.venue_id == card.venue_id else slot.venue_id,
    )


def _lane(canvas: "ScheduleCanvas", slot: Slot) -> LaneKey:
    """Return the lane on which a free time stands: its trainer's or its venue's."""
    lanes: dict[str, LaneKey] = {"trainer": slot.trainer_id, "venue": slot.venue_id}
    return lanes.get(str(getattr(canvas, "kind", "")), UNCHANGED)
