"""Saves what a list shows as CSV: its rows in its order, its columns as they are on show (R6)."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from trainer_desk.services.exchange.tables import save_table
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.row_table import RowTable


def save_shown_rows(over: QWidget, desk: Desk, table: RowTable, name: str, tell: Callable[[str, bool], object]) -> None:
    """Ask for a file and write the rows of a list there; `tell` says how many they were."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    asked = str(Path(folder) / f"{name}.csv")
    chosen, _filter = QFileDialog.getSaveFileName(
        over.window(), _("Save the list as CSV"), asked, _("CSV files (*.csv)")
    )
    if chosen:
        write_shown_rows(over, desk, table, Path(chosen), tell)


def write_shown_rows(
    over: QWidget, desk: Desk, table: RowTable, path: Path, tell: Callable[[str, bool], object]
) -> None:
    """Write the rows of a list to a file; a refusal is told like every other."""
    head, rows = table.shown_rows()
    said = plural("Saved {n} row to {{file}}.", "Saved {n} rows to {{file}}.", len(rows)).format(file=path.name)
    desk.read(over, save_table, path, head, rows, then=lambda _rows: tell(said, False))
