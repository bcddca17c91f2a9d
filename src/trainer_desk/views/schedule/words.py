"""The words of the painted schedule: names from the directory, spoken sentences, hover card lines."""

from collections.abc import Sequence
from datetime import date, datetime

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.capacity import venue_capacity_exceeded
from trainer_desk.texts import day_text, full_day_text, people_text, span_text, spoken_span, state_word
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.row_model import Mark
from trainer_desk.views.schedule import spots, wall

ICONS = {
    SessionStatus.DRAFT: "pencil-line",
    SessionStatus.IN_PROGRESS: "circle-dashed",
    SessionStatus.COMPLETED: "circle-check",
    SessionStatus.CANCELLED: "ban",
}


def clock(moment: datetime) -> str:
    """Return `09:30`."""
    return f"{moment.hour:02}:{moment.minute:02}"


def short_day(day: date) -> str:
    """Return `Tue 24 Nov`."""
    return day_text(day)


def sessions(number: int) -> str:
    """Return `1 session`, `2 sessions`."""
    return plural("{n} session", "{n} sessions", number)


def chosen(number: int) -> str:
    """Return `6 selected`."""
    return plural("{n} selected", "{n} selected", number)


def more_on(number: int, day: date) -> str:
    """Return `6 more sessions on Tuesday 24 November, opens the day`."""
    counted = plural("{n} more session", "{n} more sessions", number)
    return _("{sessions} on {day}, opens the day").format(sessions=counted, day=full_day_text(day))


def no_trainer() -> str:
    """Return "No trainer"."""
    return _("No trainer")


def no_venue() -> str:
    """Return "No venue"."""
    return _("No venue")


def title_of(card: SessionCard, directory: Directory) -> str:
    """Return the session's own title, or its course's."""
    course = directory.courses.get(card.course_id)
    return card.title or (course.title if course else f"#{card.course_id}")


def trainer_name(trainer_id: int | None, directory: Directory) -> str:
    """Return a trainer's name, or "No trainer"."""
    if trainer_id is None:
        return no_trainer()
    trainer = directory.trainers.get(trainer_id)
    return trainer.name if trainer else f"#{trainer_id}"


def venue_name(venue_id: int | None, directory: Directory) -> str:
    """Return a venue's name, or "No venue"."""
    if venue_id is None:
        return no_venue()
    venue = directory.venues.get(venue_id)
    return venue.name if venue else f"#{venue_id}"


def trainers_of(card: SessionCard, directory: Directory) -> str:
    """Return lead and co-trainers, or "No trainer"."""
    return ", ".join(trainer_name(key, directory) for key in card.trainer_ids) or no_trainer()


def equipment_of(card: SessionCard, directory: Directory) -> str:
    """Return the pieces of equipment that the session takes along, or "No equipment"."""
    known = directory.equipment
    names = [known[key].name if key in known else f"#{key}" for key in card.equipment_ids]
    return ", ".join(names) or _("No equipment")


def seat_limit(card: SessionCard, directory: Directory) -> int | None:
    """Return the number behind the slash: the room's once it is exceeded, else the session's, else the room's (K1)."""
    venue = None if card.venue_id is None else directory.venues.get(card.venue_id)
    room = venue.capacity if venue else None
    if card.capacity is None or over_capacity(card, directory):
        return room
    return card.capacity


def over_capacity(card: SessionCard, directory: Directory) -> bool:
    """Whether more people are enrolled than the venue seats (K1)."""
    venue = None if card.venue_id is None else directory.venues.get(card.venue_id)
    return venue_capacity_exceeded(card.seats_taken, venue) is not None


def seats_of(card: SessionCard, directory: Directory) -> str:
    """Return `18/20`, or only the number of people where nothing limits it."""
    limit = seat_limit(card, directory)
    return str(card.seats_taken) if limit is None else f"{card.seats_taken}/{limit}"


def long_seats(card: SessionCard, directory: Directory) -> str:
    """Return `18 of 20 seats`, or `9 people` where nothing limits it."""
    limit = seat_limit(card, directory)
    if limit is None:
        return people_text(card.seats_taken)
    return _("{taken} of {limit} seats").format(taken=card.seats_taken, limit=limit)


def when(card: SessionCard, directory: Directory) -> str:
    """Return `Tue 24 Nov · 13:30–16:30`, over midnight both days."""
    if card.starts_at is None or card.ends_at is None:
        return _("No date yet")
    zone = directory.settings.zone
    span = span_text(card.starts_at, card.ends_at, zone)
    if "–" in span and " – " in span:
        return span
    return f"{day_text(card.starts_at.astimezone(zone).date())} · {span}"


def here(card: SessionCard, directory: Directory) -> list[str]:
    """Return the line with the computer's own time, none where that is the organisation's."""
    if card.starts_at is None or card.ends_at is None:
        return []
    if not wall.differs_here(card.starts_at, directory.settings.zone):
        return []
    start, end = card.starts_at.astimezone(), card.ends_at.astimezone()
    span = f"{day_text(start.date())} · {clock(start)}–{clock(end)}"
    return [_("In your time: {span}").format(span=span)]


def sentence(card: SessionCard, directory: Directory, *, clashes: bool = False) -> str:
    """Return what a screen reader says: what, when, who, where, seats, state (ux 14)."""
    zone = directory.settings.zone
    spoken = _("no date yet")
    if card.starts_at is not None and card.ends_at is not None:
        spoken = spoken_span(card.starts_at, card.ends_at, zone)
    parts = [
        title_of(card, directory),
        spoken,
        trainers_of(card, directory) if card.trainer_ids else no_trainer().lower(),
        venue_name(card.venue_id, directory) if card.venue_id is not None else no_venue().lower(),
        long_seats(card, directory),
    ]
    if over_capacity(card, directory):
        parts.append(_("venue capacity exceeded"))
    if spots.full(card):
        parts.append(_("full"))
    if card.waiting:
        parts.append(_("{n} waiting").format(n=card.waiting))
    parts.append(state_word(card.status).lower())
    if clashes:
        parts.append(_("clashes"))
    return ", ".join(parts)


def hover_lines(card: SessionCard, directory: Directory, reasons: Sequence[str] = ()) -> list[str]:
    """Return the lines of the hover card: title first, then day, state, who and where, run, seats, what is wrong."""
    return [
        title_of(card, directory),
        f"{when(card, directory)} · {state_word(card.status)}",
        *here(card, directory),
        f"{trainers_of(card, directory)} · {venue_name(card.venue_id, directory)}",
        *filter(None, [spots.run_words(card, directory)]),
        *seat_lines(card, directory),
        *reasons,
    ]


def seat_lines(card: SessionCard, directory: Directory) -> dict[str, Mark | None]:
    """Return what a hover card says of the seats, each line with its icon and tone: how many, why full, who waits."""
    found: dict[str, Mark | None] = {}
    if over_capacity(card, directory):
        found[_("Venue Capacity Exceeded ({seats}).").format(seats=seats_of(card, directory))] = spots.FEW
    else:
        found[long_seats(card, directory)] = None
    said = spots.why(card, directory) or spots.spots_words(card)
    if said:
        found[said] = spots.spots_mark(card) or spots.WAITING
    return found
