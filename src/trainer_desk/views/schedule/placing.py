"""From a place of the grid to a request: the times, the verdict and the words that the bubble shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import Board, SessionCard
from trainer_desk.services.rules.load import hours_text
from trainer_desk.texts import finding_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.schedule import wall, words
from trainer_desk.views.schedule.drag import LaneKey, Target
from trainer_desk.views.schedule.occupancy import Occupancy
from trainer_desk.views.schedule.requests import NOTHING, UNCHANGED, PlaceRequest, Taken
from trainer_desk.views.schedule.verdict import Level, Verdict, judge, load_after, skipped_hour

DEFAULT_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a verdict needs, as it was when the gesture began; `booked` is None when no whole week is known."""

    board: Board
    directory: Directory
    occupancy: Occupancy
    booked: Mapping[int, int] | None
    now: datetime


def length_of(card: SessionCard, directory: Directory) -> timedelta:
    """Return a session's length on the clock; an undated one takes its course's."""
    if card.starts_at is not None and card.ends_at is not None:
        return wall.clock_length(card.starts_at, card.ends_at, directory.settings.zone)
    course = directory.courses.get(card.course_id)
    return timedelta(minutes=course.duration_minutes if course and course.duration_minutes else DEFAULT_MINUTES)


def place(
    card: SessionCard,
    start: datetime,
    end: datetime,
    situation: Situation,
    *,
    lane: LaneKey = UNCHANGED,
    taken: Taken = NOTHING,
    copy: bool = False,
) -> Target:
    """Return the target of `card` at a wall-clock start and end; what is not moved keeps its very instant."""
    zone = situation.directory.settings.zone
    starts_at = _instant(start, card.starts_at, situation)
    ends_at = _instant(end, card.ends_at, situation)
    if ends_at <= starts_at:
        ends_at = starts_at + (end - start)
    request = PlaceRequest(
        card.id, starts_at, ends_at, taken.trainer_id, taken.venue_id, copy, taken.equipment_ids, base=card
    )
    changed = request.applied(card)
    moved = card.starts_at is None or starts_at != card.starts_at
    verdict = (skipped_hour(start, situation.directory) if moved else None) or judge(
        changed, situation.occupancy, situation.directory, situation.now
    )
    if not verdict.findings and not wall.exists(end, zone):
        end = wall.to_wall(ends_at, zone)
    lines = bubble_lines(card, changed, start, end, verdict, situation, copy=copy)
    return Target(start, end, lane, changed, request, verdict, lines)


def new_draft(start: datetime, end: datetime, lane: LaneKey, situation: Situation) -> Target:
    """Return the target of a new draft drawn on the empty grid."""
    span = f"{words.clock(start)} – {words.clock(end)}"
    verdict = skipped_hour(start, situation.directory)
    lines: tuple[str, ...] = (_("New draft"), span)
    if verdict is not None:
        lines += (_refusal(verdict, situation),)
    return Target(start, end, lane, verdict=verdict or Verdict(), lines=lines)


def bubble_lines(
    card: SessionCard,
    changed: SessionCard,
    start: datetime,
    end: datetime,
    verdict: Verdict,
    situation: Situation,
    *,
    copy: bool,
) -> tuple[str, ...]:
    """Return what the bubble says: when, who and where, then the verdict or the trainer's new load (ux 4.6)."""
    directory = situation.directory
    when = f"{words.short_day(start.date())} · {words.clock(start)}–{words.clock(end)}"
    if copy:
        when = _("Copy · {when}").format(when=when)
    who = f"{words.trainers_of(changed, directory)} · {words.venue_name(changed.venue_id, directory)}"
    if changed.equipment_ids != card.equipment_ids:
        who = f"{who} · {words.equipment_of(changed, directory)}"
    if verdict.findings:
        return when, who, _refusal(verdict, situation), *_others(verdict)
    return when, who, *_new_load(card, changed, situation)


def reason(verdict: Verdict, directory: Directory) -> str:
    """Return the first reason as a sentence, empty without one."""
    return finding_text(verdict.findings[0], directory.settings.zone) if verdict.findings else ""


def _refusal(verdict: Verdict, situation: Situation) -> str:
    first = reason(verdict, situation.directory)
    if verdict.level is Level.BLOCK:
        return _("Can’t drop here: {reason}").format(reason=first)
    return _("Stays a draft: {reason}").format(reason=first)


def _others(verdict: Verdict) -> tuple[str, ...]:
    more = len(verdict.findings) - 1
    return (plural("and {n} more", "and {n} more", more),) if more else ()


def _new_load(card: SessionCard, changed: SessionCard, situation: Situation) -> tuple[str, ...]:
    if situation.booked is None:
        return ()
    minutes = load_after(card, changed, situation.booked, situation.board, situation.directory)
    if minutes is None:
        return ()
    name = words.trainer_name(changed.trainer_id, situation.directory)
    return (_("{name}: {hours} booked this week after this").format(name=name, hours=hours_text(minutes)),)


def _instant(moment: datetime, known: datetime | None, situation: Situation) -> datetime:
    zone = situation.directory.settings.zone
    if known is not None and wall.to_wall(known, zone).replace(fold=0) == moment.replace(fold=0):
        return known
    return wall.to_utc(moment, zone)
