"""The commands about people in a session: enroll in its three forms, withdraw, suggest."""

import datetime as dt
from typing import Any

from trainer_desk import texts
from trainer_desk.cli.answer import Answer
from trainer_desk.cli.arguments import WrongUsage
from trainer_desk.cli.outcomes import (
    Give,
    Told,
    give_places,
    settled_document,
    settled_lines,
    warning_lines,
    warnings_document,
    warnings_of,
)
from trainer_desk.cli.plain import session_line
from trainer_desk.cli.sessions import find, shape_of
from trainer_desk.cli.task import Task
from trainer_desk.services.errors import BadValue
from trainer_desk.services.people.numbers import find_person
from trainer_desk.services.planning.board import find_session
from trainer_desk.services.planning.runs import load_run
from trainer_desk.services.rows.schedule import SessionDetail
from trainer_desk.services.rows.seats import Candidate, PickerFilter
from trainer_desk.services.seats.enrolling import enroll, turned_away, withdraw
from trainer_desk.services.seats.next_date import enroll_next
from trainer_desk.services.seats.picker import pick
from trainer_desk.services.seats.whole_run import enroll_in_run


def enroll_people(task: Task) -> Answer:
    """Give people a place, each with an outcome of their own (K11): in a session, a whole run, or the next date."""
    given = task.arguments
    words: list[str] = given.words
    if given.run is not None and (given.course is not None or given.next):
        raise WrongUsage("--run goes without --course and --next", "")
    if given.run is not None:
        return _in_run(task, given.run, words)
    if (given.course is not None) != given.next:
        raise WrongUsage("--course and --next go together", "")
    if given.next:
        return _next_date(task, given.course, words)
    if len(words) < 2:
        raise WrongUsage("say whom to enroll: enroll REF NO …", "")
    return _in_session(task, words[0], words[1:])


def _in_session(task: Task, ref: str, numbers: list[str]) -> Answer:
    detail = find(task, ref)
    give = _giving(task, f"Enroll in {ref}", enroll, detail.card.id, turned_away)
    told = give_places(task, numbers, give, **full_facts(detail))
    return places_answer(task, told, detail.card.ref)


def _next_date(task: Task, code: str, numbers: list[str]) -> Answer:
    """Answer with the session of each person; which dates were filled stands under `sessions` (K14)."""
    course_id = task.codes.of("course", code)
    give = _giving(task, f"Enroll in the next date of {code}", enroll_next, course_id)
    course = task.directory.courses[course_id].title
    told = give_places(task, numbers, give, with_session=True, course=course)
    refs = dict.fromkeys(one.session for one in told.outcomes if one.session and one.outcome == "enrolled")
    return _several(task, told, [find(task, ref) for ref in refs])


def _in_run(task: Task, code: str, numbers: list[str]) -> Answer:
    """Answer with the run and all of its days; a refusal names the day that refused (R4)."""
    run_id = task.codes.of("run", code)
    give = _giving(task, f"Enroll in the run {code}", enroll_in_run, run_id)
    told = give_places(task, numbers, give, with_session=True)
    run = task.store.read(load_run, code, now=task.now)
    answer = _several(task, told, list(run.sessions))
    return Answer(answer.document | {"run": shape_of(task).run(run.summary)}, answer.text, answer.code)


def _giving(task: Task, label: str, verb: Any, where: int, first: Any = None) -> Give:
    return lambda people: task.store.write(label, verb, where, people, first=first).value


def full_facts(detail: SessionDetail) -> dict[str, Any]:
    """Return what is told of a session that is full."""
    card = detail.card
    return {"people": card.capacity, "capacity": card.capacity, "title": card.title}


def places_answer(task: Task, told: Told, ref: str, **more: Any) -> Answer:
    """Return the answer of `enroll` in one session, as it is now; `more` are further keys."""
    after = find(task, ref)
    warnings = warnings_of(told, [after.card.id], task)
    document = {
        "results": told.results,
        "warnings": warnings_document(warnings, task),
        "session": shape_of(task).document(after),
    }
    lines = (*told.lines, warning_lines(warnings, task), session_line(after.card, task.directory))
    return Answer(document | more, "\n".join(filter(None, lines)), told.code)


def _several(task: Task, told: Told, sessions: list[SessionDetail]) -> Answer:
    shape = shape_of(task)
    warnings = warnings_of(told, [detail.card.id for detail in sessions], task)
    document = {
        "results": told.results,
        "warnings": warnings_document(warnings, task),
        "session": None,
        "sessions": [shape.document(detail) for detail in sessions],
    }
    lines = [*told.lines, warning_lines(warnings, task)]
    lines += [session_line(detail.card, task.directory) for detail in sessions]
    return Answer(document, "\n".join(filter(None, lines)), told.code)


def withdraw_person(task: Task) -> Answer:
    """Take a person's place back; it is free at once, and goes to who comes next (K4, K5)."""
    given = task.arguments
    session_id = task.store.read(find_session, given.ref)
    person_id = task.store.read(find_person, given.number)
    settled = task.store.write(f"Withdraw from {given.ref}", withdraw, session_id, person_id).value
    after = find(task, given.ref)
    document = {"session": shape_of(task).document(after)} | settled_document(settled, session_id, task)
    lines = [session_line(after.card, task.directory), *settled_lines(settled, session_id, task)]
    return Answer(document, "\n".join(lines))


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
    days = (person.due_on, person.counts_from)
    notes = [texts.pill_text(person.group, person.status, person.expires_on, day, *days)]
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
        "due_on": person.due_on.isoformat() if person.due_on else None,
        "booked_on": list(person.booked_on),
        "busy_in": list(person.busy_in),
    }
