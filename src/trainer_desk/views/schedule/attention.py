"""What needs attention in the sessions shown: clashes, soft findings and missing parts, most urgent first (S9)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from trainer_desk.models.enums import CLAIMING, SessionStatus
from trainer_desk.services.findings import SOFT_CODES, Finding, open_findings
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import Board, SessionCard
from trainer_desk.services.rules.capacity import venue_capacity_exceeded
from trainer_desk.services.rules.minimum import below_minimum
from trainer_desk.services.rules.waiving import marked
from trainer_desk.views.schedule.occupancy import Occupancy
from trainer_desk.views.schedule.verdict import clashing, judge

FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Concern:
    """One open finding and the session that it is about; `urgent` when a scheduled session cannot stand as it is."""

    card: SessionCard
    finding: Finding
    urgent: bool


def open_concerns(
    board: Board, directory: Directory, now: datetime, known: tuple[Occupancy, Collection[int]] | None = None
) -> list[Concern]:
    """Return the open findings of a board: wrong scheduled sessions, clashing drafts, soft findings, missing parts.

    Sessions that are over, completed or cancelled have nothing to answer for, and what somebody waived asks for
    nothing. `known` is who is taken when and which sessions clash, where a view has already found that out.
    """
    occupancy = known[0] if known else Occupancy(board, directory)
    wrong = known[1] if known else clashing(board, occupancy, directory, now)
    found: list[Concern] = []
    for card in board.sessions:
        if card.status in (SessionStatus.COMPLETED, SessionStatus.CANCELLED) or (card.ends_at or FAR) <= now:
            continue
        if card.id in wrong:
            strict = card.status in CLAIMING
            found += [Concern(card, finding, strict) for finding in judge(card, occupancy, directory, now).findings]
        soft = marked(_soft(card, directory, now), card, board.waivers.get(card.id, ()))
        found += [Concern(card, finding, urgent=False) for finding in (*open_findings(soft), *_missing(card))]
    return sorted(found, key=_rank)


def _soft(card: SessionCard, directory: Directory, now: datetime) -> list[Finding]:
    venue = None if card.venue_id is None else directory.venues.get(card.venue_id)
    exceeded = venue_capacity_exceeded(card.seats_taken, venue)
    short = below_minimum(card, now, directory.settings.zone)
    return [finding for finding in (exceeded, short) if finding is not None]


def _missing(card: SessionCard) -> list[Finding]:
    missing = [field for field, value in (("trainer", card.trainer_id), ("venue", card.venue_id)) if value is None]
    return [Finding(f"missing_{field}", field=field) for field in missing]


def _rank(concern: Concern) -> tuple[int, datetime, int]:
    if concern.urgent:
        level = 0
    elif concern.finding.code.startswith("missing_"):
        level = 3
    else:
        level = 2 if concern.finding.code in SOFT_CODES else 1
    return level, concern.card.starts_at or FAR, concern.card.id
