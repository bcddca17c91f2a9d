"""Reads back what a server's function said, as the program's own rules would have: refusals, findings, outcomes."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from trainer_desk.models.enums import Role, SessionStatus, Severity
from trainer_desk.services.errors import (
    BadValue,
    DeskError,
    NotAllowed,
    NotFound,
    NotSignedIn,
    Refused,
    Stale,
    WrongState,
)
from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rows.door import Occupancy, Passage
from trainer_desk.services.rows.seats import Outcome

REFUSED = "TD001"
"""The SQLSTATE of such a refusal: its message is the code, its detail the facts as JSON."""

KINDS = {kind.code: kind for kind in (NotSignedIn, NotAllowed, NotFound, WrongState, BadValue, Stale)}
INSTANTS = frozenset({"at", "starts_at", "ends_at"})


def refusal_of(code: str, detail: str) -> DeskError:
    """Return the refusal that a function of the server told with a code and its facts."""
    facts = json.loads(detail or "{}")
    findings = [finding_of(found) for found in facts.pop("findings", ())]
    if findings:
        return Refused(findings, **facts)
    told = {name: _fact(name, value) for name, value in facts.items()}
    return KINDS[code](**told) if code in KINDS else DeskError(code, **told)


def outcome_of(said: Mapping[str, Any]) -> Outcome:
    """Return what became of a person, from its JSON."""
    findings = tuple(finding_of(found) for found in said.get("findings", ()))
    return Outcome(said["employee_no"], said["outcome"], said.get("code"), said.get("position"), findings)


def passage_of(said: Mapping[str, Any]) -> Passage:
    """Return what came of somebody at the door, from its JSON."""
    instants = {name: _instant(said[name]) for name in ("entered_at", "left_at")}
    return Passage(**{**said, **instants, "occupancy": Occupancy(**said["occupancy"])})


def finding_of(found: Mapping[str, Any]) -> Finding:
    """Return a finding from its JSON."""
    facts = {name: _fact(name, value) for name, value in found.get("facts", {}).items()}
    fixes = tuple(Fix(fix["code"], fix["facts"]) for fix in found.get("fixes", ()))
    return Finding(
        found["code"],
        Severity(found["severity"]),
        field=found.get("field"),
        subject=found.get("subject"),
        clashes_with=tuple(found.get("clashes_with", ())),
        fixes=fixes,
        facts=facts,
    )


def _fact(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in INSTANTS:
        return _instant(value)
    if name in ("state", "wanted"):
        return SessionStatus(value)
    if name == "allowed":
        return tuple(SessionStatus(each) for each in value)
    return Role(value) if name == "role" else value


def _instant(text: str | None) -> Any:
    return None if text is None else dt.datetime.fromisoformat(text).astimezone(dt.UTC)
