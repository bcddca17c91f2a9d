"""Rows of the picker and of a session's list of people, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from trainer_desk.models.enums import Attendance, ComplianceStatus, EnrollmentState, Result, WithdrawnWhy
from trainer_desk.services.findings import Finding


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person whom the picker offers (P1, P3); `group` is 1 red, 2 yellow, 3 expiring, 4 everyone else."""

    person_id: int
    employee_no: str
    name: str
    department: str
    site: str
    job_role: str
    group: int
    status: ComplianceStatus | None
    expires_on: date | None
    booked_on: tuple[str, ...] = ()
    """Refs of other coming sessions of this course that the person holds a place in."""
    booked_at: tuple[datetime, ...] = ()
    """Their starts (UTC), in the same order."""
    busy_in: tuple[str, ...] = ()
    """Refs of sessions overlapping this one in which the person has a seat."""
    busy_with: tuple[str, ...] = ()
    """Their titles, in the same order."""
    withdrawn: bool = False
    busy_at: tuple[datetime, ...] = ()
    """Their starts (UTC), in the same order."""
    busy_blocks: tuple[bool, ...] = ()
    """Whether each keeps the person from a seat here (C6), in the same order; the others are only warned of."""
    intake_missing: bool = False
    """Whether the course requires an intake and there is none on file (K12)."""
    due_on: date | None = None
    """The last day on which who is pending is pending (N1)."""
    counts_from: date | None = None
    """The day before which nothing is asked of the person here (N1)."""
    lacks: str = ""
    """The title of the course that must come first and is not held on the day (N5)."""
    lack_blocks: bool = False
    """Whether that keeps the person from a seat here, or is only warned of."""
    not_on_run: bool = False
    """Whether only people on the session's run may take its days, and the person is not on it (R1)."""

    @property
    def is_kept_out(self) -> bool:
        """Whether the person cannot have a seat here as things stand."""
        return self.not_on_run or self.intake_missing or self.lack_blocks or any(self.busy_blocks)


@dataclass(frozen=True, slots=True)
class PickerFilter:
    """What narrows the picker; `groups` empty means all (P2)."""

    search: str = ""
    departments: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    job_roles: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PickerPage:
    """One page of candidates; `on` is the day judged, `undated` says that it is only today.

    `counts` maps group to its full count under the filter; None where they were not asked for (next pages).
    `next_key` continues after the last row; None at the end. `by_whole_name` says that strangers are found by their
    whole number or name only.
    """

    on: date
    undated: bool
    people: tuple[Candidate, ...]
    counts: Mapping[int, int] | None
    next_key: tuple[int, str, str, int] | None
    by_whole_name: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """One enrollment of a session, with who and when (K4); instants are UTC.

    `position` is the rank in the queue, 1 is next (None: not waiting).
    """

    enrollment_id: int
    person_id: int
    employee_no: str
    name: str
    department: str
    state: EnrollmentState
    attendance: Attendance
    remarks: str | None
    position: int | None
    enrolled_at: datetime
    enrolled_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    status: ComplianceStatus | None = None
    expires_on: date | None = None
    offer_until: datetime | None = None
    promoted_at: datetime | None = None
    promoted_by: str | None = None
    withdrawn_why: WithdrawnWhy | None = None
    skip_code: str | None = None
    """Why a waiter could not be seated when last looked at (K5)."""
    skip_ref: str | None = None
    """The session in the way."""
    group_id: int | None = None
    due_on: date | None = None
    """The last day on which who is pending is pending (N1)."""
    counts_from: date | None = None
    """The day before which nothing is asked of the person here (N1)."""
    result: Result | None = None
    score: int | None = None
    marked_at: datetime | None = None
    """When attendance, remarks or result were marked last (UTC), and by whom (A3)."""
    marked_by: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one person of an enrolment: enrolled, waitlisted, already or refused (K11).

    `position` is the rank in the queue, 1 is next. `findings` are what should be known: why one was refused or
    cannot be seated yet, or an overlap that the courses only warn of. `session` is the ref where no session was named.
    """

    employee_no: str
    outcome: str
    code: str | None = None
    position: int | None = None
    findings: tuple[Finding, ...] = ()
    session: str | None = None


@dataclass(frozen=True, slots=True)
class RunRoom:
    """A run with a limit of people: how many are on it, and how many of those who get a seat would join it (K8)."""

    name: str
    people: int
    limit: int
    joining: int


@dataclass(frozen=True, slots=True)
class Foresight:
    """What adding people to a session would come to at this moment; nothing is written (P4).

    `queues` says whether who finds no seat may wait. `places` are the first and the last rank in the queue of those
    who would (None where the queue goes by urgency); `kept` and `refused` count people by the code of the reason,
    `kept` being those among the waiting who could not take a free seat.
    """

    queues: bool
    seated: int = 0
    waiting: int = 0
    places: tuple[int, int] | None = None
    kept: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)
    run: RunRoom | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """A waiter who keeps the place and costs no seat, because something is in the way (K5)."""

    person_id: int
    employee_no: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of looking at a queue: who got a seat or an offer, and who could not, session by session (K5)."""

    promoted: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Employee numbers by session id, in the order of the queue; those offered a seat too."""
    skipped: Mapping[int, tuple[Skip, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hold:
    """Seats held under a label until an instant (UTC); `seats` counts those that nobody took yet (K7)."""

    id: int
    session_id: int
    seats: int
    label: str
    until_at: datetime
    held_by: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A breakout of a session with its members, by person id (K10)."""

    id: int
    session_id: int
    name: str
    capacity: int | None
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """A person who is in the room now; instants are UTC, `lapses_at` is None where no sign of life is needed (K9)."""

    id: int
    person_id: int
    employee_no: str
    name: str
    entered_at: datetime
    entered_by: str
    lapses_at: datetime | None
