"""The command that saves a list as CSV: runs, courses with places, sessions with places (R6), all changes (U4)."""

import datetime as dt

from sqlalchemy import Connection

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.arguments import WrongUsage
from trainer_desk.cli.charts import export_chart
from trainer_desk.cli.matrix import export_matrix
from trainer_desk.cli.outgoing import give_table, require_place
from trainer_desk.cli.report_arguments import CHARTS, FOR_PLANNERS, MATRIX
from trainer_desk.cli.sessions import day_range
from trainer_desk.cli.task import Task
from trainer_desk.services.directory import load_settings
from trainer_desk.services.exchange.audit import each_line
from trainer_desk.services.exchange.reports import REPORTS, ReportScope, Table
from trainer_desk.services.exchange.table_out import Table as Listed
from trainer_desk.services.journal.audit import AuditFilter
from trainer_desk.services.rights import PLANNERS
from trainer_desk.texts.audit import heads, saved_row

AUDIT = "audit"
"""The report of all changes, which is the journal's and knows no courses."""


def export_report(task: Task) -> Answer:
    """Write a report to a file, or to the standard output."""
    given = task.arguments
    if given.name in FOR_PLANNERS:
        task.store.require("exchange.reports", allowed=PLANNERS)
    if given.name == MATRIX:
        return export_matrix(task)
    for option in ("on", "job_role", "lacking"):
        if getattr(given, option):
            raise WrongUsage(f"--{option.replace('_', '-')} does not go with the report {given.name}", "")
    if given.name in CHARTS:
        return export_chart(task)
    for option in ("site", "department", "step", "by"):
        if getattr(given, option) is not None:
            raise WrongUsage(f"--{option} does not go with the report {given.name}", "")
    starts_at, ends_at = day_range(given, task)
    if given.name == AUDIT and given.course:
        raise WrongUsage("--course does not go with the report of all changes", "")
    course_id = task.codes.of("course", given.course) if given.course else None
    require_place(task)
    scope = ReportScope(starts_at, ends_at, course_id)
    make = audit_table if given.name == AUDIT else REPORTS[given.name]
    return give_table(task, lambda db: Listed(*make(db, scope, now=task.now)))


def audit_table(db: Connection, scope: ReportScope, *, now: dt.datetime) -> Table:
    """Return every change of the days that were asked for, newest first, as the window saves it."""
    zone = load_settings(db).zone
    wanted = AuditFilter(since=scope.starts_at, until=scope.ends_at)
    return heads(), [saved_row(line, zone) for line in each_line(db, wanted)]
