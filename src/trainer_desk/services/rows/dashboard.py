"""What the page of a day shows (D1, A1): sessions, and what waits for somebody to decide."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from trainer_desk.services.rows.checklists import SessionItem
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import Board, SessionCard


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A session whose end has passed and that nobody completed; `people` of it are not marked yet."""

    card: SessionCard
    people: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A session with people who wait, and the next one of its course that has places and no queue."""

    card: SessionCard
    free: SessionCard


@dataclass(frozen=True, slots=True)
class Errands:
    """What of a session's checklist is due soon or late, in the order of its checklist (S12)."""

    card: SessionCard
    items: tuple[SessionItem, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Booking requests that wait for a decision: how many, and since when the oldest does (UTC) (Q3)."""

    count: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overload:
    """A trainer who is booked in this ISO week for more minutes than the norm."""

    trainer_id: int
    minutes: int
    norm_minutes: int


@dataclass(frozen=True, slots=True)
class Need:
    """How the people stand with a course today, by the groups of the picker.

    `unbooked` of those in `red` and `expiring` have no place in any session of the course that is still to come, and
    wait for none; `next` is the next session that has a place for them.
    """

    course_id: int
    red: int
    yellow: int
    expiring: int
    green: int
    unbooked: int = 0
    next: SessionCard | None = None


@dataclass(frozen=True, slots=True)
class Needs:
    """How people stand with each course on `day`, most lacking first; the names of courses are in `directory`."""

    day: date
    directory: Directory
    courses: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Undated:
    """Drafts without a date that were made a while ago: how many, and when the oldest was (UTC)."""

    count: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Today:
    """Everything that the page Today shows as of `now` (UTC), which is on `day` in `zone`.

    `name` is that of the person for whom the login stands, empty if it stands for nobody. `board` reaches from the
    begin of the day over the days in which drafts must get what they lack.
    """

    now: datetime
    day: date
    zone: ZoneInfo
    directory: Directory
    board: Board
    name: str = ""
    unmarked: tuple[Unmarked, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    errands: tuple[Errands, ...] = ()
    overloads: tuple[Overload, ...] = ()
    asked: Asked = Asked(0, None)
    undated: Undated = Undated(0, None)
    to_tell: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the badges of the sidebar count: people who are not compliant with something today, open requests."""

    people: int
    requests: int


@dataclass(frozen=True, slots=True)
class MyDay:
    """What a trainer teaches, as of `now` (UTC), which is on `day` in `zone`.

    `trainer_id` is None for a login that stands for no trainer. `sessions` are those of today and the coming days, by
    start, completed ones of today too; `unmarked` are over and were not completed.
    """

    now: datetime
    day: date
    zone: ZoneInfo
    directory: Directory
    name: str
    trainer_id: int | None
    sessions: tuple[SessionCard, ...] = ()
    unmarked: tuple[Unmarked, ...] = ()
