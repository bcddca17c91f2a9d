"""The columns of one kind of file, and its rows read into values before anything is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trainer_desk.services.errors import BadValue, DeskError
from trainer_desk.services.exchange.cells import Reader
from trainer_desk.services.exchange.csv_in import Record, Sheet
from trainer_desk.services.exchange.importing.report import ImportReport


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how a cell is read, what a blank cell means, and whether it may be blank at all."""

    name: str
    read: Reader
    blank: Any = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row that could be read: `values` holds the present columns only, `key` its key, parts joined by `/`."""

    line: int
    key: str
    values: dict[str, Any]

    def get(self, name: str, otherwise: Any = None) -> Any:
        """The value of a column, or `otherwise` if the file does not have it."""
        return self.values.get(name, otherwise)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a kind; `key` names those that make the key, `made_up` that a blank key is filled in later.

    A key that occurs twice is `duplicate_ref`. Where a row only says that two things belong together, a row that
    repeats an earlier one word for word is in no doubt, and counts as unchanged: the key has several parts.
    """

    columns: tuple[Column, ...]
    key: tuple[str, ...]
    made_up: bool = False


_Places = Sequence[tuple[int, Column]]
"""Where in a record the known columns stand."""


def read_rows(
    sheet: Sheet, layout: Layout, report: ImportReport, step: Callable[[int], None] | None = None
) -> list[Row]:
    """Read and check every row; what is wrong goes to the report, and what is right is returned in file order.

    `step` is called now and then with the number of rows read. Raises BadValue (columns_missing) if a key column
    is not there, and whatever `Sheet.records` raises.
    """
    places = _places(sheet, layout, report)
    wanted = [column.name for column in layout.columns]
    missing = [name for name in layout.key if name not in sheet.headers and not layout.made_up]
    if missing:
        raise BadValue(field="file", value=sheet.path.name, why="columns_missing", columns=missing, known=wanted)
    seen: dict[tuple[str, ...], int] = {}
    rows = []
    for record in sheet.records():
        report.rows += 1
        if step and report.rows % 2_000 == 0:
            step(report.rows)
        row = _read_row(record, places, layout, seen, report)
        if row:
            rows.append(row)
    return rows


def _places(sheet: Sheet, layout: Layout, report: ImportReport) -> _Places:
    known = {column.name: column for column in layout.columns}
    unknown = [name for name in sheet.headers if name and name not in known]
    if unknown:
        report.warn("columns_unknown", row=1, columns=unknown)
    if sheet.guessed:
        report.warn("encoding_guessed", encoding=sheet.encoding)
    return [(place, known[name]) for place, name in enumerate(sheet.headers) if name in known]


def _read_row(
    record: Record, places: _Places, layout: Layout, seen: dict[tuple[str, ...], int], report: ImportReport
) -> Row | None:
    if record.problem:
        report.refuse(record.line, "", record.problem)
        return None
    values: dict[str, Any] = {}
    problems: list[DeskError] = []
    cells = record.cells
    for place, column in places:
        text = cells[place]
        if text:
            try:
                values[column.name] = column.read(column.name, text)
            except DeskError as problem:
                problems.append(problem)
        elif column.required:
            problems.append(BadValue(field=column.name, value="", why="required"))
        else:
            values[column.name] = column.blank
    parts = _key(record, places, values, layout.key)
    key = "/".join(parts)
    if all(parts) and parts in seen:
        if len(parts) > 1 and seen[parts] == hash(cells):
            report.warn("repeated_row", row=record.line, ref=key)
            report.count("unchanged")
        else:
            report.refuse(record.line, key, DeskError("duplicate_ref", ref=key, why="twice_in_file"))
        return None
    seen[parts] = hash(cells)
    if problems:
        report.refuse(record.line, key, problems[0], *problems[1:])
        return None
    return Row(record.line, key, values)


def _key(record: Record, places: _Places, values: Mapping[str, Any], key: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of the row's key as they were read, or as they stand there if they could not be."""
    cells = {column.name: record.cells[place] for place, column in places if column.name in key}
    return tuple(values.get(name) or cells.get(name, "") for name in key)
