"""What the schedule asks for: a place for a session, as data that its page turns into a change."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import Any, Final

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.findings import Fix
from trainer_desk.services.rows.schedule import SessionCard


class Keep(Enum):
    """The mark for "leave this as it is", because None means "nobody"."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Keep.UNCHANGED


@dataclass(frozen=True, slots=True)
class PlaceRequest:
    """Put a session at a time (UTC), and on a trainer, venue or equipment where the lane changed.

    `copy` leaves the original.
    """

    session_id: int
    starts_at: datetime
    ends_at: datetime
    trainer_id: int | Keep | None = UNCHANGED
    venue_id: int | Keep | None = UNCHANGED
    copy: bool = False
    equipment_ids: tuple[int, ...] | Keep = UNCHANGED
    base: SessionCard | None = field(default=None, compare=False, repr=False)
    """The session as it was when it was taken hold of: whoever changed it since is not overwritten (U5)."""

    def applied(self, card: SessionCard) -> SessionCard:
        """Return the card as it will be; a copy is a draft."""
        return replace(
            card,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            trainer_id=card.trainer_id if isinstance(self.trainer_id, Keep) else self.trainer_id,
            venue_id=card.venue_id if isinstance(self.venue_id, Keep) else self.venue_id,
            co_trainer_ids=self._co_trainers(card),
            equipment_ids=card.equipment_ids if isinstance(self.equipment_ids, Keep) else self.equipment_ids,
            status=SessionStatus.DRAFT if self.copy else card.status,
            id=0 if self.copy else card.id,
        )

    def changes(self, card: SessionCard) -> bool:
        """Whether anything would be different afterwards."""
        return self.copy or self.applied(card) != card

    @property
    def fields(self) -> dict[str, Any]:
        """The fields that it writes; what it leaves alone is not among them."""
        fields: dict[str, Any] = {"starts_at": self.starts_at, "ends_at": self.ends_at}
        for name in ("trainer_id", "venue_id", "equipment_ids"):
            value = getattr(self, name)
            if not isinstance(value, Keep):
                fields[name] = value
        return fields

    def taking(self, fix: Fix) -> "PlaceRequest":
        """Return the request with a way out taken: another trainer, venue or piece, or the next free time."""
        facts = fix.facts
        if fix.code == "use_trainer":
            return replace(self, trainer_id=facts["id"])
        if fix.code == "use_venue":
            return replace(self, venue_id=facts["id"])
        if fix.code == "use_equipment" and not isinstance(self.equipment_ids, Keep):
            pieces = (facts["id"] if key == facts["instead_of"] else key for key in self.equipment_ids)
            return replace(self, equipment_ids=tuple(dict.fromkeys(pieces)))
        starts_at = facts["starts_at"]
        return replace(self, starts_at=starts_at, ends_at=starts_at + (self.ends_at - self.starts_at))

    def _co_trainers(self, card: SessionCard) -> tuple[int, ...]:
        """A co-trainer who takes the lead is not a co-trainer any more."""
        return tuple(trainer_id for trainer_id in card.co_trainer_ids if trainer_id != self.trainer_id)


@dataclass(frozen=True, slots=True)
class Taken:
    """Whom and what a lane gives a session; what is left as it is says so."""

    trainer_id: int | Keep | None = UNCHANGED
    venue_id: int | Keep | None = UNCHANGED
    equipment_ids: tuple[int, ...] | Keep = UNCHANGED


NOTHING: Final = Taken()
"""A view without lanes gives a session nothing but a time."""
