"""Facts of findings and errors made ready for a sentence: times as wall clock, texts of users on one short line."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.texts.formats import date_text, day_text, moment_text, span_text, when_text
from trainer_desk.texts.translate import _
from trainer_desk.texts.words import field_word

LONGEST_VALUE = 80
"""Characters of a user's text that are repeated in a sentence."""

PLACES = {"database", "folder"}
"""Facts that name a file or folder: they are told whole, as what is far down at their end tells them apart."""


def shown(value: object) -> str:
    """Return a user's text on one line, without characters that cannot be seen, and not too long."""
    line = _on_one_line(value)
    return line if len(line) <= LONGEST_VALUE else line[: LONGEST_VALUE - 1] + "…"


def prepared(facts: Mapping[str, Any], zone: ZoneInfo) -> dict[str, str]:
    """Return the facts as words for a template; facts without a value are left out.

    Instants become `Tue 24 Nov 2026 13:30`, days `24 Nov 2026`, `field` the word for it; `when` is the span from
    `starts_at` to `ends_at` as seen from `at`, `span` its clock times.
    """
    places = {*PLACES, "value"} if facts.get("field") == "file" else PLACES
    words = {
        name: _on_one_line(value) if name in places else _word(value, zone)
        for name, value in facts.items()
        if not _is_nothing(value)
    }
    if "field" in words:
        words["field"] = field_word(words["field"])
    starts_at, ends_at, at = facts.get("starts_at"), facts.get("ends_at"), facts.get("at")
    if isinstance(starts_at, datetime) and isinstance(ends_at, datetime):
        words["span"] = span_text(starts_at, ends_at, zone)
        if starts_at <= ends_at:
            words["when"] = when_text(starts_at, ends_at, zone, seen_from=at)
    return words


def filled(templates: Iterable[str], words: Mapping[str, str]) -> str:
    """Return the first template of which every field is known, translated and filled; the last must need none."""
    for template in templates:
        if fields_of(template) <= words.keys():
            return _(template).format_map(words)
    raise ValueError("a sentence without facts is missing")


def fields_of(template: str) -> set[str]:
    """Return the names of the fields of a template."""
    return {name for _text, name, _spec, _conversion in Formatter().parse(template) if name}


def either(words: Collection[str]) -> str:
    """Return `a, b or c`."""
    known = list(words)
    if len(known) < 2:
        return "".join(known)
    return _("{some} or {last}").format(some=", ".join(known[:-1]), last=known[-1])


def _on_one_line(value: object) -> str:
    line = " ".join(str(value).split())
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in line)


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _word(value: object, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return f"{value:%H:%M} {_('on')} {day_text(value.date(), year=True)}"
        return moment_text(value.astimezone(UTC), zone, year=True)
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, str) or not isinstance(value, Collection):
        return shown(value)
    return shown(", ".join(shown(item) for item in value))
