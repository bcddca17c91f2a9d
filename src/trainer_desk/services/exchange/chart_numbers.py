"""Saves the numbers of a chart as CSV or as a workbook, whose cells are numbers that one can reckon with (D2)."""

import io
from pathlib import Path
from zoneinfo import ZoneInfo

from trainer_desk.services.exchange.new_file import save_bytes
from trainer_desk.services.exchange.table_out import Shape, Table, is_workbook_name, save
from trainer_desk.services.reports.flat import heads_of, rows_of, texts_of
from trainer_desk.services.rows.reports import Report, Unit

UTC = ZoneInfo("UTC")
"""The texts hold no instants, so any zone will do."""
FORMATS = {Unit.COUNT: "#,##0", Unit.SHARE: "0.0%", Unit.MINUTES: "#,##0.00"}


def save_numbers(_db: object, path: Path, report: Report, *, separator: str = ",", bom: bool = True) -> int:
    """Write the numbers of a report and return the number of rows; the ending of the path decides what file it is.

    The database has no part in it. Raises BadValue as `new_file`.
    """
    if is_workbook_name(path):
        save_bytes(None, path, workbook_of(report))
        return len(report.lines)
    return save(path, Table(*texts_of(report)), UTC, Shape(separator, bom))


def workbook_of(report: Report) -> bytes:
    """Return a workbook of one sheet: texts stay texts, shares are shown as per cent, minutes as hours."""
    from openpyxl import Workbook  # noqa: PLC0415 - costs a start a tenth of a second
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(report.name)
    sheet.append(list(heads_of(report)))
    texts = len(heads_of(report)) - len(report.measures)
    for row in rows_of(report):
        cells = []
        for place, value in enumerate(row):
            cell = WriteOnlyCell(sheet, value=value)
            if place >= texts:
                cell.number_format = FORMATS[report.measures[place - texts].unit]
            elif isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
