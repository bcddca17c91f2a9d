"""What stands below the fields of a panel for one kind of thing only: its parts, its qualifications, its checklist."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_desk.views.catalogue.facts import Facts
from trainer_desk.views.desk import Desk


class MoreSection(QWidget):
    """Shows what belongs to the thing in the panel; subclasses override `show_facts`.

    `today` tells what day it is in the organisation's zone.
    """

    toast_requested = Signal(str, bool)
    """A sentence about what was done, and whether it can be undone."""

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__()
        self._desk, self._today = desk, today
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)

    def show_facts(self, facts: Facts) -> None:
        """Show what belongs to a thing."""
        raise NotImplementedError
