"""The organisation's settings: how each is read from what people type, and how it is spelled where it is stored."""

from collections.abc import Callable, Mapping
from datetime import time
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from trainer_desk.models.enums import OverlapPolicy
from trainer_desk.services.errors import BadValue
from trainer_desk.services.rules.names import clean_text
from trainer_desk.services.rules.reminders import spelled_leads

WEEK = range(7)


def spelled(key: str, value: Any) -> str:
    """Return a value of a setting as it is stored; empty: not set, so that the product's default holds.

    Takes what people type as well as values. Raises BadValue: `unknown_field`, `not_a_clock_time`,
    `not_a_number`, `out_of_range`, `no_working_day`, `not_one_of`, and as `clean_text`.
    """
    spell = SPELLING.get(key)
    if spell is None:
        raise BadValue(field="setting", value=key, why="unknown_field")
    return "" if value is None or value == "" else spell(key, value)


def require_hours_in_order(day_starts: time, day_ends: time) -> None:
    """Refuse working hours that end before they begin. Raises BadValue."""
    if day_ends <= day_starts:
        raise BadValue(
            field="day_ends", value=f"{day_ends:%H:%M}", why="hours_upside_down", start=f"{day_starts:%H:%M}"
        )


def _line(key: str, value: Any) -> str:
    return clean_text(str(value), field=key) or ""


def _folder(key: str, value: Any) -> str:
    folder = clean_text(str(value), field=key, limit=1_000) or ""
    if folder and not (PurePosixPath(folder).is_absolute() or PureWindowsPath(folder).is_absolute()):
        raise BadValue(field=key, value=folder, why="not_a_whole_path")
    return folder


def _clock(key: str, value: Any) -> str:
    if not isinstance(value, time):
        try:
            value = time.fromisoformat(str(value).strip())
        except ValueError as trouble:
            raise BadValue(field=key, value=value, why="not_a_clock_time") from trouble
    return f"{value:%H:%M}"


def _days(key: str, value: Any) -> str:
    days = value.split("|") if isinstance(value, str) else value
    known = sorted({int(day) for day in days if str(day).isdigit() and int(day) in WEEK})
    if not known:
        raise BadValue(field=key, value="", why="no_working_day")
    return "|".join(str(day) for day in known)


def _whole(least: int, most: int) -> Callable[[str, Any], str]:
    def spell(key: str, value: Any) -> str:
        text = str(value).strip()
        digits = text[1:] if text[:1] in "+-" else text
        if not (digits.isascii() and digits.isdigit()):
            raise BadValue(field=key, value=text, why="not_a_number")
        if len(digits) > 9 or not least <= int(text) <= most:
            raise BadValue(field=key, value=text, why="out_of_range", least=least, most=most)
        return str(int(text))

    return spell


def _policy(key: str, value: Any) -> str:
    if value not in {policy.value for policy in OverlapPolicy}:
        raise BadValue(field=key, value=value, why="not_one_of", choices=[policy.value for policy in OverlapPolicy])
    return str(value)


SPELLING: Mapping[str, Callable[[str, Any], str]] = {
    "organisation": _line,
    "zone": _line,
    "day_starts": _clock,
    "day_ends": _clock,
    "working_days": _days,
    "offer_hours": _whole(1, 1_000),
    "grace_days": _whole(0, 36_500),
    "expiring_days": _whole(0, 36_500),
    "overlap_policy": _policy,
    "presence_seconds": _whole(10, 86_400),
    "reminder_minutes": spelled_leads,
    "load_norm_hours": _whole(1, 168),
    "backup_hours": _whole(0, 720),
    "backup_most": _whole(1, 999),
    "backup_folder": _folder,
}
"""Every setting there is: working days Monday = 0, times of the organisation's wall clock.

Which zones there are, the machine says and not a rule.
"""
