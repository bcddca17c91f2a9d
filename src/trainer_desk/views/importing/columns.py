"""Which column of a file becomes which field: every column with its first values, and a choice beside it (X2)."""

import html
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableWidget, QTableWidgetItem

from trainer_desk.services.exchange.importing.preview import Preview
from trainer_desk.texts.translate import _
from trainer_desk.views.theme import look

SHOWN_VALUES = 3


class ColumnsTable(QTableWidget):
    """A line for every named column of the file; `chosen` says what each becomes, "" is not taken."""

    mapped = Signal()
    """Somebody chose another field."""

    def __init__(self) -> None:
        super().__init__(0, 3)
        self._headers: list[str] = []
        self.choices: list[QComboBox] = []
        self.setAccessibleName(_("Columns of the file"))
        self.setHorizontalHeaderLabels([_("Column in the file"), _("First values"), _("Becomes")])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look().px(44))
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, look().px(170))
        self.setColumnWidth(2, look().px(210))

    def show_columns(self, seen: Preview, columns: Mapping[str, str]) -> None:
        """Show the columns of a file and what they become; what is not in `columns` goes by the guess."""
        named = [(at, header) for at, header in enumerate(seen.headers) if header]
        self._headers = [header for _at, header in named]
        self.choices = []
        self.setRowCount(len(named))
        for line, (at, header) in enumerate(named):
            values = [row[at] for row in seen.rows[:SHOWN_VALUES] if at < len(row) and row[at]]
            self.setItem(line, 0, QTableWidgetItem(seen.titles[at]))
            first = QTableWidgetItem(" · ".join(values))
            first.setToolTip(html.escape("\n".join(values)))
            self.setItem(line, 1, first)
            choice = QComboBox()
            choice.setAccessibleName(_("{column} becomes").format(column=seen.titles[at]))
            choice.addItem(_("Not imported"), "")
            for field in seen.fields:
                choice.addItem(field.replace("_", " ").capitalize(), field)
            choice.setCurrentIndex(max(0, choice.findData(columns.get(header, seen.guess.get(header, "")))))
            choice.activated.connect(lambda _index: self.mapped.emit())
            self.setCellWidget(line, 2, choice)
            self.choices.append(choice)

    def chosen(self) -> dict[str, str]:
        """Return the field of every column, by the column's normalised name."""
        return {header: str(choice.currentData()) for header, choice in zip(self._headers, self.choices, strict=True)}
