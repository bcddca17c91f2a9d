"""When somebody is reminded of a session, and how long before is written (D6)."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from trainer_desk.services.errors import BadValue

NONE = 0
"""Instead of a lead: nobody is reminded."""
LEAST, MOST, COUNT = 5, 28 * 24 * 60, 4
"""Minutes of the shortest and the longest lead, and how many there may be."""

MINUTES = {"d": 24 * 60, "h": 60, "m": 1}
"""By the first letter of a unit; a number without one counts minutes."""

NEVER = frozenset({"0", "none", "never", "off"})
LEAD = re.compile(r"(\d{1,5})\s*(d|days?|h|hrs?|hours?|m|mins?|minutes?)?")
BETWEEN = re.compile(r"[,;|]|\band\b")


def due_lead(starts_at: datetime, leads: Iterable[int], now: datetime) -> int | None:
    """Return the lead (minutes) of the reminder that is due at `now`; None before all of them and from the start on.

    A later reminder takes the place of an earlier one, seen or not.
    """
    if now >= starts_at:
        return None
    return min((lead for lead in leads if lead and starts_at - timedelta(minutes=lead) <= now), default=None)


def read_leads(text: str) -> tuple[int, ...]:
    """Return the leads (minutes) of a stored setting."""
    return tuple(int(part) for part in text.split("|") if int(part) != NONE)


def spelled_leads(key: str, value: object) -> str:
    """Return leads as they are stored, the longest first: `1 day, 1 hour` is `1440|60`, `none` is `0`.

    Raises BadValue: `not_a_lead`, `lead_out_of_range`, `too_many_leads`.
    """
    text = value if isinstance(value, str) else "|".join(str(lead) for lead in _several(value)) or "0"
    if text.strip().casefold() in NEVER:
        return str(NONE)
    leads = {_minutes(key, part.strip().casefold()) for part in BETWEEN.split(text) if part.strip()}
    if not leads:
        raise BadValue(field=key, value=text, why="not_a_lead")
    if len(leads) > COUNT:
        raise BadValue(field=key, value=len(leads), why="too_many_leads", limit=COUNT)
    return "|".join(str(lead) for lead in sorted(leads, reverse=True))


def _several(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else (value,)


def _minutes(key: str, part: str) -> int:
    found = LEAD.fullmatch(part)
    if found is None:
        raise BadValue(field=key, value=part, why="not_a_lead")
    minutes = int(found[1]) * MINUTES[(found[2] or "m")[0]]
    if not LEAST <= minutes <= MOST:
        raise BadValue(field=key, value=part, why="lead_out_of_range")
    return minutes
