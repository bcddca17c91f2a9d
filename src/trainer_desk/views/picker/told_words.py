"""What became of people who were to be added, person by person, and all of them in a sentence (K11, K14)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import Candidate, Outcome
from trainer_desk.texts import day_text, error_text, people_text, span_text
from trainer_desk.texts.seats import outcome_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.picker.words import title_of, venue_of

SHAPES = {
    "enrolled": ("circle-check", "ok"),
    "waitlisted": ("clock", "warn"),
    "already": ("check", "text2"),
    "refused": ("octagon-alert", "danger"),
}
"""Icon and tone of each outcome: never colour alone."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the report: who, and what became of them."""

    icon: str
    tone: str
    name: str
    details: str
    words: str


def told_of(person: Candidate, outcome: Outcome, words: str) -> Told:
    """Return the line of a person."""
    return Told(*SHAPES[outcome.outcome], person.name, person.employee_no, words)


def here_words(person: Candidate, outcome: Outcome, card: SessionCard | None, zone: ZoneInfo) -> str:
    """Return what became of somebody in one session: `On the waitlist, place 4: …`, or why not (K11)."""
    if outcome.outcome != "refused":
        return _sentence(outcome_text(outcome, zone))
    capacity = None if card is None else card.capacity
    facts = {"people": capacity, "capacity": capacity} if capacity is not None else {}
    return _refusal(person, outcome, zone, facts)


def date_words(
    person: Candidate, outcome: Outcome, dates: Mapping[str, SessionCard], course: str, directory: Directory
) -> str:
    """Return on which date somebody got a seat, or why on none; `dates` are the sessions by ref (K14)."""
    zone = directory.settings.zone
    found = dates.get(outcome.session or "")
    when = "" if found is None else _when(found, directory)
    if outcome.outcome == "enrolled":
        return _("Enrolled on {when}.").format(when=when)
    if outcome.outcome == "already":
        return _("Has a place already, or waits for one, on {when}.").format(when=when)
    return _refusal(person, outcome, zone, {"course": course})


def added_text(outcomes: Sequence[Outcome]) -> str:
    """Return `3 people added, 2 on the waitlist.`; empty where nobody was."""
    counts = Counter(outcome.outcome for outcome in outcomes)
    parts = []
    if counts["enrolled"]:
        parts.append(_("{people} added").format(people=people_text(counts["enrolled"])))
    if counts["waitlisted"]:
        words = ("{n} person on the waitlist", "{n} people on the waitlist")
        parts.append(
            _("{n} on the waitlist").format(n=counts["waitlisted"]) if parts else plural(*words, counts["waitlisted"])
        )
    return _joined(parts, counts, _("{n} already there"))


def dated_text(outcomes: Sequence[Outcome]) -> str:
    """Return `2 people enrolled on their next date.`; empty where nobody was."""
    counts = Counter(outcome.outcome for outcome in outcomes)
    words = ("{n} person enrolled on the next date", "{n} people enrolled on their next date")
    parts = [plural(*words, counts["enrolled"])] if counts["enrolled"] else []
    return _joined(parts, counts, _("{n} had a date already"))


def is_worth_telling(outcomes: Sequence[Outcome]) -> bool:
    """Whether somebody was refused, or waits for more than a seat."""
    return any(one.outcome == "refused" or (one.outcome == "waitlisted" and one.code) for one in outcomes)


def report_title(outcomes: Sequence[Outcome], done: str) -> str:
    """Return the heading of the report: what was done, or that nothing was."""
    return done or plural("{n} person was not added.", "{n} people were not added.", len(outcomes))


def _joined(parts: list[str], counts: Mapping[str, int], already: str) -> str:
    if not parts:
        return ""
    if counts["already"]:
        parts.append(already.format(n=counts["already"]))
    if counts["refused"]:
        parts.append(_("{n} refused").format(n=counts["refused"]))
    return _("{parts}.").format(parts=", ".join(parts))


def _refusal(person: Candidate, outcome: Outcome, zone: ZoneInfo, facts: Mapping[str, object]) -> str:
    if outcome.code == "not_found":
        return _("Has left the organisation meanwhile.")
    reasons = [finding for finding in outcome.findings if finding.refuses]
    error = DeskError(outcome.code or "session_full", findings=reasons, employee_no=person.name, **facts)
    return error_text(error, zone)


def _when(card: SessionCard, directory: Directory) -> str:
    """Return `Tue 1 Dec · 09:00–12:00 · Training Room A`."""
    if card.starts_at is None or card.ends_at is None:
        return title_of(card, directory)
    zone, venue = directory.settings.zone, venue_of(card, directory)
    first, last = (instant.astimezone(zone).date() for instant in (card.starts_at, card.ends_at))
    day = [day_text(first, year=True)] if first == last else []
    span = span_text(card.starts_at, card.ends_at, zone)
    return " · ".join([*day, span, *([venue.name] if venue else [])])


def _sentence(said: str) -> str:
    said = said[:1].upper() + said[1:]
    return said if said.endswith(".") else f"{said}."
