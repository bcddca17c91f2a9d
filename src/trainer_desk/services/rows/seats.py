"""Rows of the picker and of a session's list of people, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from trainer_desk.models.enums import Attendance, ComplianceStatus, EnrollmentState


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
    `next_key` continues after the last row; None at the end.
    """

    on: date
    undated: bool
    people: tuple[Candidate, ...]
    counts: Mapping[int, int] | None
    next_key: tuple[int, str, str, int] | None


@dataclass(frozen=True, slots=True)
class Seat:
    """One enrollment of a session, with who and when (K4); instants are UTC."""

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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one person of an enrolment: enrolled, waitlisted, already or refused (K11)."""

    employee_no: str
    outcome: str
    code: str | None = None
    position: int | None = None
