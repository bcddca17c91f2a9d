"""Rows of attendance as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnmarkedPerson:
    """Somebody with a seat who is not marked yet."""

    enrollment_id: int
    person_id: int
    employee_no: str
    name: str
