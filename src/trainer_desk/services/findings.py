"""What a check has to say: findings are data, and `texts` alone turns them into sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import datetime
from typing import Any

from trainer_desk.models.enums import Severity

SOFT_CODES = frozenset(
    {
        "venue_capacity_exceeded",
        "attendee_busy",
        "prerequisite_missing",
        "in_the_past",
        "below_minimum",
        "over_load_norm",
    }
)
"""The codes that warn and never refuse (S9); every other code is hard."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A way out of a finding: `code` names it, `facts` fill its sentence and let a button carry it out."""

    code: str
    facts: Mapping[str, Any] = made(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiver:
    """Somebody accepted a soft finding: who, when (UTC) and why (S9)."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer of a check (S9).

    `field` is the field of the session that it concerns (trainer, venue, start, end, capacity …), `subject` the
    code of the trainer, venue or person, `clashes_with` the refs of the sessions in the way, `facts` whatever the
    sentence needs (names, UTC instants, counts). `waived` says that somebody accepted it: it is told quietly then.
    """

    code: str
    severity: Severity = Severity.RED
    field: str | None = None
    subject: str | None = None
    clashes_with: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    facts: Mapping[str, Any] = made(default_factory=dict)
    waived: Waiver | None = None

    @property
    def refuses(self) -> bool:
        """Whether publishing or saving must stop on this finding."""
        return self.severity is Severity.RED


def open_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that nobody waived."""
    return [finding for finding in findings if finding.waived is None]


def refusals(findings: tuple[Finding, ...] | list[Finding]) -> list[Finding]:
    """Return the findings that refuse."""
    return [finding for finding in findings if finding.refuses]
