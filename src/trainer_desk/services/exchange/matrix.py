"""Writes the compliance matrix as a table of texts, a few hundred people at a time (D3, R6)."""

import csv
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

from sqlalchemy import Connection

from trainer_desk.services.dashboard.matrix import each_row, load_courses
from trainer_desk.services.exchange.formulas import guard
from trainer_desk.services.rows.matrix import NEEDED, MatrixAsked, MatrixCell, MatrixCourse

FIRST = ("employee_no", "name", "department", "site", "job_role", "lacks")
"""The columns before the courses, which are called by their codes; `lacks` is how many courses somebody lacks."""

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


def _rows(db: Connection, asked: MatrixAsked, courses: Sequence[MatrixCourse], word: Word) -> Iterator[list[str]]:
    for row in each_row(db, asked, courses):
        lacks = str(row.count(*NEEDED))
        cells = [word(row.cells.get(course.id)) for course in courses]
        yield [row.employee_no, row.name, row.department, row.site, row.job_role, lacks, *cells]
