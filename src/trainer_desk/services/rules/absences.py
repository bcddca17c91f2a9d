"""In which ways a coming session can be settled when something that it needs is away for a time (C4)."""

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.absences import ORGANISATION
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.settling import Way

LONGEST = 3_660
"""Days of the longest absence; who is away for longer has left."""

LONGEST_HOLIDAY = 366
"""Days for which the whole organisation can be closed at most."""


def ways_for_absence(
    kind: str, card: SessionCard, resource_id: int | None, *, has_substitutes: bool, has_times: bool
) -> tuple[Way, ...]:
    """Return the ways to settle a session over which an absence comes, the one to propose first.

    `kind` is trainer, venue, equipment or organisation. Who only helps, and what is only taken along, can be left
    out; a running session is left as it is unless somebody says otherwise.
    """
    replace = (Way.REPLACE,) if has_substitutes and kind != ORGANISATION else ()
    if card.status is SessionStatus.IN_PROGRESS:
        spare = () if _is_essential(kind, card, resource_id) else (Way.LEAVE_OUT,)
        return (Way.KEEP, *replace, *spare, Way.CANCEL)
    time = (Way.TIME,) if has_times else ()
    if _is_essential(kind, card, resource_id):
        return (*replace, *time, Way.DRAFT, Way.CANCEL, Way.KEEP)
    return (*replace, Way.LEAVE_OUT, *time, Way.DRAFT, Way.CANCEL, Way.KEEP)


def _is_essential(kind: str, card: SessionCard, resource_id: int | None) -> bool:
    """Whether the session cannot take place at its time without what is away (S2)."""
    if kind == "trainer":
        return card.trainer_id == resource_id
    return kind != "equipment"
