"""The commands about people in a session: enroll, withdraw, suggest."""

import datetime as dt
from typing import Any

from trainer_desk import texts
from trainer_desk.cli.answer import DONE, REFUSED, Answer
from trainer_desk.cli.json_out import findings_document
from trainer_desk.cli.plain import finding_lines, session_line
from trainer_desk.cli.sessions import find, shape_of
from trainer_desk.cli.task import Task
from trainer_desk.services.errors import BadValue, DeskError, NotFound
from trainer_desk.services.people.numbers import find_person, person_ids
from trainer_desk.services.rows.schedule import SessionDetail
from trainer_desk.services.rows.seats import Candidate, Outcome, PickerFilter
from trainer_desk.services.seats.enrolling import enroll, seat_findings, withdraw
from trainer_desk.services.seats.picker import pick


def enroll_people(task: Task) -> Answer:
    """Give people a place, each with an outcome of their own (K11)."""
    detail = find(task, task.arguments.ref)
    numbers = list(dict.fromkeys(task.arguments.numbers))
    ids = task.store.read(person_ids, numbers)
    label = f"Enroll in {detail.card.ref}"
    known = [ids[number] for number in numbers if number in ids]
    outcomes = task.store.write(label, enroll, detail.card.id, known).value
    by_number = {outcome.employee_no: outcome for outcome in outcomes}
    results = [_result(number, by_number.get(number), detail, task) for number in numbers]
    warnings = task.store.read(seat_findings, detail.card.id)
    after = find(task, detail.card.ref)
    document = {
        "results": results,
        "warnings": [
            {"code": warning["code"], "message": warning["message"]}
            for warning in findings_document(warnings, task.zone)
        ],
        "session": shape_of(task).document(after),
    }
    lines = [f"{result['employee_no']}: {result['message']}" for result in results]
    lines += [finding_lines(warnings, task.zone), session_line(after.card, task.directory)]
    refused = any(result["outcome"] == "refused" for result in results)
    return Answer(document, "\n".join(filter(None, lines)), REFUSED if refused else DONE)


def _result(number: str, outcome: Outcome | None, detail: SessionDetail, task: Task) -> dict[str, Any]:
    found = outcome or Outcome(number, "refused", "not_found")
    is_refused = found.outcome == "refused"
    said = texts.error_text(_refusal(found, detail), task.zone) if is_refused else texts.outcome_word(found.outcome)
    return {
        "employee_no": number,
        "outcome": found.outcome,
        "code": found.code if is_refused else None,
        "message": said,
        "position": found.position,
    }


def _refusal(outcome: Outcome, detail: SessionDetail) -> DeskError:
    card = detail.card
    if outcome.code == "not_found":
        return NotFound(kind="person", key=outcome.employee_no)
    return DeskError(
        outcome.code, employee_no=outcome.employee_no, people=card.capacity, capacity=card.capacity, title=card.title
    )


def withdraw_person(task: Task) -> Answer:
    """Take a person's place back; it is free at once (K4)."""
    detail = find(task, task.arguments.ref)
    person_id = task.store.read(find_person, task.arguments.number)
    task.store.write(f"Withdraw from {detail.card.ref}", withdraw, detail.card.id, person_id)
    after = find(task, detail.card.ref)
    document = {"session": shape_of(task).document(after), "promoted": [], "skipped": []}
    return Answer(document, session_line(after.card, task.directory))


def suggest(task: Task) -> Answer:
    """Name the people who need a session most, judged on its day (P1)."""
    given = task.arguments
    detail = find(task, given.ref)
    if given.limit < 1:
        raise BadValue(field="limit", value=given.limit, why="below_zero")
    page = task.store.read(pick, detail.card.id, PickerFilter(search=given.search), limit=given.limit, now=task.now)
    counts = page.counts or {}
    document = {
        "session": shape_of(task).document(detail),
        "on": page.on.isoformat(),
        "counts": {str(group): counts.get(group, 0) for group in (1, 2, 3, 4)},
        "people": [_candidate(person) for person in page.people],
    }
    day = texts.date_text(page.on)
    heading = f"No date yet: judged as of today, {day}." if page.undated else f"Judged on {day}."
    rows = [_candidate_line(person, page.on) for person in page.people] or ["Nobody."]
    return Answer(document, "\n".join([heading, *rows]))


def _candidate_line(person: Candidate, day: dt.date) -> str:
    notes = [texts.pill_text(person.group, person.status, person.expires_on, day)]
    if person.booked_on:
        notes.append(f"already booked on {', '.join(person.booked_on)}")
    if person.busy_in:
        notes.append(f"at the same time in {', '.join(person.busy_in)}")
    if person.withdrawn:
        notes.append("withdrew from here")
    return "  ".join((person.employee_no, person.name, person.department, "; ".join(notes)))


def _candidate(person: Candidate) -> dict[str, Any]:
    return {
        "employee_no": person.employee_no,
        "name": person.name,
        "department": person.department,
        "group": person.group,
        "status": person.status.value if person.status else None,
        "expires_on": person.expires_on.isoformat() if person.expires_on else None,
        "booked_on": list(person.booked_on),
        "busy_in": list(person.busy_in),
    }
