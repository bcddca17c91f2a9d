"""What an inspector is given: of whom and of which days, and the attendance sheets in it (X6)."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class PackAsked:
    """A pack of a person (employee number), a site or a course (code), and of the days from `first` to `last`."""

    first: date
    last: date
    person: str | None = None
    site: str | None = None
    course: str | None = None


@dataclass(frozen=True, slots=True)
class PackSubject:
    """Of whom a pack can be: `kind` is `person`, `site` or `course`, `key` a number, a name or a code."""

    kind: str
    key: str
    name: str

    def asked(self, first: date, last: date) -> PackAsked:
        """Return the pack of these days."""
        return PackAsked(first, last, **{self.kind: self.key})


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What the pack says of itself; `subject` is the name of the person, site or course, `made_at` UTC."""

    asked: PackAsked
    subject: str
    organisation: str
    zone: ZoneInfo
    made_at: datetime
    made_by: str
    people: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Marked:
    """How somebody was marked, by whom and when (UTC); `late`: after the session was completed."""

    employee_no: str
    name: str
    department: str
    attendance: str
    result: str
    score: str
    remarks: str
    marked_by: str
    marked_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """A session with those of its people whom the pack is about; instants are UTC."""

    session_id: int
    ref: str
    version: int
    course_code: str
    title: str
    status: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    trainers: tuple[str, ...]
    trainer_ids: tuple[int, ...]
    course_id: int
    people: tuple[Marked, ...]
