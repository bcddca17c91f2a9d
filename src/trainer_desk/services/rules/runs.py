"""What follows from a run and its sessions: its status, which limit and days it can have, who may leave it (R1, K8)."""

from collections.abc import Sequence
from datetime import date, datetime

from trainer_desk.models.enums import RunStatus, SessionStatus
from trainer_desk.services.errors import BadValue
from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rows.directory import RunRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.capacity import is_full
from trainer_desk.services.rules.labels import is_over


def run_status(run: RunRow, sessions: Sequence[SessionCard], *, now: datetime, today: date) -> RunStatus:
    """Return the derived status of a run at `now` (UTC), `today` in the organisation's zone (R1).

    `sessions` are those that are not in the trash, with their seats as of `now`, like `run.people_taken`.
    """
    standing = [card for card in sessions if card.status is not SessionStatus.CANCELLED]
    if sessions and not standing:
        return RunStatus.CANCELLED
    if _is_run_over(run, standing, now, today):
        return RunStatus.OVER
    published = [card for card in standing if card.status is not SessionStatus.DRAFT]
    if not published:
        return RunStatus.PLANNED
    if any(_has_begun(card, now) for card in published):
        return RunStatus.RUNNING
    has_place = any(not is_full(card.capacity, card.seats_taken) for card in published)
    return RunStatus.OPEN if has_place and not is_full(run.max_people, run.people_taken) else RunStatus.FULL


def limit_below_people(code: str, max_people: int | None, people: int) -> Finding | None:
    """Return the refusal when a run's limit is set below the number of its people, with the way out (K6, K8)."""
    if max_people is None or max_people >= people:
        return None
    way_out = Fix("set_capacity", {"capacity": people, "field": "max_people"})
    facts = {"people": people, "capacity": max_people, "run": code}
    return Finding("capacity_below_people", field="max_people", subject=code, fixes=(way_out,), facts=facts)


def is_raised(before: int | None, after: int | None) -> bool:
    """Whether a limit lets more people in than before; None is no limit."""
    return before is not None and (after is None or after > before)


def require_days_in_order(start_date: date | None, end_date: date | None) -> None:
    """Refuse a run that ends before it starts; one day is fine. Raises BadValue."""
    if start_date and end_date and end_date < start_date:
        raise BadValue(field="end_date", value=end_date.isoformat(), why="to_before_from")


def require_nobody_seated(card: SessionCard) -> None:
    """Refuse another run for a session in which people have a seat: they are counted in the run (K8).

    Held seats have no names, so they do not count in a run. Raises BadValue.
    """
    people = card.seats_taken - card.held
    if people:
        raise BadValue(field="run", value=card.ref, why="run_has_people", people=people)


def _is_run_over(run: RunRow, standing: Sequence[SessionCard], now: datetime, today: date) -> bool:
    """Whether all that is planned lies behind; what has no time yet is judged by the run's own last day."""
    is_past = run.end_date is not None and run.end_date < today
    return all(_is_done(card, now) or (card.ends_at is None and is_past) for card in standing) if standing else is_past


def _is_done(card: SessionCard, now: datetime) -> bool:
    return card.status is SessionStatus.COMPLETED or is_over(card, now)


def _has_begun(card: SessionCard, now: datetime) -> bool:
    return card.status is not SessionStatus.SCHEDULED or (card.starts_at is not None and card.starts_at <= now)
