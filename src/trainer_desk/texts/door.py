"""What a door says: who came in or went out, and how full the room is (K9)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import CLAIMING
from trainer_desk.services.errors import WrongState
from trainer_desk.services.rows.door import DoorRow, Occupancy, Passage
from trainer_desk.services.rules.occupancy import gauge, places_left
from trainer_desk.texts.errors import error_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.formats import day_text, span_text, time_text
from trainer_desk.texts.translate import _, mark, plural
from trainer_desk.texts.words import seats_text

HEADS = {
    "in": mark("{name} – welcome"),
    "already": mark("{name} – already in"),
    "out": mark("{name} – goodbye"),
    "was_out": mark("{name} – has left already"),
}


def passage_head(passage: Passage) -> str:
    """Return who did what, to be read at a glance: `Anna Keller – welcome`."""
    return _(HEADS[passage.outcome]).format(name=shown(passage.name))


def passage_note(passage: Passage, zone: ZoneInfo) -> str:
    """Return what else is to be known of it, with the clock of `zone`; may be empty."""
    if passage.outcome == "already":
        return _("In the room since {clock}").format(clock=_clock(passage.entered_at, zone))
    if passage.outcome == "was_out" and passage.left_at is not None:
        return _("Out of the room since {clock}").format(clock=_clock(passage.left_at, zone))
    if passage.outcome == "in" and passage.walk_in:
        return _("Not enrolled: seat given")
    return _("Offer accepted: seat confirmed") if passage.accepted else ""


def place_text(row: DoorRow, zone: ZoneInfo) -> str:
    """Return when and where the session of a door is, and its ref: `Tue 7 Jul · 09:00–12:00 · Hall · S-00121`."""
    return " · ".join(part for part in (_when(row, zone), row.venue, row.ref) if part)


def closed_text(row: DoorRow, zone: ZoneInfo) -> str:
    """Return the sentence why nobody can come in to a session that is neither scheduled nor in progress."""
    closed = WrongState(ref=row.ref, verb="check_in", state=row.status, allowed=tuple(sorted(CLAIMING)))
    return error_text(closed, zone)


def places_text(occupancy: Occupancy) -> str:
    """Return `3 places left`, `Room full (20/20)`, or `No limit`."""
    left = places_left(occupancy)
    if left is None:
        return _("No limit")
    people, limit = gauge(occupancy)
    if left == 0:
        return _("Room full ({people}/{limit})").format(people=people, limit=limit)
    return plural("{n} place left", "{n} places left", left)


def room_line(occupancy: Occupancy) -> str:
    """Return `17/20 in the room, 3 places left`."""
    people, limit = gauge(occupancy)
    inside = _("{people} in the room").format(people=seats_text(people, limit))
    return f"{inside}, {places_text(occupancy)[:1].lower()}{places_text(occupancy)[1:]}"


def passage_line(passage: Passage, zone: ZoneInfo) -> str:
    """Return all of it in one line, for a terminal."""
    parts = (passage_head(passage), passage_note(passage, zone), room_line(passage.occupancy))
    return ". ".join(part for part in parts if part) + "."


def _clock(instant: datetime, zone: ZoneInfo) -> str:
    return time_text(instant.replace(second=0), zone)


def _when(row: DoorRow, zone: ZoneInfo) -> str:
    if row.starts_at is None or row.ends_at is None:
        return ""
    span = span_text(row.starts_at, row.ends_at, zone)
    day = row.starts_at.astimezone(zone).date()
    return span if " – " in span else f"{day_text(day)} · {span}"
