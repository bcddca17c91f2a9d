"""Sentences about the hours that a trainer teaches in the coming weeks (L2)."""

from collections.abc import Sequence

from trainer_desk.services.rows.load import Week
from trainer_desk.services.rules.load import hours_text, is_over
from trainer_desk.texts.translate import _, plural


def weeks_words(weeks: Sequence[Week], norm: int | None) -> str:
    """Return `Week 28: 12h, week 29: 45h, over the norm of 38h`, or that nothing is booked; the norm is in hours."""
    if not any(week.booked for week in weeks):
        return plural("Nothing booked in {n} week", "Nothing booked in {n} weeks", len(weeks)) if weeks else ""
    told = ", ".join(_week(week, norm) for week in weeks)
    return told[:1].upper() + told[1:]


def over_words(booked: int) -> str:
    """Return `45h, over the norm` for booked minutes."""
    return _("{hours}, over the norm").format(hours=hours_text(booked))


def _week(week: Week, norm: int | None) -> str:
    number = week.monday.isocalendar().week
    if norm is None or not is_over(week.booked, norm):
        return _("week {n}: {hours}").format(n=number, hours=hours_text(week.booked))
    return _("week {n}: {hours}, over the norm of {norm}").format(
        n=number, hours=hours_text(week.booked), norm=hours_text(norm * 60)
    )
