"""What coming sessions and the ways to settle them are called, whatever goes from them."""

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.settling import Concerned, OtherTime, Substitute, Way
from trainer_desk.texts import load_line, people_text, state_word
from trainer_desk.texts.formats import day_text, span_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.schedule.words import title_of, trainer_name, venue_name, when

ICONS = {
    Way.REPLACE: "user",
    Way.TIME: "clock",
    Way.LEAVE_OUT: "x",
    Way.DRAFT: "pencil-line",
    Way.CANCEL: "ban",
    Way.KEEP: "triangle-alert",
}
REPLACING = {"trainer": "user", "venue": "map-pin", "equipment": "package"}
"""The icon of a substitute, by the kind of what goes."""


def when_of(card: SessionCard, directory: Directory) -> str:
    """Return when a session is, or that it has no date."""
    return when(card, directory) if card.starts_at is not None else _("No date yet")


def session_note(concerned: Concerned, directory: Directory) -> str:
    """Return title, state and people of a session."""
    card = concerned.card
    return " · ".join((title_of(card, directory), state_word(card.status), people_text(card.seats_taken)))


def substitute_text(one: Substitute) -> str:
    """Return `John Smith (12h booked this week)`, or a venue's name."""
    return one.name if one.booked_minutes is None else load_line(one.name, one.booked_minutes)


def time_text(time: OtherTime, directory: Directory) -> str:
    """Return `Thu 9 Jul · 09:00–10:00`."""
    zone = directory.settings.zone
    span = span_text(time.starts_at, time.ends_at, zone)
    if " – " in span:
        return span
    return f"{day_text(time.starts_at.astimezone(zone).date())} · {span}"


def time_note(time: OtherTime, card: SessionCard, directory: Directory) -> str:
    """Return who and where it is then, as far as that is another than now."""
    parts = []
    if time.trainer_id != card.trainer_id:
        parts.append(trainer_name(time.trainer_id, directory))
    if time.venue_id != card.venue_id:
        parts.append(venue_name(time.venue_id, directory))
    return ", ".join(parts)


def settled_text(number: int) -> str:
    """Return `2 sessions settled`."""
    return plural("{n} session settled", "{n} sessions settled", number)


def rest_text(number: int) -> str:
    """Return what becomes of the sessions that have no line of their own."""
    return plural(
        "{n} more session is settled as it is proposed, or as is chosen for all.",
        "{n} more sessions are settled as it is proposed for each, or as is chosen for all.",
        number,
    )
