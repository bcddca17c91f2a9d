"""Whether hardly anybody is in a session that begins soon, and for which nobody said how many it needs (D1)."""

from datetime import datetime, timedelta

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.schedule import SessionCard

SOON = timedelta(days=7)
"""So long before its start it is told."""
PART = 4
"""Up to one in so many places taken it is nearly empty."""
LONELY = 1
"""Up to so many people where nothing limits it."""


def is_nearly_empty(card: SessionCard, now: datetime) -> bool:
    """Whether a scheduled session that begins in the week after `now` (UTC) has next to nobody in it.

    Where a minimum is set, that says what is enough (S10); who waits, was offered a place or has one held counts not.
    """
    if card.status is not SessionStatus.SCHEDULED or card.minimum is not None or card.starts_at is None:
        return False
    if not now < card.starts_at <= now + SOON:
        return False
    return card.enrolled <= LONELY if card.capacity is None else card.enrolled * PART <= card.capacity
