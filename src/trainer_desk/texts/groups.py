"""The short texts about a breakout group: how full it is, and what became of a person (K10)."""

from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.groups import GroupOutcome
from trainer_desk.texts.errors import error_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.texts.words import outcome_word


def places_text(free: int | None) -> str:
    """Return `2 places left`, `Group full`, or `No limit` for the free places of a group."""
    if free is None:
        return _("No limit")
    return plural("{n} place left", "{n} places left", free) if free > 0 else _("Group full")


def group_outcome_text(outcome: GroupOutcome) -> str:
    """Return what became of a person: `put into the group`, or why nothing did."""
    if outcome.code is None:
        return outcome_word(outcome.outcome)
    return error_text(DeskError(outcome.code, **outcome.facts))
