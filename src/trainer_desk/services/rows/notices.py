"""Rows of notices: what an account is told behind the bell."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import NoticeKind


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing told to one account; a reminder that nobody has seen yet has no `id`.

    Instants are UTC. Times and venue are the session's as they were then, those with `was_` as they had been before a
    move. `outcome` is the status of a request or why a place ended, `reason` what was given for a cancellation or a
    decision. `lead_minutes` is how long before the start a reminder comes, `teaches` whether it is for the trainer.
    """

    id: int | None
    kind: NoticeKind
    at: datetime
    by: str
    title: str
    session_id: int | None = None
    ref: str | None = None
    request_id: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    venue: str | None = None
    was_starts_at: datetime | None = None
    was_ends_at: datetime | None = None
    was_venue: str | None = None
    until_at: datetime | None = None
    outcome: str | None = None
    reason: str | None = None
    lead_minutes: int | None = None
    teaches: bool = False
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reminding:
    """Which reminder of a session: it begins at `starts_at` (UTC), and the reminder comes so many minutes before."""

    session_id: int
    starts_at: datetime
    lead_minutes: int


@dataclass(frozen=True, slots=True)
class BellFacts:
    """What hangs behind the bell of a login, newest first, to be read in the organisation's zone."""

    zone: ZoneInfo
    notices: tuple[Notice, ...]
