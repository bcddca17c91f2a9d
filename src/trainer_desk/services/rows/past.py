"""A session that was held and is recorded afterwards, as a plain value (R8)."""

from dataclasses import dataclass
from datetime import datetime

from trainer_desk.models.enums import Attendance, Result
from trainer_desk.services.findings import Finding


@dataclass(frozen=True, slots=True)
class PastPerson:
    """Somebody on the list of a past session: came or not, and how they did where the course asks for it."""

    person_id: int
    attendance: Attendance = Attendance.ATTENDED
    result: Result | None = None
    score: int | None = None
    remarks: str | None = None


@dataclass(frozen=True, slots=True)
class PastSession:
    """What the paper says; instants are UTC, both in the past."""

    course_id: int
    trainer_id: int | None
    venue_id: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    people: tuple[PastPerson, ...] = ()
    co_trainer_ids: tuple[int, ...] = ()
    title: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """The completed session, how many people came, and what is orange about it."""

    session_id: int
    attended: int
    findings: tuple[Finding, ...] = ()
