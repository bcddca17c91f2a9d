"""The first rows of a file, as they will be written."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from trainer_desk.texts.translate import _

SHOWN = 5


class FirstRows(QTableWidget):
    """Read only; Tab goes past it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("First rows of the file"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_rows(self, head: Sequence[str], body: Sequence[Sequence[str]]) -> None:
        """Show these headings and cells."""
        self.setColumnCount(len(head))
        self.setRowCount(len(body))
        self.setHorizontalHeaderLabels(list(head))
        for row, cells in enumerate(body):
            for place, cell in enumerate(cells):
                self.setItem(row, place, QTableWidgetItem(cell))
        self.resizeColumnsToContents()
