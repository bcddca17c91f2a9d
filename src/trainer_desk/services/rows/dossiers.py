"""What stands on the page of one person, trainer or course (N4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import Attendance, EnrollmentState, SessionStatus
from trainer_desk.services.rows.certificates import CertificateRow, MissedDay
from trainer_desk.services.rows.load import Week
from trainer_desk.services.rows.people import StandingRow


@dataclass(frozen=True, slots=True)
class PastChange:
    """One line of a history; `at` is UTC, `kind` do, undo or redo."""

    at: datetime
    by: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A training record; `expires_on` is the last valid day that was told, None: by the course's validity."""

    id: int
    course_id: int
    title: str
    held_on: date
    provider: str | None
    expires_on: date | None
    number: str | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a person in a session; instants are UTC, `rank` is the one in the queue of who waits."""

    session_id: int
    ref: str
    title: str
    starts_at: datetime | None
    ends_at: datetime | None
    status: SessionStatus
    venue: str | None
    state: EnrollmentState
    attendance: Attendance
    rank: int | None = None
    offer_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class IntakeNote:
    """An intake on file and what was noted."""

    id: int
    held_on: date
    note: str | None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Who a person is; `manager_id` is None where the manager's number belongs to nobody."""

    id: int
    employee_no: str
    name: str
    department: str
    site: str
    job_role: str
    manager_no: str | None
    manager_id: int | None
    manager_name: str | None
    email: str | None
    phone: str | None
    placed_on: date | None
    active: bool


@dataclass(frozen=True, slots=True)
class PersonDossier:
    """The page of a person on a day: coming places by start, past ones the last first."""

    facts: PersonFacts
    zone: ZoneInfo
    day: date
    held: tuple[StandingRow, ...]
    records: tuple[RecordLine, ...]
    coming: tuple[Spot, ...]
    past: tuple[Spot, ...]
    intakes: tuple[IntakeNote, ...]
    history: tuple[PastChange, ...]
    certificates: tuple[CertificateRow, ...] = ()
    """All revisions, the latest training first."""
    missed: tuple[MissedDay, ...] = ()


@dataclass(frozen=True, slots=True)
class Teaching:
    """A session of a trainer or a course; instants are UTC, `capacity` None is no limit."""

    session_id: int
    ref: str
    title: str
    starts_at: datetime
    ends_at: datetime
    status: SessionStatus
    trainer: str | None
    venue: str | None
    seats_taken: int
    capacity: int | None
    waiting: int


@dataclass(frozen=True, slots=True)
class Licence:
    """A qualification, named by the course (on a trainer's page) or by the trainer (on a course's page).

    `thing_id` is that course or trainer; None on either side is open.
    """

    thing_id: int
    name: str
    valid_from: date | None
    valid_until: date | None
    active: bool = True


@dataclass(frozen=True, slots=True)
class Absence:
    """Leave of a trainer; UTC, half-open."""

    id: int
    starts_at: datetime
    ends_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class TrainerFacts:
    """Who a trainer is; `weekly_hours` is the personal target, `person_id` who that is among the people.

    `norm_hours` is what the weeks are measured by: the target, else the organisation's norm (None: neither is set).
    """

    id: int
    code: str
    name: str
    weekly_hours: int | None
    person_id: int | None
    person: str | None
    active: bool
    norm_hours: int | None = None


@dataclass(frozen=True, slots=True)
class TrainerDossier:
    """The page of a trainer on a day."""

    facts: TrainerFacts
    zone: ZoneInfo
    day: date
    licences: tuple[Licence, ...]
    coming: tuple[Teaching, ...]
    weeks: tuple[Week, ...]
    absences: tuple[Absence, ...]
    history: tuple[PastChange, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another course that this one has to do with."""

    course_id: int
    title: str


@dataclass(frozen=True, slots=True)
class MustHold:
    """A rule on who must hold a course; empty words mean everybody. `until` is the last day of an exemption."""

    job_role: str
    department: str
    site: str
    employee_no: str | None
    person: str | None
    person_id: int | None
    grace_days: int | None
    exempt: bool
    reason: str | None
    until: date | None
    since: date


@dataclass(frozen=True, slots=True)
class Errand:
    """A line of a checklist: what to see to, and how many days before the session."""

    words: str
    days_before: int


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What a course is; `hue` is the index (0–7) of its category's colour, the policies are the words of the enums."""

    id: int
    code: str
    title: str
    category: str
    hue: int
    description: str | None
    duration_minutes: int
    validity_months: int | None
    expiring_days: int
    default_capacity: int | None
    minimum: int | None
    requires_intake: bool
    requires_result: bool
    sign_up: bool
    overlap_policy: str
    prerequisite_policy: str
    active: bool


@dataclass(frozen=True, slots=True)
class CourseDossier:
    """The page of a course on a day; `counts` are the active people by group of the picker (P1).

    `needs` is the prerequisite, `renews` what this course renews; `needed_by` and `renewed_by` the other way round.
    """

    facts: CourseFacts
    zone: ZoneInfo
    day: date
    counts: Mapping[int, int]
    rules: tuple[MustHold, ...]
    licences: tuple[Licence, ...]
    coming: tuple[Teaching, ...]
    checklist: tuple[Errand, ...]
    needs: Related | None
    renews: Related | None
    needed_by: tuple[Related, ...]
    renewed_by: tuple[Related, ...]
    history: tuple[PastChange, ...]
    missed: tuple[MissedDay, ...] = ()
