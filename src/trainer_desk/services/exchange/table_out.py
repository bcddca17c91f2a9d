"""Writes a table row by row, however long it is, as CSV or as a workbook; nothing in it runs in a spreadsheet (X1)."""

import csv
import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO
from zoneinfo import ZoneInfo

from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.formulas import guard
from trainer_desk.services.exchange.new_file import new_file
from trainer_desk.services.exchange.steps import Step, portions, unheard
from trainer_desk.services.rules import times

WORKBOOK = ".xlsx"
TEXTS = ("", ".csv", ".tsv", ".txt")
"""The endings of tables as text."""
ROWS_OF_A_SHEET = 1_048_576
"""More has no place in one sheet of a workbook; the rest stands in the next."""
LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds."""

Value = str | int | float | dt.date | dt.datetime | None
"""What stands in a cell; a datetime is an instant (aware) and is written as wall clock."""

_UNWRITABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML does not know."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is written; `local_dates` is `24/11/2026 13:30` instead of `2026-11-24T13:30`, in CSV alone."""

    separator: str = ","
    bom: bool = False
    local_dates: bool = False


PLAIN = Shape()
"""As other programs read it."""


@dataclass(frozen=True, slots=True)
class Table:
    """The names of the columns, and the rows, which are read while they are taken."""

    head: Sequence[str]
    rows: Iterable[Sequence[Value]]


def is_workbook_name(path: Path | str | None) -> bool:
    """Whether a file of this name is written as a workbook, else as CSV; also what is no file, like a pipe.

    Raises BadValue with why table_ending for the ending of something else: a table in a file called `.xls` or `.pdf`
    could not be opened. A name without an ending is CSV.
    """
    ending = "" if path is None else Path(path).suffix.lower()
    if path is None or ending in TEXTS or (os.path.exists(path) and not os.path.isfile(path)):
        return False
    if ending != WORKBOOK:
        raise BadValue(field="file", value=str(path), why="table_ending", choices=(WORKBOOK, *filter(None, TEXTS)))
    return True


def save(path: Path, table: Table, zone: ZoneInfo, shape: Shape, step: Step = unheard) -> int:
    """Write a table to a file and return the number of rows: a workbook where its name ends so, else CSV.

    Raises BadValue as `is_workbook_name` and `new_file`; what `step` raises ends it, with nothing left behind.
    """
    if is_workbook_name(path):
        with new_file(path) as stream:
            return write_workbook(stream.buffer, table, zone, step)
    with new_file(path, encoding="utf-8-sig" if shape.bom else "utf-8") as stream:
        return write_csv(stream, table, zone, shape, step)


def write_csv(stream: TextIO, table: Table, zone: ZoneInfo, shape: Shape, step: Step = unheard) -> int:
    """Write a table to an open text stream (newline="") and return the number of rows."""
    writer = csv.writer(stream, delimiter=shape.separator, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow([guard(name) for name in table.head])
    text, done = text_of(zone, shape), 0
    for rows in portions(table.rows):
        writer.writerows([[text(value) for value in row] for row in rows])
        done += len(rows)
        step(done)
    return done


def text_of(zone: ZoneInfo, shape: Shape) -> Callable[[Value], str]:
    """Return what writes a value as a cell of CSV; many rows share a start, so instants are remembered."""
    known: dict[Any, str] = {}

    def write(value: Value) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return guard(value)
        if isinstance(value, dt.date):
            if value not in known:
                known[value] = moment_text(value, zone, shape)
            return known[value]
        return str(value)

    return write


def write_workbook(stream: BinaryIO, table: Table, zone: ZoneInfo, step: Step = unheard) -> int:
    """Write a table to a stream of bytes as a workbook: days, times and numbers as such, text never as a formula.

    Times are wall clock of `zone`. The headings stay in sight. Returns the number of rows.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - costs a start a tenth of a second

    book, cell, done = Workbook(write_only=True), _cells(zone), 0
    sheet, left = _new_sheet(book, table.head, cell), ROWS_OF_A_SHEET - 1
    try:
        for some in portions(table.rows):
            for row in some:
                if not left:
                    sheet, left = _new_sheet(book, table.head, cell), ROWS_OF_A_SHEET - 1
                sheet.append([cell(sheet, value) for value in row])
                left -= 1
            done += len(some)
            step(done)
    except BaseException:
        for each in book.worksheets:
            each.close()
        raise
    book.save(stream)
    return done


def _new_sheet(book: Any, head: Sequence[str], cell: Callable[[Any, Value], Any]) -> Any:
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([cell(sheet, name) for name in head])
    return sheet


def _cells(zone: ZoneInfo) -> Callable[[Any, Value], Any]:
    """Return what makes of a value what the library takes for a cell; instants are remembered.

    A time that the clocks show twice is a text with its offset: a workbook knows no zones.
    """
    known: dict[Any, Any] = {}

    def make(sheet: Any, value: Value) -> Any:
        if isinstance(value, str):
            return _text_cell(sheet, value)
        if not isinstance(value, dt.datetime):
            return value
        if value not in known:
            iso = times.wall_text(value, zone)
            known[value] = iso if len(iso) > len("2026-11-24T13:30:00") else dt.datetime.fromisoformat(iso)
        return known[value]

    return make


def _text_cell(sheet: Any, value: str) -> Any:
    """Return a text as a cell; the library takes what begins with = or # for more than that."""
    text = _UNWRITABLE.sub("", value)[:LONGEST_CELL]
    if text[:1] not in ("=", "#"):
        return text
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def moment_text(value: dt.date, zone: ZoneInfo, shape: Shape) -> str:
    """Return a day, or an instant as wall clock of `zone`, as this shape writes it."""
    if not isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}" if shape.local_dates else value.isoformat()
    iso = times.wall_text(value, zone)
    if not shape.local_dates:
        return iso
    return f"{times.local(value, zone):%d/%m/%Y %H:%M}" + iso[16:]
