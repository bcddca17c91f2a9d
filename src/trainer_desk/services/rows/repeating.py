"""Runs and sessions that are to be repeated, series with their days, and what came of it, as plain values (R2, R3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trainer_desk.models.enums import SkipWhy
from trainer_desk.services.rows.previews import PreviewLine
from trainer_desk.services.rows.schedule import SessionCard


class ClosedDays(StrEnum):
    """What becomes of a session whose new day is a holiday."""

    KEEP = "keep"
    """It is put there all the same, as a draft that says so."""
    SKIP = "skip"
    """It is left out."""
    MOVE = "move"
    """It goes to the next open day, and those after it keep their order."""


class Reach(StrEnum):
    """How far an edit of a session of a series goes."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class CloneWish:
    """A run, or a single session, that is to take place again with its first day on `starts_on`.

    `code` and `name` are those of the new run (None: made up from the old one). Exactly one id is given.
    """

    starts_on: date
    run_id: int | None = None
    session_id: int | None = None
    code: str | None = None
    name: str | None = None
    publish: bool = False
    closed: ClosedDays = ClosedDays.KEEP


@dataclass(frozen=True, slots=True)
class SeriesWish:
    """A session that is to recur by a rule (RFC 5545 without its start), but for some days."""

    session_id: int
    rule: str
    excepted: frozenset[date] = frozenset()
    publish: bool = False
    closed: ClosedDays = ClosedDays.SKIP


@dataclass(frozen=True, slots=True)
class Repeated:
    """What came of it: each line as it was carried out, and the ids of the sessions by the lines' keys."""

    lines: tuple[PreviewLine, ...]
    session_ids: Mapping[str, int]
    run_id: int | None = None
    series_id: int | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class SeriesDay:
    """One day of a series: the session that stands for it, or why there is none.

    `card` is also there for a session that was cancelled or lies in the trash; `is_out` says so.
    """

    day: date
    card: SessionCard | None = None
    why: SkipWhy | None = None
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A series with all its days in order; `begins_minute` is after midnight of `zone`."""

    id: int
    rule: str
    zone: str
    begins_on: date
    begins_minute: int
    version: int
    days: tuple[SeriesDay, ...] = ()
