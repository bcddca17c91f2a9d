"""Rows about what people must hold and what they do hold, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime

from trainer_desk.models.enums import ComplianceStatus

COMPLIANCE_TABLES = ("people", "courses", "requirements", "attestations", "training_records", "certificates")
"""The tables from which compliance follows: items themselves are in no journal, so no change names them."""


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """An intake on file (K12); `recorded_at` is UTC."""

    id: int
    employee_no: str
    name: str
    held_on: date
    note: str | None
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A requirement or an exemption of a course; empty selectors and no person mean everybody.

    `grace_days` count from `since` or from the day of a person's present place, whichever is later. `until` is the
    last day of an exemption, None: for ever.
    """

    id: int
    job_role: str = ""
    department: str = ""
    site: str = ""
    person_id: int | None = None
    grace_days: int | None = None
    exempt: bool = False
    until: date | None = None
    since: date = date.min
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a person works; `placed_on` is the day on which they took that place up, None: long ago."""

    person_id: int
    job_role: str = ""
    department: str = ""
    site: str = ""
    placed_on: date | None = None


@dataclass(frozen=True, slots=True)
class StandingRow:
    """How a person stands with one course on a day, and why (N1, N4).

    `group` is 1 red, 2 yellow, 3 expiring, 4 everything else; `status` is what the `stored` one means on the day, None
    where nothing is lacking because nothing is asked. `expires_on` is the last valid day, `due_on` the last day of
    grace, `counts_from` the day before which nothing is asked. `rules` ask for the course, `exemptions` lift them on
    the day. The status rests on a training record or a certificate, or, where `attested`, on what a file or somebody
    said.
    """

    course_id: int
    code: str
    title: str
    group: int
    stored: ComplianceStatus
    status: ComplianceStatus | None
    expires_on: date | None
    due_on: date | None
    counts_from: date | None
    rules: tuple[Rule, ...] = ()
    exemptions: tuple[Rule, ...] = ()
    record_id: int | None = None
    attested: bool = False
    certificate_id: int | None = None
