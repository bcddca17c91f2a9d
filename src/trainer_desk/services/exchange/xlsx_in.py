"""Reads a sheet of a workbook (XLSX) as a table of texts: days, numbers and flags as they are written in a CSV file."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.incoming import LONGEST_CELL, Record, headers_of, ragged, trouble
from trainer_desk.services.exchange.shared_texts import SharedTexts
from trainer_desk.services.exchange.workbook_parts import Formats, Workbook, archive_of, look_into
from trainer_desk.services.exchange.worksheet_in import BrokenXml, RawCell, Row, Rows, Texts, texts_of, walk

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock that a cell shows
_EPOCH_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001 - likewise
_FLAGS = {"1": "yes", "0": "no", "true": "yes", "false": "no"}


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A worksheet whose headings have been read, as a `Table`; `worksheet` is its name, `worksheets` all to choose."""

    path: Path
    headers: tuple[str, ...]
    titles: tuple[str, ...]
    worksheet: str
    worksheets: tuple[str, ...]
    workbook: Workbook = field(repr=False)
    encoding: str = "utf-8"
    guessed: bool = False

    def records(self) -> Iterator[Record]:
        """Yield every row that is not blank. Raises BadValue where the file cannot be read on."""
        rows = _rows(self.path, self.workbook, self.worksheet, len(self.headers))
        next(rows, None)  # the headings, read before
        wanted = len(self.headers)
        for line, texts, problem in rows:
            too_long = ragged(line, wanted, len(texts)) if len(texts) > wanted else None
            yield Record(line, tuple(texts), too_long or problem)


def read_worksheet(path: Path, worksheet: str | None = None) -> WorkbookSheet:
    """Look at a workbook's sheets and the headings of one: the one named, or the first.

    Raises BadValue as `workbook_parts.look_into`, with why worksheet_unknown, or file_empty and columns_doubled.
    """
    workbook = look_into(path)
    names = tuple(workbook.sheets)
    if worksheet is None:
        chosen = names[0]
    else:
        wanted = worksheet.strip().casefold()
        chosen = next((name for name in names if name.casefold() == wanted), "")
        if not chosen:
            raise BadValue(field="sheet", value=worksheet, why="worksheet_unknown", choices=list(names))
    first = next(_rows(path, workbook, chosen, 0), None)
    if first is None:
        raise trouble(path, "file_empty")
    titles = tuple(first[1])
    while titles and not titles[-1]:
        titles = titles[:-1]
    return WorkbookSheet(path, headers_of(path, titles), titles, chosen, names, workbook)


def _rows(
    path: Path, workbook: Workbook, worksheet: str, width: int
) -> Iterator[tuple[int, list[str], BadValue | None]]:
    """Yield the number, the texts and what is wrong of every row that is not blank."""
    with ExitStack() as stack:
        archive = stack.enter_context(archive_of(path))
        texts = SharedTexts(_shared(archive, workbook.texts))
        stack.callback(texts.close)
        meaning = _Meaning(texts, workbook.formats, workbook.from_1904)
        stream = stack.enter_context(archive.open(workbook.sheets[worksheet]))
        last = 0
        row: Row
        for row in walk(stream, Rows()):
            line, cells = row
            if line <= last:
                raise BrokenXml("rows out of order")
            last = line
            found, problem = texts_of(cells, meaning.text_of, width)
            if any(found) or problem:
                yield line, found, problem


def _shared(archive: zipfile.ZipFile, part: str | None) -> Iterator[str]:
    if part is not None:
        with archive.open(part) as stream:
            yield from walk(stream, Texts())


class _Meaning:
    """What the cells of a workbook mean."""

    def __init__(self, texts: SharedTexts, formats: Formats, from_1904: bool) -> None:
        self._texts, self._formats = texts, formats
        self._epoch = _EPOCH_1904 if from_1904 else _EPOCH

    def text_of(self, cell: RawCell) -> str:
        """Return the text that a CSV file would have for a cell. Raises BadValue."""
        kind, raw = cell.kind, cell.text
        if raw is None or (kind == "n" and cell.formula and not raw.strip()):
            raise _cell_trouble(cell, "formula_without_value")
        if kind == "s":
            return self._checked(cell, self._shared(raw))
        if kind in ("inlineStr", "str"):
            return self._checked(cell, raw)
        if kind == "b":
            return _FLAGS.get(raw.strip().casefold(), raw)
        if kind == "e":
            raise _cell_trouble(cell, "cell_without_value")
        return self._iso(raw.strip()) if kind == "d" else self._number(cell, raw.strip())

    def _shared(self, raw: str) -> str:
        try:
            return self._texts.text(int(raw))
        except (ValueError, IndexError):
            raise BrokenXml("shared text") from None

    def _checked(self, cell: RawCell, text: str) -> str:
        if len(text) > LONGEST_CELL:
            raise _cell_trouble(cell, "worksheet_cell_too_long")
        return text.strip()

    def _number(self, cell: RawCell, raw: str) -> str:
        if not raw:
            return ""
        formats = self._formats
        style = cell.style
        if style in formats.days or style in formats.moments or style in formats.durations:
            return self._dated(cell, raw)
        if raw.isascii() and raw.isdigit() and len(raw) <= 15:
            return raw.zfill(formats.zeros.get(style, 0))
        try:
            number = float(raw)
        except ValueError:
            raise BrokenXml("number") from None
        if number.is_integer() and abs(number) < 1e15:
            return str(int(number)).zfill(formats.zeros.get(style, 0))
        return format(number, ".15g")

    def _dated(self, cell: RawCell, raw: str) -> str:
        try:
            number = float(raw)
            seconds = round(number * 86_400)
            moment = self._epoch + dt.timedelta(seconds=seconds)
        except (ValueError, OverflowError):
            raise _cell_trouble(cell, "cell_without_value") from None
        if cell.style in self._formats.durations:
            minutes, rest = divmod(seconds, 60)
            return f"{minutes // 60}:{minutes % 60:02}" + (f":{rest:02}" if rest else "")
        if cell.style in self._formats.moments:
            if 0 <= number < 1:
                return _short(moment.time().isoformat())
            return _short(moment.isoformat())
        # Excel counts a 29 February 1900 that never was; days before it stand one later.
        if self._epoch is _EPOCH and number < 60:
            moment += dt.timedelta(days=1)
        return moment.date().isoformat() if moment.time() == dt.time() else _short(moment.isoformat())

    def _iso(self, raw: str) -> str:
        return _short(raw.removesuffix("Z")) if "T" in raw else raw


def _short(text: str) -> str:
    """Leave out seconds that are none."""
    return text.removesuffix(":00") if text.count(":") == 2 else text


def _cell_trouble(cell: RawCell, why: str) -> BadValue:
    return BadValue(field="cell", value=_letters(cell.column), why=why, shown=(cell.text or "")[:40])


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
