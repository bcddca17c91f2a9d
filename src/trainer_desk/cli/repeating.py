"""The commands that repeat a run from another day on, and a session by a rule (R2, R3)."""

import datetime as dt
import re
from typing import Any

from trainer_desk import texts
from trainer_desk.cli.answer import Answer
from trainer_desk.cli.json_out import findings_document
from trainer_desk.cli.plain import finding_lines, session_line
from trainer_desk.cli.sessions import find, shape_of
from trainer_desk.cli.task import Task
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import NotFound
from trainer_desk.services.exchange.session_fields import load_codes
from trainer_desk.services.orchestration.repeating import Told, clone_run, make_series
from trainer_desk.services.orchestration.repeating import repeat as carry_out
from trainer_desk.services.planning.runs import list_runs, run_ids
from trainer_desk.services.rows.previews import Fate, PreviewLine
from trainer_desk.services.rows.repeating import CloneWish, ClosedDays, SeriesWish
from trainer_desk.services.rules.times import local, parse_day


def clone(task: Task) -> Answer:
    """Make a run again from another first day on; what would clash stays a draft and is told (R2)."""
    given = task.arguments
    run_id = task.store.read(run_ids).get(given.run)
    if run_id is None:
        raise NotFound(kind="run", key=given.run)
    wish = CloneWish(
        parse_day(given.start, "start"),
        run_id=run_id,
        code=given.code,
        name=given.name,
        publish=given.publish,
        closed=ClosedDays(given.closed),
    )
    told = carry_out(task.store, f"Repeat the run {given.run}", clone_run, wish, dry_run=given.dry_run).value
    document, lines = _told(task, told)
    return Answer({"run": _run(task, told)} | document, "\n".join([f"Run {told.run.code if told.run else ''}", *lines]))


def repeat(task: Task) -> Answer:
    """Make a session the first of a series; days left out are told with their reason (R3)."""
    given = task.arguments
    detail = find(task, given.ref)
    days = [word for word in re.split(r"[,|;\s]+", given.excepted) if word]
    wish = SeriesWish(
        detail.card.id,
        given.rule,
        frozenset(parse_day(day, "except") for day in days),
        publish=given.publish,
        closed=ClosedDays(given.closed),
    )
    told = carry_out(task.store, f"Repeat {given.ref}", make_series, wish, dry_run=given.dry_run).value
    document, lines = _told(task, told)
    series = {"id": None if given.dry_run else told.repeated.series_id, "rule": told.repeated.rule, "first": given.ref}
    return Answer({"series": series} | document, "\n".join(lines) or "Every day was left out.")


def _told(task: Task, told: Told) -> tuple[dict[str, Any], list[str]]:
    """Return the sessions with their findings, and the days that were left out, as a document and in lines."""
    is_rehearsal = bool(task.arguments.dry_run)
    if not is_rehearsal:
        task.codes, task.directory = task.store.read(load_codes), task.store.read(load_directory)
    shape, made = shape_of(task), {detail.card.id: detail for detail in told.sessions}
    documents, skipped, lines = [], [], []
    for line in told.repeated.lines:
        if line.fate is Fate.SKIPPED:
            day = _day_of(line, task)
            skipped.append({"day": day.isoformat() if day else None, "reason": line.note or None})
            lines.append(f"{day and texts.date_text(day)}  left out{f': {line.note}' if line.note else ''}")
            continue
        detail = made[told.repeated.session_ids[line.key]]
        document = shape.document(detail, run=told.run)
        unsaved = {"id": None, "ref": None, "version": None} if is_rehearsal else {}
        ref = None if is_rehearsal else detail.card.ref
        documents.append(document | unsaved | {"findings": findings_document(line.findings, task.zone, ref)})
        lines.append(session_line(detail.card, task.directory))
        lines += [said for said in [finding_lines(line.findings, task.zone)] if said]
    return {"sessions": documents, "skipped": skipped, "dry_run": is_rehearsal}, lines


def _day_of(line: PreviewLine, task: Task) -> dt.date | None:
    return line.card.starts_at and local(line.card.starts_at, task.zone).date()


def _run(task: Task, told: Told) -> dict[str, Any] | None:
    """Return the run that was made; of a rehearsal what it would have been, without an id."""
    if told.run is None:
        return None
    if not task.arguments.dry_run:
        [summary] = [one for one in task.store.read(list_runs, now=task.now) if one.run.id == told.run.id]
        return shape_of(task).run(summary)
    run, shape = told.run, shape_of(task)
    return {
        "id": None,
        "code": run.code,
        "course": shape.code("course", run.course_id),
        "name": run.name,
        "start_date": run.start_date and run.start_date.isoformat(),
        "end_date": run.end_date and run.end_date.isoformat(),
        "max_people": run.max_people,
        "session_count": len(told.sessions),
    }
