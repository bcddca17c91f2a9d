"""Saves the compliance matrix as CSV or as a workbook: everybody who is asked for, not only who is on show (D3, R6)."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog

from trainer_desk.services.errors import DeskError
from trainer_desk.services.exchange.matrix import save_matrix
from trainer_desk.texts import error_text, people_text
from trainer_desk.texts.matrix import cell_word
from trainer_desk.texts.translate import _
from trainer_desk.views.matrix.view import MatrixView
from trainer_desk.views.room import Room

OFTEN = 250
"""After so many people it is said how many are written."""


class MatrixSaving(Room):
    """Asks for a file and writes it beside the window's thread, which tells how far it is."""

    view: MatrixView | None = None
    stepped = Signal(int)

    def save(self) -> None:
        """Ask for a file, and write everybody who is asked for."""
        if self.view is None or self.view.asked is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = str(Path(folder) / _("Compliance {day}.xlsx").format(day=self.view.asked.day.isoformat()))
        kinds = _("Workbooks (*.xlsx);;CSV files (*.csv)")
        chosen, _kind = QFileDialog.getSaveFileName(self._window, _("Save the compliance matrix"), proposed, kinds)
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write everybody who is asked for to a file."""
        view = self.view
        if view is None or view.asked is None:
            return
        view.save.setEnabled(False)
        self._desk.read(
            self,
            save_matrix,
            path,
            view.asked,
            cell_word,
            step=self._step,
            then=partial(self._saved, path),
            failed=self._refused,
        )

    def _step(self, done: int) -> None:
        """Tell how far it is; called beside the window's thread."""
        if done % OFTEN == 0:
            self.stepped.emit(done)

    def _saved(self, path: Path, people: int) -> None:
        self._end()
        self._tell(_("Saved {people} to “{name}”.").format(people=people_text(people), name=path.name), False)

    def _refused(self, error: DeskError) -> None:
        self._end()
        self._window.toasts.show(error_text(error), "block")

    def _end(self) -> None:
        if self.view is not None:
            self.view.save.setEnabled(True)
            self.view.foot.show_progress(None)
