"""What stands in the days of a plan: sessions and times away on the wall clock, with the words that they show."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.directory import Directory, EquipmentRow, TrainerRow, VenueRow
from trainer_desk.services.rows.schedule import BlockRow, SessionCard
from trainer_desk.texts import state_word
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.avatar import initials
from trainer_desk.views.plans.facts import LANES, PlanFacts, Shape, Wanted, plain
from trainer_desk.views.schedule import words
from trainer_desk.views.schedule.layout import Day, block_spans, calendar_days, entry_of, spans, working_minutes

Key = tuple[int | None, int]
"""A lane (None: nobody's) and the index of a day."""


@dataclass(frozen=True, slots=True)
class Item:
    """A session or (without an id) a time away on one day, in minutes from its midnight.

    `full` are the lines where there is room: title, then what the view does not show; `brief` those where there is
    little: a code, then a code of what the view does not show. `whole` is a time away that covers the working hours.
    """

    start: float
    end: float
    full: tuple[str, ...]
    brief: tuple[str, ...]
    session_id: int | None = None
    hue: int = 0
    draft: bool = False
    whole: bool = False

    @property
    def span(self) -> str:
        """Its time on the clock, `09:00–12:30`."""
        return f"{clock(self.start)}–{clock(self.end)}"


def clock(minute: float) -> str:
    """Return a minute of the day as `09:30`; the day's end is `24:00`."""
    return f"{int(minute) // 60:02}:{int(minute) % 60:02}"


def dates_of(facts: PlanFacts) -> tuple[date, ...]:
    """Return the days of a plan."""
    return tuple(facts.days.first + timedelta(days=place) for place in range((facts.days.end - facts.days.first).days))


def plan_days(facts: PlanFacts, cards: Iterable[SessionCard]) -> tuple[Day, ...]:
    """Return the days of a plan with their holidays, and how many of these sessions each holds."""
    settings = facts.directory.settings
    entries = [entry for card in cards if (entry := entry_of(card, settings)) is not None]
    return calendar_days(dates_of(facts), entries, facts.board.blocks, settings)


def items_of(facts: PlanFacts, wanted: Wanted) -> dict[Key, list[Item]]:
    """Return what stands in each lane on each day, by start; a plan without lanes has all under None."""
    found: dict[Key, list[Item]] = defaultdict(list)
    dates, settings = dates_of(facts), facts.directory.settings
    for card in facts.cards(wanted):
        entry = entry_of(card, settings)
        if entry is None:
            continue
        full, brief = full_lines(card, facts.directory, wanted.shape), brief_lines(card, facts.directory, wanted.shape)
        course = facts.directory.courses.get(card.course_id)
        hue, draft = course.hue if course else 0, card.status is SessionStatus.DRAFT
        for span in spans(entry.start, entry.end, dates):
            item = Item(span.start, span.end, full, brief, card.id, hue, draft)
            for lane in lanes_of(card, wanted.shape):
                found[lane, span.day].append(item)
    if wanted.shape in LANES:
        _add_absences(found, facts, wanted, dates)
    for items in found.values():
        items.sort(key=lambda item: (item.session_id is not None, item.start, item.end, item.session_id or 0))
    return dict(found)


def lanes_of(card: SessionCard, shape: Shape) -> tuple[int | None, ...]:
    """Return the lanes on which a session stands: a co-trainer's too, every piece of equipment."""
    if shape is Shape.TRAINERS:
        return tuple(dict.fromkeys(card.trainer_ids)) or (None,)
    if shape is Shape.VENUES:
        return (card.venue_id,)
    return tuple(dict.fromkeys(card.equipment_ids)) if shape is Shape.EQUIPMENT else (None,)


def full_lines(card: SessionCard, directory: Directory, shape: Shape) -> tuple[str, ...]:
    """Return the title, who and where as far as the lane does not say it, the seats, and that it is a draft."""
    venue, trainers = words.venue_name(card.venue_id, directory), words.trainers_of(card, directory)
    around = {Shape.TRAINERS: (venue,), Shape.VENUES: (trainers,)}.get(shape, (venue, trainers))
    state = (state_word(card.status),) if card.status is SessionStatus.DRAFT else ()
    said = (words.title_of(card, directory), *around, words.long_seats(card, directory), *state)
    return tuple(plain(line) for line in said)


def brief_lines(card: SessionCard, directory: Directory, shape: Shape) -> tuple[str, ...]:
    """Return the code of the course, and that of the venue or the initials of the trainers."""
    if shape is Shape.VENUES:
        names = (words.trainer_name(key, directory) for key in card.trainer_ids)
        return (course_code(card, directory), " ".join(initials(name) for name in names) or "–")
    return (course_code(card, directory), venue_code(card.venue_id, directory))


def course_code(card: SessionCard, directory: Directory) -> str:
    """Return the short code of a session's course."""
    course = directory.courses.get(card.course_id)
    return (course.short_code or course.code) if course else f"#{card.course_id}"


def venue_code(venue_id: int | None, directory: Directory) -> str:
    """Return the code of a venue, a dash without one."""
    venue = None if venue_id is None else directory.venues.get(venue_id)
    return venue.code if venue else "–"


def resources_of(facts: PlanFacts, shape: Shape, taken: Iterable[int | None]) -> list[int | None]:
    """Return the lanes in their order: nobody's first if anything stands there, then what is in use or has something.

    A filter of the schedule narrows them.
    """
    directory, used = facts.directory, set(taken)
    rows = _rows(directory, shape).values()
    only = facts.lanes(shape.value)
    known = [row.id for row in rows if (row.active or row.id in used) and (only is None or row.id in only)]
    return [None, *known] if None in used and only is None else list(known)


def _add_absences(found: dict[Key, list[Item]], facts: PlanFacts, wanted: Wanted, dates: Sequence[date]) -> None:
    """Add leave, closures and the hours in which everybody is away; a holiday colours its whole day instead."""
    directory = facts.directory
    rows = _rows(directory, wanted.shape)
    opens, closes = working_minutes(directory.settings)
    for block in facts.board.blocks:
        lanes = _away(block, rows, directory)
        for span in block_spans(block, dates, directory.settings) if lanes else ():
            whole = span.start <= opens and span.end >= closes
            if block.resource_id is None and whole:
                continue
            said = plain(block.reason) if wanted.reasons or block.resource_id is None else _away_word(wanted.shape)
            item = Item(span.start, span.end, (said,), (said,), whole=whole)
            for lane in lanes:
                found[lane, span.day].append(item)


def _rows(directory: Directory, shape: Shape) -> Mapping[int, TrainerRow | VenueRow | EquipmentRow]:
    known: dict[Shape, Mapping[int, TrainerRow | VenueRow | EquipmentRow]] = {
        Shape.TRAINERS: directory.trainers,
        Shape.VENUES: directory.venues,
        Shape.EQUIPMENT: directory.equipment,
    }
    return known[shape]


def _away(block: BlockRow, rows: Iterable[int], directory: Directory) -> list[int]:
    """Return the lanes that a time away covers whole: all of them, its own, or the parts of a venue (C3)."""
    if block.resource_id is None:
        return list(rows)
    gone = set(directory.leaves_of(block.resource_id))
    return [key for key in rows if gone.issuperset(directory.leaves_of(key))]


def _away_word(shape: Shape) -> str:
    return {Shape.TRAINERS: _("Away"), Shape.VENUES: _("Closed")}.get(shape, _("Not to be had"))
