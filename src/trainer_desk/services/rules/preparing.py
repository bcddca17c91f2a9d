"""When something on the checklist of a session is due, and whether it is late (S12)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from trainer_desk.services.rules.times import local


def due_on(starts_at: datetime | None, days_before: int, zone: ZoneInfo) -> date | None:
    """Return the day by which it is due, in the organisation's zone; None while the session has no date.

    `starts_at` is a UTC instant. The day follows the session: one that is moved is prepared later or sooner.
    """
    return None if starts_at is None else local(starts_at, zone).date() - timedelta(days=days_before)


def is_late(due: date | None, done_at: datetime | None, today: date) -> bool:
    """Whether it should have been done before today."""
    return done_at is None and due is not None and due < today
