"""What an import took but wants to be known, as sentences."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.texts.facts import filled, prepared
from trainer_desk.texts.translate import mark
from trainer_desk.texts.words import field_word

WARNINGS: dict[str, tuple[str, ...]] = {
    "columns_unknown": (mark("Nothing is done with the columns {columns}: this kind of file has none of that name."),),
    "encoding_guessed": (
        mark("The file is not UTF-8; it was read as Windows text ({encoding}). Look at names with accents."),
    ),
    "zero_is_unlimited": (mark("The {field} 0 was taken as no limit."),),
    "repeated_row": (mark("The row repeats an earlier one word for word and was left out."),),
    "status_stays": (
        mark("The session is {state} and stays so: a file only schedules drafts. Everything else was taken."),
    ),
    "waitlisted": (mark("There was no seat left; the person waits at place {position}."), mark("The person waits.")),
    "seated_not_waiting": (mark("There was a seat, so the person got it instead of waiting."),),
}
"""By the code of the warning."""


def warning_text(code: str, facts: Mapping[str, Any], zone: ZoneInfo) -> str:
    """Return the sentence of an import's warning."""
    words = prepared(facts, zone)
    if "field" in words:
        words["field"] = field_word(words["field"])
    return filled(WARNINGS[code], words)
