"""Saves the compliance matrix as CSV or as a workbook: everybody who is asked for, not only who is on show (D3, R6)."""

from pathlib import Path
from typing import Any

from trainer_desk.services.exchange.matrix import save_matrix
from trainer_desk.services.rows.matrix import MatrixAsked
from trainer_desk.texts import people_text
from trainer_desk.texts.matrix import as_of_text, cell_word, narrowed_text
from trainer_desk.texts.translate import _
from trainer_desk.views.export.file_sheet import FileSheet, Step
from trainer_desk.views.matrix.view import MatrixView
from trainer_desk.views.room import Room


class MatrixSaving(Room):
    """`sheet` is the one that was opened last."""

    view: MatrixView | None = None
    sheet: FileSheet | None = None

    def save(self) -> None:
        """Ask for a file, and write everybody who is asked for."""
        if self.view is None or self.view.asked is None:
            return
        asked, window = self.view.asked, self._window

        def work(db: Any, path: Path, step: Step) -> int:
            return save_matrix(db, path, asked, cell_word, step=step)

        sheet = self.sheet = FileSheet(
            window,
            self._desk,
            window.memory,
            window.toasts,
            title=_("Save the compliance matrix"),
            kinds=_("Workbooks (*.xlsx);;CSV files (*.csv)"),
            remembers="export/folder",
            work=work,
            told=lambda rows, name: _("Saved {people} to “{name}”.").format(people=people_text(rows), name=name),
            counted=_("{n} people"),
            subtitle=_about(asked),
        )
        sheet.propose(_("Compliance {day}.xlsx").format(day=asked.day.isoformat()))
        sheet.open()


def _about(asked: MatrixAsked) -> str:
    """Return what will be in the file, as far as that is not everybody today."""
    parts = (narrowed_text(asked), as_of_text(asked.day, asked.today))
    ending = _("The ending decides: .xlsx for a workbook, .csv for a list.")
    return "\n".join(filter(None, (*parts, ending)))
