"""Puts rows on the clipboard as a table that spreadsheets take (X5)."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication

from trainer_desk.views.parts.row_model import RowModel


def copy_table(model: RowModel, rows: Sequence[int], places: Sequence[int]) -> None:
    """Copy these rows and columns with their titles: tabs between cells, each row a line."""
    lines = ["\t".join(model.columns[place].title for place in places)]
    for row in rows:
        cells = (model.data(model.index(row, place)) for place in places)
        lines.append("\t".join(" ".join(str(cell or "").split()) for cell in cells))
    QGuiApplication.clipboard().setText("\n".join(lines) + "\n")
