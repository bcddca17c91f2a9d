"""The command that tells what a person must hold and does hold on a day, and why."""

import datetime as dt
from typing import Any

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.plain import table
from trainer_desk.cli.task import Task
from trainer_desk.services.people.numbers import find_person
from trainer_desk.services.people.standing import load_standing
from trainer_desk.services.rows.people import Rule, StandingRow
from trainer_desk.services.rules.times import local, parse_day
from trainer_desk.texts import date_text, pill_text


def show_standing(task: Task) -> Answer:
    """List the courses that are asked of a person or held, the most urgent first, judged today or on a day (N1)."""
    given = task.arguments
    today = local(task.now, task.zone).date()
    day = parse_day(given.on, "on") if given.on else today
    person = task.store.read(find_person, given.number)
    rows = task.store.read(load_standing, person, day, today=today)
    document = {"employee_no": given.number, "on": day.isoformat(), "courses": [_document(row) for row in rows]}
    lines = [(row.code, row.title, _pill(row, day), _why(row)) for row in rows]
    return Answer(document, table(lines) if lines else "Nothing is asked, and nothing is held.")


def _document(row: StandingRow) -> dict[str, Any]:
    return {
        "course": row.code,
        "title": row.title,
        "group": row.group,
        "status": row.status.value if row.status else None,
        "expires_on": row.expires_on.isoformat() if row.expires_on else None,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "required": [_rule(rule) for rule in row.rules],
        "exempt": [_rule(rule) for rule in row.exemptions],
        "rests_on": _ground(row),
    }


def _ground(row: StandingRow) -> str | None:
    if row.certificate_id:
        return "certificate"
    return "record" if row.record_id else "attestation" if row.attested else None


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "job_role": rule.job_role,
        "department": rule.department,
        "site": rule.site,
        "personal": rule.person_id is not None,
        "since": rule.since.isoformat(),
        "grace_days": rule.grace_days,
        "reason": rule.reason,
        "until": rule.until.isoformat() if rule.until else None,
    }


def _pill(row: StandingRow, day: dt.date) -> str:
    return pill_text(row.group, row.stored, row.expires_on, day, row.due_on, row.counts_from)


def _why(row: StandingRow) -> str:
    """Return who asks for the course and since when, or who lifted it."""
    if row.exemptions:
        return f"exempt: {row.exemptions[-1].reason}"
    if not row.rules:
        return ""
    rule = row.rules[0]
    whom = ", ".join(filter(None, (rule.job_role, rule.department, rule.site))) or "everybody"
    asked = "by name" if rule.person_id is not None else f"of {whom}"
    return f"required {asked} since {date_text(rule.since)}"
