"""Sends what a command gives out to a file, which is written whole or not at all, or to the standard output."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from sqlalchemy import Connection

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.arguments import WrongUsage
from trainer_desk.cli.output import taken
from trainer_desk.cli.task import Task
from trainer_desk.services.exchange.csv_in import read_separator
from trainer_desk.services.exchange.new_file import new_file, save_bytes
from trainer_desk.services.exchange.table_out import Shape, Table, is_workbook_name, save, write_csv


def require_place(task: Task, what: str = "data go") -> None:
    """Raise WrongUsage for `--json` without `--output`: the standard output cannot take both."""
    given = task.arguments
    if given.json and given.output is None:
        raise WrongUsage(f"--json needs --output FILE, because the {what} to the standard output", "")


def give_text(task: Task, write: Callable[[TextIO], int], *, told: str = "{rows} rows written to {path}.") -> Answer:
    """Give `write` a text stream (newline="") and answer with the number of rows that it returns.

    `--bom` puts the mark in front by which Excel knows UTF-8. Raises WrongUsage, BadValue as `new_file`, OutputLost.
    """
    given = task.arguments
    require_place(task)
    encoding = "utf-8-sig" if given.bom else "utf-8"
    if given.output is not None:
        path = Path(given.output)
        with new_file(path, encoding=encoding) as stream:
            rows = write(stream)
        return Answer({"file": str(path), "rows": rows}, told.format(rows=rows, path=path))
    sys.stdout.flush()
    stream = io.TextIOWrapper(sys.stdout.buffer, encoding=encoding, newline="", write_through=False)
    with taken():
        try:
            rows = write(stream)
            stream.flush()
        finally:
            stream.detach()  # or the standard output would be closed with it
    return Answer({"rows": rows})


def give_bytes(task: Task, content: bytes, rows: int, what: str, *, stream_of: str = "PDF goes") -> Answer:
    """Give out a file that is no text, of so many rows; `what` names them for the answer in words."""
    given = task.arguments
    require_place(task, stream_of)
    if given.output is None:
        sys.stdout.flush()
        with taken():
            sys.stdout.buffer.write(content)
        return Answer({"rows": rows})
    path = Path(given.output)
    save_bytes(None, path, content)
    return Answer({"file": str(path), "rows": rows}, f"{what} written to {path}.")


def shape_of(task: Task) -> Shape:
    """Return how a table is written, as it was asked for. Raises BadValue for a separator that is none."""
    return Shape(read_separator(task.arguments.separator) or ",", task.arguments.bom)


def give_table(task: Task, table: Callable[[Connection], Table]) -> Answer:
    """Give out a table that is read while it is written: a workbook where `--output` ends so, else CSV."""
    given, shape = task.arguments, shape_of(task)
    require_place(task)
    if is_workbook_name(given.output):
        path = Path(given.output)
        with task.store.snapshot() as db:
            rows = save(path, table(db), task.zone, shape)
        return Answer({"file": str(path), "rows": rows}, f"{rows} rows written to {path}.")

    def write(stream: TextIO) -> int:
        with task.store.snapshot() as db:
            return write_csv(stream, table(db), task.zone, shape)

    return give_text(task, write)
