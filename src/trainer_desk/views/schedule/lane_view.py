"""Resource lanes: trainers, venues or equipment down, days across; another lane is another resource (ux 4.4)."""

from datetime import date
from typing import ClassVar

from PySide6.QtCore import QKeyCombination, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter

from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.schedule import lane_choice, lane_overlay, lane_paint, wall
from trainer_desk.views.schedule.canvas import ScheduleCanvas
from trainer_desk.views.schedule.drag import LaneKey, Slot, Target
from trainer_desk.views.schedule.lane_layout import Hours, LaneLayout, lane_layout, shown_hours
from trainer_desk.views.schedule.layout import Box, Entry, Layout, Piece, Span, spans, working_minutes
from trainer_desk.views.schedule.offers import Offer, free_lanes
from trainer_desk.views.schedule.requests import UNCHANGED, Keep, PlaceRequest, Taken
from trainer_desk.views.schedule.shown import Shown
from trainer_desk.views.schedule.walk import Direction

HEAD, SIDE = 60, 232
LANE_MENU = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_M)
PINNED_SHARE = 0.4
"""How much of the height the row of sessions without trainer or venue may keep for itself."""


class LaneView(ScheduleCanvas):
    """Base of the timelines; `kind` is trainer, venue or equipment."""

    vertical = False
    head_scrolls = True
    zooms = (0.7, 6.0)
    kind: ClassVar[str] = ""
    lane_menu_requested = Signal(int, object, QPoint)
    """The menu of a lane is wanted: its resource, the day under the pointer (None on the lane's head), and where."""
    nobody_first: ClassVar[bool] = True
    """Whether what has none stands at the top, because it lacks something."""

    def __init__(self) -> None:
        super().__init__()
        self.lanes = LaneLayout((), (), Hours(0, wall.MINUTES_OF_DAY), 1.0, Layout(0, 0))
        self._filter: frozenset[int] | None = None
        self._offers: tuple[tuple[int | None, int, int], tuple[Offer, ...]] = ((None, 0, 0), ())

    def set_lane_filter(self, resource_ids: frozenset[int] | None) -> None:
        """Show only these trainers or venues (None: all)."""
        self._filter = resource_ids
        self.invalidate()

    # What the two kinds say

    def names(self) -> dict[int, tuple[str, bool]]:
        """Return name and whether still in use, by resource id."""
        raise NotImplementedError

    def lanes_of(self, card: SessionCard) -> tuple[int | None, ...]:
        """Return the lanes on which a session stands."""
        raise NotImplementedError

    def own(self, card: SessionCard) -> int | None:
        """Return the lane that a drop changes."""
        raise NotImplementedError

    def lane_text(self, resource_id: int) -> str:
        """Return the second line of a lane's head."""
        raise NotImplementedError

    def title(self) -> str:
        """Return the words over the lanes' heads."""
        raise NotImplementedError

    def nobody(self) -> str:
        """Return the name of the row without trainer or venue."""
        raise NotImplementedError

    # Layout

    def head_height(self) -> int:
        """Return the height of days and hours."""
        return round(self.ink.px(HEAD))

    def side_width(self) -> int:
        """Return the width of the lanes' heads."""
        return round(self.ink.px(SIDE))

    def pinned_height(self) -> float:
        """Return the height of the row "No trainer", unless it would take too much of the view."""
        first = self.lanes.lanes[0] if self.lanes.lanes else None
        if first is None or first.resource_id is not None:
            return 0.0
        return first.height if first.height <= self.body().height() * PINNED_SHARE else 0.0

    def build(self, shown: Shown) -> Layout:
        """Lay out the lanes of everybody in use or with sessions here."""
        entries = [
            Entry(entry.session_id, entry.start, entry.end, self.lanes_of(card), entry.cancelled)
            for entry in shown.entries
            for card in (shown.cards[entry.session_id],)
        ]
        dates = shown.dates
        hours = shown_hours(entries, dates, *working_minutes(shown.directory.settings))
        self.lanes = lane_layout(
            entries,
            shown.days,
            self._resources(entries),
            width=self.body().width(),
            zoom=self.zoom,
            hours=hours,
            scale=self.ink.scale,
        )
        return self.lanes.layout

    def _resources(self, entries: list[Entry]) -> list[int | None]:
        used = {lane for entry in entries for lane in entry.lanes}
        names = self.names()
        shown = [
            key
            for key, (_name, active) in names.items()
            if (active or key in used) and (self._filter is None or key in self._filter)
        ]
        shown.sort(key=lambda key: (names[key][0].casefold(), key))
        nobody: list[int | None] = [None] if None in used else []
        return [*nobody, *shown] if self.nobody_first else [*shown, *nobody]

    # Places

    def column_at(self, x: float, y: float) -> int:
        """Return the lane at a content point."""
        return self.lanes.lane_at(y) or 0

    def slot_at(self, x: float, y: float) -> Slot:
        """Return day, minute and lane at a content point; folded hours count as their edge."""
        day, lane = self.lanes.day_at(x), self.lanes.lane_at(y)
        key: LaneKey = UNCHANGED if lane is None else self.lanes.lanes[lane].resource_id
        return Slot(self.lanes.days[day].day.date, self.lanes.minute_at(day, x), key)

    def ghost_boxes(self, target: Target) -> list[Box]:
        """Return the boxes on the target's lane."""
        lane = None if isinstance(target.lane, Keep) else self.lanes.lane_of(target.lane)
        if lane is None:
            return []
        row = 0
        drag = self.gestures.drag
        if drag is not None and drag.piece is not None and drag.piece.column == lane:
            row = round((drag.piece.box.y - self.lanes.lanes[lane].y) / (46 * self.ink.scale) - 0.1)
        return [self.lanes.box(lane, span, row, self.ink.scale) for span in self.target_spans(target)]

    def target_spans(self, target: Target) -> list[Span]:
        """Return the stretches of the days shown that the target covers."""
        return spans(target.start, target.end, [day.day.date for day in self.lanes.days])

    def resources(self, card: SessionCard, lane: LaneKey, piece: Piece | None) -> Taken:
        """Return who or where the lane stands for; a co-trainer's piece moves in time only."""
        from_lane = self.lane_of(piece) if piece is not None else UNCHANGED
        changed: int | Keep | None = lane
        if lane == self.own(card) or (piece is not None and from_lane != self.own(card)):
            changed = UNCHANGED
        return Taken(trainer_id=changed) if self.kind == "trainer" else Taken(venue_id=changed)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the lane where no session is under the pointer."""
        lane = self._lane_under(event)
        if lane is None:
            super().contextMenuEvent(event)
            return
        slot = self.slot_at(*self.to_content(QPointF(event.pos())))
        day = slot.day if self.body().contains(QPointF(event.pos())) else None
        self.lane_menu_requested.emit(lane, day, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer the menus of the lanes by key; other keys are those of every canvas."""
        is_ours = event.keyCombination() == LANE_MENU and self.plans and self.gestures.drag is None
        if not is_ours or not lane_choice.offer(self):
            super().keyPressEvent(event)

    def _lane_under(self, event: QContextMenuEvent) -> int | None:
        """Return the resource of the lane under the mouse; None over a session, the head, and while one drags."""
        point = QPointF(event.pos())
        is_busy = self.gestures.drag is not None and self.gestures.drag.live
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        if not by_mouse or is_busy or point.y() < self.body().top() or self.piece_at(point) is not None:
            return None
        y = self.to_content(point)[1]
        index = self.lanes.lane_at(y)
        return None if index is None or y >= self.lanes.lanes[-1].bottom else self.lanes.lanes[index].resource_id

    def zoom_mark(self, x: float, y: float) -> tuple[float, ...]:
        """Return day, minute and height: folded days keep their width."""
        day = self.lanes.day_at(x)
        return day, self.lanes.minute_at(day, x), y

    def zoom_point(self, mark: tuple[float, ...]) -> tuple[float, float]:
        """Return where they are now."""
        return self.lanes.x_of(int(mark[0]), mark[1]), mark[2]

    def offer_at(self, point: QPointF) -> PlaceRequest | None:
        """Return the offer whose small + is at this viewport point."""
        if not self.body().contains(point):
            return None
        return next((offer.request for offer in self.offers() if offer.rect(self).contains(point)), None)

    def offers(self) -> tuple[Offer, ...]:
        """Return the other lanes on which the one chosen session would fit at its time (ux 4.6)."""
        chosen = self.selection.ids
        key = (chosen[0] if len(chosen) == 1 else None, id(self.lanes), id(self.shown))
        if self._offers[0] != key:
            self._offers = (key, free_lanes(self, key[0]) if key[0] is not None else ())
        return self._offers[1] if self.plans else ()

    def draw_offers(self, painter: QPainter) -> None:
        """Paint a small + on every lane that is free and fit."""
        lane_overlay.draw_offers(self, painter)

    def lane_of(self, piece: Piece) -> LaneKey:
        """Return the resource of a piece's lane."""
        return self.lanes.lanes[piece.column].resource_id

    def lane_beside(self, lane: LaneKey, step: int) -> LaneKey:
        """Return the lane `step` rows further down, staying inside."""
        index = None if isinstance(lane, Keep) else self.lanes.lane_of(lane)
        if index is None:
            return lane
        return self.lanes.lanes[min(max(index + step, 0), len(self.lanes.lanes) - 1)].resource_id

    def carry_step(self, direction: Direction, minutes: int) -> tuple[int, int, int]:
        """Left and right move in time, up and down change the lane."""
        x, y = direction.value
        return 0, x * minutes, y

    def day_link_at(self, point: QPointF) -> date | None:
        """Return the day whose name is clicked."""
        body = self.body()
        if point.y() >= body.top() or point.x() < body.left() or self.shown is None:
            return None
        return self.lanes.days[self.lanes.day_at(point.x() - body.left() + self.offset().x())].day.date

    # Painting

    def draw_grid(self, painter: QPainter, clip: Box) -> None:
        """Paint days off, leave, hours and lanes."""
        lane_paint.draw_grid(self, painter, clip)

    def draw_side(self, painter: QPainter, clip: Box) -> None:
        """Paint the lanes' heads."""
        lane_paint.draw_side(self, painter, clip)

    def draw_head(self, painter: QPainter, width: int) -> None:
        """Paint days and hours."""
        lane_paint.draw_head(self, painter, width)

    def draw_shading(self, painter: QPainter) -> None:
        """Shade what the drag would run into."""
        lane_overlay.draw_shading(self, painter)

    def draw_now(self, painter: QPainter) -> None:
        """Paint the present over all lanes."""
        lane_overlay.draw_now(self, painter)

    def draw_marks(self, painter: QPainter) -> None:
        """Mark the drag's start and end among the hours."""
        lane_overlay.draw_marks(self, painter)

    def head_box(self, index: int) -> QRectF:
        """Return the content box of a lane's head."""
        lane = self.lanes.lanes[index]
        return QRectF(0, lane.y, self.side_width(), lane.height)
