"""What would be said about a session at another time, lane or length, before it is dropped there (ux 4.6)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from trainer_desk.models.enums import CLAIMING, SessionStatus
from trainer_desk.services.errors import DeskError
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import Board, SessionCard
from trainer_desk.services.rules import times
from trainer_desk.services.rules.load import load_of
from trainer_desk.services.rules.publishing import check_publish
from trainer_desk.views.schedule import wall, words
from trainer_desk.views.schedule.occupancy import Occupancy


class Level(StrEnum):
    """ok: nothing in the way. warn: a draft that would clash. block: a scheduled session that may not."""

    OK = "ok"
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The level and every reason for it; soft findings (capacity, load) inform and are not reasons."""

    level: Level = Level.OK
    findings: tuple[Finding, ...] = ()


FREE = Verdict()


def judge(card: SessionCard, occupancy: Occupancy, directory: Directory, now: datetime) -> Verdict:
    """Return the verdict on a dated session as it stands in `card` (S1–S3); `now` is UTC.

    What a draft still lacks is not held against it.
    """
    if card.status in (SessionStatus.COMPLETED, SessionStatus.CANCELLED) or card.starts_at is None:
        return FREE
    claims, blocks = occupancy.around(card)
    found = check_publish(card, directory=directory, claims=claims, blocks=blocks, now=now)
    strict = card.status in CLAIMING
    reasons = tuple(
        finding for finding in found if finding.refuses and (strict or not finding.code.startswith("missing_"))
    )
    if not reasons:
        return FREE
    return Verdict(Level.BLOCK if strict else Level.WARN, reasons)


def skipped_hour(start: datetime, directory: Directory) -> Verdict | None:
    """Return the refusal of a wall-clock start that summer time skips; None where the clock shows it (V1)."""
    zone = directory.settings.zone
    try:
        times.to_instant(start, zone, field="start", prefer="earlier")
    except DeskError as trouble:
        around = {"before": trouble.facts["earlier"], "after": trouble.facts["later"]}
        clocks = {name: words.clock(wall.to_wall(instant, zone)) for name, instant in around.items()}
        return Verdict(Level.BLOCK, (Finding("time_does_not_exist", field="start", facts={**trouble.facts, **clocks}),))
    return None


def clashing(board: Board, occupancy: Occupancy, directory: Directory, now: datetime) -> frozenset[int]:
    """Return the dated sessions of the board that cannot stand as they are: they carry the clash mark (S9)."""
    return frozenset(
        card.id
        for card in board.sessions
        if _may_clash(card, occupancy, directory) and judge(card, occupancy, directory, now).findings
    )


def _may_clash(card: SessionCard, occupancy: Occupancy, directory: Directory) -> bool:
    """Whether the rules need to be asked at all: a cheap look that lets nothing through that they would name."""
    if card.starts_at is None or card.ends_at is None:
        return False
    if card.status in (SessionStatus.COMPLETED, SessionStatus.CANCELLED):
        return False
    if card.status not in CLAIMING or card.id in occupancy.doubled or _incomplete(card, directory):
        return True
    day = card.starts_at.astimezone(directory.settings.zone).date()
    return occupancy.is_blocked(card.starts_at, card.ends_at) or any(
        not directory.is_qualified(trainer_id, card.course_id, day) for trainer_id in card.trainer_ids
    )


def _incomplete(card: SessionCard, directory: Directory) -> bool:
    """Whether something is missing or not in use any more."""
    trainers = [directory.trainers.get(trainer_id) for trainer_id in card.trainer_ids]
    venue = None if card.venue_id is None else directory.venues.get(card.venue_id)
    course = directory.courses.get(card.course_id)
    return card.trainer_id is None or any(row is None or not row.active for row in (*trainers, venue, course))


def unqualified_lanes(card: SessionCard, day: datetime, directory: Directory) -> frozenset[int]:
    """Return the trainers who may not teach the course of `card` on the wall-clock day."""
    return frozenset(
        trainer_id
        for trainer_id in directory.trainers
        if not directory.is_qualified(trainer_id, card.course_id, day.date())
    )


def booked_minutes(board: Board, directory: Directory) -> Mapping[int, int] | None:
    """Return the booked minutes of each trainer in the ISO week of the board; None unless it holds one week (L1)."""
    starts_at, ends_at = times.iso_week_bounds(board.starts_at, directory.settings.zone)
    if board.starts_at > starts_at or board.ends_at < ends_at:
        return None
    return {key: load.booked for key, load in load_of(board.sessions, starts_at, ends_at).items()}


def load_after(
    card: SessionCard, changed: SessionCard, booked: Mapping[int, int], board: Board, directory: Directory
) -> int | None:
    """Return the minutes that the lead trainer would be booked in the board's week after a change.

    None when nobody leads, or the session would leave the week that is known.
    """
    week = times.iso_week_bounds(board.starts_at, directory.settings.zone)
    if changed.trainer_id is None or changed.starts_at is None or not week[0] <= changed.starts_at < week[1]:
        return None
    others = booked.get(changed.trainer_id, 0)
    own = load_of([card], *week).get(changed.trainer_id)
    counted = replace(changed, status=SessionStatus.SCHEDULED)
    new = load_of([counted], *week)[changed.trainer_id].booked if counted.length else 0
    return others - (own.booked if own else 0) + new
