"""What each of many sessions would become by one wish, what helps where that clashes, and what changed since (R5)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from trainer_desk.services.errors import BadValue
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.bulk import BulkVerb, BulkWish
from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.rows.previews import Remedy, RemedyKind
from trainer_desk.services.rows.schedule import BlockRow, SessionCard
from trainer_desk.services.rules.cloning import moved_by, next_open_start
from trainer_desk.services.rules.repeating import as_chosen

FIELDS = {BulkVerb.TRAINER: "trainer_id", BulkVerb.VENUE: "venue_id", BulkVerb.CAPACITY: "capacity"}
MOVING = frozenset({BulkVerb.MOVE, BulkVerb.COPY, BulkVerb.DUPLICATE})
CHOSEN = {
    RemedyKind.TRAINER: ("trainer_id", "co_trainer_ids"),
    RemedyKind.VENUE: ("venue_id",),
    RemedyKind.SHIFT: ("starts_at", "ends_at"),
}
"""The fields that a remedy sets."""

WAYS = {"use_trainer": RemedyKind.TRAINER, "use_venue": RemedyKind.VENUE}

SKIP = Remedy(RemedyKind.SKIP)
OFFERED = 6
"""How many ways out are offered for one session, beside leaving it out."""

NAMES = {
    "course_id": "course",
    "status": "state",
    "starts_at": "start",
    "ends_at": "end",
    "trainer_id": "trainer",
    "co_trainer_ids": "co_trainers",
    "venue_id": "venue",
    "equipment_ids": "equipment",
    "capacity": "capacity",
}
"""What a change of many sessions is decided on, and the field by which it is named."""


def wanted_fields(
    card: SessionCard, wish: BulkWish, chosen: Remedy | None, settings: Settings
) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """Return the fields that a session gets, and what is told of the hours of its new day.

    Times are UTC and keep their wall clock. Raises BadValue (missing) for one without a time that is to be moved.
    """
    fields: dict[str, Any] = {FIELDS[wish.verb]: wish.value} if wish.verb in FIELDS else {}
    told: tuple[Finding, ...] = ()
    shift = timedelta(days=wish.days, minutes=wish.minutes)
    if wish.verb in MOVING and shift:
        if card.starts_at is None or card.ends_at is None:
            raise BadValue(field="start", value=None, why="missing")
        span = moved_by(card.starts_at, card.ends_at, shift, settings.zone)
        fields, told = {"starts_at": span.starts_at, "ends_at": span.ends_at}, span.told
    if chosen is None or chosen.kind not in CHOSEN:
        return fields, told
    helped = as_chosen(replace(card, **fields), chosen)
    return fields | {name: getattr(helped, name) for name in CHOSEN[chosen.kind]}, told


def remedies_for(
    card: SessionCard, findings: Sequence[Finding], blocks: Sequence[BlockRow], settings: Settings
) -> tuple[Remedy, ...]:
    """Return what helps a session that would be as `card`: other trainers, other venues, other times, left out.

    The ways come from the findings, the next open day from the `blocks` around; where nothing clashes with its time
    no other one is offered.
    """
    ways = [
        Remedy(WAYS[fix.code], fix.facts["id"])
        for kind in WAYS
        for finding in findings
        for fix in finding.fixes
        if fix.code == kind
    ]
    times = [fix.facts["starts_at"] for finding in findings for fix in finding.fixes if fix.code == "free_from"]
    if card.starts_at and card.ends_at and any(_is_of_time(finding) for finding in findings):
        times.append(next_open_start(card.starts_at, card.ends_at, blocks, settings.zone, settings.working_days))
    found = [*ways, *(Remedy(RemedyKind.SHIFT, starts_at=at) for at in times if at is not None)]
    return (*tuple(dict.fromkeys(found))[:OFFERED], SKIP)


def changed_fields(before: SessionCard, card: SessionCard) -> tuple[str, ...]:
    """Return the fields in which a session is another one than was shown; notes and people do not count."""
    return tuple(name for field, name in NAMES.items() if getattr(before, field) != getattr(card, field))


def goes_first(cards: Sequence[SessionCard], wish: BulkWish) -> list[SessionCard]:
    """Return the order of doing it: a session that moves later goes after those whose places it may take."""
    later = wish.verb is BulkVerb.MOVE and timedelta(days=wish.days, minutes=wish.minutes) > timedelta()
    return sorted(cards, key=by_start, reverse=later)


def by_start(card: SessionCard) -> tuple[bool, float, int]:
    """Return the order of telling it: by start, undated ones last."""
    start: datetime | None = card.starts_at
    return start is None, start.timestamp() if start else 0.0, card.id


def is_left_out(card: SessionCard, choices: Mapping[str, Remedy]) -> bool:
    """Whether somebody chose to leave a session out."""
    chosen = choices.get(card.ref)
    return chosen is not None and chosen.kind is RemedyKind.SKIP


def _is_of_time(finding: Finding) -> bool:
    return finding.code.endswith(("_busy", "_closed", "_away"))
