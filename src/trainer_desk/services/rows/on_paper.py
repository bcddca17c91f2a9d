"""Rows of what is printed of sessions: sign-in sheets, rosters, door sheets and badges."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import Attendance, EnrollmentState, SessionStatus


@dataclass(frozen=True, slots=True)
class PaperPerson:
    """Somebody of a session, by how they stand in it; an offer that has run out is none."""

    person_id: int
    employee_no: str
    name: str
    department: str
    site: str
    job_role: str
    state: EnrollmentState
    attendance: Attendance
    remarks: str

    @property
    def is_confirmed(self) -> bool:
        """Whether the place is certain."""
        return self.state is EnrollmentState.CONFIRMED


@dataclass(frozen=True, slots=True)
class PaperSession:
    """A session with its people by name; instants are UTC, `trainers` holds the lead first."""

    session_id: int
    ref: str
    version: int
    course: str
    title: str
    description: str
    status: SessionStatus
    starts_at: datetime | None
    ends_at: datetime | None
    trainers: tuple[str, ...]
    venue: str
    capacity: int | None
    people: tuple[PaperPerson, ...]

    @property
    def confirmed(self) -> tuple[PaperPerson, ...]:
        """Those whose place is certain."""
        return tuple(person for person in self.people if person.is_confirmed)

    @property
    def expected(self) -> tuple[PaperPerson, ...]:
        """Those who have a place or are offered one."""
        return tuple(person for person in self.people if person.state is not EnrollmentState.WAITLISTED)


@dataclass(frozen=True, slots=True)
class OnPaper:
    """Sessions by start, as they stood at `read_at` (UTC), with the organisation's name and zone."""

    organisation: str
    zone: ZoneInfo
    read_at: datetime
    sessions: tuple[PaperSession, ...]
