"""Warnings of an import as sentences: what was taken, and what should be known of it."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import SessionStatus
from trainer_desk.texts.facts import filled, prepared
from trainer_desk.texts.refusals import sentence
from trainer_desk.texts.translate import mark
from trainer_desk.texts.words import state_word

WARNINGS: dict[str, tuple[str, ...]] = {
    "status_stays": (
        mark("The session is {state} and stays so: a file only schedules drafts, it never takes back."),
        mark("The session keeps its state: a file only schedules drafts, it never takes back."),
    ),
    "columns_unknown": (
        mark("These columns are not known and were passed over: {columns}."),
        mark("Some columns are not known and were passed over."),
    ),
    "encoding_guessed": (
        mark("The file is not UTF-8, so it was read as {encoding}. Check names with accents."),
        mark("The file is not UTF-8, so its encoding was guessed. Check names with accents."),
    ),
    "course_retired": (
        mark("The course {course} is no longer in use. The training was recorded all the same."),
        mark("The course is no longer in use. The training was recorded all the same."),
    ),
    "repeated_row": (mark("The same row stands in the file before. It was passed over."),),
    "zero_is_unlimited": (
        mark("The {field} 0 was read as no limit."),
        mark("A 0 was read as no limit."),
    ),
    "waitlisted": (
        mark("The session is full. The person is on the waitlist, place {position}."),
        mark("The session is full. The person is on the waitlist."),
    ),
    "kept_waiting": (
        mark("The person cannot be seated now and is on the waitlist, place {position}."),
        mark("The person cannot be seated now and is on the waitlist."),
    ),
    "absence_called_off": (
        mark("The calendar has called this off: the absence that begins {starts} is taken away."),
        mark("The calendar has called this off: its absence is taken away."),
    ),
    "sessions_stand_there": (
        mark("Sessions are scheduled in it and stay, marked red: {sessions} and {more} more. Settle each of them."),
        mark("Sessions are scheduled in it and stay, marked red: {sessions}. Settle each of them."),
        mark("Sessions are scheduled in it and stay, marked red. Settle each of them."),
    ),
    "places_given_up": (
        mark("The person has left and gave up every coming place: {sessions}."),
        mark("The person has left and gave up every coming place."),
    ),
    "seated_not_waiting": (mark("There was a free seat, so the person was enrolled and does not wait."),),
}
"""Every warning that is no finding, by its code."""


def warning_text(code: str, facts: Mapping[str, Any], zone: ZoneInfo) -> str:
    """Return what a warning says; codes of findings are told as findings are."""
    if code not in WARNINGS:
        return sentence(code, facts, zone)
    words = prepared(facts, zone)
    state = facts.get("state")
    if isinstance(state, SessionStatus):
        words["state"] = state_word(state).lower()
    return filled(WARNINGS[code], words)
