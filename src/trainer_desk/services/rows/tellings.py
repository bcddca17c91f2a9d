"""Rows of whom somebody still has to tell what (D7)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trainer_desk.models.enums import EnrollmentState, SessionStatus


class News(StrEnum):
    """What there is to tell."""

    PLACE = "place"
    OFFER = "offer"
    WAITING = "waiting"
    LOST = "lost"
    MOVED = "moved"
    CANCELLED = "cancelled"
    UNSCHEDULED = "unscheduled"


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What is told of a place: its state, the session's status, times (UTC) and venue."""

    state: EnrollmentState
    status: SessionStatus
    starts_at: datetime | None
    ends_at: datetime | None
    venue_id: int | None

    @property
    def occasion(self) -> tuple[datetime | None, datetime | None, int | None]:
        """When and where."""
        return self.starts_at, self.ends_at, self.venue_id


@dataclass(frozen=True, slots=True)
class ToTell:
    """Somebody who has to be told of a place, with how to reach them; instants are UTC.

    `facts` are those that are shown, and that are kept when this is ticked; `told` and `told_venue` say what was told
    last. `has_bell` says that it hangs behind the person's own bell, where it was not looked at yet. `reason` is why
    it was cancelled.
    """

    enrollment_id: int
    session_id: int
    ref: str
    title: str
    venue: str | None
    person_id: int
    employee_no: str
    name: str
    department: str
    phone: str | None
    email: str | None
    manager: str | None
    manager_phone: str | None
    news: News
    facts: PlaceFacts
    told: PlaceFacts | None
    told_venue: str | None
    told_at: datetime | None
    told_by: str | None
    offer_until: datetime | None
    reason: str | None
    has_bell: bool
