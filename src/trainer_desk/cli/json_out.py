"""The JSON shapes of sessions, findings and errors, exactly as the product's interface has them (section I)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk import texts
from trainer_desk.services.errors import DeskError
from trainer_desk.services.exchange.session_fields import Codes
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.directory import Directory, RunRow
from trainer_desk.services.rows.runs import RunSummary
from trainer_desk.services.rows.schedule import SessionDetail
from trainer_desk.services.rows.seats import Hold, Seat
from trainer_desk.services.rules.capacity import available, is_full
from trainer_desk.services.rules.labels import label
from trainer_desk.services.rules.times import iso_text
from trainer_desk.services.rules.waiving import finding_id


def instant(value: dt.datetime | None, zone: ZoneInfo) -> str | None:
    """Return `2026-12-01T09:00:00+01:00`, or None."""
    return None if value is None else iso_text(value, zone)


def finding_document(finding: Finding, zone: ZoneInfo, ref: str | None = None) -> dict[str, Any]:
    """Return a finding; its `id` names the stored session that it is about, and is null without one (S9)."""
    waived = finding.waived
    return {
        "id": None if ref is None else finding_id(ref, finding.code, finding.subject),
        "code": finding.code,
        "severity": finding.severity.value,
        "field": finding.field,
        "subject": finding.subject,
        "message": texts.finding_text(finding, zone),
        "clashes_with": list(finding.clashes_with),
        "fixes": [said for fix in finding.fixes if (said := texts.fix_text(fix, zone))],
        "waived": waived and {"by": waived.by, "at": instant(waived.at, zone), "reason": waived.reason},
    }


def findings_document(findings: Sequence[Finding], zone: ZoneInfo, ref: str | None = None) -> list[dict[str, Any]]:
    """Return findings in their order; `ref` is that of the stored session that they are about."""
    return [finding_document(finding, zone, ref) for finding in findings]


def error_body(
    error: DeskError, zone: ZoneInfo, also: Sequence[DeskError] = (), *, is_stored: bool = True
) -> dict[str, Any]:
    """Return code, message and findings; several problems of one row or line are told as findings, too.

    Without `is_stored` the findings get no ids: the session that was refused may never have been there.
    """
    findings = findings_document(error.findings, zone, error.facts.get("ref") if is_stored else None)
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
        "waived": None,
    }


def hold_document(hold: Hold, ref: str, zone: ZoneInfo) -> dict[str, Any]:
    """Return held seats; `seats` are those that nobody took yet (K7)."""
    return {
        "id": hold.id,
        "seats": hold.seats,
        "label": hold.label,
        "until": instant(hold.until_at, zone),
        "session": ref,
        "held_by": hold.held_by,
    }


class SessionShape:
    """Writes sessions and runs; courses, trainers, venues, equipment and runs are told by their codes."""

    def __init__(self, directory: Directory, codes: Codes, now: dt.datetime) -> None:
        self.directory = directory
        self.zone = directory.settings.zone
        self.now = now
        self._names: Mapping[str, Mapping[int, str]] = {
            kind: {key: code for code, key in ids.items()} for kind, ids in codes.ids.items()
        }

    def document(self, detail: SessionDetail, *, run: RunRow | None = None) -> dict[str, Any]:
        """Return one session; `run` is the one that it is in, if the directory cannot know it."""
        card, zone = detail.card, self.zone
        venue = self.directory.venues.get(card.venue_id) if card.venue_id is not None else None
        if run is None and card.run_id is not None:
            run = self.directory.runs.get(card.run_id)
        return {
            "id": card.id,
            "ref": card.ref,
            "course": self._names["course"][card.course_id],
            "title": card.title,
            "description": detail.description,
            "trainer": self.code("trainer", card.trainer_id),
            "co_trainers": [self._names["trainer"][key] for key in card.co_trainer_ids],
            "venue": self.code("venue", card.venue_id),
            "equipment": [self._names["equipment"][key] for key in card.equipment_ids],
            "start": instant(card.starts_at, zone),
            "end": instant(card.ends_at, zone),
            "status": card.status.value,
            "label": label(card, self.now).value,
            "capacity": card.capacity,
            "venue_capacity": venue.capacity if venue else None,
            "enrolled": card.enrolled,
            "waiting": card.waiting,
            "held": card.held,
            "offered": card.offered,
            "available": available(card.capacity, card.seats_taken),
            "is_full": is_full(card.capacity, card.seats_taken),
            "minimum": detail.minimum,
            "waitlist": detail.waitlist,
            "run": run.code if run else None,
            "day": detail.day if run else None,
            "version": card.version,
            "created_at": instant(detail.created_at, zone),
            "updated_at": instant(detail.updated_at, zone),
            "waitlist_order": detail.waitlist_order,
            "decision_on": detail.decision_on.isoformat() if detail.decision_on else None,
            "notes": detail.notes,
            "metadata": detail.metadata,
            "cancel_reason": detail.cancel_reason,
            "deleted_at": instant(detail.deleted_at, zone),
            "began_at": instant(detail.began_at, zone),
            "finished_at": instant(detail.finished_at, zone),
        }

    def run(self, summary: RunSummary) -> dict[str, Any]:
        """Return one run; its sessions are only counted."""
        run = summary.run
        return {
            "id": run.id,
            "code": run.code,
            "course": self._names["course"][run.course_id],
            "name": run.name,
            "start_date": run.start_date.isoformat() if run.start_date else None,
            "end_date": run.end_date.isoformat() if run.end_date else None,
            "max_people": run.max_people,
            "people": run.people_taken,
            "available": summary.available,
            "session_count": summary.sessions,
            "status": summary.status.value,
            "members_only": run.members_only,
            "one_course": run.one_course,
            "members": summary.members,
            "fill_rate": _rate(summary.fill_rate),
            "attendance": _rate(summary.attendance),
        }

    def enrollment(self, seat: Seat) -> dict[str, Any]:
        """Return one person of a session."""
        return {
            "employee_no": seat.employee_no,
            "name": seat.name,
            "state": seat.state.value,
            "attendance": seat.attendance.value,
            "result": seat.result.value if seat.result else None,
            "remarks": seat.remarks,
            "position": seat.position,
            "enrolled_at": instant(seat.enrolled_at, self.zone),
            "withdrawn_at": instant(seat.withdrawn_at, self.zone),
            "enrolled_by": seat.enrolled_by,
            "withdrawn_by": seat.withdrawn_by,
            "withdrawn_why": seat.withdrawn_why.value if seat.withdrawn_why else None,
            "promoted_at": instant(seat.promoted_at, self.zone),
            "promoted_by": seat.promoted_by,
            "offer_until": instant(seat.offer_until, self.zone),
            "skip": seat.skip_code,
            "score": seat.score,
            "marked_at": instant(seat.marked_at, self.zone),
            "marked_by": seat.marked_by,
        }

    def code(self, kind: str, key: int | None) -> str | None:
        """Return the code of a course, trainer, venue, piece of equipment or run; None for None."""
        return None if key is None else self._names[kind][key]


def _rate(part: float | None) -> float | None:
    """Return a part of the whole with three digits, as JSON tells it."""
    return None if part is None else round(part, 3)
