"""The commands that look at runs: all of them, and one with its sessions (R1, K8)."""

from typing import Any

from trainer_desk import texts
from trainer_desk.cli.answer import Answer
from trainer_desk.cli.plain import session_line, table
from trainer_desk.cli.sessions import shape_of
from trainer_desk.cli.task import Task
from trainer_desk.services.dossiers.missed_days import load_missed_days
from trainer_desk.services.planning.runs import list_runs as read_runs
from trainer_desk.services.planning.runs import load_run
from trainer_desk.services.rows.certificates import MissedDay
from trainer_desk.services.rows.directory import RunRow
from trainer_desk.services.rows.runs import RunSummary
from trainer_desk.services.rows.schedule import SessionDetail


def list_runs(task: Task) -> Answer:
    """List all runs by their first day, those without one last."""
    found = task.store.read(read_runs, now=task.now)
    shape = shape_of(task)
    rows = [_row(summary, task) for summary in found]
    return Answer({"runs": [shape.run(summary) for summary in found]}, table(rows) if rows else "No runs.")


def show_run(task: Task) -> Answer:
    """Show one run with its sessions by start, undated ones last; those in the trash are left out.

    Below stand the days that people missed and did not make up yet (A5).
    """
    found = task.store.read(load_run, task.arguments.run, now=task.now)
    shape = shape_of(task)
    sessions: list[dict[str, Any]] = [shape.document(detail) for detail in found.sessions]
    missed = task.store.read(load_missed_days, run_id=found.summary.run.id)
    lines = [table([_row(found.summary, task)]), *(_day_line(detail, task) for detail in found.sessions)]
    lines += [f"  {line.name} missed day {line.day}, {_made_up(line)}." for line in missed]
    document = {"sessions": sessions, "missed": [_missed(line) for line in missed]}
    return Answer({"runs": [shape.run(found.summary) | document]}, "\n".join(lines))


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
    )


def _days(run: RunRow) -> str:
    days = [texts.date_text(day) for day in (run.start_date, run.end_date) if day]
    if run.start_date is None and run.end_date is not None:
        return f"to {days[0]}"
    return " – ".join(dict.fromkeys(days)) or "no date"


def _day_line(detail: SessionDetail, task: Task) -> str:
    number = f"Day {detail.day}" if detail.day else "–"
    return f"  {number}  {session_line(detail.card, task.directory)}"
