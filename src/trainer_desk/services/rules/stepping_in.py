"""Shares the sessions of one trainer out among those who are free and qualified, the least booked first (C8)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.settling import Substitute
from trainer_desk.services.rows.slots import Reason
from trainer_desk.services.rows.substitutes import StandIn
from trainer_desk.services.rules.availability import overlaps
from trainer_desk.services.rules.load import is_over
from trainer_desk.services.rules.qualification import qualified_trainers, teaching_day
from trainer_desk.services.rules.times import local


def share_out(
    cards: Sequence[SessionCard],
    free: Mapping[int, Sequence[Substitute]],
    directory: Directory,
    *,
    chosen: Mapping[int, int] | None = None,
) -> tuple[StandIn, ...]:
    """Return who could step into each session, the best first: under the weekly target, then by load, then by name.

    `free` tells who is free by session. What a session gives to somebody counts for the sessions after it: their load
    grows, and nobody leads two at a time. `chosen` names who takes a session whatever is proposed (ids).
    """
    given: dict[int, list[SessionCard]] = {}
    found = []
    for card in cards:
        options = _options(card, free.get(card.id, ()), given, directory)
        found.append(StandIn(card, options, _reasons(card, options, directory)))
        taker = (chosen or {}).get(card.id, options[0].id if options else None)
        if taker is not None:
            given.setdefault(taker, []).append(card)
    return tuple(found)


def _options(
    card: SessionCard, free: Sequence[Substitute], given: Mapping[int, Sequence[SessionCard]], directory: Directory
) -> tuple[Substitute, ...]:
    week = _monday(card, directory)
    possible = []
    for one in free:
        already = given.get(one.id, ())
        if not any(_share_time(card, other) for other in already):
            more = sum(_minutes(other) for other in already if _monday(other, directory) == week)
            possible.append(replace(one, booked_minutes=(one.booked_minutes or 0) + more))
    return tuple(sorted(possible, key=lambda one: (_is_over(one, card, directory), one.booked_minutes or 0)))


def _reasons(card: SessionCard, options: Sequence[Substitute], directory: Directory) -> tuple[Reason, ...]:
    if not options:
        return (_nobody(card, directory),)
    first = options[0]
    booked = first.booked_minutes or 0
    code = "only_trainer" if len(options) == 1 else "least_booked"
    if any((one.booked_minutes or 0) < booked for one in options):
        code = "under_target"
    reasons = [Reason(code, {"name": first.name, "minutes": booked, "free": len(options)})]
    if _is_over(first, card, directory):
        reasons.append(Reason("over_target", {"name": first.name, "hours": directory.norm_of(first.id)}))
    return tuple(reasons)


def _nobody(card: SessionCard, directory: Directory) -> Reason:
    day = teaching_day(card, directory)
    if day is None:
        return Reason("no_time")
    others = [row for row in qualified_trainers(directory, card.course_id, day) if row.id not in card.trainer_ids]
    if others:
        return Reason("others_taken", {"others": len(others)})
    return Reason("nobody_else_qualified", {"course": directory.courses[card.course_id].title})


def _is_over(one: Substitute, card: SessionCard, directory: Directory) -> bool:
    return is_over((one.booked_minutes or 0) + _minutes(card), directory.norm_of(one.id))


def _share_time(card: SessionCard, other: SessionCard) -> bool:
    if card.starts_at is None or card.ends_at is None or other.starts_at is None or other.ends_at is None:
        return False
    return overlaps(card.starts_at, card.ends_at, other.starts_at, other.ends_at)


def _minutes(card: SessionCard) -> int:
    return 0 if card.length is None else card.length // timedelta(minutes=1)


def _monday(card: SessionCard, directory: Directory) -> date | None:
    if card.starts_at is None:
        return None
    day = local(card.starts_at, directory.settings.zone).date()
    return day - timedelta(days=day.weekday())
