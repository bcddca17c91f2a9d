"""Who and what is taken when: the claims a session makes and the clashes it runs into (C1, C3, C4)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.directory import Directory, VenueRow
from trainer_desk.services.rows.schedule import BlockRow, ClaimRow, SessionCard

Ends: TypeAlias = tuple[tuple[int, int], ...]
"""Resources to claim, each with the minutes for which it stays taken after the session's end."""


@dataclass(frozen=True, slots=True)
class Need:
    """One trainer, venue or piece of equipment that a session needs; `ends` are a venue's leaves, or the resource."""

    kind: str
    field: str
    code: str | None
    name: str
    ends: Ends


def overlaps(a_start: datetime, a_end: datetime, b_start: datetime, b_end: datetime) -> bool:
    """Whether two half-open intervals share time; back-to-back does not (C1)."""
    return a_start < b_end and b_start < a_end


def needs_of(card: SessionCard, directory: Directory) -> Iterator[Need]:
    """Yield lead trainer, co-trainers, venue and equipment of a session, each once; ids without a row by number."""
    for trainer_id in dict.fromkeys(card.trainer_ids):
        trainer = directory.trainers.get(trainer_id)
        field = "trainer" if trainer_id == card.trainer_id else "co_trainers"
        name = trainer.name if trainer else f"#{trainer_id}"
        yield Need("trainer", field, trainer.code if trainer else None, name, ((trainer_id, 0),))
    if card.venue_id is not None:
        venue = directory.venues.get(card.venue_id)
        if venue is None:
            yield Need("venue", "venue", None, f"#{card.venue_id}", ((card.venue_id, 0),))
        else:
            yield Need("venue", "venue", venue.code, venue.name, leaf_minutes(venue, directory))
    for equipment_id in dict.fromkeys(card.equipment_ids):
        piece = directory.equipment.get(equipment_id)
        name = piece.name if piece else f"#{equipment_id}"
        yield Need("equipment", "equipment", piece.code if piece else None, name, ((equipment_id, 0),))


def leaf_minutes(venue: VenueRow, directory: Directory) -> Ends:
    """Return the leaves that a booking of `venue` claims, each with its turnaround in minutes (C3).

    A part that needs longer than the whole keeps its own turnaround.
    """
    minutes = []
    for leaf_id in venue.leaf_ids or (venue.id,):
        leaf = directory.venues.get(leaf_id, venue)
        minutes.append((leaf_id, max(venue.turnaround_minutes, leaf.turnaround_minutes)))
    return tuple(minutes)


def resources_of(card: SessionCard, directory: Directory) -> set[int]:
    """Return every resource that the session would claim, the leaves of its venue for the venue (C3)."""
    return {resource_id for need in needs_of(card, directory) for resource_id, _after in need.ends}


def claims_of(card: SessionCard, directory: Directory) -> list[ClaimRow]:
    """Return what the session claims while SCHEDULED or IN_PROGRESS, whatever its state is now; [] if undated.

    Lead and co-trainers, the leaves of its venue with the turnaround after the end, equipment (C1, C3); one row per
    resource, by resource id.
    """
    if card.starts_at is None or card.ends_at is None:
        return []
    course = directory.courses.get(card.course_id)
    title = card.title or (course.title if course else None)
    minutes = {resource_id: after for need in needs_of(card, directory) for resource_id, after in need.ends}
    return [
        ClaimRow(
            resource_id=resource_id,
            starts_at=card.starts_at,
            ends_at=card.ends_at + timedelta(minutes=after),
            session_id=card.id,
            session_ref=card.ref,
            session_title=title,
            session_starts_at=card.starts_at,
            session_ends_at=card.ends_at,
        )
        for resource_id, after in sorted(minutes.items())
    ]


def clashes(
    card: SessionCard, directory: Directory, claims: Sequence[ClaimRow], blocks: Sequence[BlockRow] = ()
) -> list[Finding]:
    """Return a finding for everything that stands in the way of the session (C1, C3, C4); [] if undated.

    `claims` and `blocks` may hold more than is needed, and the session's own claims. Each clashing session or block
    is named once per trainer, venue and piece of equipment, in the order of the fields and then of time. Facts:
    name, resource_id, starts_at and ends_at (the other session's own, UTC), title, ref or reason, and `at`, the
    start of this session.
    """
    if card.starts_at is None or card.ends_at is None or card.ends_at <= card.starts_at:
        return []
    found: list[Finding] = []
    taken = [*claims, *_claims_of_blocks(blocks)]
    for need in needs_of(card, directory):
        found.extend(_clashes_of(need, card, taken))
    found.extend(_holidays(card, directory, blocks))
    return found


