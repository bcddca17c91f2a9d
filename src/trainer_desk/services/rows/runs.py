"""Rows of runs as plain values: what a list of runs shows, and one run with its sessions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from trainer_desk.models.enums import Attendance, EnrollmentState, RunStatus
from trainer_desk.services.rows.certificates import MissedDay
from trainer_desk.services.rows.directory import RunRow
from trainer_desk.services.rows.schedule import SessionDetail


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run with what is derived of it (R1).

    `run.people_taken` counts distinct people as of the instant that was asked for, `sessions` those that are not in
    the trash, `available` the places that the run's limit leaves (None: no limit). `starts_at` and `ends_at` (UTC) are
    the first start and the last end of sessions that are not cancelled. Of those, too: `seated` people of `seats` in
    the sessions that have a limit, and how many people were marked, `attended` among them. `members` are on the run.
    """

    run: RunRow
    status: RunStatus
    sessions: int
    available: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    seats: int = 0
    seated: int = 0
    marked: int = 0
    attended: int = 0
    members: int = 0

    @property
    def fill_rate(self) -> float | None:
        """The part of the seats that are taken by people, 0 to 1; None where no session has a limit."""
        return self.seated / self.seats if self.seats else None

    @property
    def attendance(self) -> float | None:
        """The part of those marked who attended, 0 to 1; None while nobody is marked."""
        return self.attended / self.marked if self.marked else None


@dataclass(frozen=True, slots=True)
class RunDetail:
    """A run with its sessions by start, undated ones last; those in the trash are left out."""

    summary: RunSummary
    sessions: tuple[SessionDetail, ...]


@dataclass(frozen=True, slots=True)
class RunPlace:
    """How somebody stands on one day of a run, and how they are marked there."""

    state: EnrollmentState
    attendance: Attendance


@dataclass(frozen=True, slots=True)
class RunPerson:
    """Somebody who is on a run, since when (UTC) and by whom; None for who only has a place on one of its days.

    `places` are by the id of the session; withdrawn ones are left out.
    """

    person_id: int
    employee_no: str
    name: str
    department: str
    joined_at: datetime | None
    joined_by: str | None
    places: Mapping[int, RunPlace] = field(default_factory=dict)

    @property
    def is_on_run(self) -> bool:
        """Whether the person is on the run."""
        return self.joined_at is not None


@dataclass(frozen=True, slots=True)
class RunPage:
    """A run with its days and people by name, and who missed a day that is not made up yet (A5)."""

    detail: RunDetail
    people: tuple[RunPerson, ...]
    missed: tuple[MissedDay, ...]
