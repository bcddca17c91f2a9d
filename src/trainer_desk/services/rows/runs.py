"""Rows of runs as plain values: what a list of runs shows, and one run with its sessions."""

from dataclasses import dataclass
from datetime import datetime

from trainer_desk.models.enums import RunStatus
from trainer_desk.services.rows.directory import RunRow
from trainer_desk.services.rows.schedule import SessionDetail


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run with what is derived of it (R1).

    `run.people_taken` counts distinct people as of the instant that was asked for, `sessions` those that are not in
    the trash, `available` the places that the run's limit leaves (None: no limit). `starts_at` and `ends_at` (UTC) are
    the first start and the last end of sessions that are not cancelled.
    """

    run: RunRow
    status: RunStatus
    sessions: int
    available: int | None
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class RunDetail:
    """A run with its sessions by start, undated ones last; those in the trash are left out."""

    summary: RunSummary
    sessions: tuple[SessionDetail, ...]
