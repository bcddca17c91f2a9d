"""Booking requests as plain values: what is wished for, how it was decided, and what became of it (Q1, Q2, Q3)."""

from dataclasses import dataclass
from datetime import datetime

from trainer_desk.models.enums import RequestStatus, SessionStatus
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import Hold, Outcome


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: everything but the course may be left open; instants are UTC.

    `people` is a mere number of people, `person_ids` are named ones; who names people needs no number.
    """

    course_id: int
    trainer_id: int | None = None
    venue_id: int | None = None
    run_id: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    people: int | None = None
    person_ids: tuple[int, ...] = ()
    reason: str | None = None

    @property
    def headcount(self) -> int | None:
        """For how many people it is, None where that was left open."""
        return len(self.person_ids) or self.people


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A booking request as it is stored; `requested_by` and `decided_by` are logins, instants are UTC."""

    id: int
    wish: Wish
    status: RequestStatus
    requested_by: str
    requested_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    decision_reason: str | None
    session_id: int | None
    into_run_id: int | None
    version: int

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.status is RequestStatus.DRAFT

    @property
    def ref(self) -> str:
        """How people call it: `#12`."""
        return f"#{self.id}"


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody whom a request names, or may name."""

    person_id: int
    employee_no: str
    name: str
    department: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class RequestCard:
    """A request with what a list shows of it: who asks, the named people by name, and the session that came of it.

    `requester` is the name of the person behind the login, or the login. `session_deleted` says that the session
    lies in the trash, `made` that the request made it and did not go into one that was there. Codes and titles of the
    wish are looked up in the directory.
    """

    request: RequestRow
    requester: str
    named: tuple[NamedPerson, ...] = ()
    session: SessionCard | None = None
    session_deleted: bool = False
    made: bool = False

    @property
    def session_status(self) -> SessionStatus | None:
        """The state of the session that came of it, if one did."""
        return None if self.session is None else self.session.status


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accepting a request came to: its session or run, what became of each named person, held seats.

    `findings` are the orange ones of scheduling; `colliding` are the open requests that now stand in each other's
    way with it, the oldest first.
    """

    request_id: int
    session_id: int | None = None
    run_id: int | None = None
    outcomes: tuple[Outcome, ...] = ()
    holds: tuple[Hold, ...] = ()
    findings: tuple[Finding, ...] = ()
    colliding: tuple[RequestRow, ...] = ()
