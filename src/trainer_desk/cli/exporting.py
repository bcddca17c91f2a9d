"""The commands that write sessions and the people in them as tables: export roster, export sessions."""

from collections.abc import Sequence
from typing import TextIO

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.outgoing import give_table, give_text, shape_of
from trainer_desk.cli.selecting import selected
from trainer_desk.cli.task import Task
from trainer_desk.services.exchange.roster import DEFAULT_COLUMNS, roster_table, write_roster
from trainer_desk.services.exchange.session_list import SESSION_COLUMNS, session_table
from trainer_desk.services.exchange.table_out import is_workbook_name


def export_roster(task: Task) -> Answer:
    """Write the roster to a file, or to the standard output."""
    selection, columns, shape = selected(task), _columns(task, DEFAULT_COLUMNS), shape_of(task)
    if is_workbook_name(task.arguments.output):
        return give_table(task, lambda db: roster_table(db, selection, columns))

    def write(stream: TextIO) -> int:
        with task.store.snapshot() as db:
            return write_roster(db, selection, stream, task.zone, columns=columns, shape=shape)

    return give_text(task, write)


def export_sessions(task: Task) -> Answer:
    """Write sessions, with the columns by which they are imported."""
    selection, columns = selected(task), _columns(task, SESSION_COLUMNS)
    return give_table(task, lambda db: session_table(db, selection, columns))


def _columns(task: Task, otherwise: Sequence[str]) -> Sequence[str]:
    given = task.arguments.columns
    return otherwise if given is None else tuple(name.strip() for name in given.split(",") if name.strip())
