"""Rows of the schedule as plain values: what crosses threads, what the canvas paints and what the rules read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from trainer_desk.models.enums import SessionStatus


@dataclass(frozen=True, slots=True)
class SessionCard:
    """One session as the calendar, the lanes, the tray and the rules see it; instants are aware and UTC.

    Names are not here: look ids up in `rows.directory.Directory`. `title` is the session's own title or None.
    `capacity` is the session's own limit (None: unlimited), `seats_taken` counts what is taken of it: confirmed
    people, open offers (`offered`) and held seats (`held`), as they were at the instant that was asked for (K2).
    `waiting` counts the people in the queue. `minimum` is how many people it needs to take place, `decision_on` the
    day of the organisation's zone on which that is decided (S10). `day` is the number in the run by start (None
    without a run, undated, cancelled or in the trash; R1).
    """

    id: int
    ref: str
    course_id: int
    title: str | None
    status: SessionStatus
    starts_at: datetime | None
    ends_at: datetime | None
    trainer_id: int | None
    venue_id: int | None
    co_trainer_ids: tuple[int, ...]
    equipment_ids: tuple[int, ...]
    capacity: int | None
    seats_taken: int
    version: int
    offered: int = 0
    held: int = 0
    waiting: int = 0
    run_id: int | None = None
    minimum: int | None = None
    decision_on: date | None = None
    day: int | None = None

    @property
    def enrolled(self) -> int:
        """How many people are confirmed."""
        return self.seats_taken - self.offered - self.held

    @property
    def length(self) -> timedelta | None:
        """Elapsed length; None while undated."""
        if self.starts_at is None or self.ends_at is None:
            return None
        return self.ends_at - self.starts_at

    @property
    def trainer_ids(self) -> tuple[int, ...]:
        """Lead first, then the co-trainers."""
        lead = () if self.trainer_id is None else (self.trainer_id,)
        return lead + self.co_trainer_ids


@dataclass(frozen=True, slots=True)
class SessionDetail:
    """One session with everything that its panel and the command line show; instants are UTC.

    `began_at` and `finished_at` are when it was started and completed, whatever was planned (S4).
    """

    card: SessionCard
    uuid: str
    description: str | None
    notes: str | None
    metadata: Mapping[str, Any] | None
    waitlist: str
    waitlist_order: str
    cancel_reason: str | None
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None
    began_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def day(self) -> int | None:
        """The number in the run by start."""
        return self.card.day

    @property
    def waiting(self) -> int:
        """How many people are in the queue."""
        return self.card.waiting

    @property
    def minimum(self) -> int | None:
        """How many people it needs to take place."""
        return self.card.minimum

    @property
    def decision_on(self) -> date | None:
        """The day (of the organisation's zone) on which is decided whether it takes place."""
        return self.card.decision_on


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A resource is taken from `starts_at` to `ends_at` (UTC, half-open) by a session or a block.

    For sessions `ends_at` already holds the venue's turnaround; `session_ends_at` is the session's own end.
    """

    resource_id: int
    starts_at: datetime
    ends_at: datetime
    session_id: int | None = None
    session_ref: str | None = None
    session_title: str | None = None
    session_starts_at: datetime | None = None
    session_ends_at: datetime | None = None
    block_id: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class BlockRow:
    """Leave, a closure or (without a resource) an organisation-wide holiday; UTC, half-open."""

    id: int
    resource_id: int | None
    starts_at: datetime
    ends_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """A soft finding of a session that somebody accepted, and the facts for which this was done (S9).

    `subject` is empty where the finding has none; instants are UTC. `rules.waiving` says whether it still holds.
    """

    id: int
    session_id: int
    code: str
    subject: str
    reason: str
    by: str
    at: datetime
    starts_at: datetime | None
    ends_at: datetime | None
    trainer_id: int | None
    venue_id: int | None
    headcount: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything a calendar needs for one range: dated sessions, blocks, and the undated drafts of the tray.

    `waivers` are those of the dated sessions, by session id.
    """

    starts_at: datetime
    ends_at: datetime
    sessions: tuple[SessionCard, ...]
    blocks: tuple[BlockRow, ...]
    undated: tuple[SessionCard, ...] = ()
    waivers: Mapping[int, tuple[WaiverRow, ...]] = field(default_factory=dict)
