"""Workbooks for tests: made by openpyxl, and taken apart to be damaged."""

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook


def workbook(path: Path, sheets: Mapping[str, Iterable[Iterable[Any]]]) -> Path:
    """Write a workbook of some sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def rebuilt(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Put other bytes in place of some parts of a workbook."""
    with zipfile.ZipFile(path) as old:
        content = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in (content | dict(parts)).items():
            new.writestr(name, data)
    return path


SHEET = "xl/worksheets/sheet1.xml"
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet_of(rows: str) -> bytes:
    """Return the part of a sheet with these rows."""
    return f'<worksheet {SPACE}><dimension ref="A1"/><sheetData>{rows}</sheetData></worksheet>'.encode()
