"""In which ways a coming session can be settled when something that it needs is retired (N3)."""

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.settling import Way

ESSENTIAL = frozenset({"trainer", "venue"})
"""Without a trainer and a venue no session can be scheduled; it can do without a co-trainer or a beamer (S2)."""


def ways_for(kind: str, card: SessionCard, thing_id: int, *, has_substitutes: bool) -> tuple[Way, ...]:
    """Return the ways to settle a session when `thing_id` of that kind is retired, the one to propose first.

    `kind` is course, trainer, venue or equipment. A running session is left as it is unless somebody says otherwise.
    """
    is_draft, is_running = card.status is SessionStatus.DRAFT, card.status is SessionStatus.IN_PROGRESS
    if kind == "course":
        return (Way.KEEP, Way.CANCEL) if is_running else (Way.CANCEL, *_back(card), Way.KEEP)
    replace = (Way.REPLACE,) if has_substitutes else ()
    if is_draft or not _is_essential(kind, card, thing_id):
        return (Way.LEAVE_OUT, *replace, Way.KEEP)
    if is_running:
        return (Way.KEEP, *replace, Way.CANCEL)
    return (*replace, *_back(card), Way.CANCEL, Way.KEEP)


def field_of(kind: str, card: SessionCard, thing_id: int) -> str:
    """Return the field of the session in which the retired thing stands."""
    if kind == "trainer":
        return "trainer_id" if card.trainer_id == thing_id else "co_trainer_ids"
    return {"venue": "venue_id", "equipment": "equipment_ids"}[kind]


def without(kind: str, card: SessionCard, thing_id: int, substitute_id: int | None = None) -> dict[str, object]:
    """Return the fields of the session without what is retired, or with a substitute in its place."""
    field = field_of(kind, card, thing_id)
    if field in ("trainer_id", "venue_id"):
        return {field: substitute_id}
    rest = [key for key in getattr(card, field) if key != thing_id]
    return {field: tuple(rest if substitute_id is None else [*rest, substitute_id])}


def _is_essential(kind: str, card: SessionCard, thing_id: int) -> bool:
    return kind in ESSENTIAL and field_of(kind, card, thing_id) in ("trainer_id", "venue_id")


def _back(card: SessionCard) -> tuple[Way, ...]:
    return (Way.DRAFT,) if card.status is SessionStatus.SCHEDULED else ()
