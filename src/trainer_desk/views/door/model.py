"""The expected people of a session as rows: all of them, or those whom a typed name or number means."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from trainer_desk.services.rows.door import ExpectedPerson
from trainer_desk.services.rules.names import search_key
from trainer_desk.texts.translate import _

Index = QModelIndex | QPersistentModelIndex
PERSON, SAVING = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class ExpectedModel(QAbstractListModel):
    """Keeps the order of the names; `saving` marks people whose coming or going is being written."""

    def __init__(self) -> None:
        super().__init__()
        self.people: tuple[ExpectedPerson, ...] = ()
        self._keys: list[str] = []
        self._shown: list[ExpectedPerson] = []
        self._saving: frozenset[str] = frozenset()
        self.search = ""

    def show_people(self, people: tuple[ExpectedPerson, ...]) -> None:
        """Show these people, narrowed as before."""
        if people == self.people:
            return
        is_same = [one.person_id for one in people] == [one.person_id for one in self.people]
        self.people = people
        self._keys = [search_key(one.employee_no, one.name, one.department) for one in people]
        if is_same:  # only who is in has changed: the list stays where it was scrolled to
            self._shown = self.matches(self.search)
            self.dataChanged.emit(self.index(0), self.index(max(0, len(self._shown) - 1)))
        else:
            self._reset(self.search)

    def narrow(self, search: str) -> None:
        """Show only those whom the typed words mean; nothing typed: everybody."""
        if search != self.search:
            self._reset(search)

    def mark_saving(self, numbers: Collection[str]) -> None:
        """Mark those whose coming or going is being written."""
        if self._saving != frozenset(numbers):
            self._saving = frozenset(numbers)
            self.dataChanged.emit(self.index(0), self.index(max(0, len(self._shown) - 1)))

    def matches(self, search: str) -> list[ExpectedPerson]:
        """Return the expected people in whom all typed words are found."""
        words = search_key(search).split()
        return [one for one, key in zip(self.people, self._keys, strict=True) if all(word in key for word in words)]

    def numbered(self, text: str) -> ExpectedPerson | None:
        """Return the expected person with exactly this number."""
        return next((one for one in self.people if one.employee_no == text), None)

    def person_at(self, row: int) -> ExpectedPerson | None:
        """Return the person of a row; None outside the list."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def is_saving(self, person: ExpectedPerson) -> bool:
        """Whether the coming or going of a person is being written."""
        return person.employee_no in self._saving

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many people are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, the spoken words, the person, or whether it is being saved."""
        person = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return person.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(person)
        if role == SAVING:
            return self.is_saving(person)
        return person if role == PERSON else None

    def _reset(self, search: str) -> None:
        self.beginResetModel()
        self.search = search
        self._shown = self.matches(search)
        self.endResetModel()


def state_word(person: ExpectedPerson) -> str:
    """Return `In` or `Out`."""
    return _("In") if person.is_in else _("Out")


def spoken(person: ExpectedPerson) -> str:
    """Return what a screen reader says for a person."""
    parts = [person.name, person.employee_no, person.department, state_word(person)]
    if person.offered:
        parts.append(_("offer open"))
    return ", ".join(part for part in parts if part)
