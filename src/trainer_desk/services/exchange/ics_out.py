"""Writes sessions as an iCalendar file that every calendar reads (X3, RFC 5545)."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from trainer_desk import __version__
from trainer_desk.services.exchange.clock_rule import clock_rule
from trainer_desk.services.rows.calendars import CalendarEvent, Standing

if TYPE_CHECKING:
    from icalendar import Event

UID = "{uuid}@trainer-desk"
"""What a calendar knows a session by for ever: whatever changes of it, this does not."""

AROUND = dt.timedelta(days=400)
"""So long before the first and after the last event the changes of the clocks are told."""

NOT_ALLOWED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def ics_text(events: Sequence[CalendarEvent], zone: ZoneInfo, name: str) -> bytes:
    """Return the events as a file, in the wall clock of `zone`, whose rule comes with it; `name` is the calendar's.

    It says the same for the same events, whenever it is made: a session's SEQUENCE is its version less one, and its
    stamp the moment of its last change.
    """
    from icalendar import Calendar  # noqa: PLC0415 - slow to load

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Trainer Desk//{__version__}//EN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _plain(name))
    calendar.add("x-wr-timezone", zone.key)
    if events:
        first = min(event.starts_at for event in events) - AROUND
        last = max(event.ends_at for event in events) + AROUND
        calendar.add_component(clock_rule(zone, first, last))
    for event in events:
        calendar.add_component(_component(event, zone))
    return bytes(calendar.to_ical())


def _component(event: CalendarEvent, zone: ZoneInfo) -> "Event":
    from icalendar import Event  # noqa: PLC0415

    made = Event()
    made.add("uid", UID.format(uuid=event.uuid))
    made.add("sequence", event.version - 1)
    made.add("dtstamp", event.changed_at)
    made.add("created", event.made_at)
    made.add("last-modified", event.changed_at)
    made.add("dtstart", _moment(event.starts_at, zone))
    made.add("dtend", _moment(event.ends_at, zone))
    made.add("summary", _plain(event.title))
    made.add("status", event.standing.value)
    made.add("transp", "TRANSPARENT" if event.standing is Standing.CANCELLED else "OPAQUE")
    if place := ", ".join(filter(None, (event.venue, event.site))):
        made.add("location", _plain(place))
    if event.category:
        made.add("categories", [_plain(event.category)])
    if said := _description(event):
        made.add("description", _plain(said))
    return made


def _moment(instant: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the wall clock of a zone; the second of two equal readings, which readers take for the first, as UTC."""
    wall = instant.astimezone(zone)
    return instant if wall.fold else wall


def _plain(text: str) -> str:
    """Return a text without the signs that no calendar may hold."""
    return NOT_ALLOWED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _description(event: CalendarEvent) -> str:
    """Return what stands under the event: why it is cancelled, what attendees are told, who teaches, who comes."""
    parts = [event.cancel_reason, event.description, ", ".join(event.trainers), "\n".join(event.people)]
    return "\n\n".join(filter(None, (part.strip() for part in parts)))
