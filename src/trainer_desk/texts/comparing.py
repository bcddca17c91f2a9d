"""The fields of a session and what stands in them, in words: names for ids, the clock of the zone for instants (U5)."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from trainer_desk.models.enums import SessionStatus, WaitlistMode, WaitlistOrder
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rules.times import local
from trainer_desk.texts.formats import date_text, day_text, moment_text, span_text, time_text
from trainer_desk.texts.translate import _, mark
from trainer_desk.texts.words import field_word, state_word

NAMED = {
    "course_id": "courses",
    "trainer_id": "trainers",
    "venue_id": "venues",
    "co_trainer_ids": "trainers",
    "equipment_ids": "equipment",
    "run_id": "runs",
}
"""Fields that name a thing, and where the directory has its names."""
MODES = {
    WaitlistMode.OFF: mark("Off"),
    WaitlistMode.ENROL: mark("Enrols the next"),
    WaitlistMode.OFFER: mark("Offers to the next"),
}
ORDERS = {WaitlistOrder.JOINED: mark("First in, first out"), WaitlistOrder.URGENT: mark("Most urgent first")}


def title_text(field: str) -> str:
    """Return the word for a field as it stands over it: `Co-trainers`."""
    said = field_word(field)
    return said[:1].upper() + said[1:]


def session_value_text(field: str, value: Any, directory: Directory) -> str:
    """Return what stands in one field of a session, a dash for nothing; instants are UTC."""
    if value in (None, "", (), [], {}):
        return _("nothing")
    if field in NAMED:
        names = getattr(directory, NAMED[field])
        ids = value if isinstance(value, Sequence) else (value,)
        return ", ".join(_name(names, one) for one in ids)
    if field == "status":
        return state_word(SessionStatus(value))
    if field == "waitlist":
        return _(MODES[WaitlistMode(value)])
    if field == "waitlist_order":
        return _(ORDERS[WaitlistOrder(value)])
    return plain_value_text(value, directory)


def plain_value_text(value: Any, directory: Directory | None = None) -> str:
    """Return any other value: days and instants as they are shown everywhere, yes and no, lists with commas."""
    if value in (None, "", (), [], {}):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime) and directory is not None:
        return moment_text(value, directory.settings.zone, year=True)
    if isinstance(value, dt.date):
        return date_text(value)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, Mapping):
        return json.dumps(dict(value), ensure_ascii=False)
    if isinstance(value, (list, tuple)):
        return ", ".join(plain_value_text(one, directory) for one in value)
    return str(value)


def times_text(values: Mapping[str, Any], directory: Directory) -> str:
    """Return start and end together: `Tue 24 Nov, 13:30–16:30`; UTC instants, either may be missing."""
    starts_at, ends_at, zone = values.get("starts_at"), values.get("ends_at"), directory.settings.zone
    if starts_at is None and ends_at is None:
        return _("no date")
    if starts_at is None or ends_at is None:
        known = starts_at or ends_at
        assert known is not None
        word = _("from {moment}") if starts_at else _("until {moment}")
        return word.format(moment=moment_text(known, zone))
    if local(starts_at, zone).date() != local(ends_at, zone).date():
        return span_text(starts_at, ends_at, zone)
    return f"{day_text(local(starts_at, zone).date())}, {time_text(starts_at, zone)}–{time_text(ends_at, zone)}"


def _name(names: Mapping[int, Any], key: int) -> str:
    row = names.get(key)
    if row is None:
        return f"#{key}"
    return str(getattr(row, "title", None) or row.name)
