"""Whether a session may be scheduled: all problems together, each with its field and a way out (S2)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from trainer_desk.models.enums import SessionStatus, Severity
from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import BlockRow, ClaimRow, SessionCard
from trainer_desk.services.rules.availability import clashes
from trainer_desk.services.rules.capacity import venue_capacity_exceeded
from trainer_desk.services.rules.minimum import below_minimum
from trainer_desk.services.rules.qualification import unqualified

LONGEST = timedelta(hours=24)
"""The longest session (S2)."""


def check_publish(
    card: SessionCard,
    *,
    directory: Directory,
    claims: Sequence[ClaimRow],
    blocks: Sequence[BlockRow],
    now: datetime,
) -> list[Finding]:
    """Return every problem of the session as SCHEDULED at `now` (UTC), those that refuse first (S2, S3).

    `claims` are those of others (own ones are passed over) that may touch its time, block claims included or not.
    Empty: it may be scheduled.
    """
    found = [*_missing(card), *_span(card), *_retired(card, directory), *unqualified(card, directory)]
    found += clashes(card, directory, claims, blocks)
    found += _soft(card, directory, now)
    return found


def as_hints(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings in orange: a draft is only told what stands in its way (S1)."""
    return [replace(finding, severity=Severity.ORANGE) for finding in findings]


def _missing(card: SessionCard) -> Iterator[Finding]:
    for field, value in (
        ("trainer", card.trainer_id),
        ("venue", card.venue_id),
        ("start", card.starts_at),
        ("end", card.ends_at),
    ):
        if value is None:
            yield Finding(f"missing_{field}", field=field, fixes=(Fix("set_field", {"field": field}),))


def _span(card: SessionCard) -> Iterator[Finding]:
    if card.starts_at is None or card.ends_at is None:
        return
    facts = {"starts_at": card.starts_at, "ends_at": card.ends_at}
    way_out = (Fix("set_field", {"field": "end"}),)
    if card.ends_at <= card.starts_at:
        yield Finding("end_before_start", field="end", fixes=way_out, facts=facts)
    elif card.ends_at - card.starts_at > LONGEST:
        yield Finding("too_long", field="end", fixes=way_out, facts=facts)


def _retired(card: SessionCard, directory: Directory) -> Iterator[Finding]:
    """Yield what cannot be booked any more: a trainer who left, a venue, equipment or course that was retired (S9)."""
    course = directory.courses.get(card.course_id)
    if course is not None and not course.active:
        facts = {"field": "course", "value": course.title, "why": "course_retired"}
        yield Finding("bad_value", field="course", subject=course.code, facts=facts)
    for trainer_id in dict.fromkeys(card.trainer_ids):
        trainer = directory.trainers.get(trainer_id)
        if trainer is not None and not trainer.active:
            field = "trainer" if trainer_id == card.trainer_id else "co_trainers"
            yield Finding(
                "trainer_away", field=field, subject=trainer.code, facts=_gone(trainer.name, trainer_id, "left")
            )
    venue = None if card.venue_id is None else directory.venues.get(card.venue_id)
    if venue is not None and not venue.active:
        yield Finding("venue_closed", field="venue", subject=venue.code, facts=_gone(venue.name, venue.id, "retired"))
    for equipment_id in dict.fromkeys(card.equipment_ids):
        piece = directory.equipment.get(equipment_id)
        if piece is not None and not piece.active:
            gone = _gone(piece.name, equipment_id, "equipment_retired")
            yield Finding("equipment_busy", field="equipment", subject=piece.code, facts=gone)


def _gone(name: str, resource_id: int, why: str) -> dict[str, object]:
    return {"name": name, "resource_id": resource_id, "why": why}


def _soft(card: SessionCard, directory: Directory, now: datetime) -> Iterator[Finding]:
    is_running = card.status is SessionStatus.IN_PROGRESS
    if card.starts_at is not None and card.starts_at < now and not is_running:
        facts = {"starts_at": card.starts_at}
        yield Finding("in_the_past", Severity.ORANGE, field="start", facts=facts)
    venue = None if card.venue_id is None else directory.venues.get(card.venue_id)
    exceeded = venue_capacity_exceeded(card.seats_taken, venue)
    if exceeded is not None:
        yield exceeded
    short = below_minimum(card, now, directory.settings.zone)
    if short is not None:
        yield short
