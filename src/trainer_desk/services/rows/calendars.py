"""Sessions as other calendars are told of them (X3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """Whether it takes place for whoever the calendar is for; the words are those of iCalendar."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One session; instants are UTC. `changed_at` is when anything of it was last changed, for this calendar's owner.

    `people` are names, and empty unless they were asked for.
    """

    uuid: str
    version: int
    title: str
    course_code: str
    category: str
    standing: Standing
    starts_at: datetime
    ends_at: datetime
    made_at: datetime
    changed_at: datetime
    trainers: tuple[str, ...] = ()
    venue: str = ""
    site: str = ""
    description: str = ""
    cancel_reason: str = ""
    people: tuple[str, ...] = ()
