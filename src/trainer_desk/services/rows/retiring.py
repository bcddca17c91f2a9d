"""What retiring a person, course, trainer, venue or piece of equipment concerns, as plain values (N3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.rows.schedule import SessionCard


class Way(StrEnum):
    """How one session is settled when something that it needs is retired."""

    REPLACE = "replace"
    """Another trainer or venue takes the place."""
    LEAVE_OUT = "leave_out"
    """The session goes on without it."""
    DRAFT = "draft"
    """It becomes a draft again, without what is retired."""
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
class Concerned:
    """A coming session that needs what is retired: the ways to settle it, the best first, and who could step in."""

    card: SessionCard
    ways: tuple[Way, ...]
    substitutes: tuple[Substitute, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A coming place of a person who leaves: it is given up, and whoever waits moves up."""

    card: SessionCard
    state: EnrollmentState


@dataclass(frozen=True, slots=True)
class Retirement:
    """What is retired and what that concerns; `roles` are the trainers that a person is, by name."""

    kind: str
    id: int
    name: str
    sessions: tuple[Concerned, ...] = ()
    places: tuple[Place, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """How a session is to be settled, and by whom the place is taken."""

    way: Way
    substitute_id: int | None = None


@dataclass(frozen=True, slots=True)
class Retired:
    """What became of it: how many sessions were settled in which way, and how many places were given up."""

    settled: Mapping[Way, int] = field(default_factory=dict)
    places: int = 0
