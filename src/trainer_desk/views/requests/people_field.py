"""For how many people, or for whom by name: a number, and a search among one's own people with a chip for each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.services.errors import BadValue
from trainer_desk.services.rows.requests import NamedPerson
from trainer_desk.texts import people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.chips import Chip, Chips
from trainer_desk.views.parts.emptying import empty
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.search_combo import SearchCombo
from trainer_desk.views.session.flow import FlowLayout
from trainer_desk.views.theme import look

MOST_DIGITS = 9


class PeopleField(QWidget):
    """Whoever is named is counted; without names the number counts."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._people: dict[int, NamedPerson] = {}
        self.named: list[int] = []
        self.number = QLineEdit()
        self.number.setAccessibleName(_("Number of people"))
        self.number.setPlaceholderText(_("How many"))
        self.number.setFixedWidth(look().px(96))
        self.search = SearchCombo(_("Name somebody"), optional=True, hint=_("or name them: search by name"))
        self.chips = QWidget()
        self._flow = FlowLayout(6)
        self.chips.setLayout(self._flow)
        self.hint = PlainLabel("", "small", wrap=True)
        self._lay_out()
        self.search.chosen.connect(self._add)
        self.number.textEdited.connect(lambda _text: self.changed.emit())

    def show_people(
        self, offered: Sequence[NamedPerson], named: Sequence[NamedPerson] = (), number: int | None = None
    ) -> None:
        """Offer people to be named, those `named` chosen already, or a number of people."""
        self._people = {person.person_id: person for person in (*offered, *named)}
        self.named = [person.person_id for person in named]
        self.number.setText("" if number is None else str(number))
        self.search.setVisible(bool(offered))
        self._show()

    def count(self) -> int | None:
        """Return the number of people, None where it was left open. Raises BadValue for what is no number."""
        text = self.number.text().strip()
        if self.named or not text:
            return None
        if not (text.isascii() and text.removeprefix("-").isdigit()) or len(text) > MOST_DIGITS:
            raise BadValue(field="number_of_people", value=text[:40], why="not_a_number")
        return int(text)

    def _add(self, person_id: object) -> None:
        if isinstance(person_id, int) and person_id not in self.named:
            self.named.append(person_id)
        self._show()
        self.changed.emit()

    def _remove(self, person_id: object) -> None:
        self.named = [one for one in self.named if one != person_id]
        self._show()
        self.search.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        left = [person for person in self._people.values() if person.person_id not in self.named]
        self.search.set_choices([(person.person_id, f"{person.name} · {person.employee_no}") for person in left])
        self.search.set_value(None)
        empty(self._flow)
        for person_id in self.named:
            chip = Chips(1)
            chip.show_chips([Chip(person_id, self._people[person_id].name, "user")])
            chip.removed.connect(self._remove)
            self._flow.addWidget(chip)
        self.chips.setVisible(bool(self.named))
        self.number.setEnabled(not self.named)
        self.hint.setText(people_text(len(self.named)) if self.named else "")
        self.hint.setVisible(bool(self.named))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.number)
        row.addWidget(self.search, 1)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.chips)
        column.addWidget(self.hint)
