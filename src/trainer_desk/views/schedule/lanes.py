"""The timelines: lanes of trainers, of venues and of equipment."""

from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.alternatives import is_alike
from trainer_desk.texts.translate import _
from trainer_desk.views.schedule import lane_paint
from trainer_desk.views.schedule.block_text import Manner
from trainer_desk.views.schedule.drag import LaneKey
from trainer_desk.views.schedule.lane_view import LaneView
from trainer_desk.views.schedule.layout import Piece
from trainer_desk.views.schedule.requests import NOTHING, Keep, Taken


class TrainerLanes(LaneView):
    """One lane per trainer, with hours booked and weekly target."""

    kind = "trainer"
    manner = Manner.BY_TRAINER

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("trainers")
        self.setAccessibleName(_("Trainers"))

    def names(self) -> dict[int, tuple[str, bool]]:
        """Return the trainers."""
        rows = self.shown.directory.trainers.values() if self.shown else ()
        return {row.id: (row.name, row.active) for row in rows}

    def lanes_of(self, card: SessionCard) -> tuple[int | None, ...]:
        """Return lead and co-trainers, or nobody's lane."""
        return tuple(dict.fromkeys(card.trainer_ids)) or (None,)

    def own(self, card: SessionCard) -> int | None:
        """Return the lead trainer."""
        return card.trainer_id

    def lane_text(self, resource_id: int) -> str:
        """Return "12h booked this week"."""
        return lane_paint.booked_text(self, resource_id)

    def title(self) -> str:
        """Return the words over the lanes' heads."""
        return _("TRAINER · BOOKED THIS WEEK") if self.shown and self.shown.booked is not None else _("TRAINER")

    def nobody(self) -> str:
        """Return "No trainer"."""
        return _("No trainer")


class VenueLanes(LaneView):
    """One lane per venue, with its seats."""

    kind = "venue"
    manner = Manner.BY_VENUE

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("venues")
        self.setAccessibleName(_("Venues"))

    def names(self) -> dict[int, tuple[str, bool]]:
        """Return the venues."""
        rows = self.shown.directory.venues.values() if self.shown else ()
        return {row.id: (row.name, row.active) for row in rows}

    def lanes_of(self, card: SessionCard) -> tuple[int | None, ...]:
        """Return the venue's lane."""
        return (card.venue_id,)

    def own(self, card: SessionCard) -> int | None:
        """Return the venue."""
        return card.venue_id

    def lane_text(self, resource_id: int) -> str:
        """Return "20 seats"."""
        return lane_paint.seats_text(self, resource_id)

    def title(self) -> str:
        """Return the words over the lanes' heads."""
        return _("VENUE · SEATS")

    def nobody(self) -> str:
        """Return "No venue"."""
        return _("No venue")


class EquipmentLanes(LaneView):
    """One lane per piece of equipment; a session stands on the lane of each piece that it takes along."""

    kind = "equipment"
    manner = Manner.BY_EQUIPMENT
    nobody_first = False

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("equipment")
        self.setAccessibleName(_("Equipment"))

    def names(self) -> dict[int, tuple[str, bool]]:
        """Return the equipment."""
        rows = self.shown.directory.equipment.values() if self.shown else ()
        return {row.id: (row.name, row.active) for row in rows}

    def lanes_of(self, card: SessionCard) -> tuple[int | None, ...]:
        """Return every piece, or the lane of those that take nothing along."""
        return tuple(dict.fromkeys(card.equipment_ids)) or (None,)

    def own(self, card: SessionCard) -> int | None:
        """Return the first piece."""
        return card.equipment_ids[0] if card.equipment_ids else None

    def resources(self, card: SessionCard, lane: LaneKey, piece: Piece | None) -> Taken:
        """Return the equipment with the piece of this lane instead of that of the lane it came from.

        What comes from elsewhere takes the place of a piece of its kind, or is added; "No equipment" leaves it out.
        """
        before = self._before(card, lane, piece)
        if isinstance(lane, Keep) or lane == before or (before is None and lane in card.equipment_ids):
            return NOTHING
        if before is None:
            return NOTHING if lane is None else Taken(equipment_ids=(*card.equipment_ids, lane))
        pieces = (lane if key == before else key for key in card.equipment_ids)
        return Taken(equipment_ids=tuple(dict.fromkeys(key for key in pieces if key is not None)))

    def lane_text(self, resource_id: int) -> str:
        """Return in how many sessions on show it is."""
        return lane_paint.used_text(self, resource_id)

    def title(self) -> str:
        """Return the words over the lanes' heads."""
        return _("EQUIPMENT")

    def nobody(self) -> str:
        """Return "No equipment"."""
        return _("No equipment")

    def _before(self, card: SessionCard, lane: LaneKey, piece: Piece | None) -> int | None:
        """Return the piece of equipment whose place is taken."""
        if piece is not None:
            held = self.lane_of(piece)
            return None if isinstance(held, Keep) else held
        names = self.names()
        if isinstance(lane, Keep) or lane not in names:
            return None
        kind = names[lane][0]
        return next((key for key in card.equipment_ids if key in names and is_alike(names[key][0], kind)), None)
