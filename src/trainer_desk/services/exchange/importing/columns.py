"""The columns of one kind of file, and its rows read into values before anything is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trainer_desk.services.errors import BadValue, DeskError
from trainer_desk.services.exchange.cells import Reader
from trainer_desk.services.exchange.importing.kept import ROWS_IN_MEMORY, Kept, SeenKeys
from trainer_desk.services.exchange.importing.report import ImportReport
from trainer_desk.services.exchange.incoming import Record, Table


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how a cell is read, what a blank cell means, and whether it may be blank at all."""

    name: str
    read: Reader
    blank: Any = None
    required: bool = False


@dataclass(slots=True)
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

    A part of a key whose column need not be filled may be blank or left out: that, too, tells rows apart.
    A key that occurs twice is `duplicate_ref`. Where a row only says that two things belong together, a row that
    repeats an earlier one word for word is in no doubt, and counts as unchanged: the key has several parts.
    """

    columns: tuple[Column, ...]
    key: tuple[str, ...]
    made_up: bool = False

    @property
    def needed(self) -> tuple[bool, ...]:
        """Of each part of the key, whether a row without it has no key."""
        required = {column.name: column.required or self.made_up for column in self.columns}
        return tuple(required[name] for name in self.key)


_UNREAD = object()
_REMEMBERED = 5_000
"""How many different texts of a column are remembered with their values: most columns hold few, often repeated."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column stands in the rows of this file, and what its texts mean as far as they were read already."""

    at: int
    name: str
    column: Column
    known: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The rows of a file that can be taken, all keys that stand in it, and how many rows have none that can be read."""

    rows: Kept[Row]
    keys: SeenKeys
    nameless: int


def read_rows(
    table: Table, layout: Layout, report: ImportReport, step: Callable[[int], None] | None = None
) -> ReadRows:
    """Read and check every row; what is wrong goes to the report, and what is right is returned in file order.

    `step` is called now and then with the number of rows read. Raises BadValue (columns_missing) if a key column
    is not there, and whatever `Table.records` raises.
    """
    places = _places(table, layout, report)
    needed = [name for name, is_needed in zip(layout.key, layout.needed, strict=True) if is_needed]
    missing = [name for name in needed if name not in table.headers and not layout.made_up]
    if missing:
        wanted = [column.name for column in layout.columns]
        raise BadValue(field="file", value=table.path.name, why="columns_missing", columns=missing, known=wanted)
    stand = {place.name: place.at for place in places}
    key = [(name, stand.get(name)) for name in layout.key]
    seen = SeenKeys()
    rows: Kept[Row] = Kept(ROWS_IN_MEMORY)
    nameless = 0
    for record in table.records():
        report.rows += 1
        if step and report.rows % 2_000 == 0:
            step(report.rows)
        if record.problem:
            report.refuse(record.line, "", record.problem)
            nameless += 1
            continue
        values, problems = _read_cells(record.cells, places)
        parts = tuple([values.get(name) or (record.cells[at] if at is not None else "") for name, at in key])
        shown = _as_written(parts, record.cells, key)
        shown = shown if all(shown) else _shown(shown, layout)
        row = Row(record.line, "/".join(map(str, shown)), values)
        nameless += not all(shown)
        if all(shown) and _is_repeated(row, parts, record, seen, report):
            continue
        if problems:
            report.refuse(row.line, row.key, *problems)
        else:
            rows.append(row)
    return ReadRows(rows, seen, nameless)


def _shown(parts: tuple[str, ...], layout: Layout) -> tuple[str, ...]:
    """Return the parts of a key without those that are blank and may be."""
    return tuple(part for part, is_needed in zip(parts, layout.needed, strict=True) if part or is_needed)


def _as_written(
    parts: tuple[Any, ...], cells: tuple[str, ...], key: Sequence[tuple[str, int | None]]
) -> tuple[Any, ...]:
    """Return the parts of a key with moments as they stand in the file, where they are wall clock."""
    if datetime not in map(type, parts):
        return parts
    stood = [(part, at) for part, (_name, at) in zip(parts, key, strict=True)]
    return tuple([cells[at] if at is not None and isinstance(part, datetime) else part for part, at in stood])


def _places(table: Table, layout: Layout, report: ImportReport) -> list[_Place]:
    known = {column.name: column for column in layout.columns}
    unknown = [name for name in table.headers if name and name not in known]
    if unknown:
        report.warn("columns_unknown", row=1, columns=unknown)
    if table.guessed:
        report.warn("encoding_guessed", encoding=table.encoding)
    return [
        _Place(at, name, known[name], {} if known[name].required else {"": known[name].blank})
        for at, name in enumerate(table.headers)
        if name in known
    ]


def _read_cells(cells: tuple[str, ...], places: Sequence[_Place]) -> tuple[dict[str, Any], list[DeskError]]:
    """Return the values of a row's cells, and what is wrong with those that have none."""
    values: dict[str, Any] = {}
    problems: list[DeskError] = []
    for place in places:
        text = cells[place.at]
        value = place.known.get(text, _UNREAD)
        if value is _UNREAD:
            try:
                value = _read_cell(place, text)
            except DeskError as problem:
                problems.append(problem)
                continue
        values[place.name] = value
    return values, problems


def _read_cell(place: _Place, text: str) -> Any:
    if not text:
        raise BadValue(field=place.name, value="", why="required")
    value = place.column.read(place.name, text)
    if len(place.known) < _REMEMBERED:
        place.known[text] = value
    return value


def _is_repeated(row: Row, parts: tuple[str, ...], record: Record, seen: SeenKeys, report: ImportReport) -> bool:
    """Whether the row's key stood in an earlier row, which is told; one that is not whole is made up or refused."""
    alike = hash(record.cells) if len(parts) > 1 else 0
    before = seen.add(parts, alike)
    if before is None:
        return False
    if len(parts) > 1 and before == alike:
        report.warn("repeated_row", row=row.line, ref=row.key)
        report.count("unchanged")
    else:
        report.refuse(row.line, row.key, DeskError("duplicate_ref", ref=row.key, why="twice_in_file"))
    return True
