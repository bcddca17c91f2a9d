"""Joins the buttons of the people section to what they do, each with the facts of the session as it is shown."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.clock import Clock
from trainer_desk.services.findings import Fix
from trainer_desk.views.desk import Desk
from trainer_desk.views.groups.sheet import GroupsSheet
from trainer_desk.views.records.sheet import RecordSheet
from trainer_desk.views.rehoming.sheet import RehomeSheet
from trainer_desk.views.rehoming.words import Task
from trainer_desk.views.session.deeds import OPEN, RECORD, Deed
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.holding import Holding
from trainer_desk.views.session.people import PeopleSection
from trainer_desk.views.session.people_rows import PersonRow
from trainer_desk.views.session.seating import Seating

REHOME = "rehome_newest"
LOWERING = ("newest_to_waitlist", REHOME)
"""The ways out of a capacity below the number of people."""

WithFacts = Callable[[Callable[[Facts], None]], None]
"""Calls what it is given with the facts on show, once everything typed is saved; not at all while there are none."""


class PeopleWork(QObject):
    """`seating` works on people, `holding` on seats."""

    told = Signal(str)
    """A sentence in the past tense, for a toast with Undo."""
    person_wanted = Signal(int)
    """The page of a person is to be opened."""
    refused = Signal(object)
    """A DeskError."""

    def __init__(self, desk: Desk, people: PeopleSection, host: QWidget, clock: Clock, do: WithFacts) -> None:
        super().__init__(host)
        self._desk, self._host, self._do, self._clock = desk, host, do, clock
        self.seating, self.holding = Seating(desk, host, clock), Holding(desk, host, clock)
        self._connect(people)
        for worker in (self.seating, self.holding):
            worker.told.connect(self.told)
            worker.refused.connect(self.refused)

    def lower(self, fix: Fix) -> None:
        """Move the newest people to the head of the queue, or ask for another date for each (K6)."""
        capacity, people = fix.facts["capacity"], fix.facts["people"]
        if fix.code == REHOME:
            self._do(lambda facts: self._rehome(facts, capacity, people))
        else:
            self._do(lambda facts: self.holding.lower(facts, capacity, people))

    def _rehome(self, facts: Facts, capacity: int, people: int) -> None:
        task = Task((facts.card.id,), facts.title, people, capacity)
        sheet = RehomeSheet(self._host, self._desk, task, facts.directory, self._clock.now)
        sheet.settled.connect(lambda _said: self.holding.lowered.emit())
        sheet.settled.connect(self.told)
        sheet.ask()

    def _connect(self, people: PeopleSection) -> None:
        holding = self.holding
        people.groups_wanted.connect(lambda: self._do(self._show_groups))
        people.deed_wanted.connect(self._act)
        people.queue.look_wanted.connect(lambda: self._do(holding.rehearse))
        people.queue.settle_wanted.connect(lambda: self._do(holding.settle))
        people.held.hold_wanted.connect(lambda: self._do(holding.hold))
        people.held.fill_wanted.connect(lambda hold: self._do(lambda facts: holding.fill(facts, hold)))
        people.held.release_wanted.connect(lambda hold: self._do(lambda facts: holding.release(facts, hold)))
        holding.said.connect(people.queue.say)

    def _act(self, deed: Deed, rows: list[PersonRow]) -> None:
        if deed.verb == OPEN:
            self.person_wanted.emit(rows[0].person_id)
            return
        hold_id = deed.hold_id
        if deed.verb == RECORD:
            self._do(lambda facts: self._record(facts, rows))
        elif hold_id is None:
            self._do(lambda facts: self.seating.do(facts, deed, rows))
        else:
            self._do(lambda facts: self.holding.fill_with(facts, hold_id, rows))

    def _record(self, facts: Facts, rows: list[PersonRow]) -> None:
        """Ask for the training that these people lack; whoever waits for it alone is seated with it."""
        people = [row.person_id for row in rows]
        course_id = None if facts.course is None else facts.course.prerequisite_id
        sheet = RecordSheet(self._host.window(), self._desk, self._clock.now().date, people, course_id=course_id)
        sheet.done.connect(self.told)
        sheet.ask()

    def _show_groups(self, facts: Facts) -> None:
        GroupsSheet(self._desk, facts.card.id, facts.directory, self._host.window()).open()
