"""Sentences about booking requests: for how many people, how old, and what became of them."""

from trainer_desk.services.rows.requests import Wish
from trainer_desk.texts.translate import _, plural


def headcount_text(wish: Wish) -> str:
    """Return for how many people a wish is, `for 6 people`; or that nobody said."""
    if wish.headcount is None:
        return _("number of people open")
    return plural("for {n} person", "for {n} people", wish.headcount)


def age_text(days: int) -> str:
    """Return how long a request has waited, in whole days."""
    return _("today") if days <= 0 else plural("{n} day", "{n} days", days)
