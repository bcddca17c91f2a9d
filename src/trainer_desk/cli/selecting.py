"""Reads which sessions a command is about: SELECTION of every export."""

from trainer_desk.cli.arguments import WrongUsage
from trainer_desk.cli.sessions import day_range
from trainer_desk.cli.task import Task
from trainer_desk.services.exchange.selection import Selection


def selected(task: Task) -> Selection:
    """Return the selection that was typed. Raises WrongUsage where none is, BadValue for days that are none."""
    given = task.arguments
    starts_at, ends_at = day_range(given, task)
    if not (given.session or given.run) and (starts_at is None or ends_at is None):
        raise WrongUsage("say which sessions: --session REF, --run CODE, or --from DAY --to DAY", "")
    return Selection(
        tuple(given.session), starts_at, ends_at, given.trainer, given.venue, given.course, given.person, given.run
    )
