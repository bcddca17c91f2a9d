"""Whether somebody could still be put into a session: not cancelled, not over, with a free place (R6)."""

from collections.abc import Iterable
from datetime import datetime

from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.capacity import is_full
from trainer_desk.services.rules.labels import is_over
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE


def is_bookable(card: SessionCard, now: datetime) -> bool:
    """Whether a session is neither cancelled nor over at `now` (UTC) and has a free place (R6)."""
    return card.status in OPEN_FOR_PEOPLE and not is_over(card, now) and not is_full(card.capacity, card.seats_taken)


def next_start(cards: Iterable[SessionCard]) -> datetime | None:
    """Return the first start (UTC) among sessions; None when none has a date."""
    return min((card.starts_at for card in cards if card.starts_at), default=None)
