"""The people who lose a date, one under the other by urgency, each with a drop-down of the dates they could have."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.rehoming import Leaving, NewPlace, Rehoming
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.texts import findings_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.line_area import LineArea
from trainer_desk.views.parts.pill import Pill
from trainer_desk.views.parts.plain_label import ElidedLabel
from trainer_desk.views.rehoming import words
from trainer_desk.views.rehoming.words import Task
from trainer_desk.views.session.resource_combo import SIDE, Choice, ResourceCombo
from trainer_desk.views.theme import look

OFFERED = 24
"""How many dates are offered to one person."""
DATES_WIDTH, PILL_WIDTH = 316, 166
NOWHERE = NewPlace(0)
"""Stands for no other date in the drop-down, where None means that nothing is chosen."""

Key = tuple[int, int]


class DateCombo(ResourceCombo):
    """Says beside each date what is left of it at the moment at which the list opens."""

    def __init__(self, name: str, left: Callable[[NewPlace], str]) -> None:
        super().__init__(name, optional=False)
        self._left = left
        self._places: list[NewPlace] = []

    def offer_places(self, choices: Sequence[Choice], places: Sequence[NewPlace]) -> None:
        """Offer these; the last one is no place."""
        self.offer(choices)
        self._places = list(places)

    def showPopup(self) -> None:
        """Open the list with what is left now."""
        for row, place in enumerate(self._places):
            if place != NOWHERE:
                self.setItemData(row, self._left(place), SIDE)
        super().showPopup()


class PersonLine(QFrame):
    """One person: how urgent it is, who, and at the right where they go."""

    changed = Signal()

    def __init__(
        self, person: Leaving, found: Rehoming, task: Task, directory: Directory, left: Callable[[NewPlace], str]
    ) -> None:
        super().__init__()
        self.person = person
        self.is_chosen = False
        """Whether somebody chose here, so that a newer proposal does not take its place."""
        said, tone, icon = words.pill(person)
        self.pill = Pill(said, tone, icon)
        self.name = ElidedLabel(shown(person.name), "medium")
        self.note = ElidedLabel(words.note(person, found, directory), "small", tone="muted")
        self.dates = DateCombo(_("Other date for {name}, {pill}").format(name=shown(person.name), pill=said), left)
        self.dates.setFixedWidth(look().px(DATES_WIDTH))
        options = person.options[:OFFERED]
        self._places = [*(option.place for option in options), NOWHERE]
        self._warned = {one.place: findings_text(one.findings, directory.settings.zone) for one in options}
        self.dates.offer_places(
            [
                *(_choice(option.place, words.place_text(option, found, directory), self._warned[option.place])
                  for option in options),
                Choice(NOWHERE, words.nowhere_for(person, task, found, directory), icon=_icon(person, task)),
            ],
            self._places,
        )  # fmt: skip
        self.put(person.proposed)
        self.dates.chosen.connect(self._choose)
        self._lay_out()

    @property
    def place(self) -> NewPlace | None:
        """Where the person goes."""
        value = self.dates.value
        return value if isinstance(value, NewPlace) and value != NOWHERE else None

    def put(self, place: NewPlace | None) -> bool:
        """Choose a place, or none; False if the person cannot have it (any more)."""
        wanted = NOWHERE if place is None else place
        if wanted not in self._places:
            return False
        self.dates.set_value(wanted)
        self.dates.setToolTip(self._warned.get(wanted, ""))
        return True

    def _choose(self, value: object) -> None:
        self.is_chosen = True
        self.dates.setToolTip(self._warned.get(value, "") if isinstance(value, NewPlace) else "")
        self.changed.emit()

    def _lay_out(self) -> None:
        who = QVBoxLayout()
        who.setSpacing(1)
        who.addWidget(self.name)
        who.addWidget(self.note)
        tag = QWidget()
        tag.setFixedWidth(look().px(PILL_WIDTH))
        held = QHBoxLayout(tag)
        held.setContentsMargins(0, 0, 0, 0)
        held.addWidget(self.pill)
        held.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(12)
        row.addWidget(tag, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(who, 1)
        row.addWidget(self.dates, 0, Qt.AlignmentFlag.AlignVCenter)


class PeopleLines(LineArea):
    """All people; `places` is what somebody made of the proposals."""

    changed = Signal()

    def __init__(self, task: Task, directory: Directory) -> None:
        super().__init__(_("People who lose this date"))
        self._task, self._directory = task, directory
        self._found: Rehoming | None = None
        self.lines: list[PersonLine] = []

    def show_people(self, found: Rehoming) -> list[str]:
        """Show these proposals; what somebody chose is kept where it can be. Return whose choice is gone, by name."""
        before = {line.person.key: line.place for line in self.lines if line.is_chosen}
        self._found, gone = found, []
        self.lines = [PersonLine(one, found, self._task, self._directory, self._left) for one in found.people]
        for line in self.lines:
            if line.person.key in before:
                line.is_chosen = line.put(before[line.person.key])
                gone += [] if line.is_chosen else [line.person.name]
            line.changed.connect(self._check)
        self.put(self.lines)
        self._check()
        return gone

    def places(self) -> Mapping[Key, NewPlace | None]:
        """Return where everybody goes, the most urgent first."""
        return {line.person.key: line.place for line in self.lines}

    def overfull(self) -> list[SessionCard]:
        """Return the dates on which more people were put than there are seats."""
        if self._found is None:
            return []
        taken, free = self._taken(), self._found.free
        return [self._found.dates[key] for key, n in taken.items() if (left := free[key]) is not None and n > left]

    def choose_for_all(self, *, proposed: bool) -> None:
        """Give everybody what is proposed, or nobody another date."""
        for line in self.lines:
            line.put(line.person.proposed if proposed else None)
            line.is_chosen = not proposed
        self._check()

    def shared_choice(self) -> int:
        """Return 0 while everybody goes where it is proposed, 1 where nobody gets another date, else -1."""
        if all(line.place == line.person.proposed for line in self.lines):
            return 0
        return 1 if all(line.place is None for line in self.lines) else -1

    def _check(self) -> None:
        full = {card.id for card in self.overfull()}
        for line in self.lines:
            place = line.place
            line.dates.set_invalid(place is not None and not place.waits and place.session_id in full)
        self.changed.emit()

    def _taken(self) -> Counter[int]:
        places = (line.place for line in self.lines)
        return Counter(place.session_id for place in places if place is not None and not place.waits)

    def _left(self, place: NewPlace) -> str:
        return "" if self._found is None else words.place_side(place, self._found, self._taken())


def _choice(place: NewPlace, text: str, warning: str) -> Choice:
    if warning:
        return Choice(place, text, icon="triangle-alert", tone="warn")
    return Choice(place, text, icon="clock" if place.waits else "calendar-days", tone="text2")


def _icon(person: Leaving, task: Task) -> str:
    if not task.cancels:
        return "arrow-up"
    return "user-x" if person.has_place_on is None else "calendar-check"
