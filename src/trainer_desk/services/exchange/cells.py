"""Turns what stands in a cell, or was typed on the command line, into a value, or says why it cannot be one."""

import datetime as dt
import json
import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.services.errors import BadValue
from trainer_desk.services.rules import names, times

Reader = Callable[[str, str], Any]
"""Takes a field's name and a text that is not blank; raises BadValue, or a time code, with the field as a fact."""

_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def code(field: str, text: str) -> str:
    """Read a code, number or ref of one line."""
    if text.isascii() and text.isalnum() and len(text) <= names.CODE_LIMIT:
        return text  # nearly all of them, and cleaning is slow
    return names.clean_code(text, field=field)


def name(field: str, text: str) -> str:
    """Read a name or title of one line."""
    if _is_clean(text, names.NAME_LIMIT):
        return text
    return names.clean_name(text, field=field)


def line(field: str, text: str) -> str:
    """Read any other text of one line."""
    if _is_clean(text, names.LINE_LIMIT):
        return text
    return names.clean_text(text, field=field, limit=names.LINE_LIMIT) or ""


def _is_clean(text: str, most: int) -> bool:
    """Whether cleaning would change nothing: nearly always so, and cleaning a hundred thousand names is slow."""
    if not text.isprintable() or "  " in text or len(text) > most:
        return False
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def prose(field: str, text: str) -> str | None:
    """Read a text that may have several lines."""
    return names.clean_text(text, field=field, limit=names.NOTE_LIMIT, lines=True)


def whole(least: int, most: int = 1_000_000) -> Reader:
    """Read a whole number from `least` to `most`."""

    def read(field: str, text: str) -> int:
        digits = text[1:] if text[:1] in "+-" else text
        if not (digits.isascii() and digits.isdigit()):
            raise BadValue(field=field, value=text, why="not_a_number")
        number = int(text) if len(digits) < 20 else most + 1
        if not least <= number <= most:
            raise BadValue(field=field, value=text, why="out_of_range", least=least, most=most)
        return number

    return read


def flag(field: str, text: str) -> bool:
    """Read yes/no, true/false or 1/0."""
    answer = _YES.get(text.casefold())
    if answer is None:
        raise BadValue(field=field, value=text, why="not_yes_no")
    return answer


def word_of(words: Iterable[StrEnum], **also: str) -> Reader:
    """Read one of some words of an enum, in any case; `also` maps further words to one of them."""
    known = {word.value.casefold(): word.value for word in words} | also

    def read(field: str, text: str) -> str:
        found = known.get(text.casefold())
        if found is None:
            raise BadValue(field=field, value=text, why="not_one_of", choices=[word.value for word in words])
        return found

    return read


def day(field: str, text: str) -> dt.date:
    """Read a calendar day, `2026-12-01`."""
    return times.parse_day(text, field)


def instant_in(zone: ZoneInfo) -> Reader:
    """Read a wall-clock time of `zone`, `2026-12-01T09:00`, an offset may follow; the value is UTC.

    Raises `time_is_ambiguous` for a doubled time without an offset, `time_does_not_exist` for a skipped one.
    """

    def read(field: str, text: str) -> dt.datetime:
        # Spreadsheets write a blank between day and time.
        return times.parse_moment(text.replace(" ", "T", 1), zone, field)

    return read


def moment_or_day_in(zone: ZoneInfo) -> Reader:
    """Read a wall-clock time as `instant_in`, or a day alone, which stands for its first moment; the value is UTC."""
    moment = instant_in(zone)

    def read(field: str, text: str) -> dt.datetime:
        is_day = "T" not in text.upper() and " " not in text
        return times.day_bounds(times.parse_day(text, field), zone)[0] if is_day else moment(field, text)

    return read


def json_object(field: str, text: str) -> dict[str, Any]:
    """Read a JSON object."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadValue(field=field, value=text[:40], why="not_json")
    return found


def listed(item: Reader) -> Reader:
    """Read a list with `|` between its items; blank items are left out, doubled ones count once."""

    def read(field: str, text: str) -> tuple[Any, ...]:
        parts = (part.strip() for part in text.split("|"))
        return tuple(dict.fromkeys(item(field, part) for part in parts if part))

    return read
