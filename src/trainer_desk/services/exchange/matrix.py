"""The compliance matrix as a table for files, read a few hundred people at a time while it is written (D3, R6)."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection

from trainer_desk.services.dashboard.matrix import each_row, load_courses
from trainer_desk.services.directory import load_settings
from trainer_desk.services.exchange.steps import Step, unheard
from trainer_desk.services.exchange.table_out import Shape, Table, Value, save
from trainer_desk.services.rows.matrix import NEEDED, MatrixAsked, MatrixCell, MatrixCourse

FIRST = ("employee_no", "name", "department", "site", "job_role", "lacks")
"""The columns before the courses, which are called by their codes; `lacks` is how many courses somebody lacks."""

Word = Callable[[MatrixCell | None], str]


def matrix_table(db: Connection, asked: MatrixAsked, word: Word) -> Table:
    """Return the matrix as a table whose rows are read while they are taken; `word` says what a cell says."""
    courses = load_courses(db, asked)
    return Table([*FIRST, *(course.code for course in courses)], _rows(db, asked, courses, word))


def save_matrix(db: Connection, path: Path, asked: MatrixAsked, word: Word, *, step: Step = unheard) -> int:
    """Write the matrix to a file and return the number of people: a workbook where it ends in `.xlsx`, else CSV.

    Raises BadValue as `new_file`; what `step` raises ends it, with nothing left behind.
    """
    return save(path, matrix_table(db, asked, word), load_settings(db).zone, Shape(bom=True), step)


def _rows(db: Connection, asked: MatrixAsked, courses: Sequence[MatrixCourse], word: Word) -> Iterator[list[Value]]:
    for row in each_row(db, asked, courses):
        cells = [word(row.cells.get(course.id)) for course in courses]
        yield [row.employee_no, row.name, row.department, row.site, row.job_role, row.count(*NEEDED), *cells]
