"""What is to be seen to before one session (S12)."""

import datetime as dt
from dataclasses import dataclass


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
