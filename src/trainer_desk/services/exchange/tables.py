"""Writes a list as it is shown as CSV: whole or not at all, and nothing in it runs in a spreadsheet (R6)."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from trainer_desk.services.exchange.formulas import guard
from trainer_desk.services.exchange.new_file import new_file


def save_table(
    _db: object,
    path: Path,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    separator: str = ",",
    bom: bool = True,
) -> int:
    """Write a list to a file and return the number of rows; with `bom` Excel knows it for UTF-8.

    The database has no part in it. Raises BadValue as `new_file`.
    """
    with new_file(path, encoding="utf-8-sig" if bom else "utf-8") as stream:
        return write_table(stream, head, rows, separator)


def write_table(stream: TextIO, head: Sequence[str], rows: Sequence[Sequence[str]], separator: str = ",") -> int:
    """Write a list to an open text stream (newline="") and return the number of rows."""
    writer = csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([[guard(str(cell)) for cell in row] for row in rows])
    return len(rows)
