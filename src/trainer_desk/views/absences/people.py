"""Who loses a date when sessions are cancelled for an absence, and where they go instead (R7)."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_desk.services.orchestration.rehoming import propose
from trainer_desk.services.orchestration.settling import no_dates
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.rehoming import NewPlace, Rehoming
from trainer_desk.services.rows.settling import Choice, Way
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.rehoming import words
from trainer_desk.views.rehoming.lines import PeopleLines
from trainer_desk.views.rehoming.words import Task
from trainer_desk.views.theme import look

LINE_HEIGHT, SEEN = 46, 3
"""Pixels of a line at 100 % text size, and how many lines are seen at least without scrolling."""

Places = Mapping[tuple[int, int], NewPlace | None]


class PeoplePart(QWidget):
    """Hidden while nobody loses a date; `places` is what somebody made of the proposals."""

    shown = Signal()
    """The proposals that were asked for are there."""
    failed = Signal(object)
    """The DeskError because of which there are none."""

    def __init__(self, desk: Desk, directory: Directory, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._desk, self._directory, self._now = desk, directory, now
        self._asked: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
        self._found: Rehoming | None = None
        self.counts = PlainLabel("", "medium")
        self._task = Task((), "", 0)
        self.people = PeopleLines(self._task, directory)
        self.people.changed.connect(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.counts)
        column.addWidget(self.people, 1)
        self.hide()

    @property
    def is_waiting(self) -> bool:
        """Whether proposals are still on their way."""
        return bool(self._asked[0]) and self._found is None

    @property
    def has_dates(self) -> bool:
        """Whether there is another date for anybody, so that something can be chosen."""
        return self._found is not None and any(one.options for one in self._found.people)

    def follow(self, choices: Mapping[int, Choice], *, again: bool = False) -> None:
        """Look for other dates when other sessions are cancelled than before, or `again` at any rate."""
        cancelled = frozenset(key for key, choice in choices.items() if choice.way is Way.CANCEL)
        besides = frozenset(no_dates(choices))
        if (cancelled, besides) == self._asked and not again:
            return
        self._asked, self._found = (cancelled, besides), None
        if not cancelled:
            self.people.show_people(Rehoming((), (), {}, {}))
            self.hide()
            return
        self._desk.read(
            self,
            propose,
            sorted(cancelled),
            now=self._now(),
            besides=besides,
            then=self._show,
            failed=self.failed.emit,
            lane="rehoming",
        )

    def places(self) -> Places | None:
        """Return where everybody goes; None while no session is cancelled."""
        return self.people.places() if self._asked[0] else None

    def too_many(self) -> str:
        """Return that more people were put on a date than it has seats, if it is so."""
        full = self.people.overfull()
        return words.too_many(full, self._found, self._directory) if full and self._found is not None else ""

    def _show(self, found: Rehoming) -> None:
        self._found = found
        self.people.show_people(found)
        self.people.setVisible(self.has_dates)
        self.people.setMinimumHeight(look().px(LINE_HEIGHT * min(len(found.people), SEEN) + 2))
        self.setVisible(bool(found.people))
        self._count()
        self.shown.emit()

    def _count(self) -> None:
        people = self._found.people if self._found is not None else ()
        self.counts.setText(words.counts(people, self.people.places(), self._task))
