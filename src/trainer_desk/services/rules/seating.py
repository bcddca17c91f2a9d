"""Whether a person may sit in a session: the one guard of every path that gives a seat (C6, K12, N5, R1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from trainer_desk.models.enums import OverlapPolicy, PrerequisitePolicy, SessionStatus, Severity
from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rules.availability import overlaps

STRICTNESS = (OverlapPolicy.IGNORE, OverlapPolicy.WARN, OverlapPolicy.BLOCK)

BUSY = frozenset({SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS, SessionStatus.COMPLETED})
"""The states in which a seat makes a person busy: a draft keeps nobody, a cancelled session counts nowhere (S1, S4)."""


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """The course that must be held on `day`, the last day of whose validity included, and what happens without (N5)."""

    course_id: int
    course: str
    policy: PrerequisitePolicy
    day: date


@dataclass(frozen=True, slots=True)
class ClosedRun:
    """A run whose days only people who are on it may take (R1)."""

    run_id: int
    code: str
    name: str


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
    prerequisite: Prerequisite | None = None
    closed_run: ClosedRun | None = None


@dataclass(frozen=True, slots=True)
class Sitter:
    """A person who is to sit somewhere.

    `held_until` is the last day on which they hold what the course there requires: `date.max` for ever, None not at
    all. `runs` are the ids of the closed runs that they are on.
    """

    person_id: int
    employee_no: str
    name: str
    active: bool = True
    has_intake: bool = True
    held_until: date | None = None
    runs: frozenset[int] = frozenset()


def stricter(one: OverlapPolicy, other: OverlapPolicy) -> OverlapPolicy:
    """Return the stricter of two courses' policies, which is the one that counts (C6)."""
    return max(one, other, key=STRICTNESS.index)


def seat_findings(sitter: Sitter, occasion: Occasion, seats: Iterable[Occasion]) -> list[Finding]:
    """Return what speaks against a seat for this person; `seats` are the sessions in which they have one.

    Red findings refuse, orange ones are only told. A draft is not judged by the clock yet: there, overlaps are orange.
    """
    return [*lacks(sitter, occasion), *busy_findings(sitter, occasion, seats)]


def lacks(sitter: Sitter, occasion: Occasion) -> list[Finding]:
    """Return what a person does not have that is asked for: to be on the run, an intake, a course (R1, K12, N5)."""
    found = []
    if occasion.closed_run is not None and occasion.closed_run.run_id not in sitter.runs:
        found.append(not_on_run(sitter, occasion.closed_run))
    if occasion.requires_intake and not sitter.has_intake:
        found.append(intake_missing(sitter, occasion))
    if occasion.prerequisite is not None and not is_held(sitter.held_until, occasion.prerequisite):
        found.append(prerequisite_missing(sitter, occasion.prerequisite))
    return found


def is_held(held_until: date | None, prerequisite: Prerequisite) -> bool:
    """Whether what is valid up to and including `held_until` (None: nothing is) is held on the day that counts."""
    return held_until is not None and held_until >= prerequisite.day


def prerequisite_missing(sitter: Sitter, prerequisite: Prerequisite) -> Finding:
    """Return that somebody does not hold what must come first: red under `block`, orange under `warn` (N5)."""
    facts = {"name": sitter.name, "course": prerequisite.course}
    course = {"course": prerequisite.course, "course_id": prerequisite.course_id}
    fixes = (Fix("record_training", facts | {"id": sitter.person_id} | course), Fix("enroll_first", course))
    severity = Severity.RED if prerequisite.policy is PrerequisitePolicy.BLOCK else Severity.ORANGE
    return Finding(
        "prerequisite_missing", severity, field="people", subject=sitter.employee_no, fixes=fixes, facts=facts
    )


def not_on_run(sitter: Sitter, run: ClosedRun) -> Finding:
    """Return the refusal of somebody who is not on a run that only its people may attend, with the way out (R1)."""
    facts = {"name": sitter.name, "run": run.name}
    way_out = Fix("put_on_run", facts | {"id": sitter.person_id, "run_id": run.run_id})
    return Finding("not_on_run", field="people", subject=sitter.employee_no, fixes=(way_out,), facts=facts)


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
