"""What a booking request says in the list and in its panel; pure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from trainer_desk.models.enums import RequestStatus
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.requests import Accepted, RequestCard, RequestRow, Wish
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.labels import label
from trainer_desk.services.rules.times import local
from trainer_desk.texts import label_word, moment_text, people_text, span_text
from trainer_desk.texts.formats import day_text, short_day_text
from trainer_desk.texts.requests import age_text, headcount_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.texts.words import request_word
from trainer_desk.views.picker.told_words import added_text

TONES: Mapping[RequestStatus, tuple[str, str]] = {
    RequestStatus.DRAFT: ("clock", "accent"),
    RequestStatus.ACCEPTED: ("circle-check", "ok"),
    RequestStatus.DECLINED: ("ban", "danger"),
    RequestStatus.CANCELLED: ("undo-2", "muted"),
}
"""Icon and tone of each state: never colour alone."""

INK = {"muted": "text2"}
NAMED = 6
"""So many people are named in the panel before the rest is counted."""


def mark_of(word: str) -> tuple[str, str] | None:
    """Return icon and colour of a state by its word, as the list marks it."""
    found = next((TONES[status] for status in RequestStatus if request_word(status) == word), None)
    return None if found is None else (found[0], INK.get(found[1], found[1]))


def title_of(request: RequestRow, directory: Directory) -> str:
    """Return the title of the course that is asked for."""
    course = directory.courses.get(request.wish.course_id)
    return course.title if course else f"#{request.wish.course_id}"


def when_of(wish: Wish, directory: Directory, now: datetime) -> str:
    """Return the wished time: `Tue 24 Nov, 09:00–12:00`, the name of a run, or that it was left open.

    The year stands there when it is not that of `now` (UTC).
    """
    zone = directory.settings.zone
    run = directory.runs.get(wish.run_id or 0)
    if wish.starts_at is None:
        return run.name if run else _("any time")
    day = local(wish.starts_at, zone).date()
    year = day.year != local(now, zone).year
    if wish.ends_at is None:
        return _("{moment}, usual length").format(moment=moment_text(wish.starts_at, zone, year=year))
    if local(wish.ends_at, zone).date() != day:
        return span_text(wish.starts_at, wish.ends_at, zone)
    return f"{day_text(day, year=year)}, {span_text(wish.starts_at, wish.ends_at, zone)}"


def trainer_of(wish: Wish, directory: Directory) -> str:
    """Return the wished trainer, or that anybody will do."""
    trainer = directory.trainers.get(wish.trainer_id or 0)
    return trainer.name if trainer else _("any trainer")


def venue_of(wish: Wish, directory: Directory) -> str:
    """Return the wished venue, or that any will do."""
    venue = directory.venues.get(wish.venue_id or 0)
    return venue.name if venue else _("any venue")


def age_of(request: RequestRow, now: datetime, directory: Directory) -> str:
    """Return how many days ago a request was filed at `now` (UTC)."""
    return age_text(days_waiting(request, now, directory))


def days_waiting(request: RequestRow, now: datetime, directory: Directory) -> int:
    """Return how many of the organisation's days lie between filing and `now` (UTC)."""
    zone = directory.settings.zone
    return (local(now, zone).date() - local(request.requested_at, zone).date()).days


def became(card: RequestCard, directory: Directory, now: datetime) -> str:
    """Return what came of a request in a few words: `S-00012, Upcoming`, a run, the reason it was declined."""
    request = card.request
    if card.session is not None:
        state = _("in the trash") if card.session_deleted else label_word(label(card.session, now))
        return f"{card.session.ref}, {state}"
    if request.into_run_id is not None:
        run = directory.runs.get(request.into_run_id)
        return _("Run {name}").format(name=run.name if run else f"#{request.into_run_id}")
    return request.decision_reason or ""


def row_of(card: RequestCard, directory: Directory, now: datetime) -> tuple[Any, ...]:
    """Return the row of the list: the id, then a text for each column."""
    request = card.request
    return (
        request.id,
        request.ref,
        title_of(request, directory),
        when_of(request.wish, directory, now),
        people_of(request.wish),
        trainer_of(request.wish, directory) if request.wish.trainer_id else "",
        venue_of(request.wish, directory) if request.wish.venue_id else "",
        card.requester,
        age_of(request, now, directory),
        request_word(request.status),
        became(card, directory, now),
    )


def people_of(wish: Wish) -> str:
    """Return the number of people, empty where that was left open."""
    return "" if wish.headcount is None else people_text(wish.headcount)


