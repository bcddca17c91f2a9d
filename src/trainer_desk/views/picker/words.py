"""The words, colours and shapes of a person in the picker, and of the sheet's head."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.rows.directory import Directory, VenueRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import Candidate
from trainer_desk.services.rules.compliance import EXPIRING, GREEN, RED, YELLOW
from trainer_desk.services.rules.times import local
from trainer_desk.texts import (
    date_text,
    day_text,
    group_word,
    moment_text,
    pill_text,
    span_text,
    time_text,
    weekday_name,
)
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.chips import Chip

SHAPES = {
    RED: ("danger", "octagon-alert"),
    YELLOW: ("warn", "triangle-alert"),
    EXPIRING: ("expiring", "clock"),
    GREEN: ("ok", "circle-check"),
}
"""Tone and icon of each group: never colour alone (P3)."""

NO_RECORD = ("muted", "circle-dashed")
CHIP_LETTERS = 18


def shape_of(person: Candidate) -> tuple[str, str]:
    """Return tone and icon of a person's pill."""
    if person.group == GREEN and person.status is not ComplianceStatus.COMPLIANT:
        return NO_RECORD
    return SHAPES[person.group]


def pill_of(person: Candidate, day: date) -> str:
    """Return the words of a person's pill, judged on `day`."""
    return pill_text(person.group, person.status, person.expires_on, day, person.due_on, person.counts_from)


def details_of(person: Candidate) -> str:
    """Return the line below the name: `Logistics · P11659`."""
    return " · ".join(part for part in (person.department, person.employee_no) if part)


def notes_of(person: Candidate, day: date, zone: ZoneInfo) -> list[tuple[str, str, str]]:
    """Return what else should be known before choosing somebody, as icon, tone and words (P3, C6, K12).

    What keeps the person from a seat is red and comes first; what is only warned of is orange.
    """
    notes = []
    if person.not_on_run:
        notes.append(("octagon-alert", "danger", _("Not on the run")))
    if person.intake_missing:
        notes.append(("octagon-alert", "danger", _("No intake on file")))
    if person.lacks:
        words = _("Lacks {course}, which must come first").format(course=person.lacks)
        notes.append(("octagon-alert", "danger", words) if person.lack_blocks else ("triangle-alert", "warn", words))
    if any(person.busy_blocks):
        notes.append(("octagon-alert", "danger", _blocked(person, day, zone)))
    elif person.busy_with:
        words = _("Has a seat at the same time in {titles}").format(titles=_some(person.busy_with))
        notes.append(("triangle-alert", "warn", words))
    if person.booked_at:
        notes.append(("calendar-check", "accent", _booked(person, day, zone)))
    if person.withdrawn:
        notes.append(("undo-2", "text2", _("Withdrew before")))
    return notes


def spoken(person: Candidate, day: date, zone: ZoneInfo, *, chosen: bool) -> str:
    """Return everything about a person for a screen reader."""
    parts = [person.name, pill_of(person, day), person.department, person.employee_no]
    if person.group != RED or pill_of(person, day) != group_word(RED):
        parts.insert(1, group_word(person.group))
    parts += [words for _icon, _tone, words in notes_of(person, day, zone)]
    parts.append(_("chosen") if chosen else _("not chosen"))
    return ", ".join(part for part in parts if part)


def chip_of(person: Candidate) -> Chip:
    """Return the chip of somebody who is chosen."""
    tone, icon = shape_of(person)
    name = person.name if len(person.name) <= CHIP_LETTERS else person.name[: CHIP_LETTERS - 1] + "…"
    return Chip(person.person_id, name, icon, "text2" if tone == "muted" else tone)


def title_of(card: SessionCard, directory: Directory) -> str:
    """Return the session's own title, or its course's."""
    course = directory.courses.get(card.course_id)
    return card.title or (course.title if course else card.ref)


def subtitle_of(card: SessionCard, directory: Directory, today: date) -> str:
    """Return what the people are chosen for: `Lockout–Tagout · Tue 24 Nov · 13:30–16:30 · Training Room A`."""
    venue = venue_of(card, directory)
    parts = [title_of(card, directory)]
    if card.starts_at is None or card.ends_at is None:
        parts.append(_("no date yet: judged as of today, {day}").format(day=date_text(today)))
    else:
        zone = directory.settings.zone
        first, last = (local(instant, zone).date() for instant in (card.starts_at, card.ends_at))
        if first == last:
            parts.append(day_text(first, year=first.year != today.year))
        parts.append(span_text(card.starts_at, card.ends_at, zone))
    return " · ".join(filter(None, [*parts, venue.name if venue else ""]))


def venue_of(card: SessionCard, directory: Directory) -> VenueRow | None:
    """Return the session's venue, if it has one."""
    return None if card.venue_id is None else directory.venues.get(card.venue_id)


def _blocked(person: Candidate, day: date, zone: ZoneInfo) -> str:
    """Return `Cannot sit: in Fire Warden Tue 09:00`, with the date where that is another day than the session's."""
    titles = [title for title, blocks in zip(person.busy_with, person.busy_blocks, strict=True) if blocks]
    starts_at = next(start for start, blocks in zip(person.busy_at, person.busy_blocks, strict=True) if blocks)
    when = moment_text(starts_at, zone)
    if local(starts_at, zone).date() == day:
        when = f"{weekday_name(day.weekday())} {time_text(starts_at, zone)}"
    more = f" (+{len(titles) - 1})" if len(titles) > 1 else ""
    return _("Cannot sit: in {title} {when}").format(title=titles[0], when=when) + more


def _booked(person: Candidate, day: date, zone: ZoneInfo) -> str:
    first = local(person.booked_at[0], zone).date()
    words = _("Already booked on {day}").format(day=day_text(first, year=first.year != day.year))
    more = len(person.booked_at) - 1
    return words + (" " + plural("and {n} more", "and {n} more", more) if more else "")


def _some(titles: Sequence[str]) -> str:
    more = len(titles) - 1
    return titles[0] + (f" (+{more})" if more else "")
