"""What stands below the fields of a panel for one kind of thing only: its parts, its qualifications, its checklist."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TypeAlias, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_desk.views.catalogue.facts import Facts
from trainer_desk.views.desk import Desk

S = TypeVar("S", bound="MoreSection")

Maker: TypeAlias = "Callable[[Desk, Callable[[], date]], MoreSection]"
"""Makes a section from the door and from what tells today."""


class MoreSection(QWidget):
    """Shows what belongs to the thing in the panel; subclasses override `show_facts`.

    `today` tells what day it is in the organisation's zone.
    """

    look_wanted = Signal(object)
    """A part of it (a widget) that is to be seen whole."""
    toast_requested = Signal(str, bool)
    """A sentence about what was done, and whether it can be undone."""
    leave_wanted = Signal(int)
    """Leave or a closure of the thing with this id is to be entered."""
    absence_wanted = Signal(object)
    """An Absence is to be changed."""
    lift_wanted = Signal(object)
    """An Absence is to be taken away."""
    history_wanted = Signal(str, int, str)
    """The history of something that belongs to the thing, by kind, id and name, is to be shown."""
    substitute_wanted = Signal(int)
    """Others are to step in for the trainer with this id."""

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__()
        self._desk, self._today = desk, today
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)

    def show_facts(self, facts: Facts) -> None:
        """Show what belongs to a thing."""
        raise NotImplementedError

    def part(self, kind: type[S]) -> S | None:
        """Return the section of that kind, if this is one or holds one."""
        return self if isinstance(self, kind) else None


class Sections(MoreSection):
    """Several sections, one below the other."""

    def __init__(self, makers: Sequence[Maker], desk: Desk, today: Callable[[], date]) -> None:
        super().__init__(desk, today)
        self.column.setSpacing(16)
        self.sections = [make(desk, today) for make in makers]
        for section in self.sections:
            section.toast_requested.connect(self.toast_requested)
            section.look_wanted.connect(self.look_wanted)
            section.leave_wanted.connect(self.leave_wanted)
            section.absence_wanted.connect(self.absence_wanted)
            section.lift_wanted.connect(self.lift_wanted)
            section.history_wanted.connect(self.history_wanted)
            section.substitute_wanted.connect(self.substitute_wanted)
            self.column.addWidget(section)

    def show_facts(self, facts: Facts) -> None:
        """Show what belongs to a thing in each of them."""
        for section in self.sections:
            section.show_facts(facts)

    def part(self, kind: type[S]) -> S | None:
        """Return the section of that kind, if it is among them."""
        found = (section.part(kind) for section in self.sections)
        return next((section for section in found if section is not None), super().part(kind))


def together(*makers: Maker) -> Maker:
    """Return what makes these sections, one below the other."""
    return partial(Sections, makers)
