"""Who must hold a course, from when and with how much grace: the requirements of a course read as one duty (N1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trainer_desk.services.rows.people import Placement, Rule


@dataclass(frozen=True, slots=True)
class Duty:
    """What the rules of a course ask of a person.

    `asked` says whether holding nothing matters at all. `due_on` is the last day of grace (None: there is none),
    `begins_on` the day on which the duty begins. Before `counts_from` the course is no reason to train the person
    (None: it always is one, `date.max`: never).
    """

    asked: bool = False
    begins_on: date = date.min
    due_on: date | None = None
    counts_from: date | None = None


UNRULED = Duty()
"""Nobody made a rule for the course: what people are said to hold counts, and nothing is missing."""

NOT_ASKED = Duty(counts_from=date.max)
"""The course has rules, and none asks this person."""


def matches(rule: Rule, who: Placement) -> bool:
    """Whether every selector of a rule names this person or is empty."""
    return (
        rule.person_id in (None, who.person_id)
        and rule.job_role in ("", who.job_role)
        and rule.department in ("", who.department)
        and rule.site in ("", who.site)
    )


def duty_of(rules: Sequence[Rule], who: Placement) -> Duty:
    """Return what the live rules of one course ask of a person; of several that match, the strictest counts (N1)."""
    matching = [rule for rule in rules if matches(rule, who)]
    asking = [rule for rule in matching if not rule.exempt]
    counts_from = _lifted_until([rule for rule in matching if rule.exempt])
    if not asking:
        return NOT_ASKED if any(not rule.exempt for rule in rules) else Duty(counts_from=counts_from)
    if counts_from == date.max:
        return NOT_ASKED
    return _strictest(asking, who.placed_on or date.min, counts_from)


def duty_on(rules: Sequence[Rule], who: Placement, day: date) -> Duty:
    """Return what was asked of a person by a day that is past: rules made later asked nothing yet.

    Nor was anything asked of whoever took up their place later: where they worked before is not known.
    """
    duty = duty_of([rule for rule in rules if rule.since <= day], who)
    is_later = who.placed_on is not None and who.placed_on > day
    return NOT_ASKED if duty.asked and is_later else duty


def day_after(day: date, days: int) -> date:
    """Return the day so many days later, at most the last that there is."""
    return day + timedelta(days=min(days, (date.max - day).days))


def _lifted_until(exemptions: Iterable[Rule]) -> date | None:
    """Return the first day on which no exemption holds any more: `date.max` for one without an end, None without any.

    One exemption is enough to lift a duty, so the longest counts.
    """
    ends = [date.max if rule.until is None else day_after(rule.until, 1) for rule in exemptions]
    return max(ends, default=None)


def _strictest(asking: Iterable[Rule], placed_on: date, counts_from: date | None) -> Duty:
    duties = []
    for rule in asking:
        begins_on = max(placed_on, rule.since, counts_from or date.min)
        due_on = day_after(begins_on, rule.grace_days) if rule.grace_days else None
        duties.append(Duty(True, begins_on, due_on, counts_from))
    return min(duties, key=lambda duty: (duty.due_on or date.min, duty.begins_on))
