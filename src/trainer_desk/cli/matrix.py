"""The command that saves the compliance matrix as of a day (D3), and its words."""

import argparse
from pathlib import Path
from typing import TextIO

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.arguments import WrongUsage
from trainer_desk.cli.outgoing import give_text, require_place
from trainer_desk.cli.task import Task
from trainer_desk.services.exchange.csv_in import read_separator
from trainer_desk.services.exchange.matrix import WORKBOOK, save_matrix, write_matrix
from trainer_desk.services.rows.matrix import MatrixAsked
from trainer_desk.services.rows.seats import PickerFilter
from trainer_desk.services.rules.times import local, parse_day
from trainer_desk.texts.matrix import cell_word


def export_matrix(task: Task) -> Answer:
    """Write people by courses to a file, or to the standard output; judged today or on `--on`."""
    given = task.arguments
    asked = _asked(task, given)
    separator = read_separator(given.separator) or ","
    require_place(task)
    path = Path(given.output or "").expanduser()
    if path.suffix.lower() == WORKBOOK:
        with task.store.snapshot() as db:
            rows = save_matrix(db, path, asked, cell_word)
        return Answer({"file": str(path), "rows": rows}, f"{rows} rows written to {path}.")

    def write(stream: TextIO) -> int:
        with task.store.snapshot() as db:
            return write_matrix(db, asked, stream, cell_word, separator=separator)

    return give_text(task, write)


def _asked(task: Task, given: argparse.Namespace) -> MatrixAsked:
    if given.first or given.last:
        raise WrongUsage("the report matrix takes one day, --on DAY", "")
    for option in ("step", "by"):
        if getattr(given, option) is not None:
            raise WrongUsage(f"--{option} does not go with the report matrix", "")
    today = local(task.now, task.zone).date()
    day = parse_day(given.on, "on") if given.on else today
    courses = (task.codes.of("course", given.course),) if given.course else ()
    lists = [(value,) if value else () for value in (given.department, given.site, given.job_role)]
    departments, sites, job_roles = lists
    return MatrixAsked(day, today, PickerFilter("", departments, sites, job_roles), courses, given.lacking)
