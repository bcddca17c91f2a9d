"""Rows of attendance as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final, Literal

from trainer_desk.models.enums import Attendance, Result, SessionStatus


class _Keep(Enum):
    """The one value of KEEP, as a type that a checker can tell apart from None."""

    KEEP = "keep"


KEEP: Final = _Keep.KEEP
"""Leaves a part of a mark as it is; None empties it."""

Kept = Literal[_Keep.KEEP]


@dataclass(frozen=True, slots=True)
class UnmarkedPerson:
    """Somebody with a seat who is not marked yet."""

    enrollment_id: int
    person_id: int
    employee_no: str
    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What is marked for a person in a session; `score` counts in whatever unit the course scores (A2, A7)."""

    attendance: Attendance = Attendance.REGISTERED
    remarks: str | None = None
    result: Result | None = None
    score: int | None = None


@dataclass(frozen=True, slots=True)
class EarlierTime:
    """How somebody did in an earlier session of the same course; `starts_at` is UTC."""

    ref: str
    starts_at: datetime
    attendance: Attendance
    result: Result | None
    score: int | None


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person on the sheet: what is marked, and what a facilitator needs of them (A4).

    `no_shows` counts earlier ones in any course (A3). `intake_on` is the day of the newest intake.
    """

    person_id: int
    employee_no: str
    name: str
    department: str
    site: str
    job_role: str
    mark: Mark
    marked_by: str | None = None
    marked_at: datetime | None = None
    intake_on: date | None = None
    intake_note: str | None = None
    no_shows: int = 0
    earlier: tuple[EarlierTime, ...] = ()


@dataclass(frozen=True, slots=True)
class PendingPerson:
    """Somebody who waits for a seat or is offered one."""

    person_id: int
    employee_no: str
    name: str
    department: str
    offered: bool


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """A session with everybody who has a confirmed place, by name as on the printed sheet; instants are UTC.

    `pending` are those who wait or are offered a seat: who of them comes all the same is a walk-in.
    """

    session_id: int
    uuid: str
    ref: str
    title: str
    course: str
    status: SessionStatus
    starts_at: datetime | None
    ends_at: datetime | None
    venue: str
    trainer: str
    requires_result: bool
    people: tuple[Attendee, ...]
    pending: tuple[PendingPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """Marks as they are kept until they are sent: by the uuid of the session and the numbers of people.

    `fields` are those of a mark that change. `seen` is what stood there when one person was marked; without it these
    are several people of whom only those get `fields` who are not marked yet.
    """

    session: str
    people: tuple[str, ...]
    fields: Mapping[str, Any]
    seen: Mark | None = None
    names: tuple[str, ...] = ()
    title: str = ""
