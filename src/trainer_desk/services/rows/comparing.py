"""What two people made of one thing: the fields that differ, as each of them left these, and who was it (U5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Side(StrEnum):
    """Whose value of a field stands."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that was changed since a version: as it was then and as it is now; `at` (UTC) and `by` of the last."""

    field: str
    before: Any
    after: Any
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """Fields that are decided together: as both found them, as I typed them and as somebody else left them.

    `side` says whose stand if nobody decides otherwise; None: both changed them, and only a person can tell.
    """

    group: str
    base: Mapping[str, Any]
    mine: Mapping[str, Any]
    theirs: Mapping[str, Any]
    side: Side | None

    @property
    def is_contested(self) -> bool:
        """Whether both changed it, and not to the same."""
        return self.side is None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs between what I typed on version `seen` and what stands there at `version`.

    `agreed` are the groups that both changed to the same: nothing is left to save of them. `is_gone` says that the
    thing was deleted meanwhile.
    """

    seen: int | None
    version: int | None
    differences: tuple[Difference, ...]
    agreed: tuple[str, ...] = ()
    by: str | None = None
    at: datetime | None = None
    changes: Mapping[str, FieldChange] = field(default_factory=dict)
    """Who changed what, by field, where the journal tells."""

    @property
    def mine(self) -> tuple[Difference, ...]:
        """The differences in which something of mine waits to be saved."""
        return tuple(one for one in self.differences if one.side is not Side.THEIRS)

    @property
    def contested(self) -> tuple[Difference, ...]:
        """The differences that somebody must decide."""
        return tuple(one for one in self.differences if one.is_contested)

    @property
    def is_mine_alone(self) -> bool:
        """Whether nobody else changed a field: what changed was something that is not on show."""
        return all(one.side is Side.MINE for one in self.differences)

    def kept(self, chosen: Mapping[str, Side]) -> dict[str, Any]:
        """Return the fields to save: mine where nobody else changed them or where mine was `chosen`, by group."""
        saved: dict[str, Any] = {}
        for one in self.differences:
            if (chosen.get(one.group) if one.is_contested else one.side) is Side.MINE:
                saved |= one.mine
        return saved
