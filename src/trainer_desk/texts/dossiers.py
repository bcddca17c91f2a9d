"""What the pages of a person, a trainer and a course say: what is held, who must hold it, what a licence is worth."""

from datetime import date, timedelta

from trainer_desk.models.enums import OverlapPolicy, PrerequisitePolicy
from trainer_desk.services.rows.dossiers import Held, Licence, MustHold
from trainer_desk.services.rules.compliance import YELLOW, effective_status
from trainer_desk.texts.formats import date_text
from trainer_desk.texts.translate import _, mark, plural
from trainer_desk.texts.words import pill_text

OVERLAPS = {
    OverlapPolicy.IGNORE: mark("Allowed"),
    OverlapPolicy.WARN: mark("Allowed, with a warning"),
    OverlapPolicy.BLOCK: mark("Refused"),
}
PREREQUISITES = {
    PrerequisitePolicy.WARN: mark("{title}; without it, a warning"),
    PrerequisitePolicy.BLOCK: mark("{title}; without it, no seat"),
}


def held_text(held: Held, day: date) -> str:
    """Return how somebody stands to a course on `day`: `Expired 09 Nov 2026`, `Due by 24 Nov 2026`, `Not required`."""
    means = effective_status(held.status, held.expires_on, day, held.due_on, held.counts_from)
    if means is None:
        return asked_text(held, day)
    if held.group == YELLOW and held.due_on is not None:
        return _("Due by {day}").format(day=date_text(held.due_on))
    return pill_text(held.group, means, held.expires_on, day)


def asked_text(held: Held, day: date) -> str:
    """Return whether the course is asked of somebody on `day`: `Required`, `Exempt until 31 Dec 2026`.

    Of a course without any rule only what people are said to hold is known.
    """
    if not held.has_rules:
        return _("No rule asks for it")
    if held.counts_from is None or held.counts_from <= day:
        return _("Required")
    if held.counts_from == date.max:
        return _("Not required")
    return _("Exempt until {day}").format(day=date_text(held.counts_from - timedelta(days=1)))


def who_text(rule: MustHold) -> str:
    """Return whom a rule names: `Everybody`, or `Welder · Production · Leeds`."""
    named = [part for part in (rule.person, rule.job_role, rule.department, rule.site) if part]
    return " · ".join(named) or _("Everybody")


def rule_text(rule: MustHold) -> str:
    """Return what a rule asks: `Must hold it within 30 days`, `Exempt until 31 Dec 2026: on leave`."""
    if not rule.exempt:
        if not rule.grace_days:
            return _("Must hold it at once")
        return plural("Must hold it within {n} day", "Must hold it within {n} days", rule.grace_days)
    words = _("Exempt") if rule.until is None else _("Exempt until {day}").format(day=date_text(rule.until))
    return f"{words}: {rule.reason}" if rule.reason else words


def licence_text(licence: Licence, day: date) -> str:
    """Return what a qualification is worth on `day`: `Valid`, `Lapsed 09 Nov 2026`, `From 01 Dec 2026`."""
    if licence.valid_until is not None and licence.valid_until < day:
        return _("Lapsed {day}").format(day=date_text(licence.valid_until))
    if licence.valid_from is not None and licence.valid_from > day:
        return _("From {day}").format(day=date_text(licence.valid_from))
    if licence.valid_until is None:
        return _("Valid")
    return _("Valid to {day}").format(day=date_text(licence.valid_until))


def overlap_word(policy: str) -> str:
    """Return what a course says to two seats at one time."""
    return _(OVERLAPS[OverlapPolicy(policy)])


def prerequisite_text(title: str, policy: str) -> str:
    """Return which course must be held before, and what happens without it."""
    return _(PREREQUISITES[PrerequisitePolicy(policy)]).format(title=title)


def months_text(months: int | None) -> str:
    """Return how long a training is valid: `24 months`, `for ever`."""
    return plural("{n} month", "{n} months", months) if months else _("for ever")


def errand_text(days_before: int) -> str:
    """Return when something on a checklist is due: `7 days before`, `On the day`."""
    return plural("{n} day before", "{n} days before", days_before) if days_before else _("On the day")
