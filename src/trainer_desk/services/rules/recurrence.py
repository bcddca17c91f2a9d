"""Days of a rule (RFC 5545) on the wall clock: which rules are taken, and what they come to (R3)."""

import re
from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from trainer_desk.services.errors import BadValue

if TYPE_CHECKING:
    from dateutil.rrule import rrule

LONGEST = 370
"""How many days a rule may have: every day of a year, and a little more."""

FARTHEST = timedelta(days=3653)
"""How far the last day may lie after the first: ten years."""

TWINS = 9987
"""The last year from which on there are twelve."""

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
PARTS = frozenset(
    {
        "FREQ",
        "INTERVAL",
        "COUNT",
        "UNTIL",
        "BYDAY",
        "BYMONTH",
        "BYMONTHDAY",
        "BYSETPOS",
        "BYWEEKNO",
        "BYYEARDAY",
        "WKST",
    }
)
"""What a rule may say: days only, since the session says at what time."""

_UNTIL = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)?(Z)?)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was read: `parts` without its end, and the end: so many days, or the last moment of wall clock."""

    parts: Mapping[str, str]
    count: int | None = None
    until: datetime | None = None

    @property
    def text(self) -> str:
        """The rule as it is kept: upper case, its end as a day."""
        said = [f"{name}={value}" for name, value in self.parts.items()]
        if self.count is not None:
            said.append(f"COUNT={self.count}")
        elif self.until is not None:
            said.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(said)


def read_rule(text: str, zone: ZoneInfo, *, begins: time = time()) -> Rule:
    """Read an RRULE without its start; its end is wall clock in `zone`, a mere day whole.

    `begins` is the time of day of the sessions: an UNTIL within a day that comes before it ends the day before. Raises
    BadValue for what is no such rule (not_a_rule), for one finer than days (rule_of_hours), and for one that never
    ends or ends twice (rule_without_end).
    """
    plain = text.strip().upper().removeprefix("RRULE:")
    parts: dict[str, str] = {}
    for said in filter(None, (part.strip() for part in plain.split(";"))):
        name, equals, value = (word.strip() for word in said.partition("="))
        if name.startswith("BYHOUR") or name in ("BYMINUTE", "BYSECOND") or value in ("HOURLY", "MINUTELY", "SECONDLY"):
            raise BadValue(field="rule", value=text, why="rule_of_hours")
        if not equals or not value or name not in PARTS or name in parts:
            raise BadValue(field="rule", value=text, why="not_a_rule")
        parts[name] = value
    if parts.get("FREQ") not in FREQUENCIES:
        raise BadValue(field="rule", value=text, why="not_a_rule")
    if ("COUNT" in parts) == ("UNTIL" in parts):
        raise BadValue(field="rule", value=text, why="rule_without_end")
    count, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    rule = Rule(
        parts,
        None if count is None else _number(count, text),
        None if until is None else _until(until, zone, begins, text),
    )
    _expander(rule, datetime.combine(date(2026, 1, 1), time()), text)
    return rule


def days_of(rule: Rule, first: date) -> tuple[date, ...]:
    """Return the days of a rule from `first` on, which is the first of them whatever the rule says (RFC 5545).

    Raises BadValue for too many days (rule_too_long) and for days too far away (rule_too_far).
    """
    begins, years = datetime.combine(first, time()), _twin(first.year) - first.year
    days = _expander(rule, begins.replace(year=first.year + years), rule.text)
    moments = islice(days, min(rule.count or LONGEST + 1, LONGEST + 1))
    found = [moment.date().replace(year=moment.year - years) for moment in moments]
    if rule.count is not None and len(found) < min(rule.count, LONGEST + 1):
        raise BadValue(field="rule", value=rule.text, why="rule_too_far", years=FARTHEST.days // 365)
    if rule.count is not None and first not in found:
        found = found[: rule.count - 1]
    if rule.until is not None:
        if rule.until > begins + FARTHEST:
            raise BadValue(field="rule", value=rule.text, why="rule_too_far", years=FARTHEST.days // 365)
        found = [day for day in found if day <= rule.until.date()]
    if len(found) > LONGEST:
        raise BadValue(field="rule", value=rule.text, why="rule_too_long", limit=LONGEST)
    return tuple(sorted({first, *found}))


def ended_on(rule: Rule, last: date) -> Rule:
    """Return the rule with `last` as its last possible day."""
    return replace(rule, count=None, until=datetime.combine(last, time.max.replace(microsecond=0)))


def _twin(year: int) -> int:
    """Return a year near the end of the calendar from which on dates and weekdays are as from `year` on.

    A rule that matches no day is looked through to the last year that there is, which is not far from there.
    """
    return next(late for late in range(TWINS, 0, -1) if all(_alike(year + ahead, late + ahead) for ahead in range(12)))


def _alike(year: int, other: int) -> bool:
    return isleap(year) == isleap(other) and date(year, 1, 1).weekday() == date(other, 1, 1).weekday()


def _expander(rule: Rule, begins: datetime, text: str) -> "rrule":
    """Return what yields the days, up to the farthest."""
    from dateutil.rrule import rrule, rrulestr  # noqa: PLC0415 - no start of the window needs a rule

    said = ";".join(f"{name}={value}" for name, value in rule.parts.items())
    _number(rule.parts.get("INTERVAL", "1"), text)
    try:
        made = rrulestr(f"{said};UNTIL={begins + FARTHEST:%Y%m%dT%H%M%S}", dtstart=begins)
    except (ValueError, TypeError, OverflowError, KeyError, IndexError) as trouble:
        raise BadValue(field="rule", value=text, why="not_a_rule") from trouble
    assert isinstance(made, rrule)
    return made


def _number(value: str, text: str) -> int:
    if not _NUMBER.fullmatch(value) or int(value) < 1:
        raise BadValue(field="rule", value=text, why="not_a_rule")
    return int(value)


def _until(value: str, zone: ZoneInfo, begins: time, text: str) -> datetime:
    """Return the last moment of the last day: a day is meant whole, an instant by the wall clock that it shows."""
    match = _UNTIL.fullmatch(value)
    try:
        if match is None:
            raise ValueError(value)
        year, month, day, hours, minutes, seconds, zulu = match.groups()
        if hours is None:
            last = date(int(year), int(month), int(day))
        else:
            clock = time(int(hours), int(minutes), int(seconds or 0))
            moment = datetime.combine(date(int(year), int(month), int(day)), clock)
            if zulu:
                moment = moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None, fold=0)
            last = moment.date() if moment.time() >= begins else moment.date() - timedelta(days=1)
    except (ValueError, OverflowError) as trouble:
        raise BadValue(field="rule", value=text, why="not_a_rule") from trouble
    return datetime.combine(last, time.max.replace(microsecond=0))
