"""Saves the chart on show: its picture as PNG, its numbers as CSV or as a workbook (D2)."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from trainer_desk.services.exchange.chart_numbers import save_numbers
from trainer_desk.services.exchange.new_file import save_bytes
from trainer_desk.services.exchange.table_out import WORKBOOK
from trainer_desk.services.rows.reports import Report
from trainer_desk.texts.reports import title_of
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.file_sheet import FileSheet, Step
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.segment import Segment
from trainer_desk.views.parts.toast import Toasts

CSV, FOLDER, KIND = ".csv", "charts/folder", "charts/kind"


class NumbersSheet(FileSheet):
    """Writes the numbers of a report; the ending of the path decides what file it is, the choice sets the ending."""

    def __init__(
        self, over: QWidget, desk: Desk, memory: Memory, toasts: Toasts, report: Report, subtitle: str
    ) -> None:
        super().__init__(
            over,
            desk,
            memory,
            toasts,
            title=_("Save the numbers"),
            kinds=_("CSV files (*.csv);;Workbooks (*.xlsx)"),
            remembers=FOLDER,
            work=partial(_write_numbers, report),
            told=lambda rows, name: plural("Saved {n} row to “%s”.", "Saved {n} rows to “%s”.", rows) % name,
            subtitle=subtitle,
        )
        self.kind = Segment([(CSV, _("CSV")), (WORKBOOK, _("Workbook"))], _("Kind of file"))
        kind = memory.get(KIND, CSV)
        self.kind.choose(kind if kind in self.kind.buttons else CSV)
        self.middle.addWidget(self.kind)
        self.middle.addStretch()
        self.propose(f"{title_of(report.name)}{self.kind.current}")
        self.kind.chosen.connect(self._set_ending)

    def keep(self) -> None:
        """Remember the kind of file, too."""
        self._memory.put(KIND, WORKBOOK if self.target.suffix.lower() == WORKBOOK else CSV)
        super().keep()

    def _set_ending(self, ending: str) -> None:
        if self.path.text().strip():
            self.path.setText(str(self.target.with_suffix(ending)))
        self.path.setFocus()


def picture_sheet(
    over: QWidget, desk: Desk, memory: Memory, toasts: Toasts, name: str, image: QImage, subtitle: str
) -> FileSheet:
    """Return the sheet that saves a picture."""
    sheet = FileSheet(
        over,
        desk,
        memory,
        toasts,
        title=_("Save the picture"),
        kinds=_("Pictures (*.png)"),
        remembers=FOLDER,
        work=partial(_write_picture, image),
        subtitle=subtitle,
    )
    sheet.propose(f"{title_of(name)}.png")
    return sheet


def _write_numbers(report: Report, db: Any, path: Path, _step: Step) -> int:
    return save_numbers(db, path, report)


def _write_picture(image: QImage, db: Any, path: Path, _step: Step) -> int:
    """Write it beside the window's thread: to pack a picture takes its time."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know file names alone
    save_bytes(db, path, bytes(buffer.data().data()))
    return 1
