"""The command that saves the compliance matrix as of a day (D3), and its words."""

import argparse

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.arguments import WrongUsage
from trainer_desk.cli.outgoing import give_table, require_place
from trainer_desk.cli.task import Task
from trainer_desk.services.exchange.matrix import matrix_table
from trainer_desk.services.reports.naming import require_names
from trainer_desk.services.rows.matrix import MatrixAsked
from trainer_desk.services.rows.seats import PickerFilter
from trainer_desk.services.rules.times import local, parse_day
from trainer_desk.texts.matrix import cell_word


def export_matrix(task: Task) -> Answer:
    """Write people by courses to a file, or to the standard output; judged today or on `--on`."""
    given = task.arguments
    asked = _asked(task, given)
    narrowed = {field: getattr(given, field) for field in ("site", "department", "job_role")}
    task.store.read(require_names, narrowed)
    require_place(task)
    return give_table(task, lambda db: matrix_table(db, asked, cell_word))


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
