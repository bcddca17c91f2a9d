"""The words of the sheet that finds people another date: titles, what it asks, what each choice is called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainer_desk.models.enums import ComplianceStatus, EnrollmentState
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.rehoming import Leaving, NewPlace, Option, Rehomed, Rehoming
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.compliance import EXPIRING, GREEN, RED, YELLOW
from trainer_desk.texts import day_text, enrollment_word, findings_text, people_text, pill_text, spots_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.schedule.words import title_of, venue_name, when

SHAPES = {
    RED: ("danger", "octagon-alert"),
    YELLOW: ("warn", "triangle-alert"),
    EXPIRING: ("expiring", "clock"),
    GREEN: ("ok", "circle-check"),
}
NO_RECORD = ("muted", "circle-dashed")


@dataclass(frozen=True, slots=True)
class Task:
    """What people lose their date for: sessions are cancelled, or with a `capacity` one of them is lowered to it."""

    session_ids: tuple[int, ...]
    title: str
    people: int
    capacity: int | None = None

    @property
    def cancels(self) -> bool:
        """Whether the sessions are cancelled, for which a reason is asked."""
        return self.capacity is None


def title(task: Task) -> str:
    """Return `Cancel Fire safety?`, or `Another date for 2 people`."""
    if task.cancels:
        return _("Cancel {title}?").format(title=task.title)
    return _("Another date for {people}").format(people=people_text(task.people))


def label(task: Task) -> str:
    """Return the name of the change in the undo list."""
    said = _("Cancel {title}") if task.cancels else _("Lower the capacity of {title}")
    return said.format(title=task.title)


def question(task: Task) -> str:
    """Return what happens to the people."""
    if task.cancels:
        said = _("{people} will lose this date and keep their place on record.")
        return said.format(people=people_text(task.people))
    said = _("With {capacity} there is no seat for the newest here. Whoever gets no other date waits at the head here.")
    return said.format(capacity=plural("{n} seat", "{n} seats", task.capacity or 0))


def no_dates(found: Rehoming, directory: Directory) -> str:
    """Return that there is nowhere to go."""
    titles = sorted({title_of(card, directory) for card in found.sessions})
    return _("No other date of {course} is coming on which anybody could have a place.").format(
        course=", ".join(titles[:2])
    )


def pill(person: Leaving) -> tuple[str, str, str]:
    """Return words, tone and icon of how urgent it is for a person."""
    words = pill_text(person.group, person.status, person.expires_on, person.on, person.due_on, person.counts_from)
    is_open = person.group == GREEN and person.status is not ComplianceStatus.COMPLIANT
    tone, icon = NO_RECORD if is_open else SHAPES[person.group]
    return words, tone, icon


def note(person: Leaving, found: Rehoming, directory: Directory) -> str:
    """Return what else is to be known of a person: number, that they wait, which date they lose, where they sit."""
    parts = [person.employee_no]
    if person.state is not EnrollmentState.CONFIRMED:
        parts.append(enrollment_word(person.state))
    if len(found.sessions) > 1:
        card = next(card for card in found.sessions if card.id == person.session_id)
        parts.append(when(card, directory))
    if person.has_place_on is not None:
        parts.append(_("has a place on {day}").format(day=day_of(found.dates[person.has_place_on], directory)))
    elif person.proposed is None and person.reason is not None:
        parts.append(findings_text([person.reason], directory.settings.zone))
    return " · ".join(parts)


def day_of(card: SessionCard, directory: Directory) -> str:
    """Return the day of a date: `Tue 24 Nov`."""
    return "" if card.starts_at is None else day_text(card.starts_at.astimezone(directory.settings.zone).date())


def place_text(option: Option, found: Rehoming, directory: Directory) -> str:
    """Return `Tue 24 Nov · 13:30–16:30 · Room A`; where somebody would wait, that first."""
    card = found.dates[option.place.session_id]
    parts = [when(card, directory), venue_name(card.venue_id, directory)]
    if len({one.course_id for one in found.sessions}) > 1:
        parts.append(title_of(card, directory))
    said = " · ".join(parts)
    return _("Waitlist: {date}").format(date=said) if option.place.waits else said


def place_side(place: NewPlace, found: Rehoming, taken: Mapping[int, int]) -> str:
    """Return what is left of a date once `taken` have chosen it: `3 spots left`, `2 waiting`."""
    card = found.dates[place.session_id]
    if place.waits:
        return plural("{n} waiting", "{n} waiting", card.waiting)
    free = found.free[place.session_id]
    return "" if free is None else spots_text(max(0, free - taken.get(place.session_id, 0)))


def nowhere(task: Task) -> str:
    """Return what it is called when somebody gets no other date."""
    return _("No other date") if task.cancels else _("Head of the waitlist here")


def nowhere_for(person: Leaving, task: Task, found: Rehoming, directory: Directory) -> str:
    """Return what no other date means for one person: `Keeps the place on Tue 24 Nov`."""
    if person.has_place_on is None or not task.cancels:
        return nowhere(task)
    return _("Keeps the place on {day}").format(day=day_of(found.dates[person.has_place_on], directory))


def counts(people: Sequence[Leaving], places: Mapping[tuple[int, int], NewPlace | None], task: Task) -> str:
    """Return `5 get another date · 1 waits there · 3 have one already · 2 get none`."""
    chosen = [place for place in places.values() if place is not None]
    waiting = sum(place.waits for place in chosen)
    served = sum(places[one.key] is None and one.has_place_on is not None for one in people) if task.cancels else 0
    left, seated = len(places) - len(chosen) - served, len(chosen) - waiting
    parts = [plural("{n} gets another date", "{n} get another date", seated)]
    if waiting:
        parts.append(plural("{n} waits there", "{n} wait there", waiting))
    if served:
        parts.append(plural("{n} has one already", "{n} have one already", served))
    if left and task.cancels:
        parts.append(plural("{n} gets none", "{n} get none", left))
    elif left:
        parts.append(plural("{n} waits here", "{n} wait here", left))
    return " · ".join(parts)


def too_many(cards: Sequence[SessionCard], found: Rehoming, directory: Directory) -> str:
    """Return that more people were put on a date than it has seats."""
    card = cards[0]
    said = _("{when} has only {seats}. Choose another date for the others.")
    return said.format(when=when(card, directory), seats=spots_text(found.free[card.id]))


def moved_on(names: Sequence[str]) -> str:
    """Return whose chosen date is gone."""
    named = ", ".join(shown(name) for name in names[:3])
    return _("The date chosen for {names} is no longer free. Look at the proposal.").format(names=named)


def done(task: Task, rehomed: Rehomed) -> str:
    """Return the sentence for the toast."""
    said = _("{title} cancelled.") if task.cancels else _("{title} now has {capacity}.")
    parts = [said.format(title=task.title, capacity=plural("{n} seat", "{n} seats", task.capacity or 0))]
    if rehomed.seated:
        parts.append(plural("{n} person has another date.", "{n} people have another date.", rehomed.seated))
    if rehomed.waiting:
        parts.append(plural("{n} waits on another date.", "{n} wait on another date.", rehomed.waiting))
    return " ".join(parts)
