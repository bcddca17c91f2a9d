"""Rows of attendance as plain values."""

from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal

from trainer_desk.models.enums import Attendance, Result


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