SORTED: Mapping[str, Callable[[RequestCard, Directory], Any]] = {
    "request": lambda card, _directory: card.request.id,
    "course": lambda card, directory: title_of(card.request, directory).casefold(),
    "when": lambda card, _directory: (
        card.request.wish.starts_at is None,
        card.request.wish.starts_at and card.request.wish.starts_at.timestamp(),
    ),
    "people": lambda card, _directory: card.request.wish.headcount or 0,
    "by": lambda card, _directory: card.requester.casefold(),
    "age": lambda card, _directory: -card.request.requested_at.timestamp(),
    "state": lambda card, _directory: request_word(card.request.status),
}
"""By what a column of the list is sorted."""


def wish_lines(card: RequestCard, directory: Directory, now: datetime) -> list[tuple[str, str]]:
    """Return what is asked for as lines of the panel: icon and text."""
    wish = card.request.wish
    lines = [("calendar-days", _capital(when_of(wish, directory, now)))]
    if wish.run_id is not None and wish.starts_at is not None:
        run = directory.runs.get(wish.run_id)
        lines.append(("columns-3", run.name if run else f"#{wish.run_id}"))
    lines.append(("user", _capital(trainer_of(wish, directory))))
    lines.append(("map-pin", _capital(venue_of(wish, directory))))
    lines.append(("users", _people_line(card)))
    return lines


def _people_line(card: RequestCard) -> str:
    names = [person.name for person in card.named]
    if not names:
        return _capital(headcount_text(card.request.wish))
    said = ", ".join(names[:NAMED])
    return said if len(names) <= NAMED else _("{names} and {n} more").format(names=said, n=len(names) - NAMED)


def asked_text(card: RequestCard, directory: Directory, now: datetime) -> str:
    """Return `#12 · asked by Mia Lopez · 3 days`."""
    asked = _("asked by {who}").format(who=card.requester)
    return f"{card.request.ref} · {asked} · {age_of(card.request, now, directory)}"


def decision_text(request: RequestRow, directory: Directory) -> str:
    """Return who decided, when and why: `Declined by anna, 24 Nov: no trainer`; empty while nobody did."""
    if request.decided_at is None:
        return ""
    day = short_day_text(local(request.decided_at, directory.settings.zone).date())
    said = _("{state} by {who}, {day}").format(
        state=request_word(request.status), who=request.decided_by or "", day=day
    )
    return f"{said}: {request.decision_reason}" if request.decision_reason else f"{said}."


def session_lines(card: SessionCard, directory: Directory, now: datetime) -> list[tuple[str, str]]:
    """Return the session that a request became as lines of the panel: state, time, place, trainer, people (Q3)."""
    zone = directory.settings.zone
    lines = [("info", f"{card.ref} · {label_word(label(card, now))}")]
    if card.starts_at is not None and card.ends_at is not None:
        day = local(card.starts_at, zone).date()
        said = day_text(day, year=day.year != local(now, zone).year)
        lines.append(("calendar-days", f"{said}, {span_text(card.starts_at, card.ends_at, zone)}"))
    else:
        lines.append(("calendar-days", _("No date yet")))
    venue, trainer = directory.venues.get(card.venue_id or 0), directory.trainers.get(card.trainer_id or 0)
    lines.append(("map-pin", venue.name if venue else _("No venue yet")))
    lines.append(("user", trainer.name if trainer else _("No trainer yet")))
    lines.append(("users", _seats(card)))
    return lines


def _seats(card: SessionCard) -> str:
    parts = []
    if card.enrolled or not card.held:
        parts.append(plural("{n} person enrolled", "{n} people enrolled", card.enrolled))
    if card.held:
        parts.append(plural("{n} seat held", "{n} seats held", card.held))
    if card.waiting:
        parts.append(_("{n} on the waitlist").format(n=card.waiting))
    return " · ".join(parts)


def accepted_text(accepted: Accepted, ref: str, *, is_draft: bool) -> str:
    """Return what is told of an accepted request, for a toast with Undo."""
    request = f"#{accepted.request_id}"
    if accepted.run_id is not None or not ref:
        said = _("Accepted {request}.").format(request=request)
    elif is_draft:
        said = _("Accepted {request} as the draft {ref}.").format(request=request, ref=ref)
    else:
        said = _("Accepted {request}: {ref}.").format(request=request, ref=ref)
    held = sum(hold.seats for hold in accepted.holds)
    told = added_text(accepted.outcomes) if accepted.outcomes else ""
    if held:
        told = plural("{n} seat held.", "{n} seats held.", held)
    left_out = [one.employee_no for one in accepted.outcomes if one.outcome == "refused"]
    if left_out:
        more = _("Without a place: {numbers}.").format(numbers=", ".join(left_out))
        told = f"{told} {more}".strip()
    return f"{said} {told}".strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
