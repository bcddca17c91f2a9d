"""Ways out of a clash that need no database: free qualified trainers, venues, equipment alike, the next free time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rows.directory import Directory, EquipmentRow, TrainerRow, VenueRow
from trainer_desk.services.rows.schedule import BlockRow, ClaimRow, SessionCard
from trainer_desk.services.rules.availability import by_resource, is_free, leaf_minutes, needs_of, overlaps
from trainer_desk.services.rules.names import search_key
from trainer_desk.services.rules.qualification import qualified_trainers, teaching_day

AFTER = timedelta(days=1)
"""How far past the end the next free time is looked for."""

LONGEST_NUMBER = 4
"""How many signs of a last word already tell another kind of equipment, not the next piece: `B12` is a number."""

OFFERED = 3
"""How many trainers, venues or pieces of equipment are offered beside one finding."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What could be taken instead, best first; `free_from` is the next start (UTC) at which nothing clashes."""

    trainers: tuple[TrainerRow, ...] = ()
    venues: tuple[VenueRow, ...] = ()
    free_from: datetime | None = None
    equipment: tuple[EquipmentRow, ...] = ()


def find_alternatives(
    card: SessionCard,
    directory: Directory,
    claims: Sequence[ClaimRow],
    blocks: Sequence[BlockRow],
    known_until: datetime | None = None,
) -> Alternatives:
    """Return free trainers, venues, equipment and the next free time for a dated session.

    `claims` and `blocks` must cover all trainers, venues and equipment of `directory` for the session's time.
    `known_until` (UTC) says how far they reach; without it no time is offered, because it could be taken.
    """
    return Alternatives(
        trainers=tuple(free_trainers(card, directory, claims, blocks)),
        venues=tuple(free_venues(card, directory, claims, blocks)),
        free_from=free_from(card, directory, claims, blocks, known_until),
        equipment=tuple(free_equipment(card, directory, claims, blocks)),
    )


def free_trainers(
    card: SessionCard, directory: Directory, claims: Sequence[ClaimRow], blocks: Sequence[BlockRow]
) -> list[TrainerRow]:
    """Return the qualified trainers who are free for the dated session and not already in it, by name."""
    day = teaching_day(card, directory)
    if day is None or card.length is None:
        return []
    taken = by_resource(claims, blocks)
    return [
        row
        for row in qualified_trainers(directory, card.course_id, day)
        if row.id not in card.trainer_ids and is_free(card, ((row.id, 0),), taken)
    ]


def free_venues(
    card: SessionCard, directory: Directory, claims: Sequence[ClaimRow], blocks: Sequence[BlockRow]
) -> list[VenueRow]:
    """Return the venues that are free for the dated session and seat its people: same site first, then the smallest."""
    if card.length is None:
        return []
    current = None if card.venue_id is None else directory.venues.get(card.venue_id)
    site = current.site if current else ""
    taken = by_resource(claims, blocks)
    fitting = [
        row
        for row in directory.venues.values()
        if row.active
        and row.id != card.venue_id
        and (row.capacity is None or row.capacity >= card.seats_taken)
        and is_free(card, leaf_minutes(row, directory), taken)
    ]
    return sorted(fitting, key=lambda row: (row.site != site, row.capacity is None, row.capacity or 0, row.name))


def free_equipment(
    card: SessionCard, directory: Directory, claims: Sequence[ClaimRow], blocks: Sequence[BlockRow]
) -> list[EquipmentRow]:
    """Return the equipment that is free for the dated session and not already in it, by name."""
    if card.length is None:
        return []
    taken = by_resource(claims, blocks)
    return [
        row
        for row in directory.equipment.values()
        if row.active and row.id not in card.equipment_ids and is_free(card, ((row.id, 0),), taken)
    ]


def is_alike(name: str, other: str) -> bool:
    """Whether two pieces of equipment are of one kind: `Projector 1` and `Projector 2` differ in the last word only."""
    return _kind_of(name) == _kind_of(other)


def free_from(
    card: SessionCard,
    directory: Directory,
    claims: Sequence[ClaimRow],
    blocks: Sequence[BlockRow],
    known_until: datetime | None,
) -> datetime | None:
    """Return the next start (UTC) at which the session's own trainers, venue and equipment are all free.

    None if that is not known from `claims` and `blocks`, which reach to `known_until`.
    """
    if known_until is None or card.starts_at is None or card.length is None:
        return None
    start, length = card.starts_at, card.length
    obstacles = sorted(_obstacles(card, directory, claims, blocks))
    while True:
        ends = [to for since, to, after in obstacles if overlaps(start, start + length + after, since, to)]
        if not ends:
            break
        start = max(ends)
    longest = max((after for _since, _to, after in obstacles), default=timedelta())
    if start == card.starts_at or start + length + longest > known_until:
        return None
    return start


def with_ways_out(finding: Finding, alternatives: Alternatives) -> Finding:
    """Return the finding with the alternatives that help against it added before the fixes it already has."""
    fixes: tuple[Fix, ...] = ()
    if finding.field == "trainer":
        fixes = tuple(_use("use_trainer", row) for row in alternatives.trainers[:OFFERED])
    elif finding.field == "venue":
        fixes = tuple(_use("use_venue", row) for row in alternatives.venues[:OFFERED])
    elif finding.field == "equipment":
        taken = {"instead_of": finding.facts.get("resource_id")}
        alike = [row for row in alternatives.equipment if is_alike(row.name, str(finding.facts.get("name", "")))]
        fixes = tuple(_use("use_equipment", row, taken) for row in alike[:OFFERED])
    if finding.code.endswith("_busy") and alternatives.free_from is not None:
        fixes += (Fix("free_from", {"starts_at": alternatives.free_from, "at": finding.facts.get("at")}),)
    return replace(finding, fixes=fixes + finding.fixes) if fixes else finding


def _use(code: str, row: TrainerRow | VenueRow | EquipmentRow, more: Mapping[str, object] | None = None) -> Fix:
    return Fix(code, {"id": row.id, "code": row.code, "name": row.name} | dict(more or {}))


def _kind_of(name: str) -> str:
    words = search_key(name).split()
    return " ".join(words[:-1] if len(words) > 1 and len(words[-1]) < LONGEST_NUMBER else words)


def _obstacles(
    card: SessionCard, directory: Directory, claims: Sequence[ClaimRow], blocks: Sequence[BlockRow]
) -> list[tuple[datetime, datetime, timedelta]]:
    after = {
        resource_id: timedelta(minutes=minutes)
        for need in needs_of(card, directory)
        for resource_id, minutes in need.ends
    }
    taken = [
        (claim.starts_at, claim.ends_at, after[claim.resource_id])
        for claim in claims
        if claim.resource_id in after and (claim.block_id is not None or claim.session_id != card.id)
    ]
    nothing = timedelta()
    taken += [
        (block.starts_at, block.ends_at, nothing if block.resource_id is None else after[block.resource_id])
        for block in blocks
        if block.resource_id is None or block.resource_id in after
    ]
    return taken
