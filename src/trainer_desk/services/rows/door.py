"""Rows of the check-in at a door: how many are in the room, who is expected, and what came of a badge (K9)."""

from dataclasses import dataclass
from datetime import datetime

from trainer_desk.models.enums import SessionStatus


@dataclass(frozen=True, slots=True)
class Occupancy:
    """How many people are in a venue and in one of its sessions, and how many each takes (None: any number).

    `present` counts the people of all sessions in the venue, `session_present` those of the one session (K9).
    """

    present: int
    limit: int | None
    session_present: int
    capacity: int | None


@dataclass(frozen=True, slots=True)
class Passage:
    """What came of somebody at the door; instants are UTC.

    `outcome` is `in`, `already` (was in before), `out` or `was_out` (had left before). `walk_in`: the seat was given
    at the door; `accepted`: an open offer was accepted by coming in.
    """

    presence_id: int
    person_id: int
    employee_no: str
    name: str
    outcome: str
    entered_at: datetime
    left_at: datetime | None
    walk_in: bool
    accepted: bool
    venue_id: int
    occupancy: Occupancy

    @property
    def is_in(self) -> bool:
        """Whether the person is in the room now."""
        return self.left_at is None


@dataclass(frozen=True, slots=True)
class ExpectedPerson:
    """Somebody with a seat, or with an open offer of one (`offered`), and whether they are in the room."""

    person_id: int
    employee_no: str
    name: str
    department: str
    offered: bool
    is_in: bool
    entered_at: datetime | None
    """When they came in (UTC), None while they are not in the room."""


@dataclass(frozen=True, slots=True)
class DoorRow:
    """A session as its door sees it at one instant (UTC).

    `title` is the session's own or its course's. `expected` counts the confirmed people, `free_seats` what a walk-in
    could still take (None: no limit); `presence_seconds` is how long a presence lives without a sign (None: for ever).
    """

    session_id: int
    ref: str
    title: str
    status: SessionStatus
    starts_at: datetime | None
    ends_at: datetime | None
    venue_id: int | None
    venue: str
    presence_seconds: int | None
    occupancy: Occupancy
    expected: int
    free_seats: int | None
    people: tuple[ExpectedPerson, ...]
