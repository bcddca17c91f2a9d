"""How coming sessions are settled when something that they need goes: out of use, or for a time (N3, C4)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trainer_desk.services.rows.schedule import SessionCard


class Way(StrEnum):
    """How one session is settled when something that it needs is retired, away or closed."""

    REPLACE = "replace"
    """Another trainer, venue or piece of equipment takes the place."""
    TIME = "time"
    """It moves to another time, at which everybody and everything that it takes is free."""
    LEAVE_OUT = "leave_out"
    """The session goes on without it."""
    DRAFT = "draft"
    """It becomes a draft again, without what is in its way."""
    CANCEL = "cancel"
    """It is cancelled, for the reason that is given."""
    KEEP = "keep"
    """It stays as it is, with a red finding while something is missing."""


@dataclass(frozen=True, slots=True)
class Substitute:
    """Somebody or something that could take the place; `booked_minutes` in the session's week (trainers only)."""

    id: int
    code: str
    name: str
    booked_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class OtherTime:
    """A time (UTC) to which a session could move, with the trainer and the venue that are free then."""

    starts_at: datetime
    ends_at: datetime
    trainer_id: int
    venue_id: int


@dataclass(frozen=True, slots=True)
class Concerned:
    """A coming session that needs what goes: the ways to settle it, the best first, who could step in, and when."""

    card: SessionCard
    ways: tuple[Way, ...]
    substitutes: tuple[Substitute, ...] = ()
    times: tuple[OtherTime, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """How a session is to be settled, by whom the place is taken, and when it is instead."""

    way: Way
    substitute_id: int | None = None
    time: OtherTime | None = None
