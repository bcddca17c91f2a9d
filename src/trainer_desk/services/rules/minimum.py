"""Whether enough people are enrolled for a session to take place, and by when that is decided (S10)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import SessionStatus, Severity
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.times import local

BEFORE_DECISION = timedelta(days=7)
"""From how long before the decision date on a session with too few people is told."""
BEFORE_START = timedelta(days=14)
"""The same before the day of the start, where no decision date is set."""
OPEN = frozenset({SessionStatus.DRAFT, SessionStatus.SCHEDULED})


def missing_people(card: SessionCard) -> int:
    """Return how many people the session lacks to take place; 0 with enough of them, or without a minimum."""
    return 0 if card.minimum is None else max(0, card.minimum - card.enrolled)


def decided_by(card: SessionCard, zone: ZoneInfo) -> date | None:
    """Return the decision date, without one the day of the start in `zone`; None where there is neither."""
    start = None if card.starts_at is None else local(card.starts_at, zone).date()
    if card.decision_on is None or start is None:
        return card.decision_on or start
    return min(card.decision_on, start)  # a decision after the start would come too late


def days_left(card: SessionCard, now: datetime, zone: ZoneInfo) -> int | None:
    """Return the days from `now` (UTC) to the decision, 0 today, negative once it has passed; None: no such day."""
    day = decided_by(card, zone)
    return None if day is None else (day - local(now, zone).date()).days


def is_undecided(card: SessionCard, now: datetime) -> bool:
    """Whether a draft or scheduled session is still to come at `now` (UTC) and has fewer people than its minimum."""
    is_coming = card.starts_at is not None and card.starts_at > now
    return is_coming and card.status in OPEN and missing_people(card) > 0


def below_minimum(card: SessionCard, now: datetime, zone: ZoneInfo) -> Finding | None:
    """Return the orange finding of a scheduled session that may not fill, in the days before it is decided (S9, S10).

    It is told from 7 days before the decision date on, without one from 14 days before the day of the start; days are
    those of `zone`, `now` is UTC.
    """
    if card.status is not SessionStatus.SCHEDULED or not is_undecided(card, now):
        return None
    day = decided_by(card, zone)
    ahead = BEFORE_START if card.decision_on is None else BEFORE_DECISION
    if day is None or local(now, zone).date() < day - ahead:
        return None
    facts = {
        "people": card.enrolled,
        "minimum": card.minimum,
        "decision_on": card.decision_on,
        "missing": missing_people(card),
        "waiting": card.waiting,
    }
    return Finding("below_minimum", Severity.ORANGE, field="minimum", facts=facts)


def by_decision(cards: Iterable[SessionCard], zone: ZoneInfo) -> list[SessionCard]:
    """Return the cards by the day of the decision, then by start; those without any day come last."""
    return sorted(cards, key=lambda card: decision_key(card, zone))


def decision_key(card: SessionCard, zone: ZoneInfo) -> tuple[bool, date, float, int]:
    """Return what sorts a session among the undecided: the day of the decision, then the start."""
    day = decided_by(card, zone)
    start = card.starts_at.timestamp() if card.starts_at is not None else float("inf")
    return day is None, day or date.max, start, card.id
