"""A short list inside a page: rows with a line, a remark under it and buttons at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.views.parts.emptying import empty
from trainer_desk.views.parts.plain_label import ElidedLabel, PlainLabel


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: `key` names it, `at_right` are its controls; a `muted` one is out of use."""

    key: str
    line: str
    remark: str = ""
    tone: str = "muted"
    at_right: tuple[QWidget, ...] = ()


class RowList(QFrame):
    """Shows rows one below the other; they are made anew whenever they change."""

    def __init__(self, name: str, empty: str) -> None:
        super().__init__()
        self.setObjectName("Hint")
        self.setAccessibleName(name)
        self._empty = empty
        self.lines: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 4, 14, 4)
        self._column.setSpacing(0)

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        """Show these rows; without any, the sentence that says so."""
        empty(self._column)
        self.lines = {}
        for row in rows:
            self.lines[row.key] = self._line(row)
            self._column.addWidget(self.lines[row.key])
        if not rows:
            none = PlainLabel(self._empty, "muted", wrap=True)
            none.setContentsMargins(0, 8, 0, 8)
            self._column.addWidget(none)

    def _line(self, row: ListRow) -> QWidget:
        line = QWidget()
        line.setAccessibleName(f"{row.line}, {row.remark}" if row.remark else row.line)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(ElidedLabel(row.line, "medium"))
        if row.remark:
            words.addWidget(ElidedLabel(row.remark, "small", tone=row.tone))
        beside = QHBoxLayout(line)
        beside.setContentsMargins(0, 7, 0, 7)
        beside.setSpacing(8)
        beside.addLayout(words, 1)
        for each in row.at_right:
            beside.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)
        return line
