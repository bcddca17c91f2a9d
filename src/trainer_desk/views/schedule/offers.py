"""Where else the chosen session would fit at its time: lanes that are free and fit, each one click away (ux 4.6)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from trainer_desk.models.enums import SessionStatus
from trainer_desk.views.schedule import wall
from trainer_desk.views.schedule.layout import Box, spans
from trainer_desk.views.schedule.requests import PlaceRequest
from trainer_desk.views.schedule.verdict import judge

if TYPE_CHECKING:
    from trainer_desk.views.schedule.lane_view import LaneView

SIZE = 24
"""Diameter of the + in pixels at 100 %."""
OFFERED = frozenset({SessionStatus.DRAFT, SessionStatus.SCHEDULED})


@dataclass(frozen=True, slots=True)
class Offer:
    """What a click would ask for, and the content point of its +."""

    request: PlaceRequest
    x: float
    y: float

    def rect(self, view: "LaneView") -> QRectF:
        """Return the viewport rectangle of the +."""
        size = view.ink.px(SIZE)
        return view.to_view(Box(round(self.x), round(self.y - size / 2), size, size))


def free_lanes(view: "LaneView", session_id: int) -> tuple[Offer, ...]:
    """Return an offer for every other lane whose trainer or venue the rules find nothing against."""
    shown = view.shown
    card = shown.cards.get(session_id) if shown is not None else None
    if shown is None or card is None or card.starts_at is None or card.ends_at is None:
        return ()
    if card.status not in OFFERED:
        return ()
    zone = shown.directory.settings.zone
    stretches = spans(wall.to_wall(card.starts_at, zone), wall.to_wall(card.ends_at, zone), shown.dates)
    if not stretches:
        return ()
    x = view.lanes.x_of(stretches[0].day, stretches[0].start)
    found = []
    standing = view.lanes_of(card)
    for lane in view.lanes.lanes:
        if lane.resource_id is None or lane.resource_id in standing:
            continue
        taken = view.resources(card, lane.resource_id, None)
        request = PlaceRequest(
            card.id, card.starts_at, card.ends_at, taken.trainer_id, taken.venue_id, equipment_ids=taken.equipment_ids
        )
        verdict = judge(request.applied(card), shown.occupancy, shown.directory, shown.now)
        against = {finding.field for finding in verdict.findings}
        if not against & {view.kind, "co_trainers"}:
            found.append(Offer(request, x, lane.y + lane.height / 2))
    return tuple(found)
