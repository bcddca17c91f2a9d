"""Reads a CSV file of any usual shape, row by row, and says in words what is wrong with a file that it cannot read."""

import codecs
import csv
import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TextIO

from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.formulas import unguard
from trainer_desk.services.exchange.incoming import LONGEST_CELL, Record, headers_of, ragged, trouble, unreadable

SEPARATORS = {",": ",", ";": ";", "\t": "\t", "tab": "\t", "comma": ",", "semicolon": ";", "\\t": "\t"}
"""What may be typed for a separator, and the character that it stands for."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file whose header has been read; `records()` streams the rest.

    `headers` are the normalised column names (a nameless column is ""), `titles` the same as they are written,
    `encoding` is the one that was found, and `guessed` says that the file was not UTF-8 and has been read as Windows
    text (cp1252).
    """

    path: Path
    headers: tuple[str, ...]
    titles: tuple[str, ...]
    separator: str
    encoding: str
    guessed: bool = False
    skipped_lines: int = field(default=0, repr=False)

    def records(self) -> Iterator[Record]:
        """Yield every row that is not blank. Raises BadValue at a place where the file cannot be read on."""
        with _open(self.path, self.encoding) as stream:
            for _ in range(self.skipped_lines):
                stream.readline()
            rows = _numbered(stream, self.path, self.separator)
            next(rows)  # the header, read before
            wanted = len(self.headers)
            for line, cells in rows:
                problem = None if len(cells) == wanted else ragged(line, wanted, len(cells))
                yield Record(line, cells, problem)


def read_sheet(path: Path, separator: str | None = None) -> Sheet:
    """Look at a file's encoding, separator and header.

    `separator` overrules what the first line suggests. Raises BadValue with one of the reasons file_missing,
    file_unreadable, file_read_once, file_empty, file_binary, file_encoding, separator, columns_doubled, or those of
    `records()`.
    """
    wanted = read_separator(separator) if separator else None
    if os.path.exists(path) and not (os.path.isfile(path) or os.path.isdir(path)):
        raise trouble(path, "file_read_once")  # a pipe; a file is looked at several times
    encoding, guessed = _encoding_of(path)
    first = _first_line(path, encoding)
    announced = first.casefold().startswith("sep=")
    skipped = 1 if announced else 0
    found = wanted or (read_separator(first[4:]) if announced else _likeliest_separator(first))
    titles = _titles(path, encoding, found, skipped)
    return Sheet(path, headers_of(path, titles), titles, found, encoding, guessed, skipped)


def _titles(path: Path, encoding: str, separator: str, skipped: int) -> tuple[str, ...]:
    with _open(path, encoding) as stream:
        for _ in range(skipped):
            stream.readline()
        _, cells = next(_numbered(stream, path, separator), (0, ()))
    return cells


def _numbered(stream: TextIO, path: Path, separator: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (line on which the row begins, its cells without blanks around them), leaving out blank rows."""
    csv.field_size_limit(
        LONGEST_CELL
    )  # a longer one is a quote left open; the module keeps this per process; we never want another
    reader = csv.reader(stream, delimiter=separator, strict=True)
    header_at = 0
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise trouble(path, _reason(error), line=line - (header_at or line) + 1) from None
        except UnicodeError:
            raise trouble(path, "file_encoding", line=line) from None
        bare = tuple(map(str.strip, cells))
        if any(bare):
            header_at = header_at or line
            yield line - header_at + 1, _unguarded(bare) if "'" in "".join(bare) else bare


def _reason(error: csv.Error) -> str:
    text = str(error)
    if "limit" in text:
        return "cell_too_long"
    return "quote_not_closed" if "end of data" in text else "quote_misplaced"


def _encoding_of(path: Path) -> tuple[str, bool]:
    """Return the encoding, and whether it is only a guess (strict UTF-8 failed, so Windows text is assumed)."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    with _bytes(path) as stream:
        for number in itertools.count():
            chunk = stream.read(_CHUNK)
            marked = None if number else next((name for mark, name in _MARKS if chunk.startswith(mark)), None)
            if marked and marked != "utf-8-sig":
                return marked, False
            if b"\0" in chunk:
                raise trouble(path, "file_binary")
            is_utf8 = is_utf8 and _decodes(decoder, chunk)
            if not chunk:
                break
    return ("utf-8-sig", False) if is_utf8 else ("cp1252", True)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError:
        return False
    return True


def _unguarded(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([unguard(cell).strip() for cell in cells])


def read_separator(typed: str) -> str:
    """Return the character that a typed separator stands for (`;`, `tab` …). Raises BadValue."""
    found = SEPARATORS.get(typed.strip(" \r\n").casefold())
    if found is None:
        raise BadValue(field="separator", value=typed, why="separator")
    return found


def _likeliest_separator(first: str) -> str:
    """Count comma, semicolon and tab outside quotes on the first line; a single column counts as comma."""
    outside = "".join(first.split('"')[::2])
    return max(",;\t", key=outside.count)


def _first_line(path: Path, encoding: str) -> str:
    """Return the first line that is not blank (a quoted line break in a header ends it early, which is enough)."""
    try:
        with _open(path, encoding) as stream:
            lines = stream.read(_CHUNK).splitlines()
    except UnicodeError:
        raise trouble(path, "file_encoding", line=1) from None
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        raise trouble(path, "file_empty")
    return first


def _open(path: Path, encoding: str) -> TextIO:
    try:
        return open(path, encoding=encoding, newline="")
    except OSError as error:
        raise unreadable(path, error) from None


def _bytes(path: Path) -> BinaryIO:
    try:
        return open(path, "rb")
    except OSError as error:
        raise unreadable(path, error) from None
