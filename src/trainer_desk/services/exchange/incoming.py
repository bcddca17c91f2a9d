"""What a table that comes in has, whether it is a CSV file or a sheet of a workbook: headings, and rows of text."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from trainer_desk.services.errors import BadValue, DeskError

LONGEST_CELL = 10_000
"""Characters in one cell."""


@dataclass(slots=True)
class Record:
    """One row of the file; `problem` is set for one that cannot be read.

    `line` counts the lines of the file, the header is 1; in a workbook it is the number that the sheet shows.
    """

    line: int
    cells: tuple[str, ...]
    problem: DeskError | None = None


class Table(Protocol):
    """A file whose headings have been read: `headers` are normalised (a nameless column is ""), `titles` as written.

    `guessed` says that the `encoding` is only a guess.
    """

    @property
    def path(self) -> Path: ...
    @property
    def headers(self) -> tuple[str, ...]: ...
    @property
    def titles(self) -> tuple[str, ...]: ...
    @property
    def encoding(self) -> str: ...
    @property
    def guessed(self) -> bool: ...
    def records(self) -> Iterator[Record]: ...


def headers_of(path: Path, titles: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of columns as the program compares them. Raises BadValue file_empty or columns_doubled."""
    names = tuple(cell.casefold().replace(" ", "_").replace("-", "_") for cell in titles)
    if not any(names):
        raise trouble(path, "file_empty")
    require_distinct(path, names)
    return names


def require_distinct(path: Path, names: tuple[str, ...]) -> None:
    """Raise BadValue columns_doubled if two columns have the same name; any number may have none."""
    named = [name for name in names if name]
    doubled = sorted({name for name in named if named.count(name) > 1})
    if doubled:
        raise trouble(path, "columns_doubled", columns=doubled)


def ragged(line: int, wanted: int, found: int) -> BadValue:
    """Return what is wrong with a row that has another number of cells than the headings."""
    return BadValue(field="row", value=str(line), why="ragged_row", expected=wanted, found=found)


def unreadable(path: Path, error: OSError) -> BadValue:
    """Return what is wrong with a file that cannot be opened."""
    missing = isinstance(error, FileNotFoundError)
    return trouble(path, "file_missing" if missing else "file_unreadable", detail=error.strerror or str(error))


def trouble(path: Path, why: str, **facts: Any) -> BadValue:
    """Return what is wrong with a file, by a reason of `texts.reasons`."""
    return BadValue(field="file", value=path.name, why=why, **facts)
