"""The words of leave, closures and holidays: titles, what is asked, when somebody is away, and what came of it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from trainer_desk.services.rows.absences import ORGANISATION, Absence, Entered, Foreseen
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.settling import Way
from trainer_desk.services.rules.times import local
from trainer_desk.texts.formats import day_text, moment_text, range_text, span_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.settling.words import settled_text


def title(kind: str, name: str) -> str:
    """Return `Leave of Ann Baker`, `Closure of Training Room A`; of the organisation `Holiday`."""
    said = {
        "trainer": _("Leave of {name}"),
        "venue": _("Closure of {name}"),
        "equipment": _("{name} is not available"),
        ORGANISATION: _("Holiday"),
    }
    return said[kind].format(name=name)


def label(kind: str, name: str, *, is_new: bool) -> str:
    """Return what Ctrl+Z calls it: `Enter leave of Ann Baker`."""
    new = {
        "trainer": _("Enter leave of {name}"),
        "venue": _("Close {name}"),
        "equipment": _("Enter that {name} is away"),
        ORGANISATION: _("Add the holiday {name}"),
    }
    old = {
        "trainer": _("Change leave of {name}"),
        "venue": _("Change a closure of {name}"),
        "equipment": _("Change when {name} is away"),
        ORGANISATION: _("Change the holiday {name}"),
    }
    return (new if is_new else old)[kind].format(name=name)


def lift_label(kind: str, name: str) -> str:
    """Return what Ctrl+Z calls it when an absence is taken away."""
    said = {
        "trainer": _("Take back leave of {name}"),
        "venue": _("Open {name} again"),
        "equipment": _("{name} is there again"),
        ORGANISATION: _("Remove the holiday {name}"),
    }
    return said[kind].format(name=name)


def verb(kind: str, *, is_new: bool) -> str:
    """Return the word on the button."""
    if not is_new:
        return _("Save")
    return {
        "trainer": _("Enter leave"),
        "venue": _("Close it"),
        "equipment": _("Enter it"),
        ORGANISATION: _("Add holiday"),
    }[kind]


def question(found: Foreseen) -> str:
    """Return how many sessions stand there, and what is asked."""
    if not found.sessions:
        return _("No coming session stands in this time.")
    counted = plural("{n} coming session stands there.", "{n} coming sessions stand there.", len(found.sessions))
    return _("{counted} Choose what becomes of each. All of it is one step, and one Undo takes it back.").format(
        counted=counted
    )


def way_text(kind: str, resource_id: int | None, way: Way, card: SessionCard) -> str:
    """Return what a way of settling a session is called."""
    if way is Way.DRAFT:
        return _back_to_draft(kind, resource_id, card)
    if way is Way.LEAVE_OUT:
        return _("Go on without them") if kind == "trainer" else _("Go on without it")
    return {
        Way.CANCEL: _("Cancel the session"),
        Way.KEEP: _("Leave as it is, marked red"),
        Way.REPLACE: _("Replace"),
        Way.TIME: _("Another time"),
    }[way]


def done(kind: str, name: str, entered: Entered, *, is_new: bool) -> str:
    """Return the sentence for the toast."""
    settled = sum(entered.settled.values()) - entered.left
    parts = [_entered(kind, name, is_new=is_new)]
    if settled:
        parts.append(settled_text(settled))
    if entered.left:
        parts.append(plural("{n} session left, marked red", "{n} sessions left, marked red", entered.left))
    if entered.rehomed.seated:
        parts.append(plural("{n} person has another date", "{n} people have another date", entered.rehomed.seated))
    return "; ".join(parts) + "."


def span_words(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """Return when somebody is away: whole days `27 – 30 Jul 2026`, else `Tue 24 Nov 09:00–12:00`."""
    first, last = local(starts_at, zone), local(ends_at, zone)
    if is_whole_days(starts_at, ends_at, zone):
        last_day = last.date() - timedelta(days=1)
        if first.date() == last_day:
            return day_text(last_day, year=True)
        return range_text(first.date(), last_day)
    if first.date() == last.date():
        return f"{day_text(first.date(), year=True)} {span_text(starts_at, ends_at, zone)}"
    return f"{moment_text(starts_at, zone, year=True)} – {moment_text(ends_at, zone, year=True)}"


def is_whole_days(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> bool:
    """Whether it begins and ends at midnight of the organisation's zone."""
    return local(starts_at, zone).time() == local(ends_at, zone).time() == time()


def standing_text(absence: Absence) -> str:
    """Return how many sessions stand in it; empty if none."""
    if not absence.standing:
        return ""
    return plural("{n} session stands in it", "{n} sessions stand in it", absence.standing)


def is_now(absence: Absence, now: datetime) -> bool:
    """Whether somebody is away at this moment (UTC)."""
    return absence.starts_at <= now < absence.ends_at


def last_day(ends_at: datetime, zone: ZoneInfo) -> date:
    """Return the last day on which an absence is felt."""
    return local(ends_at - timedelta(seconds=1), zone).date()


def _back_to_draft(kind: str, resource_id: int | None, card: SessionCard) -> str:
    if kind == ORGANISATION:
        return _("Back to the drafts, without a date")
    if kind == "trainer" and card.trainer_id == resource_id:
        return _("Back to draft, without a trainer")
    return _("Back to draft, without a venue") if kind == "venue" else _("Back to draft")


def _entered(kind: str, name: str, *, is_new: bool) -> str:
    new = {
        "trainer": _("Leave of {name} entered"),
        "venue": _("{name} is closed for that time"),
        "equipment": _("Entered that {name} is away"),
        ORGANISATION: _("Added the holiday {name}"),
    }
    old = {
        "trainer": _("Leave of {name} changed"),
        "venue": _("Closure of {name} changed"),
        "equipment": _("Changed when {name} is away"),
        ORGANISATION: _("Changed the holiday {name}"),
    }
    return (new if is_new else old)[kind].format(name=name)
