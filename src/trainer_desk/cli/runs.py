"""The commands that look at runs: all of them, and one with its sessions (R1, K8)."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection

from trainer_desk import texts
from trainer_desk.cli.answer import Answer
from trainer_desk.cli.json_out import instant
from trainer_desk.cli.plain import session_line, table
from trainer_desk.cli.sessions import shape_of
from trainer_desk.cli.task import Task
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.dossiers.run_page import load_run_page
from trainer_desk.services.errors import NotFound
from trainer_desk.services.planning.runs import list_runs as read_runs
from trainer_desk.services.planning.runs import run_ids
from trainer_desk.services.rows.certificates import MissedDay
from trainer_desk.services.rows.directory import RunRow
from trainer_desk.services.rows.runs import RunDetail, RunPage, RunPerson, RunSummary
from trainer_desk.services.rows.schedule import SessionDetail


def list_runs(task: Task) -> Answer:
    """List all runs by their first day, those without one last."""
    found = task.store.read(read_runs, now=task.now)
    shape = shape_of(task)
    rows = [_row(summary, task) for summary in found]
    return Answer({"runs": [shape.run(summary) for summary in found]}, table(rows) if rows else "No runs.")


def show_run(task: Task) -> Answer:
    """Show one run with its sessions by start, undated ones last; those in the trash are left out.

    Below stand the people on it with the days on which they have a place, and the days that people missed and did not
    make up yet (A5).
    """
    page = task.store.read(_load, task.arguments.run, now=task.now)
    found, shape = page.detail, shape_of(task)
    sessions: list[dict[str, Any]] = [shape.document(detail) for detail in found.sessions]
    lines = [table([_row(found.summary, task)]), *(_day_line(detail, task) for detail in found.sessions)]
    lines += [f"  {person.employee_no}  {person.name}  {_days_of(person, found)}" for person in page.people]
    lines += [f"  {line.name} missed day {line.day}, {_made_up(line)}." for line in page.missed]
    people = [_person(person, found, task) for person in page.people]
    document = {"sessions": sessions, "missed": [_missed(line) for line in page.missed], "roster": people}
    return Answer({"runs": [shape.run(found.summary) | document]}, "\n".join(lines))


def _load(db: Connection, code: str, *, now: dt.datetime) -> RunPage:
    run_id = run_ids(db).get(code)
    if run_id is None:
        raise NotFound(kind="run", key=code)
    return load_run_page(db, run_id, now=now)


def _person(person: RunPerson, run: RunDetail, task: Task) -> dict[str, Any]:
    places = [(one.card.ref, person.places[one.card.id]) for one in run.sessions if one.card.id in person.places]
    return {
        "employee_no": person.employee_no,
        "name": person.name,
        "on_run": person.is_on_run,
        "joined_at": instant(person.joined_at, task.zone),
        "joined_by": person.joined_by,
        "days": [
            {"ref": ref, "state": place.state.value, "attendance": place.attendance.value} for ref, place in places
        ],
    }


def _days_of(person: RunPerson, run: RunDetail) -> str:
    """Return `Day 1, Day 3 (waiting)`: where somebody has a place, by the days of the run."""
    said = []
    for one in run.sessions:
        place = person.places.get(one.card.id)
        if place is not None:
            is_seated = place.state is EnrollmentState.CONFIRMED
            word = "" if is_seated else f" ({texts.enrollment_word(place.state).lower()})"
            said.append((f"Day {one.day}" if one.day else one.card.ref) + word)
    return ", ".join(said) or "no day yet"


def _missed(line: MissedDay) -> dict[str, Any]:
    return {
        "employee_no": line.employee_no,
        "name": line.name,
        "day": line.day,
        "session": line.ref,
        "booked": line.booked,
    }


def _made_up(line: MissedDay) -> str:
    return "which is not made up yet" if line.booked is None else f"to be made up in {line.booked}"


def _row(summary: RunSummary, task: Task) -> tuple[str, ...]:
    run = summary.run
    return (
        run.code,
        run.name,
        task.directory.courses[run.course_id].title,
        _days(run),
        texts.run_status_word(summary.status),
        f"{texts.seats_text(run.people_taken, run.max_people)} people",
        f"{summary.sessions} session" + ("" if summary.sessions == 1 else "s"),
        _rate(summary.fill_rate, "filled"),
        _rate(summary.attendance, "attended"),
    )


def _rate(part: float | None, word: str) -> str:
    return "" if part is None else f"{round(part * 100)}% {word}"


def _days(run: RunRow) -> str:
    days = [texts.date_text(day) for day in (run.start_date, run.end_date) if day]
    if run.start_date is None and run.end_date is not None:
        return f"to {days[0]}"
    return " – ".join(dict.fromkeys(days)) or "no date"


def _day_line(detail: SessionDetail, task: Task) -> str:
    number = f"Day {detail.day}" if detail.day else "–"
    return f"  {number}  {session_line(detail.card, task.directory)}"
