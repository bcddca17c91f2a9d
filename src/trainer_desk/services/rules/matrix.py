"""What a cell of the compliance matrix says of a person and a course on a day (D3)."""

from datetime import date

from trainer_desk.services.rows.matrix import Mark
from trainer_desk.services.rules.compliance import effective_status, group_of
from trainer_desk.services.rules.holdings import Item


def mark_of(item: Item | None, day: date, expiring_days: int) -> Mark:
    """Return the mark of an item on `day`; None: there is no item."""
    if item is None:
        return Mark.NOT_ASKED
    facts = item.status, item.expires_on, day
    if effective_status(*facts, item.due_on, item.counts_from) is None:
        return Mark.NOT_ASKED
    return Mark(group_of(*facts, expiring_days, item.due_on, item.counts_from))
