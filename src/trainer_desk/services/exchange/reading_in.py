"""Opens a table that comes in, CSV, workbook or calendar, by what is inside the file and not by how it is called."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange import calendar_in, csv_in, xlsx_in
from trainer_desk.services.exchange.incoming import require_distinct, trouble
from trainer_desk.services.exchange.workbook_parts import is_workbook

IncomingTable = csv_in.Sheet | xlsx_in.WorkbookSheet | calendar_in.CalendarTable


@dataclass(frozen=True, slots=True)
class Way:
    """How a file is to be read: what stands between cells (CSV), which sheet (XLSX), which column is which field.

    `columns` maps headings of the file, as written or normalised, to fields; "" leaves a column out. What is not
    named keeps its own name. `resource` is whose absences the events of a calendar are (its code); of a table, which
    says that itself, it is not taken.
    """

    separator: str | None = None
    worksheet: str | None = None
    columns: Mapping[str, str] | None = None
    resource: str | None = None


AS_IT_IS = Way()


def read_table(path: Path, way: Way = AS_IT_IS) -> IncomingTable:
    """Return the file's table with its headings read. Raises BadValue as what reads it, and as `mapped`."""
    table: IncomingTable
    if os.path.isfile(path) and is_workbook(path):
        table = xlsx_in.read_worksheet(path, way.worksheet)
    elif os.path.isfile(path) and calendar_in.is_calendar(path):
        table = calendar_in.read_calendar(path, way.resource)
    elif way.worksheet is not None and os.path.isfile(path):
        raise trouble(path, "no_worksheets")
    else:
        table = csv_in.read_sheet(path, way.separator)
    return table if way.columns is None else mapped(table, way.columns)


def mapped(table: IncomingTable, columns: Mapping[str, str]) -> IncomingTable:
    """Return the table with other names for its columns.

    Raises BadValue (heading_unknown) for a heading that the file does not have, and columns_doubled if two columns
    would be the same field.
    """
    wanted = {_plain(heading): field for heading, field in columns.items()}
    unknown = sorted(set(wanted) - set(table.headers))
    if unknown:
        known = [name for name in table.headers if name]
        raise BadValue(field="column", value=unknown[0], why="heading_unknown", choices=known)
    named = tuple(wanted.get(header, header) for header in table.headers)
    require_distinct(table.path, named)
    return replace(table, headers=named)


def _plain(heading: str) -> str:
    return heading.strip().casefold().replace(" ", "_").replace("-", "_")
