"""What is to be seen to before one session (S12)."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class SessionItem:
    """Something on the checklist of a session: due on a day of the organisation's calendar, None while undated.

    `done_at` (UTC) and `done_by` tell who saw to it; `is_own` that it was added here and not copied from the course.
    """

    id: int
    session_id: int
    words: str
    days_before: int
    due_on: dt.date | None
    done_at: dt.datetime | None
    done_by: str | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class SessionChecklist:
    """The checklist of a session as somebody sees it on `day` in `zone`.

    `is_open` says that the session is still to be prepared, `is_own` that they may tick there: a trainer only where
    they teach.
    """

    session_id: int
    items: tuple[SessionItem, ...]
    day: dt.date
    zone: ZoneInfo
    is_open: bool
    is_own: bool

    @property
    def done(self) -> int:
        """How many items were seen to."""
        return sum(item.done_at is not None for item in self.items)
