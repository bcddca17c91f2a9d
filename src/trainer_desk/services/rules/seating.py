"""Whether a person may sit in a session: the one guard of every path that gives somebody a seat (C6, K12)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer_desk.models.enums import OverlapPolicy, SessionStatus, Severity
from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rules.availability import overlaps

STRICTNESS = (OverlapPolicy.IGNORE, OverlapPolicy.WARN, OverlapPolicy.BLOCK)

BUSY = frozenset({SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS, SessionStatus.COMPLETED})
"""The states in which a seat makes a person busy: a draft keeps nobody, a cancelled session counts nowhere (S1, S4)."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A session as whoever sits in it sees it: when it is (UTC), and what its course asks of people."""

    session_id: int
    ref: str
    title: str
    course: str
    status: SessionStatus
    starts_at: datetime | None
    ends_at: datetime | None
    policy: OverlapPolicy
    requires_intake: bool = False


@dataclass(frozen=True, slots=True)
class Sitter:
    """A person who is to sit somewhere."""

    person_id: int
    employee_no: str
    name: str
    active: bool = True
    has_intake: bool = True


def stricter(one: OverlapPolicy, other: OverlapPolicy) -> OverlapPolicy:
    """Return the stricter of two courses' policies, which is the one that counts (C6)."""
    return max(one, other, key=STRICTNESS.index)


def seat_findings(sitter: Sitter, occasion: Occasion, seats: Iterable[Occasion]) -> list[Finding]:
    """Return what speaks against a seat for this person; `seats` are the sessions in which they have one (C6, K12).

    Red findings refuse, orange ones are only told. A draft is not judged by the clock yet: there, overlaps are orange.
    """
    found = [] if sitter.has_intake or not occasion.requires_intake else [intake_missing(sitter, occasion)]
    return found + busy_findings(sitter, occasion, seats)


def intake_missing(sitter: Sitter, occasion: Occasion) -> Finding:
    """Return the refusal of somebody without the intake that the course requires, with the way out (K12)."""
    facts = {"name": sitter.name, "course": occasion.course}
    way_out = Fix("record_intake", {"name": sitter.name, "id": sitter.person_id})
    return Finding("intake_missing", field="people", subject=sitter.employee_no, fixes=(way_out,), facts=facts)


def busy_findings(sitter: Sitter, occasion: Occasion, seats: Iterable[Occasion]) -> list[Finding]:
    """Return a finding for every seat at the same time: red under `block`, orange under `warn`, none under `ignore`."""
    return [_busy(sitter, occasion, seat, policy) for seat, policy in _clashing(occasion, seats)]


def _clashing(occasion: Occasion, seats: Iterable[Occasion]) -> Sequence[tuple[Occasion, OverlapPolicy]]:
    if occasion.starts_at is None or occasion.ends_at is None:
        return ()
    found = []
    for seat in seats:
        if seat.session_id == occasion.session_id or seat.status not in BUSY or not seat.starts_at or not seat.ends_at:
            continue
        policy = stricter(occasion.policy, seat.policy)
        if policy is not OverlapPolicy.IGNORE and overlaps(
            occasion.starts_at, occasion.ends_at, seat.starts_at, seat.ends_at
        ):
            found.append((seat, policy))
    return found


def _busy(sitter: Sitter, occasion: Occasion, seat: Occasion, policy: OverlapPolicy) -> Finding:
    refuses = policy is OverlapPolicy.BLOCK and occasion.status in BUSY
    facts = {
        "name": sitter.name,
        "title": seat.title,
        "starts_at": seat.starts_at,
        "ends_at": seat.ends_at,
        "at": occasion.starts_at,
    }
    severity = Severity.RED if refuses else Severity.ORANGE
    return Finding(
        "attendee_busy", severity, field="people", subject=sitter.employee_no, clashes_with=(seat.ref,), facts=facts
    )
