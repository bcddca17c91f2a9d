"""The matrix as a model: everybody by id, and the rows that were on show; what is missing is asked for (D3)."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from trainer_desk.services.dashboard.matrix_counts import CourseCounts
from trainer_desk.services.rows.matrix import NEEDED, Mark, MatrixCell, MatrixCourse, MatrixPage, MatrixRow
from trainer_desk.texts.matrix import spoken_cell
from trainer_desk.texts.translate import plural
from trainer_desk.views.parts.plain_label import plain_tip

Index = QModelIndex | QPersistentModelIndex
MOST_KEPT = 4_000
"""Rows that are kept; of more, those furthest from what is on show are read again when they are wanted."""
AROUND = 60
"""Rows that are read above and below those on show."""

_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_NOWHERE = QModelIndex()


class MatrixModel(QAbstractTableModel):
    """`rows_wanted` carries the ids whose rows are on show, or near, and not there yet."""

    rows_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.courses: tuple[MatrixCourse, ...] = ()
        self.ids: Sequence[int] = ()
        self.day = date.min
        self.counts: CourseCounts | None = None
        self._rows: dict[int, MatrixRow] = {}

    def set_page(self, page: MatrixPage) -> None:
        """Show another matrix: its courses and first people."""
        self.beginResetModel()
        self.courses, self.day, self.counts = page.courses, page.asked.day, None
        self._rows = {row.person_id: row for row in page.rows}
        self.ids = [*self._rows] if page.ids is None else page.ids
        self.endResetModel()

    def refresh(self, page: MatrixPage) -> None:
        """Read the same matrix anew: who is on show stays, all that was known of them is asked for again."""
        self._rows = {row.person_id: row for row in page.rows}
        self.counts = None
        if self.ids and self.courses:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, len(self.courses) - 1))

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show everybody, once all ids are known; those on show stay where they are."""
        there = len(self.ids)
        if list(ids[:there]) == list(self.ids) and len(ids) > there:
            self.beginInsertRows(_NOWHERE, there, len(ids) - 1)
            self.ids = ids
            self.endInsertRows()
        elif list(ids) != list(self.ids):
            self.beginResetModel()
            self.ids = ids
            self.endResetModel()

    def set_counts(self, counts: CourseCounts) -> None:
        """Show how many people have which mark in each course."""
        self.counts = counts
        if self.courses:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.courses) - 1)

    def add_rows(self, rows: Sequence[MatrixRow], ids: Sequence[int]) -> None:
        """Keep the rows of these ids, and let go of others where there are too many."""
        if len(self._rows) + len(rows) > MOST_KEPT:
            self._rows.clear()
        self._rows.update((row.person_id, row) for row in rows)
        found = {row.person_id for row in rows}
        for gone in (one for one in ids if one not in found):
            self._rows[gone] = MatrixRow(gone, "", "", "", "", "")  # deleted meanwhile; nobody is asked for again

    def row(self, place: int) -> MatrixRow | None:
        """Return a row, or None while it is not there."""
        return self._rows.get(self.ids[place]) if 0 <= place < len(self.ids) else None

    def cell(self, place: int, column: int) -> MatrixCell | None:
        """Return a cell; None where there is nothing to say, or not yet."""
        row = self.row(place)
        return None if row is None else row.cells.get(self.courses[column].id)

    def want(self, first: int, last: int) -> None:
        """Ask for what is missing of the rows on show, with some around them."""
        if all(self.ids[place] in self._rows for place in range(max(0, first), min(last + 1, len(self.ids)))):
            return
        near = self.ids[max(0, first - AROUND) : last + 1 + AROUND]
        missing = [one for one in near if one not in self._rows]
        if missing:
            self.rows_wanted.emit(missing)

    def needing(self, column: int) -> int | None:
        """Return how many people lack a course, of all whom the filter lets through; None while it is not known."""
        return None if self.counts is None else _number(self.counts.get(self.courses[column].id, {}), *NEEDED)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of people."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of courses."""
        return 0 if parent.isValid() else len(self.courses)

    def data(self, index: Index, role: int = 0) -> object:
        """Return what is said of a cell; the view paints it by itself."""
        if role not in (_ACCESSIBLE, _TIP) or not index.isValid():
            return None
        row = self.row(index.row())
        if row is None:
            return None
        course = self.courses[index.column()]
        said = spoken_cell(row, course.title, row.cells.get(course.id), self.day)
        return plain_tip(said) if role == _TIP else said

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return what is said of a course or a person."""
        if role not in (_ACCESSIBLE, _TIP):
            return None
        said = self._course(section) if orientation == Qt.Orientation.Horizontal else self._person(section)
        return plain_tip(said) if role == _TIP else said

    def _course(self, section: int) -> str:
        course = self.courses[section]
        parts = [f"{course.title} ({course.code})"]
        needing = self.needing(section)
        if needing is not None:
            parts.append(plural("{n} person lacks it", "{n} people lack it", needing))
        return ", ".join(parts)

    def _person(self, section: int) -> str:
        row = self.row(section)
        if row is None:
            return ""
        lacking = row.count(*NEEDED)
        parts = [row.name, row.employee_no, row.job_role, row.department, row.site]
        parts.append(plural("lacks {n} course", "lacks {n} courses", lacking) if lacking else "")
        return ", ".join(filter(None, parts))


def _number(counts: Mapping[Mark, int], *marks: Mark) -> int:
    return sum(counts.get(one, 0) for one in marks)
