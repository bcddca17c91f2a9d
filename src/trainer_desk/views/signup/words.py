"""What the cards of open sessions and of the own schedule say: spots, badges, buttons, and what was done (K13)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.rows.signing_up import OwnPlace, PersonalSession
from trainer_desk.services.rules.capacity import available, is_nearly_full
from trainer_desk.services.rules.signing_up import OwnDeed
from trainer_desk.services.rules.times import local
from trainer_desk.texts import (
    day_text,
    finding_text,
    full_day_text,
    length_text,
    range_text,
    span_text,
    spoken_span,
    spots_text,
)
from trainer_desk.texts.facts import shown
from trainer_desk.texts.seats import rank_text, until_text
from trainer_desk.texts.translate import _, mark

Badge = tuple[str, str, str]
"""Words, tone and icon of a pill."""

DEEDS: Mapping[OwnDeed, str] = {
    OwnDeed.SIGN_UP: mark("RSVP"),
    OwnDeed.JOIN_WAITLIST: mark("Join waitlist"),
    OwnDeed.CANCEL: mark("Cancel RSVP"),
    OwnDeed.ACCEPT: mark("Accept"),
    OwnDeed.DECLINE: mark("Decline"),
    OwnDeed.ASK: mark("Request this course"),
}
LABELS: Mapping[OwnDeed, str] = {
    OwnDeed.SIGN_UP: mark("Sign up for {title}"),
    OwnDeed.JOIN_WAITLIST: mark("Join the waitlist of {title}"),
    OwnDeed.CANCEL: mark("Withdraw from {title}"),
    OwnDeed.ACCEPT: mark("Accept the offer of {title}"),
    OwnDeed.DECLINE: mark("Decline the offer of {title}"),
}
"""How a deed is called in the undo list."""

SKIPS: Mapping[str, str] = {
    "attendee_busy": mark("You have a place in another session at that time."),
    "intake_missing": mark("You need an intake on file first. Ask a supervisor."),
    "prerequisite_missing": mark("You do not hold the course that must come first."),
    "run_full": mark("Its run is full."),
    "not_on_run": mark("Only people on its run may come. Ask a supervisor."),
}
"""Why a free seat was passed on, to whoever waits."""

WEEK = timedelta(days=7)


def spots_pill(session: PersonalSession) -> Badge:
    """Return `3 / 20 spots left`, `Session Full` or `No limit`, with tone and icon (K2)."""
    left = available(session.capacity, session.seats_taken)
    if left is None:
        return spots_text(None), "muted", "users"
    if left == 0:
        return spots_text(0), "danger", "octagon-alert"
    words = _("{left} / {all} spots left").format(left=left, all=session.capacity)
    if is_nearly_full(session.capacity, session.seats_taken):
        return words, "warn", "triangle-alert"
    return words, "ok", "circle-check"


def place_badge(mine: OwnPlace | None, zone: ZoneInfo, now: datetime) -> Badge | None:
    """Return how one stands: `Registered`, `Offered until Fri 14:05`, `Waiting, 2nd in line`; None without a place."""
    if mine is None or mine.state is EnrollmentState.WITHDRAWN:
        return None
    if mine.state is EnrollmentState.CONFIRMED:
        return _("Registered"), "ok", "check"
    if mine.state is EnrollmentState.OFFERED:
        if mine.offer_until is None:
            return _("Offered"), "accent", "clock"
        return _("Offered until {until}").format(until=until_text(mine.offer_until, zone, now)), "accent", "clock"
    if mine.rank is None:
        return _("Waiting"), "expiring", "clock"
    return _("Waiting, {rank} in line").format(rank=rank_text(mine.rank)), "expiring", "clock"


def skip_words(mine: OwnPlace | None) -> str:
    """Return why one waits although a seat may be free; empty if nothing is in the way."""
    waits = mine is not None and mine.state is EnrollmentState.WAITLISTED
    said = SKIPS.get(mine.skip_code or "") if mine is not None and waits else None
    return _(said) if said else ""


def deed_word(deed: OwnDeed, session: PersonalSession) -> str:
    """Return the verb of a button."""
    mine = session.mine
    if deed is OwnDeed.CANCEL and mine is not None and mine.state is EnrollmentState.WAITLISTED:
        return _("Leave waitlist")
    return _(DEEDS[deed])


def when_line(session: PersonalSession, zone: ZoneInfo) -> str:
    """Return `09:00–13:00 · 4 h`; over midnight the days, too."""
    minutes = int((session.ends_at - session.starts_at).total_seconds() // 60)
    return f"{span_text(session.starts_at, session.ends_at, zone)} · {length_text(minutes)}"


def day_line(session: PersonalSession, zone: ZoneInfo, now: datetime) -> str:
    """Return `Tue 24 Nov`, of another year with it."""
    day = local(session.starts_at, zone).date()
    return day_text(day, year=day.year != local(now, zone).date().year)


def day_heading(day: date, today: date) -> str:
    """Return `Today`, `Tomorrow` or `Tuesday 24 November`."""
    if day == today:
        return _("Today · {day}").format(day=full_day_text(day))
    if day == today + timedelta(days=1):
        return _("Tomorrow · {day}").format(day=full_day_text(day))
    return full_day_text(day, year=day.year != today.year)


def week_heading(monday: date, today: date) -> str:
    """Return `This week`, `Next week` or the days of a week."""
    this = today - timedelta(days=today.weekday())
    if monday == this:
        return _("This week")
    if monday == this + WEEK:
        return _("Next week")
    return range_text(monday, monday + timedelta(days=6))


def place_line(session: PersonalSession) -> str:
    """Return the venue with its site: `Training Room A · North`."""
    venue = shown(session.venue) if session.venue else _("No venue yet")
    return f"{venue} · {shown(session.site)}" if session.site else venue


def spoken(session: PersonalSession, zone: ZoneInfo, now: datetime) -> str:
    """Return a card for a screen reader, in one line."""
    badge = place_badge(session.mine, zone, now)
    parts = (
        shown(session.title),
        spoken_span(session.starts_at, session.ends_at, zone),
        place_line(session),
        spots_pill(session)[0],
        badge[0] if badge else "",
    )
    return ", ".join(filter(None, parts))


def short_name(session: PersonalSession, zone: ZoneInfo) -> str:
    """Return `Fire Warden, Tue 24 Nov 09:00–13:00`, as sentences name it."""
    day = day_text(local(session.starts_at, zone).date())
    span = span_text(session.starts_at, session.ends_at, zone)
    when = span if day in span else f"{day} {span}"
    return f"{shown(session.title)}, {when}"


def done_words(deed: OwnDeed, session: PersonalSession, value: object, zone: ZoneInfo) -> str:
    """Return what was done, in the past tense, with what should be known besides; `value` is what the verb answered."""
    name = short_name(session, zone)
    if isinstance(value, Outcome):
        return _outcome_words(value, session, name, zone)
    if deed is OwnDeed.ACCEPT:
        return _("You are registered for {name}.").format(name=name)
    if deed is OwnDeed.DECLINE:
        return _("You declined the offer of {name}.").format(name=name)
    if session.mine is not None and session.mine.state is EnrollmentState.WAITLISTED:
        return _("You are no longer on the waitlist of {name}.").format(name=name)
    return _("You are no longer registered for {name}.").format(name=name)


def _outcome_words(outcome: Outcome, session: PersonalSession, name: str, zone: ZoneInfo) -> str:
    if outcome.position is not None:
        rank = rank_text(outcome.position)
        said = _("You are on the waitlist of {name}, {rank} in line.").format(name=name, rank=rank)
    elif outcome.outcome == "waitlisted":
        said = _("You are on the waitlist of {name}.").format(name=name)
    else:
        said = _("You are registered for {name}.").format(name=name)
    return " ".join((said, *(finding_text(one, zone) for one in outcome.findings)))


def matches(text: str, *words: str | None) -> bool:
    """Whether every word typed is in one of these, in whatever case."""
    whole = " ".join(filter(None, words)).casefold()
    return all(part in whole for part in text.casefold().split())
