"""Certificates, the days that make them, and what still keeps somebody from one (A5, A7)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from trainer_desk.models.enums import CertificateEnd, Result, SessionStatus


@dataclass(frozen=True, slots=True)
class Sitting:
    """A person's place on one day of a course, as it is marked; instants are UTC.

    `run_id` and `day` (1, 2 …) are set where the run's days are one course; else the session is a course of its own.
    `attended` says that somebody with a confirmed place was there, `has_seat` that the place takes a seat.
    """

    enrollment_id: int
    session_id: int
    person_id: int
    course_id: int
    ref: str
    status: SessionStatus
    starts_at: dt.datetime
    ends_at: dt.datetime
    trainer: str
    attended: bool
    result: Result | None = None
    score: int | None = None
    run_id: int | None = None
    day: int = 1
    has_seat: bool = True

    @property
    def counts(self) -> bool:
        """Whether this day was held, and the person was there and did not fail."""
        return self.status is SessionStatus.COMPLETED and self.attended and self.result is not Result.FAILED


@dataclass(frozen=True, slots=True)
class RunDay:
    """A day of a run that is one course, as it stands: its session, and when it begins (UTC) if that is known."""

    session_id: int
    ref: str
    status: SessionStatus
    starts_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Missed:
    """A day of a run that somebody missed and that is not made up yet; `booked` is where it will be."""

    run_id: int
    day: int
    missed: RunDay
    booked: Sitting | None = None


@dataclass(frozen=True, slots=True)
class MissedDay:
    """A line of the list of missed days; instants are UTC, `booked` is the ref of the session that makes it up."""

    person_id: int
    employee_no: str
    name: str
    course_id: int
    course: str
    run: str
    day: int
    session_id: int
    ref: str
    starts_at: dt.datetime
    booked: str | None = None
    booked_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class DayHeld:
    """One day that made a certificate, frozen as it was: the organisation's day, minutes, and who led it."""

    day: dt.date
    minutes: int
    session: str
    trainer: str
    enrollment_id: int

    def to_json(self) -> dict[str, Any]:
        """Return what is stored."""
        return {
            "day": self.day.isoformat(),
            "minutes": self.minutes,
            "session": self.session,
            "trainer": self.trainer,
            "enrollment": self.enrollment_id,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "DayHeld":
        """Return the day that was stored."""
        return cls(
            dt.date.fromisoformat(stored["day"]),
            stored["minutes"],
            stored["session"],
            stored["trainer"],
            stored["enrollment"],
        )


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One revision of a certificate as it was issued; `expires_on` is the last valid day (None: it never expires).

    `withdrawn_at` (UTC) and `withdrawn_why` say that this revision counts no more. `reason` is why it was issued anew.
    """

    id: int
    number: str
    revision: int
    person_id: int
    course_id: int
    session_id: int
    run_id: int | None
    held_from: dt.date
    held_on: dt.date
    minutes: int
    expires_on: dt.date | None
    employee_no: str
    person_name: str
    course_code: str
    course_title: str
    trainer_name: str
    organisation: str
    result: Result | None
    score: int | None
    reason: str | None
    days: tuple[DayHeld, ...]
    certified_at: dt.datetime
    issued_at: dt.datetime
    issued_by: str
    checksum: str
    withdrawn_at: dt.datetime | None = None
    withdrawn_why: CertificateEnd | None = None
    version: int = 1

    @property
    def is_live(self) -> bool:
        """Whether this revision counts."""
        return self.withdrawn_at is None


class WhyNot(StrEnum):
    """What keeps somebody who attended from a certificate."""

    NO_RESULT = "no_result"
    FAILED = "failed"
    OTHER_DAYS = "other_days"


@dataclass(frozen=True, slots=True)
class Uncertified:
    """Somebody who came to a session and has no certificate by it."""

    person_id: int
    name: str
    why: WhyNot


@dataclass(frozen=True, slots=True)
class SessionProof:
    """What a completed session proves: certificates that count, and who attended without one."""

    certificates: tuple[CertificateRow, ...] = ()
    lacking: tuple[Uncertified, ...] = ()
