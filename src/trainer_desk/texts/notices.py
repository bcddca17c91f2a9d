"""What a notice says behind the bell: one sentence in the wall clock of the organisation (D6)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import NoticeKind, RequestStatus, WithdrawnWhy
from trainer_desk.services.rows.notices import Notice
from trainer_desk.services.rules.times import local
from trainer_desk.texts.facts import filled, shown
from trainer_desk.texts.formats import span_text, when_text
from trainer_desk.texts.seats import until_text
from trainer_desk.texts.translate import _, mark, plural

DAY = 24 * 60

SAID: Mapping[NoticeKind, tuple[str, ...]] = {
    NoticeKind.ENROLLED: (
        mark("You have a place in {title} {when}, {venue}."),
        mark("You have a place in {title} {when}."),
        mark("You have a place in {title}."),
    ),
    NoticeKind.PROMOTED: (
        mark("You have come off the waitlist: you have a place in {title} {when}, {venue}."),
        mark("You have come off the waitlist: you have a place in {title} {when}."),
        mark("You have come off the waitlist: you have a place in {title}."),
    ),
    NoticeKind.OFFERED: (
        mark("A seat in {title} {when} is offered to you until {until}. Accept or decline it."),
        mark("A seat in {title} is offered to you until {until}. Accept or decline it."),
        mark("A seat in {title} is offered to you. Accept or decline it."),
    ),
    NoticeKind.WAITLISTED: (
        mark("You are on the waitlist of {title} {when}."),
        mark("You are on the waitlist of {title}."),
    ),
    NoticeKind.WITHDRAWN: (
        mark("You have no place in {title} {when} any more."),
        mark("You have no place in {title} any more."),
    ),
    NoticeKind.MOVED: (
        mark("{title} has moved: it takes place {when}, {venue}, no longer {was}."),
        mark("{title} has moved: it takes place {when}, no longer {was}."),
        mark("{title} {when} takes place in {venue}, not in {was_venue}."),
        mark("{title} has moved."),
    ),
    NoticeKind.CANCELLED: (
        mark("{title} {when} is cancelled: {reason}."),
        mark("{title} {when} is cancelled."),
        mark("{title} is cancelled."),
    ),
    NoticeKind.UNSCHEDULED: (
        mark("{title} {when} is being planned again. Wait for the new date."),
        mark("{title} is being planned again. Wait for the new date."),
    ),
    NoticeKind.ASSIGNED: (
        mark("You teach {title} {when}, {venue}."),
        mark("You teach {title} {when}."),
        mark("You teach {title}."),
    ),
    NoticeKind.UNASSIGNED: (
        mark("You do not teach {title} {when} any more."),
        mark("You do not teach {title} any more."),
    ),
    NoticeKind.DECIDED: (mark("Your request for {title} was decided."),),
    NoticeKind.REMINDER: (
        mark("Coming up: {title} {when}, {venue}."),
        mark("Coming up: {title} {when}."),
        mark("Coming up: {title}."),
    ),
}
"""By kind, the first sentence of which all facts are known."""

LAPSED = (
    mark("The offer of a seat in {title} {when} has ended unanswered."),
    mark("The offer of a seat in {title} has ended unanswered."),
)
TEACHING = (
    mark("Coming up: you teach {title} {when}, {venue}."),
    mark("Coming up: you teach {title} {when}."),
    mark("Coming up: you teach {title}."),
)
DECIDED: Mapping[str, tuple[str, ...]] = {
    RequestStatus.ACCEPTED: (
        mark("Your request for {title} is accepted: it takes place {when}, {venue}."),
        mark("Your request for {title} is accepted: it takes place {when}."),
        mark("Your request for {title} is accepted."),
    ),
    RequestStatus.DECLINED: (
        mark("Your request for {title} is declined: {reason}."),
        mark("Your request for {title} is declined."),
    ),
    RequestStatus.CANCELLED: (mark("Your request for {title} was cancelled."),),
    RequestStatus.DRAFT: (mark("Your request for {title} is open again."),),
}


def notice_text(notice: Notice, zone: ZoneInfo, now: datetime) -> str:
    """Return what a notice says, as it is read at `now` (UTC): `You teach Fire safety on Tue 24 Nov, 09:00–10:00.`"""
    words = {"title": shown(notice.title)}
    if notice.venue is not None:
        words["venue"] = shown(notice.venue)
    if notice.reason:
        words["reason"] = shown(notice.reason).rstrip(".")
    if notice.until_at is not None:
        words["until"] = until_text(notice.until_at, zone, now)
    if notice.starts_at is not None and notice.ends_at is not None:
        words["when"] = near_text(notice.starts_at, notice.ends_at, zone, now)
    words |= _before(notice, zone, now)
    return filled(_templates(notice), words)


def near_text(starts_at: datetime, ends_at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Return when something is: `today, 13:30–16:30`, `tomorrow, …`, else as `when_text`."""
    first, last, today = (local(instant, zone).date() for instant in (starts_at, ends_at, now))
    near = {today: _("today, {clock}"), today + timedelta(days=1): _("tomorrow, {clock}")}
    if first != last or first not in near:
        return when_text(starts_at, ends_at, zone, seen_from=now)
    return near[first].format(clock=span_text(starts_at, ends_at, zone))


def leads_text(leads: Iterable[int]) -> str:
    """Return how long before a session reminders come (minutes), as it can be typed: `1 day, 1 hour`."""
    return ", ".join(_lead_text(lead) for lead in leads) or _("none")


def _templates(notice: Notice) -> tuple[str, ...]:
    if notice.kind is NoticeKind.WITHDRAWN and notice.outcome == WithdrawnWhy.LAPSED:
        return LAPSED
    if notice.kind is NoticeKind.REMINDER and notice.teaches:
        return TEACHING
    if notice.kind is NoticeKind.DECIDED and notice.outcome is not None:
        return DECIDED.get(notice.outcome, SAID[notice.kind])
    return SAID[notice.kind]


def _before(notice: Notice, zone: ZoneInfo, now: datetime) -> dict[str, str]:
    """Return what was before a move, as far as it differs; where only the room is another, there is no `was`."""
    was_starts, was_ends = notice.was_starts_at, notice.was_ends_at
    if was_starts is None or was_ends is None:
        return {}
    if (was_starts, was_ends) != (notice.starts_at, notice.ends_at):
        return {"was": near_text(was_starts, was_ends, zone, now)}
    return {} if notice.was_venue is None else {"was_venue": shown(notice.was_venue)}


def _lead_text(lead: int) -> str:
    days, rest = divmod(lead, DAY)
    if days and not rest:
        return plural("{n} day", "{n} days", days)
    hours, minutes = divmod(lead, 60)
    return plural("{n} hour", "{n} hours", hours) if hours and not minutes else _("{n} min").format(n=lead)
