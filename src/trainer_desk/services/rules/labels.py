"""The derived word for a session, computed from its state, its clock and its seats (S8)."""

from datetime import datetime

from trainer_desk.models.enums import CLAIMING, SessionLabel, SessionStatus
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.capacity import is_full


def label(card: SessionCard, now: datetime) -> SessionLabel:
    """Return the first word of S8 that applies to `card` at `now` (UTC)."""
    match card.status:
        case SessionStatus.CANCELLED:
            return SessionLabel.CANCELLED
        case SessionStatus.COMPLETED:
            return SessionLabel.COMPLETED
    if card.status in CLAIMING and is_over(card, now):
        return SessionLabel.AWAITING_ATTENDANCE
    match card.status:
        case SessionStatus.IN_PROGRESS:
            return SessionLabel.IN_PROGRESS
        case SessionStatus.DRAFT:
            return SessionLabel.DRAFT
    if is_full(card.capacity, card.seats_taken):
        return SessionLabel.FULL
    return SessionLabel.ACTIVE if card.enrolled else SessionLabel.UPCOMING  # held seats are nobody's yet


def is_over(card: SessionCard, now: datetime) -> bool:
    """Whether the session's end has passed at `now` (UTC); from its end on it counts as over (S8)."""
    return card.ends_at is not None and card.ends_at <= now
