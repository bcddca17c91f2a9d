"""What a change of many sessions at once would come to: one line each, before anything is written (R2, R3, R5)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trainer_desk.services.errors import DeskError
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.schedule import SessionCard


class Fate(StrEnum):
    """What becomes of one session."""

    FINE = "fine"
    """It goes through."""
    WARNED = "warned"
    """It goes through, with orange findings or as a draft over a clash."""
    REFUSED = "refused"
    """It stays as it is, or is not made, for the findings that stand beside it."""
    SKIPPED = "skipped"
    """It is left out on purpose: a closed day, an excepted one, or somebody chose so."""
    SAME = "same"
    """Nothing would change."""


class RemedyKind(StrEnum):
    """How a line that clashes can be helped."""

    SKIP = "skip"
    DRAFT = "draft"
    TRAINER = "trainer"
    VENUE = "venue"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True)
class Remedy:
    """A way to help one line; `resource_id` is the other trainer or venue, `starts_at` (UTC) the other time."""

    kind: RemedyKind
    resource_id: int | None = None
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One session as it would become, what is found about it, and how it can be helped, the best way first.

    `key` tells the lines apart and comes back with the choice that was made for it: the ref of a session that there
    is, or that one to be made is like, the day (`2026-12-01`) of one that a rule makes. `card` is as wanted; a session
    to be made has an id that is not positive.
    `chosen` is the remedy with which the line was judged, `note` why it is skipped: a holiday's name, for instance.
    """

    key: str
    card: SessionCard
    fate: Fate
    findings: tuple[Finding, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    chosen: Remedy | None = None
    note: str = ""
    error: DeskError | None = None
    """Why it is refused, where that is more than findings."""
    before: SessionCard | None = None
    """The session as it stood when it was judged, of those that there are; sent back, it tells what changed since."""
    changed: DeskError | None = None
    """What somebody else changed since the lines were shown that were sent back."""
