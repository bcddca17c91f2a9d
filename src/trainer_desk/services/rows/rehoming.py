"""Where the people of cancelled sessions could go instead, as plain values (R7, K6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from trainer_desk.models.enums import ComplianceStatus, EnrollmentState
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.schedule import SessionCard


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place on another date: a seat there, or with `waits` a place in its queue where no seat is free."""

    session_id: int
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A date on which one person could have a place, with the orange findings that speak against it."""

    place: NewPlace
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody who loses a date: how urgent it is (`group` 1 red to 4), where they could go, and what is proposed.

    `on` is the day judged. Without a proposal, `reason` says why the last date that was tried does not do, and
    `has_place_on` names the session of the same course in which they have a seat already.
    """

    session_id: int
    person_id: int
    employee_no: str
    name: str
    state: EnrollmentState
    group: int
    status: ComplianceStatus | None
    expires_on: date | None
    due_on: date | None
    counts_from: date | None
    on: date
    options: tuple[Option, ...] = ()
    proposed: NewPlace | None = None
    reason: Finding | None = None
    has_place_on: int | None = None

    @property
    def key(self) -> tuple[int, int]:
        """The session that is lost and the person."""
        return self.session_id, self.person_id


@dataclass(frozen=True, slots=True)
class Rehoming:
    """Sessions that are to be cancelled (or lowered), their people by urgency, and the other dates by id.

    `free` are the seats of each date that are left for them (None: unlimited).
    """

    sessions: tuple[SessionCard, ...]
    people: tuple[Leaving, ...]
    dates: Mapping[int, SessionCard]
    free: Mapping[int, int | None]

    def places(self) -> dict[tuple[int, int], NewPlace | None]:
        """Return what is proposed, as `cancel_and_rehome` takes it."""
        return {one.key: one.proposed for one in self.people}


@dataclass(frozen=True, slots=True)
class Rehomed:
    """What became of the people: how many have a seat on another date, wait there, and have no other date."""

    seated: int = 0
    waiting: int = 0
    left: int = 0
