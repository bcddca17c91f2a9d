"""Writes the compliance matrix as a table of texts, a few hundred people at a time (D3, R6)."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, TextIO

from sqlalchemy import Connection

from trainer_desk.services.dashboard.matrix import each_row, load_courses
from trainer_desk.services.exchange.formulas import guard
from trainer_desk.services.exchange.new_file import new_file
from trainer_desk.services.rows.matrix import NEEDED, MatrixAsked, MatrixCell, MatrixCourse

FIRST = ("employee_no", "name", "department", "site", "job_role", "lacks")
"""The columns before the courses, which are called by their codes; `lacks` is how many courses somebody lacks."""

WORKBOOK = ".xlsx"
Word = Callable[[MatrixCell | None], str]


def matrix_table(db: Connection, asked: MatrixAsked, word: Word) -> tuple[Sequence[str], Iterator[list[str]]]:
    """Return the names of the columns and the rows, read while they are taken; `word` says what a cell says."""
    courses = load_courses(db, asked)
    return [*FIRST, *(course.code for course in courses)], _rows(db, asked, courses, word)


def write_matrix(
    db: Connection,
    asked: MatrixAsked,
    stream: TextIO,
    word: Word,
    *,
    separator: str = ",",
    step: Callable[[int], object] = lambda done: None,
) -> int:
    """Write the matrix as CSV to an open text stream (newline="") and return the number of people.

    `step` is told how many are written.
    """
    head, rows = matrix_table(db, asked, word)
    writer = csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(guard(cell) for cell in head)
    done = 0
    for done, row in enumerate(rows, start=1):
        writer.writerow(guard(cell) for cell in row)
        step(done)
    return done


def save_matrix(
    db: Connection,
    path: Path,
    asked: MatrixAsked,
    word: Word,
    *,
    step: Callable[[int], object] = lambda done: None,
) -> int:
    """Write the matrix to a file and return the number of people: a workbook where it ends in `.xlsx`, else CSV.

    Both are written while people are read, so their number does not matter. Raises BadValue as `new_file`.
    """
    if path.suffix.lower() == WORKBOOK:
        with new_file(path) as stream:
            return _write_workbook(db, asked, stream.buffer, word, step)
    with new_file(path, encoding="utf-8-sig") as stream:
        return write_matrix(db, asked, stream, word, step=step)


def _write_workbook(
    db: Connection, asked: MatrixAsked, stream: BinaryIO, word: Word, step: Callable[[int], object]
) -> int:
    """Write one sheet whose cells are texts, but for the number of courses that somebody lacks; headings stay."""
    from openpyxl import Workbook  # noqa: PLC0415 - costs a start a tenth of a second
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    head, rows = matrix_table(db, asked, word)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(asked.day.isoformat())
    sheet.freeze_panes = "C2"

    def text(value: str) -> object:
        cell = WriteOnlyCell(sheet, value=value)
        cell.data_type = "s"  # also of what begins like a formula
        return cell

    done, number = 0, FIRST.index("lacks")
    with ExitStack() as unfinished:
        unfinished.callback(sheet.close)  # of whoever stops, or its writer is left open
        sheet.append([text(one) for one in head])
        for done, row in enumerate(rows, start=1):
            sheet.append([int(one) if place == number else text(one) for place, one in enumerate(row)])
            step(done)
        unfinished.pop_all()
    book.save(stream)
    return done


def _rows(db: Connection, asked: MatrixAsked, courses: Sequence[MatrixCourse], word: Word) -> Iterator[list[str]]:
    for row in each_row(db, asked, courses):
        lacks = str(row.count(*NEEDED))
        cells = [word(row.cells.get(course.id)) for course in courses]
        yield [row.employee_no, row.name, row.department, row.site, row.job_role, lacks, *cells]
