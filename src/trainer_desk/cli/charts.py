"""The command that saves the numbers of a chart: by period and group, narrowed as in the window (D2)."""

from dataclasses import replace

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.arguments import WrongUsage
from trainer_desk.cli.outgoing import give_table, require_place
from trainer_desk.cli.task import Task
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.table_out import Table
from trainer_desk.services.reports.every import REPORTS, first_wish, make_report
from trainer_desk.services.reports.flat import texts_of
from trainer_desk.services.reports.naming import require_names
from trainer_desk.services.rows.reports import ReportWish, Split, Step
from trainer_desk.services.rules import times


def export_chart(task: Task) -> Answer:
    """Write the numbers of a report to a file, or to the standard output."""
    given = task.arguments
    wish = _wish(task)
    task.store.read(require_names, {"site": wish.site, "department": wish.department})
    require_place(task)
    return give_table(task, lambda db: Table(*texts_of(make_report(db, given.name, wish, now=task.now))))


def _wish(task: Task) -> ReportWish:
    """Read what is asked for; raises WrongUsage for what a report does not take, BadValue for days that are none."""
    given = task.arguments
    kind, today = REPORTS[given.name], times.local(task.now, task.zone).date()
    for option in ("site", "department", "course"):
        if getattr(given, option) is not None and option not in kind.narrows:
            raise WrongUsage(f"--{option} does not go with the report {given.name}", "")
    if not kind.is_dated and (given.first or given.last or given.step):
        raise WrongUsage(f"the report {given.name} is about today, and takes no days", "")
    split = Split(given.by) if given.by else kind.splits[0]
    if split not in kind.splits:
        raise WrongUsage(f"--by takes {', '.join(kind.splits)} for the report {given.name}", "")
    wish = first_wish(given.name, today)
    first = times.parse_day(given.first, "from") if given.first else wish.first
    last = times.parse_day(given.last, "to") if given.last else wish.last
    if last < first:
        raise BadValue(field="to", value=given.last or last.isoformat(), why="to_before_from")
    step = Step(given.step) if given.step else wish.step
    course = task.codes.of("course", given.course) if given.course else None
    return replace(
        wish, first=first, last=last, step=step, split=split,
        site=given.site, department=given.department, course_id=course,
    )  # fmt: skip
