"""Training that people had elsewhere or before, and whom to call for them in an emergency (N2, A4)."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Training:
    """What is said of a training: `expires_on` is its last valid day, None: by the course's validity."""

    held_on: dt.date
    provider: str | None = None
    expires_on: dt.date | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A training record as it is stored; `recorded_at` is UTC, `version` is what a correction is saved against."""

    id: int
    person_id: int
    course_id: int
    training: Training
    recorded_at: dt.datetime
    recorded_by: str
    version: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of recording a training for several people: the new records, and who had it on record already."""

    records: tuple[int, ...]
    already: tuple[str, ...] = ()
    """Names."""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Whom to call in an emergency; both are None where nobody is named."""

    name: str | None
    phone: str | None
