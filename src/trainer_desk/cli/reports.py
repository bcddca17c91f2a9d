"""The command that saves a list as CSV: runs, courses with places, sessions with places (R6)."""

import io
import sys
from pathlib import Path

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.arguments import WrongUsage
from trainer_desk.cli.output import taken
from trainer_desk.cli.sessions import day_range
from trainer_desk.cli.task import Task
from trainer_desk.services.exchange.csv_in import read_separator
from trainer_desk.services.exchange.reports import REPORTS, ReportScope, Table
from trainer_desk.services.exchange.tables import save_table, write_table


def export_report(task: Task) -> Answer:
    """Write a report to a file, or to the standard output."""
    given = task.arguments
    starts_at, ends_at = day_range(given, task)
    course_id = task.codes.of("course", given.course) if given.course else None
    separator = read_separator(given.separator) or ","
    if given.output is None and given.json:
        raise WrongUsage("--json needs --output FILE, because the data go to the standard output", "")
    found = task.store.read(REPORTS[given.name], ReportScope(starts_at, ends_at, course_id), now=task.now)
    if given.output is None:
        return _to_standard_output(found, separator, bom=given.bom)
    path = Path(given.output)
    rows = save_table(None, path, *found, separator=separator, bom=given.bom)
    return Answer({"file": str(path), "rows": rows}, f"{rows} rows written to {path}.")


def _to_standard_output(found: Table, separator: str, *, bom: bool) -> Answer:
    sys.stdout.flush()
    stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8-sig" if bom else "utf-8", newline="")
    with taken():
        try:
            rows = write_table(stream, *found, separator=separator)
            stream.flush()
        finally:
            stream.detach()  # or the standard output would be closed with it
    return Answer({"rows": rows})
