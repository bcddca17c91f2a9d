"""Looks into an XLSX file: what it is really, whether it is safe to unpack, its sheets, and which formats are dates."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, BinaryIO

from trainer_desk.services.exchange.incoming import trouble, unreadable
from trainer_desk.services.exchange.worksheet_in import BrokenXml, Handlers, walk

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the older Excel begin, and new ones under a password."""

MOST_UNPACKED = 4 << 30
"""Bytes of all parts; a million rows of people take some 600 MB."""
MOST_BESIDE = 16 << 20
"""Bytes of a part that is held in memory: the list of sheets, the formats."""
MOST_TIGHT = 400
"""A part of more than 64 MB that unpacks to more than so many times its size was made to fill a computer."""
_LARGE = 64 << 20


_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, BrokenXml, KeyError, ValueError, EOFError, OSError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
"""All that unpacking a damaged archive can raise."""


@dataclass(frozen=True, slots=True)
class Formats:
    """By number of style: those that show a day, those that show a time as well, durations, and leading zeros."""

    days: frozenset[int] = frozenset()
    moments: frozenset[int] = frozenset()
    durations: frozenset[int] = frozenset()
    zeros: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workbook:
    """What is to be known before a sheet is read: visible sheets by name with the part that holds them."""

    sheets: dict[str, str]
    texts: str | None
    formats: Formats
    from_1904: bool


def is_workbook(path: Path) -> bool:
    """Whether a file begins as a workbook does, of whatever kind; its name says nothing. Raises BadValue."""
    with _bytes(path) as stream:
        return stream.read(8).startswith((ZIP, COMPOUND))


def look_into(path: Path) -> Workbook:
    """Return what the workbook holds.

    Raises BadValue with why workbook_old, workbook_locked, workbook_other, workbook_broken or workbook_too_large.
    """
    with archive_of(path) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names and "mimetype" in names:
            raise trouble(path, "workbook_other")
        main = _main_part(archive, names)
        related = _related(archive, main, names)
        found = _read(archive, main, Named({"sheet", "workbookPr"}))
        sheets = {
            given["name"]: related[key][1]
            for name, given in found
            if name == "sheet" and given.get("state", "visible") == "visible"
            for key in [_relation(given)]
            if key in related and related[key][0] == "worksheet" and related[key][1] in names and given.get("name")
        }
        if not sheets:
            raise BrokenXml("no sheet")
        parts = {kind: part for kind, part in related.values() if part in names}
        from_1904 = any(given.get("date1904") in ("1", "true") for name, given in found if name == "workbookPr")
        styles = parts.get("styles")
        formats = (
            _formats(_read(archive, styles, Named({"numFmt", "cellXfs", "cellStyleXfs", "xf"}))) if styles else None
        )
        return Workbook(sheets, parts.get("sharedStrings"), formats or Formats(), from_1904)


@contextmanager
def archive_of(path: Path) -> Iterator[zipfile.ZipFile]:
    """Lend the file as an archive whose parts are safe to unpack; what breaks inside is told in words."""
    try:
        with _bytes(path) as stream:
            _require_new(path, stream)
            with zipfile.ZipFile(stream) as archive:
                _require_safe(path, archive)
                yield archive
    except _BROKEN as fault:
        raise trouble(path, "workbook_broken") from fault


def _require_new(path: Path, stream: BinaryIO) -> None:
    begins = stream.read(len(COMPOUND))
    if begins == COMPOUND:
        locked = "EncryptedPackage".encode("utf-16-le") in stream.read(_LARGE)
        raise trouble(path, "workbook_locked" if locked else "workbook_old")
    stream.seek(0)


def _require_safe(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise trouble(path, "workbook_locked")
    tight = any(part.file_size > _LARGE and part.file_size > MOST_TIGHT * part.compress_size for part in parts)
    if tight or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise trouble(path, "workbook_too_large")


class Named(Handlers):
    """Yields (local name, attributes) of the elements of some names."""

    def __init__(self, wanted: set[str]) -> None:
        super().__init__()
        self._wanted = wanted

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; its attributes go by their local names, that of a relation by its own."""
        local = self.local(name)
        if local in self._wanted:
            self._done.append((local, attributes))

    def end(self, name: str) -> None:
        """An element ends, which says nothing here."""


def _read(archive: zipfile.ZipFile, part: str, handlers: Named) -> list[tuple[str, dict[str, str]]]:
    if archive.getinfo(part).file_size > MOST_BESIDE:
        raise BrokenXml("too large a part")
    with archive.open(part) as stream:
        return list(walk(stream, handlers))


def _main_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    for _name, given in _read(archive, "_rels/.rels", Named({"Relationship"})):
        if given.get("Type", "").endswith("/officeDocument"):
            part = given.get("Target", "").lstrip("/")
            if part in names:
                return part
    return "xl/workbook.xml"


def _related(archive: zipfile.ZipFile, main: str, names: set[str]) -> dict[str, tuple[str, str]]:
    """Return (kind, part) by the id of the relation."""
    folder, _slash, name = main.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    found = _read(archive, relations, Named({"Relationship"}))
    return {
        given["Id"]: (given.get("Type", "").rpartition("/")[2], _place(main, given.get("Target", "")))
        for _name, given in found
        if "Id" in given
    }


def _place(main: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join(dirname(main), target))


def _relation(given: dict[str, str]) -> str:
    return next((value for name, value in given.items() if name.endswith("}id")), "")


def _formats(found: list[tuple[str, dict[str, str]]]) -> Formats:
    # Imported here, because the library is slow to load and most files are CSV.
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_datetime, is_timedelta_format  # noqa: PLC0415

    codes: dict[int, str] = dict(BUILTIN_FORMATS)
    styles: list[int] = []
    in_cells = False
    for name, given in found:
        if name == "numFmt":
            codes[int(given.get("numFmtId", "0"))] = given.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs"):
            in_cells = name == "cellXfs"
        elif in_cells:
            styles.append(int(given.get("numFmtId", "0")))
    days, moments, durations = set[int](), set[int](), set[int]()
    zeros: dict[int, int] = {}
    for style, number in enumerate(styles):
        code = codes.get(number, "General")
        shown: Any = is_datetime(code)
        if is_timedelta_format(code):
            durations.add(style)
        elif shown == "date":
            days.add(style)
        elif shown in ("datetime", "time"):
            moments.add(style)
        elif len(code) > 1 and set(code) == {"0"}:
            zeros[style] = len(code)
    return Formats(frozenset(days), frozenset(moments), frozenset(durations), zeros)


def _bytes(path: Path) -> BinaryIO:
    try:
        return open(path, "rb")
    except OSError as error:
        raise unreadable(path, error) from None
