"""What the pages of a person, a trainer and a course say: what is held, who must hold it, what a licence is worth."""

from datetime import date

from trainer_desk.models.enums import OverlapPolicy, PrerequisitePolicy
from trainer_desk.services.rows.dossiers import Licence, MustHold
from trainer_desk.services.rows.people import StandingRow
from trainer_desk.texts import requirements
from trainer_desk.texts.formats import date_text
from trainer_desk.texts.translate import _, mark, plural

OVERLAPS = {
    OverlapPolicy.IGNORE: mark("Allowed"),
    OverlapPolicy.WARN: mark("Allowed, with a warning"),
    OverlapPolicy.BLOCK: mark("Refused"),
}
PREREQUISITES = {
    PrerequisitePolicy.WARN: mark("{title}; without it, a warning"),
    PrerequisitePolicy.BLOCK: mark("{title}; without it, no seat"),
}


def asked_text(row: StandingRow) -> str:
    """Return whether a course is asked of somebody: `Required`, `Not required`, `Exempt until 31 Dec 2026: ill`."""
    if row.exemptions:
        rule = row.exemptions[-1]
        return exempt_text(rule.until, rule.reason)
    return _("Required") if row.rules else _("Not required")


def who_text(rule: MustHold) -> str:
    """Return whom a rule names: `Everybody`, or `Every Welder in Production`."""
    values = {"employee_no": rule.employee_no, "job_role": rule.job_role, "department": rule.department}
    return requirements.who_text(values | {"site": rule.site}, rule.person or "")


def rule_text(rule: MustHold) -> str:
    """Return what a rule asks: `Must hold it within 30 days`, `Exempt until 31 Dec 2026: on leave`."""
    if not rule.exempt:
        if not rule.grace_days:
            return _("Must hold it at once")
        return plural("Must hold it within {n} day", "Must hold it within {n} days", rule.grace_days)
    return exempt_text(rule.until, rule.reason)


def exempt_text(until: date | None, reason: str | None) -> str:
    """Return until when an exemption holds, and why."""
    words = _("Exempt") if until is None else _("Exempt until {day}").format(day=date_text(until))
    return f"{words}: {reason}" if reason else words


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
