"""The two timelines: lanes of trainers and lanes of venues."""

from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.texts.translate import _
from trainer_desk.views.schedule import lane_paint
from trainer_desk.views.schedule.block_text import Manner
from trainer_desk.views.schedule.lane_view import LaneView


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
