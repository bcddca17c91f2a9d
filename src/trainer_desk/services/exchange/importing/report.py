"""What an import has to say: counts, refused rows with their reasons, and warnings."""

import os
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from trainer_desk.services.errors import BadValue, DeskError
from trainer_desk.services.exchange.importing.kept import REMARKS_IN_MEMORY, Kept, in_order
from trainer_desk.services.exchange.table_out import is_workbook_name


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was left out. `row` counts the lines of the file (the header is 1), `ref` is the row's key.

    `error` is the first reason, `also` are further ones of the same row.
    """

    row: int
    ref: str
    error: DeskError
    also: tuple[DeskError, ...] = ()


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that was taken but should be known; `row` is None when it concerns the file.

    `code` is one of texts.warnings or of a finding.
    """

    code: str
    facts: dict[str, Any]
    row: int | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody in use whom a file of the whole staff does not have, with the refs of the sessions given up."""

    employee_no: str
    name: str
    places: tuple[str, ...] = ()


_KEPT = partial(Kept, REMARKS_IN_MEMORY)


@dataclass(slots=True)
class ImportReport:
    """The answer of an import; `rows` counts the rows of the file without the header and blank lines.

    `missing` are the people who are not in a file of the whole staff (number and name), `agreement` stands for just
    these people. `written` is False after a dry run, and after a refused row when all or nothing was asked for.
    """

    kind: str
    rows: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: Kept[RefusedRow] = field(default_factory=_KEPT)
    warnings: Kept[Warned] = field(default_factory=_KEPT)
    missing: Kept[Missing] = field(default_factory=_KEPT)
    agreement: str = ""
    written: bool = True

    def refuse(self, row: int, ref: str, error: DeskError, *also: DeskError) -> None:
        """Note that a row was left out."""
        self.refused.append(RefusedRow(row, ref, error, also))

    def warn(self, code: str, *, row: int | None = None, ref: str | None = None, **facts: Any) -> None:
        """Note something that was taken but should be known."""
        self.warnings.append(Warned(code, facts, row, ref))

    def count(self, verdict: str) -> None:
        """Count one row as added, updated or unchanged."""
        setattr(self, verdict, getattr(self, verdict) + 1)

    def put_in_order(self) -> None:
        """Let the refused rows stand by their place in the file."""
        self.refused = in_order(self.refused, attrgetter("row"))


def require_report_place(place: Path, file: Path, named: str) -> None:
    """Raise BadValue where no report can go, told by a name: it is a text, and not the file that comes in."""
    if os.path.realpath(place) == os.path.realpath(file):
        raise BadValue(field="report", value=named, why="report_is_the_file")
    if is_workbook_name(place):
        raise BadValue(field="report", value=named, why="report_is_text")
