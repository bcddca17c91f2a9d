"""Imports runs: sessions that belong together, with their limit of people (R1, K8)."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.errors import DatabaseTrouble, DeskError, Refused
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.courses import COURSES
from trainer_desk.services.exchange.importing.job import Job, complete, ids_of, refer, unlimited_zeros
from trainer_desk.services.planning.run_editing import create_run, edit_run, lock_runs
from trainer_desk.services.planning.runs import run_ids, sessions_in
from trainer_desk.services.seats.settling import settle_sessions

LAYOUT = Layout(
    (
        Column("code", cells.code, required=True),
        Column("course", cells.code, required=True),
        Column("name", cells.name),
        Column("start_date", cells.day),
        Column("end_date", cells.day),
        Column("max_people", cells.whole(0)),
        Column("members_only", cells.flag, False),
        Column("one_course", cells.flag, False),
    ),
    key=("code",),
)
PROGRESS_EVERY = 50


def write(db: DbSession, rows: Sequence[Row], job: Job) -> None:
    """Add or change runs; a run without a name is called by its code, and one that was undone comes back.

    Where a limit rose, the queues of the run's sessions are settled: somebody may have waited for it alone (K8).
    """
    known = run_ids(db)
    lock_runs(db, {known[row.key] for row in rows if row.key in known})
    courses = ids_of(db, COURSES.c.code, COURSES.c.id)
    risen: set[int] = set()
    for done, row in enumerate(rows, start=1):
        unlimited_zeros(row, ("max_people",), job)
        if not ((row.key in known or complete(row, job)) and refer(row, "course", "course", courses, job)):
            continue
        fields, run_id = _fields(row, courses), known.get(row.key)
        try:
            if run_id is None:
                create_run(db, row.key, fields, actor=job.actor, now=job.now)
                job.report.count("added")
            elif _edit(db, run_id, fields, job):
                risen.add(run_id)
        except DatabaseTrouble:
            raise
        except DeskError as error:  # before anything of the row was written
            job.refuse(row, error)
        if done % PROGRESS_EVERY == 0:
            job.step(done)
    _settle(db, risen, job)


def _edit(db: DbSession, run_id: int, fields: Mapping[str, Any], job: Job) -> bool:
    """Change one run and count it; return whether its limit rose. Offers that ended cost no place in the run."""
    edit = partial(edit_run, db, run_id, fields, actor=job.actor, now=job.now)
    try:
        saved = edit()
    except Refused:
        _settle(db, {run_id}, job)
        saved = edit()
    job.report.count("updated" if saved.is_changed else "unchanged")
    return saved.has_risen


def _settle(db: DbSession, ids: Collection[int], job: Job) -> None:
    """Sweep what ended in the sessions of runs, and seat whoever comes next there (K5, K8)."""
    sessions = sessions_in(db, ids)
    if sessions:
        settle_sessions(db, sessions, actor=job.actor, now=job.now)


def _fields(row: Row, courses: Mapping[str, int]) -> dict[str, Any]:
    fields = {name: value for name, value in row.values.items() if name not in ("code", "course")}
    if "course" in row.values:
        fields["course_id"] = courses[row.values["course"]]
    if "name" in fields:
        fields["name"] = fields["name"] or row.key
    return fields
