"""Coming sessions that something goes from, one under the other, each with a drop-down of the ways to settle it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.settling import Choice, Concerned, Way
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.line_area import LineArea
from trainer_desk.views.parts.plain_label import ElidedLabel
from trainer_desk.views.session import resource_combo
from trainer_desk.views.session.resource_combo import ResourceCombo
from trainer_desk.views.settling import words
from trainer_desk.views.theme import look

OFFERED = 8
"""How many substitutes, and how many other times, are offered for one session."""
WAYS_WIDTH = 316
SHOWN = 60
"""So many sessions have a line of their own; more would take the window's breath away, and nobody reads them."""
LINE_HEIGHT, SEEN = 46, 4
"""Pixels of a line at 100 % text size, and how many lines are seen at least without scrolling."""


@dataclass(frozen=True, slots=True)
class Manner:
    """What the ways are called: `way_text` of a way for a session; `kind` is that of what goes.

    `keeps_red` says that a session that is left as it is has something wrong from then on.
    """

    kind: str
    way_text: Callable[[Way, SessionCard], str]
    keeps_red: bool = True


class SessionLine(QFrame):
    """One session: when it is and what it is at the left, how it is settled at the right."""

    changed = Signal()

    def __init__(self, concerned: Concerned, manner: Manner, directory: Directory) -> None:
        super().__init__()
        self.concerned = concerned
        self.when = ElidedLabel(words.when_of(concerned.card, directory), "medium")
        self.note = ElidedLabel(words.session_note(concerned, directory), "small", tone="muted")
        self.ways = ResourceCombo(f"{self.when.whole()}, {self.note.whole()}", optional=False)
        self.ways.setFixedWidth(look().px(WAYS_WIDTH))
        self.ways.offer(_choices(concerned, manner, directory))
        self.ways.set_value(_values(concerned)[0])
        self.ways.chosen.connect(lambda _value: self.changed.emit())
        self._lay_out()

    @property
    def choice(self) -> Choice:
        """How the session is to be settled."""
        value = self.ways.value
        assert isinstance(value, Choice)
        return value

    def choose(self, way: Way) -> None:
        """Take a way where this session has it; the first who can step in with it."""
        self.ways.set_value(next((value for value in _values(self.concerned) if value.way is way), self.choice))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(1)
        left.addWidget(self.when)
        left.addWidget(self.note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(self.ways, 0, Qt.AlignmentFlag.AlignVCenter)


class Settling(LineArea):
    """All sessions; `choices` is what somebody made of them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Coming sessions"))
        self.lines: list[SessionLine] = []
        self._rest: Sequence[Concerned] = ()
        self._way_of_rest: Way | None = None

    def show_sessions(self, sessions: Sequence[Concerned], manner: Manner, directory: Directory) -> None:
        """Show these sessions; what was chosen for one that stays is kept where it still has that way."""
        before = self.choices()
        self.lines = [SessionLine(concerned, manner, directory) for concerned in sessions[:SHOWN]]
        self._rest, self._way_of_rest = sessions[SHOWN:], None
        for line in self.lines:
            if before.get(line.concerned.card.id) in _values(line.concerned):
                line.ways.set_value(before[line.concerned.card.id])
            line.changed.connect(self.changed)
        self.put(self.lines, words.rest_text(len(self._rest)) if self._rest else "")
        self.see_at_least(min(len(self.lines), SEEN), LINE_HEIGHT)

    def choices(self) -> Mapping[int, Choice]:
        """Return how each session is to be settled, by its id."""
        rest = {concerned.card.id: _value(concerned, self._way_of_rest) for concerned in self._rest}
        return {line.concerned.card.id: line.choice for line in self.lines} | rest

    def shared_ways(self) -> tuple[Way, ...]:
        """Return the ways that at least two of the sessions have: these can be chosen for all at once."""
        return tuple(way for way in Way if sum(way in line.concerned.ways for line in self.lines) > 1)

    def choose_for_all(self, way: Way) -> None:
        """Settle every session in a way, where it has it."""
        self._way_of_rest = way
        for line in self.lines:
            line.choose(way)
        self.changed.emit()


def _values(concerned: Concerned) -> list[Choice]:
    values: list[Choice] = []
    for way in concerned.ways:
        if way is Way.REPLACE:
            values += [Choice(way, one.id) for one in concerned.substitutes[:OFFERED]]
        elif way is Way.TIME:
            values += [Choice(way, time=one) for one in concerned.times[:OFFERED]]
        else:
            values.append(Choice(way))
    return values


def _value(concerned: Concerned, way: Way | None) -> Choice:
    """Return the first choice of a way, or what is proposed where the session does not have it."""
    values = _values(concerned)
    return next((value for value in values if value.way is way), values[0])


def _choices(concerned: Concerned, manner: Manner, directory: Directory) -> list[resource_combo.Choice]:
    return [_choice(value, concerned, manner, directory) for value in _values(concerned)]


def _choice(value: Choice, concerned: Concerned, manner: Manner, directory: Directory) -> resource_combo.Choice:
    icon = words.ICONS[value.way]
    if value.way is Way.REPLACE:
        text = next(words.substitute_text(one) for one in concerned.substitutes if one.id == value.substitute_id)
        return resource_combo.Choice(value, text, icon=words.REPLACING.get(manner.kind, icon))
    if value.time is not None:
        side = words.time_note(value.time, concerned.card, directory)
        return resource_combo.Choice(value, words.time_text(value.time, directory), side, icon=icon)
    tone = "danger" if value.way is Way.KEEP and manner.keeps_red else "text2"
    return resource_combo.Choice(value, manner.way_text(value.way, concerned.card), icon=icon, tone=tone)
