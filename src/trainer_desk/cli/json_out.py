"""The JSON shapes of sessions, findings and errors, exactly as the product's interface has them (section I)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk import texts
from trainer_desk.services.errors import DeskError
from trainer_desk.services.exchange.session_fields import Codes
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionDetail
from trainer_desk.services.rows.seats import Seat
from trainer_desk.services.rules.capacity import available, is_full
from trainer_desk.services.rules.labels import label
from trainer_desk.services.rules.times import iso_text


def instant(value: dt.datetime | None, zone: ZoneInfo) -> str | None:
    """Return `2026-12-01T09:00:00+01:00`, or None."""
    return None if value is None else iso_text(value, zone)


def finding_document(finding: Finding, zone: ZoneInfo) -> dict[str, Any]:
    """Return a finding; `id` is null as long as nothing stores it."""
    return {
        "id": None,
        "code": finding.code,
        "severity": finding.severity.value,
        "field": finding.field,
        "subject": finding.subject,
        "message": texts.finding_text(finding, zone),
        "clashes_with": list(finding.clashes_with),
        "fixes": [said for fix in finding.fixes if (said := texts.fix_text(fix, zone))],
    }


def findings_document(findings: Sequence[Finding], zone: ZoneInfo) -> list[dict[str, Any]]:
    """Return findings in their order."""
    return [finding_document(finding, zone) for finding in findings]


def error_body(error: DeskError, zone: ZoneInfo, also: Sequence[DeskError] = ()) -> dict[str, Any]:
    """Return code, message and findings; several problems of one row or line are told as findings, too."""
    findings = findings_document(error.findings, zone)
    if also:
        findings += [_problem(problem, zone) for problem in (error, *also)]
    return {"code": error.code, "message": texts.error_text(error, zone), "findings": findings}


def error_document(error: DeskError, zone: ZoneInfo) -> dict[str, Any]:
    """Return the whole answer of a refused command."""
    return {"error": error_body(error, zone, error.facts.get("also", ()))}


def _problem(problem: DeskError, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": None,
        "code": problem.code,
        "severity": "red",
        "field": problem.facts.get("field"),
        "subject": None,
        "message": texts.error_text(problem, zone),
        "clashes_with": [],
        "fixes": [],
    }


class SessionShape:
    """Writes sessions; courses, trainers, venues and equipment are told by their codes."""

    def __init__(self, directory: Directory, codes: Codes, now: dt.datetime) -> None:
        self.directory = directory
        self.zone = directory.settings.zone
        self.now = now
        self._names: Mapping[str, Mapping[int, str]] = {
            kind: {key: code for code, key in ids.items()} for kind, ids in codes.ids.items()
        }

    def document(self, detail: SessionDetail) -> dict[str, Any]:
        """Return one session."""
        card, zone = detail.card, self.zone
        venue = self.directory.venues.get(card.venue_id) if card.venue_id is not None else None
        return {
            "id": card.id,
            "ref": card.ref,
            "course": self._names["course"][card.course_id],
            "title": card.title,
            "description": detail.description,
            "trainer": self._code("trainer", card.trainer_id),
            "co_trainers": [self._names["trainer"][key] for key in card.co_trainer_ids],
            "venue": self._code("venue", card.venue_id),
            "equipment": [self._names["equipment"][key] for key in card.equipment_ids],
            "start": instant(card.starts_at, zone),
            "end": instant(card.ends_at, zone),
            "status": card.status.value,
            "label": label(card, self.now).value,
            "capacity": card.capacity,
            "venue_capacity": venue.capacity if venue else None,
            "enrolled": card.seats_taken,
            "waiting": detail.waiting,
            "held": 0,
            "offered": 0,
            "available": available(card.capacity, card.seats_taken),
            "is_full": is_full(card.capacity, card.seats_taken),
            "minimum": detail.minimum,
            "waitlist": detail.waitlist,
            "run": None,
            "day": None,
            "version": card.version,
            "created_at": instant(detail.created_at, zone),
            "updated_at": instant(detail.updated_at, zone),
            "waitlist_order": detail.waitlist_order,
            "decision_on": detail.decision_on.isoformat() if detail.decision_on else None,
            "notes": detail.notes,
            "metadata": detail.metadata,
            "cancel_reason": detail.cancel_reason,
            "deleted_at": instant(detail.deleted_at, zone),
        }

    def enrollment(self, seat: Seat) -> dict[str, Any]:
        """Return one person of a session."""
        return {
            "employee_no": seat.employee_no,
            "name": seat.name,
            "state": seat.state.value,
            "attendance": seat.attendance.value,
            "result": None,
            "remarks": seat.remarks,
            "position": seat.position,
            "enrolled_at": instant(seat.enrolled_at, self.zone),
            "withdrawn_at": instant(seat.withdrawn_at, self.zone),
        }

    def _code(self, kind: str, key: int | None) -> str | None:
        return None if key is None else self._names[kind][key]
