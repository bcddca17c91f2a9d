"""What an import says, row by row, as CSV: refused rows stand there whole, to be mended and imported alone."""

import csv
from collections.abc import Iterator
from typing import TextIO
from zoneinfo import ZoneInfo

from trainer_desk.services.exchange.formulas import guard
from trainer_desk.services.exchange.importing.report import ImportReport, Missing, RefusedRow
from trainer_desk.services.exchange.incoming import Table
from trainer_desk.texts.errors import error_text
from trainer_desk.texts.translate import _
from trainer_desk.texts.warnings import warning_text


def write_remarks(report: ImportReport, table: Table, stream: TextIO, zone: ZoneInfo) -> int:
    """Write a line for every refused row, warning and missing person; return how many.

    The first columns say where and what; those of the file follow, and are filled for refused rows. The program
    passes over the first columns when the file comes in again.
    """
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    told = [_apart(title, table) for title in (_("In row"), _("Which"), _("What is to be known"))]
    writer.writerow([guard(cell) for cell in (*told, *table.titles)])
    lines = 0
    for line in _lines(report, table, zone):
        writer.writerow([guard(cell) for cell in line])
        lines += 1
    return lines


def _lines(report: ImportReport, table: Table, zone: ZoneInfo) -> Iterator[tuple[str, ...]]:
    blank = ("",) * len(table.titles)
    cells = _cells_of(report, table) if report.refused else iter(())
    for row, found in zip(report.refused, cells, strict=False):
        yield str(row.row), row.ref, refused_text(row, zone), *found
    for warned in report.warnings:
        said = warning_text(warned.code, warned.facts, zone)
        yield "" if warned.row is None else str(warned.row), warned.ref or "", said, *blank
    for one in report.missing:
        yield "", one.employee_no, left_text(one), *blank


def _cells_of(report: ImportReport, table: Table) -> Iterator[tuple[str, ...]]:
    """Yield the cells of the refused rows, of which each stands in the file once and in its order."""
    records = table.records()
    width = len(table.titles)
    record = next(records, None)
    for row in report.refused:
        while record is not None and record.line < row.row:
            record = next(records, None)
        is_there = record is not None and record.line == row.row
        found = record.cells if record is not None and is_there else ()
        yield *found, *("",) * (width - len(found))


def _apart(title: str, table: Table) -> str:
    while title in table.titles:
        title += "*"
    return title


def refused_text(row: RefusedRow, zone: ZoneInfo) -> str:
    """Return all reasons for which a row was refused."""
    return " ".join(error_text(error, zone) for error in (row.error, *row.also))


def left_text(one: Missing) -> str:
    """Return what it means for somebody not to be in a file of the whole staff."""
    if one.places:
        return _("{name} ({number}) is not in the file: deactivated, gives up {sessions}.").format(
            name=one.name, number=one.employee_no, sessions=", ".join(one.places)
        )
    return _("{name} ({number}) is not in the file: deactivated.").format(name=one.name, number=one.employee_no)
