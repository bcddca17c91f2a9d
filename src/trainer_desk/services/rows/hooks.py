"""What third-party hooks are told: plain values that stay as they are, whatever becomes of the database (S11)."""

from dataclasses import dataclass
from datetime import datetime

from trainer_desk.models.enums import Attendance, Result


@dataclass(frozen=True, slots=True)
class CompletedPerson:
    """Somebody who had a seat; `certificate` is the number of what the person earned, None without one."""

    employee_no: str
    name: str
    attendance: Attendance
    result: Result | None
    score: int | None
    certificate: str | None


@dataclass(frozen=True, slots=True)
class SessionCompleted:
    """A completed session; instants are UTC, course, run, trainers and venue are told by their codes.

    `uuid` is the session's for ever; together with `finished_at` it tells one completion from a later one.
    """

    uuid: str
    ref: str
    course: str
    title: str
    run: str | None
    trainer: str
    co_trainers: tuple[str, ...]
    venue: str
    starts_at: datetime
    ends_at: datetime
    began_at: datetime | None
    finished_at: datetime
    completed_by: str
    people: tuple[CompletedPerson, ...]
