"""The people of a session as rows of the sheet, with what is on its way laid over what the database holds (A2)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from trainer_desk.services.rows.attendance import AttendanceSheet, Mark, PendingPerson
from trainer_desk.services.rules.names import search_key
from trainer_desk.views.attendance.lines import Counts, Kept, Line, counts_of, lines_of
from trainer_desk.views.attendance.words import spoken_line, spoken_pending

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class AttendeeModel(QAbstractListModel):
    """Keeps the order of the names; below them stand those who wait or are offered a seat."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet: AttendanceSheet | None = None
        self.lines: list[Line] = []
        self.pending: tuple[PendingPerson, ...] = ()
        self._keys: list[list[str]] = []

    @property
    def title(self) -> str:
        """What the session is called."""
        return self.sheet.title if self.sheet is not None else ""

    def show_sheet(self, sheet: AttendanceSheet, kept: Iterable[Kept]) -> None:
        """Show a sheet that was read; the list stays where it was scrolled to while the same people are on it."""
        before = [line.person.person_id for line in self.lines], self.pending
        self.sheet = sheet
        lines = lines_of(sheet, kept)
        if ([line.person.person_id for line in lines], sheet.pending) == before:
            self._put(lines)
            return
        self.beginResetModel()
        self.lines, self.pending = lines, sheet.pending
        names = [*(one.name for one in sheet.people), *(one.name for one in sheet.pending)]
        self._keys = [search_key(name).split() for name in names]
        self.endResetModel()

    def follow(self, kept: Iterable[Kept]) -> None:
        """Show what is on its way now."""
        if self.sheet is not None:
            self._put(lines_of(self.sheet, kept))

    def take(self, employee_no: str, mark: Mark) -> None:
        """Take what arrived as what the database holds, until it is read again."""
        if self.sheet is None:
            return
        people = tuple(replace(one, mark=mark) if one.employee_no == employee_no else one for one in self.sheet.people)
        self.sheet = replace(self.sheet, people=people)

    def counts(self) -> Counts:
        """Return how many are marked how, by what shows."""
        return counts_of(self.lines)

    def line_at(self, row: int) -> Line | None:
        """Return the person of a row; None for those who wait, and outside the list."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def pending_at(self, row: int) -> PendingPerson | None:
        """Return who waits or is offered a seat in a row; None for all others."""
        place = row - len(self.lines)
        return self.pending[place] if 0 <= place < len(self.pending) else None

    def line_of(self, person_id: int) -> Line | None:
        """Return the row of a person."""
        return next((line for line in self.lines if line.person.person_id == person_id), None)

    def row_of(self, person_id: int) -> int:
        """Return the place of a person; -1 for who is not on the sheet."""
        return next((row for row, line in enumerate(self.lines) if line.person.person_id == person_id), -1)

    def named(self, typed: str, after: int) -> int | None:
        """Return the next row, from `after` on and round again, in which a word of the name begins so."""
        wanted, rows = search_key(typed), len(self._keys)
        for step in range(rows):
            row = (max(0, after) + step) % rows
            if any(word.startswith(wanted) for word in self._keys[row]) or " ".join(self._keys[row]).startswith(wanted):
                return row
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many people are shown."""
        return 0 if parent.isValid() else len(self.lines) + len(self.pending)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, the spoken words, or the row itself."""
        line, pending = self.line_at(index.row()), self.pending_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return line.person.name if line is not None else pending and pending.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_line(line) if line is not None else pending and spoken_pending(pending)
        return (line or pending) if role == ROW else None

    def _put(self, lines: Sequence[Line]) -> None:
        if list(lines) != self.lines:
            self.lines = list(lines)
            self.dataChanged.emit(self.index(0), self.index(max(0, self.rowCount() - 1)))
