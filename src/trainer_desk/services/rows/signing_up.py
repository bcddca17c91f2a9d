"""Sessions as one person sees them who may sign up: when, where, how full, and how that person stands there (K13)."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import EnrollmentState, SessionStatus, WaitlistMode


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """How somebody stands in a session; `rank` is the place in the queue, 1 is next (None: not waiting).

    `offer_until` (UTC) is when an offer ends; `skip_code` and `skip_ref` say why a free seat was passed on (K5).
    """

    state: EnrollmentState
    rank: int | None = None
    offer_until: datetime | None = None
    skip_code: str | None = None
    skip_ref: str | None = None


@dataclass(frozen=True, slots=True)
class PersonalSession:
    """A dated session with the place of the person who looks at it, None without one; instants are UTC.

    `seats_taken` are confirmed people, open offers and live holds of that moment, `capacity` None is no limit.
    """

    session_id: int
    ref: str
    course_id: int
    course: str
    title: str
    description: str | None
    hue: int
    status: SessionStatus
    starts_at: datetime
    ends_at: datetime
    trainer: str | None
    venue: str | None
    site: str
    capacity: int | None
    seats_taken: int
    waiting: int
    waitlist: WaitlistMode
    sign_up: bool
    mine: OwnPlace | None = None


@dataclass(frozen=True, slots=True)
class AskedCourse:
    """A course in which people do not sign up themselves: they ask for it (Q1)."""

    course_id: int
    code: str
    title: str
    category: str
    hue: int
    minutes: int


@dataclass(frozen=True, slots=True)
class OpenSessions:
    """What a login may sign up for, by start, and the courses to be asked for, by title; as of `now` (UTC).

    `person_id` is None for a login that stands for nobody: it may look, and not sign up.
    """

    zone: ZoneInfo
    now: datetime
    person_id: int | None
    sessions: tuple[PersonalSession, ...]
    on_request: tuple[AskedCourse, ...]


@dataclass(frozen=True, slots=True)
class OwnSchedule:
    """What a person is enrolled in, offered or waiting for and that is not over at `now` (UTC), by start."""

    zone: ZoneInfo
    now: datetime
    person_id: int
    employee_no: str
    name: str
    sessions: tuple[PersonalSession, ...]
