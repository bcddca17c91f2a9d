"""The picker's list: headers and people as they arrive page by page, and who of them is chosen."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from trainer_desk.services.rows.seats import Candidate, PickerPage
from trainer_desk.texts import group_word, people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.picker.words import spoken

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Row: TypeAlias = int | Candidate
"""A group's number stands for its header."""
Key: TypeAlias = tuple[int, str, str, int]

_TEXT = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_NOWHERE = QModelIndex()


class PickModel(QAbstractListModel):
    """Rows are headers and people; `more_wanted` asks for the next page, `chosen_changed` follows every choice."""

    more_wanted = Signal()
    chosen_changed = Signal()

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone
        self._rows: list[Row] = []
        self._headers: dict[int, int] = {}
        self._loaded: dict[int, int] = {}
        self._next: Key | None = None
        self._is_asking = False
        self.day = date.min
        self.words: tuple[str, ...] = ()
        self.counts: Mapping[int, int] | None = None
        self.chosen: dict[int, Candidate] = {}

    @property
    def next_key(self) -> Key | None:
        """Where the next page begins; None at the end."""
        return self._next

    def set_page(self, page: PickerPage, words: Sequence[str]) -> None:
        """Show the first page of an answer instead of what was there."""
        self.beginResetModel()
        self.day, self.words = page.on, tuple(words)
        self._rows, self._headers, self._loaded = [], {}, {}
        self._append(page)
        self.endResetModel()

    def append_page(self, page: PickerPage) -> None:
        """Show the next page after the others."""
        self._is_asking = False
        groups = {person.group for person in page.people} - self._headers.keys()
        first = len(self._rows)
        if page.people:
            self.beginInsertRows(_NOWHERE, first, first + len(page.people) + len(groups) - 1)
        self._append(page)
        if page.people:
            self.endInsertRows()

    def set_counts(self, counts: Mapping[int, int] | None) -> None:
        """Show the full count of each group on its header."""
        self.counts = counts
        for row in self._headers.values():
            self.dataChanged.emit(self.index(row), self.index(row))

    def row_at(self, row: int) -> Row | None:
        """Return a header's group or a person; None outside the list."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def header_of(self, row: int) -> int | None:
        """Return the row of the header above a row."""
        at = self.row_at(row)
        if at is None:
            return None
        return self._headers[at if isinstance(at, int) else at.group]

    def header_below(self, row: int) -> int | None:
        """Return the row of the next header below a row."""
        return min((header for header in self._headers.values() if header > row), default=None)

    def row_of(self, person_id: int) -> int | None:
        """Return the row of a person who is loaded."""
        rows = enumerate(self._rows)
        return next((row for row, one in rows if isinstance(one, Candidate) and one.person_id == person_id), None)

    def step(self, row: int, by: int) -> int | None:
        """Return the row of the person `by` people further on, or of the last one in that direction."""
        place, left, found = row, abs(by), None
        while left and 0 <= place + (1 if by > 0 else -1) < len(self._rows):
            place += 1 if by > 0 else -1
            if isinstance(self._rows[place], Candidate):
                found, left = place, left - 1
        return found

    def people_of(self, group: int) -> list[Candidate] | None:
        """Return everybody of a group under the filter if all are loaded, else None."""
        if self.counts is None or self._loaded.get(group, 0) < self.counts.get(group, 0):
            return None
        return [row for row in self._rows if isinstance(row, Candidate) and row.group == group]

    def is_whole(self, group: int) -> bool:
        """Whether everybody of a group is loaded and chosen."""
        people = self.people_of(group)
        return bool(people) and all(one.person_id in self.chosen for one in people or ())

    def toggle(self, row: int) -> None:
        """Choose a person, or leave out who was chosen."""
        person = self.row_at(row)
        if not isinstance(person, Candidate):
            return
        if self.chosen.pop(person.person_id, None) is None:
            self.chosen[person.person_id] = person
        self._tell()

    def choose(self, people: Iterable[Candidate]) -> None:
        """Choose these people, after those chosen before."""
        for person in people:
            self.chosen.setdefault(person.person_id, person)
        self._tell()

    def leave_out(self, person_ids: Iterable[int]) -> None:
        """Choose these people no longer."""
        for person_id in person_ids:
            self.chosen.pop(person_id, None)
        self._tell()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many rows are loaded."""
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there is a further page that nobody asked for yet."""
        return self._next is not None and not self._is_asking

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page."""
        if self.canFetchMore(parent):
            self._is_asking = True
            self.more_wanted.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Make people selectable and checkable, headers only enabled."""
        plain = Qt.ItemFlag.ItemIsEnabled
        if isinstance(self.row_at(index.row()), int):
            return plain
        return plain | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's words and whether it is chosen."""
        row = self.row_at(index.row())
        if role in _TEXT and row is not None:
            return self.words_of(row)
        if role == _CHECK and isinstance(row, Candidate):
            return Qt.CheckState.Checked if row.person_id in self.chosen else Qt.CheckState.Unchecked
        return None

    def words_of(self, row: Row) -> str:
        """Return what a screen reader says of a row."""
        if isinstance(row, Candidate):
            return spoken(row, self.day, self._zone, chosen=row.person_id in self.chosen)
        return ", ".join(filter(None, [group_word(row), self._count_words(row), self.select_text(row)]))

    def select_text(self, group: int) -> str:
        """Return what a header offers: `Select all 20`, or to take that back."""
        count = "" if self.counts is None else f" {self.counts.get(group, 0)}"
        return (_("Clear all") if self.is_whole(group) else _("Select all")) + count

    def _count_words(self, group: int) -> str:
        return "" if self.counts is None else people_text(self.counts.get(group, 0))

    def _append(self, page: PickerPage) -> None:
        for person in page.people:
            if person.group not in self._headers:
                self._headers[person.group] = len(self._rows)
                self._rows.append(person.group)
            self._rows.append(person)
            self._loaded[person.group] = self._loaded.get(person.group, 0) + 1
        self._next, self._is_asking = page.next_key, False

    def _tell(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        self.chosen_changed.emit()