def by_resource(claims: Sequence[ClaimRow], blocks: Sequence[BlockRow]) -> Mapping[int, list[ClaimRow]]:
    """Return claims and blocks by resource, for many questions about one time; holidays are left out."""
    taken: dict[int, list[ClaimRow]] = {}
    for claim in (*claims, *_claims_of_blocks(blocks)):
        taken.setdefault(claim.resource_id, []).append(claim)
    return taken


def is_free(card: SessionCard, ends: Ends, taken: Mapping[int, Sequence[ClaimRow]]) -> bool:
    """Whether these resources could be added to the dated session, given what takes each (`by_resource`)."""
    return not any(_touching(ends, card, taken.get(resource_id, ())) for resource_id, _after in ends)


def _touching(ends: Ends, card: SessionCard, claims: Sequence[ClaimRow]) -> list[ClaimRow]:
    """Return the claims of others that share time with what the session would claim of these resources."""
    assert card.starts_at is not None
    assert card.ends_at is not None
    until = {resource_id: card.ends_at + timedelta(minutes=after) for resource_id, after in ends}
    return [
        claim
        for claim in claims
        if claim.resource_id in until
        and overlaps(card.starts_at, until[claim.resource_id], claim.starts_at, claim.ends_at)
        and (claim.block_id is not None or claim.session_id != card.id)
    ]


def _clashes_of(need: Need, card: SessionCard, claims: Sequence[ClaimRow]) -> Iterator[Finding]:
    """Yield one finding per session or block in the way, whichever leaves of a venue it touches."""
    seen: set[tuple[str, int | None]] = set()
    for claim in sorted(_touching(need.ends, card, claims), key=_by_time):
        key = ("session", claim.session_id) if claim.block_id is None else ("block", claim.block_id)
        if key not in seen:
            seen.add(key)
            yield _finding(need, card, claim)


def _finding(need: Need, card: SessionCard, claim: ClaimRow) -> Finding:
    facts = {"name": need.name, "resource_id": claim.resource_id, "at": card.starts_at}
    if claim.block_id is not None:
        facts |= {"reason": claim.reason or "", "starts_at": claim.starts_at, "ends_at": claim.ends_at}
        code = {"trainer": "trainer_away", "venue": "venue_closed"}.get(need.kind, "equipment_busy")
        return Finding(code, field=need.field, subject=need.code, facts=facts)
    facts |= {
        "title": claim.session_title or claim.session_ref,
        "ref": claim.session_ref,
        "session_id": claim.session_id,
        "starts_at": claim.session_starts_at or claim.starts_at,
        "ends_at": claim.session_ends_at or claim.ends_at,
    }
    refs = (claim.session_ref,) if claim.session_ref else ()
    return Finding(f"{need.kind}_busy", field=need.field, subject=need.code, clashes_with=refs, facts=facts)


def _holidays(card: SessionCard, directory: Directory, blocks: Sequence[BlockRow]) -> Iterator[Finding]:
    """Yield one finding per organisation-wide block over the session's time and its turnaround."""
    assert card.starts_at is not None
    assert card.ends_at is not None
    after = max((minutes for need in needs_of(card, directory) for _leaf, minutes in need.ends), default=0)
    until = card.ends_at + timedelta(minutes=after)
    for block in sorted(blocks, key=lambda row: (row.starts_at, row.id)):
        if block.resource_id is None and overlaps(card.starts_at, until, block.starts_at, block.ends_at):
            facts = {
                "name": None,
                "reason": block.reason,
                "starts_at": block.starts_at,
                "ends_at": block.ends_at,
                "at": card.starts_at,
            }
            yield Finding("venue_closed", field="start", facts=facts)


def _claims_of_blocks(blocks: Sequence[BlockRow]) -> Iterator[ClaimRow]:
    for block in blocks:
        if block.resource_id is not None:
            yield ClaimRow(block.resource_id, block.starts_at, block.ends_at, block_id=block.id, reason=block.reason)


def _by_time(claim: ClaimRow) -> tuple[datetime, datetime, str, int]:
    return claim.starts_at, claim.ends_at, claim.session_ref or "", claim.resource_id
