"""Reads the days and times of day that people type, and writes them back; wall clock, no zone, no Qt."""

import re
from datetime import date, time, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NAMED = {"today": 0, "tomorrow": 1, "yesterday": -1}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[./](\d{1,2})[./]?(\d{4}|\d{2})?")
_STEP = re.compile(r"([+-])(\d{1,3})")
_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm)?")


class Unreadable(ValueError):
    """The text is no day or time; its message is a sentence for the user."""


def day_text(day: date | None, *, weekday: bool = True) -> str:
    """Return `Thu 26 Nov 2026`, without `weekday` `26 Nov 2026`, or nothing for no day."""
    if day is None:
        return ""
    short = f"{day.day} {day:%b %Y}"
    return f"{day:%a} {short}" if weekday else short


def time_text(moment: time | None) -> str:
    """Return `09:05`, or nothing for no time."""
    return "" if moment is None else f"{moment:%H:%M}"


def read_day(text: str, today: date) -> date | None:
    """Return the day that `text` means, None for an empty one.

    Understands `2026-11-26`, `26.11.2026`, `26/11`, `26 nov`, `Thu 26 Nov 2026`, `thu` (the coming one), `today`,
    `tomorrow` and `+7`. Without a year the nearest such day is meant. Raises Unreadable.
    """
    words = text.strip().lower().replace(",", " ")
    if not words:
        return None
    if words in _NAMED:
        return today + timedelta(days=_NAMED[words])
    if match := _STEP.fullmatch(words):
        return today + timedelta(days=int(match[1] + match[2]))
    try:
        return _numeric_day(words, today) or _worded_day(words.split(), today)
    except ValueError as error:
        raise Unreadable(f"“{text.strip()}” is not a day. Type it like 26 Nov 2026.") from error


def read_time(text: str) -> time | None:
    """Return the time of day that `text` means (`9`, `930`, `9:30`, `9.30 pm`), None for an empty one.

    Raises Unreadable.
    """
    words = text.strip().lower()
    if not words:
        return None
    match = _TIME.fullmatch(words)
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 99)
    if match and match[3]:
        hour = hour % 12 + (12 if match[3] == "pm" else 0) if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59:
        raise Unreadable(f"“{text.strip()}” is not a time. Type it like 09:30.")
    return time(hour, minute)


def stepped(moment: time, minutes: int) -> time:
    """Return the next multiple of `minutes` after (or, if negative, before) a time, staying inside the day."""
    now, step = moment.hour * 60 + moment.minute, abs(minutes)
    later = (now // step + 1) * step if minutes > 0 else ((now - 1) // step) * step
    kept = later if 0 <= later < 24 * 60 else now
    return time(kept // 60, kept % 60)


def _numeric_day(words: str, today: date) -> date | None:
    if match := _ISO.fullmatch(words):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(words):
        return _with_year(int(match[1]), int(match[2]), match[3], today)
    return None


def _worded_day(words: list[str], today: date) -> date:
    weekday = _prefix(words[0], WEEKDAYS)
    if weekday is not None and len(words) == 1:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    rest = words[1:] if weekday is not None else words
    numbers = [word.rstrip(".") for word in rest if word.rstrip(".").isdecimal()]
    months = [month for word in rest if (month := _prefix(word.rstrip("."), MONTHS)) is not None]
    if len(months) != 1 or not 1 <= len(numbers) <= 2 or len(numbers) + 1 != len(rest):
        raise ValueError("not a day")
    return _with_year(int(numbers[0]), months[0] + 1, numbers[1] if len(numbers) == 2 else None, today)


def _prefix(word: str, names: tuple[str, ...]) -> int | None:
    hits = [place for place, name in enumerate(names) if len(word) >= 3 and name.startswith(word)]
    return hits[0] if len(hits) == 1 else None


def _with_year(day: int, month: int, year: str | None, today: date) -> date:
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    near = []
    for candidate in (today.year - 1, today.year, today.year + 1):
        try:
            near.append(date(candidate, month, day))
        except ValueError:
            continue
    if not near:
        raise ValueError("no such day in any year near")
    return min(near, key=lambda found: abs(found - today))
