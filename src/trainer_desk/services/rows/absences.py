"""Leave, closures and holidays as plain values, and what entering one concerns (C4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from trainer_desk.services.rows.rehoming import Rehomed
from trainer_desk.services.rows.settling import Concerned, Way

ORGANISATION = "organisation"
"""The kind of what is away when everything is: a holiday."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An absence as it is to be: of a resource, or of the whole organisation (None); UTC, half-open."""

    resource_id: int | None
    starts_at: datetime
    ends_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """Leave of a trainer, or a closure, as it stands; `standing` sessions are scheduled in it all the same.

    `source_uid` is what the calendar that it came from calls its event.
    """

    id: int
    resource_id: int | None
    starts_at: datetime
    ends_at: datetime
    reason: str
    version: int
    source_uid: str | None = None
    standing: int = 0

    def is_over(self, now: datetime) -> bool:
        """Whether it has ended by `now` (UTC)."""
        return self.ends_at <= now


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an absence would concern: who or what is away, by kind and name, and the coming sessions, by start."""

    kind: str
    resource_id: int | None
    name: str
    sessions: tuple[Concerned, ...] = ()


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of it: the absence, how many sessions were settled in which way, and where people went (R7)."""

    block_id: int
    settled: Mapping[Way, int] = field(default_factory=dict)
    rehomed: Rehomed = field(default_factory=Rehomed)

    @property
    def left(self) -> int:
        """How many sessions were left as they are, marked red."""
        return self.settled.get(Way.KEEP, 0)
