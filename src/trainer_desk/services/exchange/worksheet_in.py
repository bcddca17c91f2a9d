"""Reads a worksheet's XML row by row as it stands in the archive: of a sheet of any size one row is in memory.

The library's own reader trusts the size that a sheet says it has, holds all shared texts, and takes a formula that was
never calculated for a blank cell; so the XML is walked here, and openpyxl only tells which formats are dates.
"""

from collections.abc import Callable, Iterator
from typing import IO, Any
from xml.parsers.expat import ExpatError, ParserCreate

from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.incoming import LONGEST_CELL

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
_AT_ONCE = 1 << 16
_TEXTS = frozenset({"v", "t"})


class BrokenXml(Exception):
    """The XML is not what a workbook may have inside."""


class RawCell:
    """A cell as it stands in the file: column (from 0), type, number of its style, text, and whether by formula."""

    __slots__ = ("column", "formula", "kind", "style", "text")

    def __init__(self, column: int, kind: str, style: int) -> None:
        self.column, self.kind, self.style = column, kind, style
        self.text: str | None = None
        self.formula = False


Row = tuple[int, list[RawCell]]
"""The number that the sheet shows, and the cells that are there."""


def walk(stream: IO[bytes], handlers: "Handlers") -> Iterator[Any]:
    """Feed XML piece by piece and yield what the handlers have finished. Raises BrokenXml."""
    parser = ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = handlers.start
    parser.EndElementHandler = handlers.end
    parser.CharacterDataHandler = handlers.characters
    parser.StartDoctypeDeclHandler = _no_doctype
    while True:
        piece = stream.read(_AT_ONCE)
        try:
            parser.Parse(piece, not piece)
        except (ExpatError, ValueError) as fault:
            raise BrokenXml(str(fault)) from None
        yield from handlers.taken()
        if not piece:
            return


def _no_doctype(*_declared: object) -> None:
    """A workbook has none; one that has wants to blow itself up or to read other files."""
    raise BrokenXml("doctype")


class Handlers:
    """Collects what is finished; the local names of elements are worked out once each."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._done: list[Any] = []
        self._parts: list[str] | None = None
        self._length = 0

    def local(self, name: str) -> str:
        """Return an element's name without its namespace."""
        found = self._names.get(name)
        if found is None:
            found = self._names[name] = name.rpartition("}")[2]
        return found

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        raise NotImplementedError

    def end(self, name: str) -> None:
        """An element ends."""
        raise NotImplementedError

    def characters(self, text: str) -> None:
        """Some text of the element under way; more than a cell may have is not kept."""
        if self._parts is not None and self._length <= LONGEST_CELL:
            self._length += len(text)
            self._parts.append(text)

    def taken(self) -> list[Any]:
        """Hand over what is finished."""
        done, self._done = self._done, []
        return done


class Texts(Handlers):
    """Yields the shared texts: the runs of rich text joined, readings of Asian text left out."""

    def __init__(self) -> None:
        super().__init__()
        self._whole: list[str] = []
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A text, a run of it, or a reading begins."""
        local = self.local(name)
        if local == "si":
            self._whole, self._length = [], 0
        elif local == "rPh":
            self._phonetic = True
        elif local == "t" and not self._phonetic:
            self._parts = self._whole

    def end(self, name: str) -> None:
        """A text, a run of it, or a reading ends."""
        local = self.local(name)
        if local == "si":
            self._done.append("".join(self._whole))
        elif local == "rPh":
            self._phonetic = False
        elif local == "t":
            self._parts = None


class Rows(Handlers):
    """Yields (number of the row, its cells)."""

    def __init__(self) -> None:
        super().__init__()
        self._row = 0
        self._next_column = 0
        self._cells: list[RawCell] = []
        self._cell: RawCell | None = None
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell or something inside a cell begins."""
        local = self.local(name)
        if local == "c":
            self._start_cell(attributes)
        elif local in _TEXTS and self._cell is not None and not self._phonetic:
            if self._parts is None:
                self._parts, self._length = [], 0
        elif local == "row":
            self._row = _number(attributes.get("r"), self._row + 1)
            if not 1 <= self._row <= MOST_ROWS:
                raise BrokenXml("row")
            self._cells, self._next_column = [], 0
        elif local == "f" and self._cell is not None:
            self._cell.formula = True
        elif local == "rPh":
            self._phonetic = True

    def _start_cell(self, attributes: dict[str, str]) -> None:
        at = attributes.get("r")
        column = self._next_column if at is None else column_of(at)
        if column >= MOST_COLUMNS:
            raise BrokenXml("column")
        self._next_column = column + 1
        self._cell = RawCell(column, attributes.get("t", "n"), _number(attributes.get("s"), 0))

    def end(self, name: str) -> None:
        """A row, a cell or something inside a cell ends."""
        local = self.local(name)
        if local in _TEXTS and self._cell is not None and self._parts is not None and not self._phonetic:
            self._cell.text = (self._cell.text or "") + "".join(self._parts)
            self._parts = None
        elif local == "c" and self._cell is not None:
            if self._cell.text is not None or self._cell.formula:
                self._cells.append(self._cell)
            self._cell = None
        elif local == "row":
            self._done.append((self._row, self._cells))
            self._cells = []
        elif local == "rPh":
            self._phonetic = False


def _number(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BrokenXml("number")
    return int(text)


def column_of(reference: str) -> int:
    """Return the column of a cell like `AB12`, from 0. Raises BrokenXml."""
    found = 0
    for letter in reference:
        place = ord(letter) - 64
        if not 1 <= place <= 26:
            break
        found = found * 26 + place
    if not 1 <= found <= MOST_COLUMNS:
        raise BrokenXml("column")
    return found - 1


Read = Callable[[RawCell], str]
"""Turns a cell into text; raises BadValue with the reason."""


def texts_of(cells: list[RawCell], read: Read, width: int) -> tuple[list[str], BadValue | None]:
    """Return the cells of a row as texts, `width` of them or as many as are filled, and the first thing wrong."""
    texts = [""] * width
    problem: BadValue | None = None
    for cell in cells:
        try:
            text = read(cell)
        except BadValue as fault:
            problem, text = problem or fault, cell.text or ""
        if cell.column < len(texts):
            texts[cell.column] = text
        elif text:
            texts += [""] * (cell.column - len(texts)) + [text]
    return texts, problem
