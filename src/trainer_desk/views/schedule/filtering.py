"""The filters of the schedule at work: the popover that chooses them, their chips, and what is remembered of them."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.chips import Chip, Chips
from trainer_desk.views.schedule.choosers import FilterChooser
from trainer_desk.views.schedule.filters import KINDS, Filters, choice_word, recalled, remembered

KEY = "schedule/filters"


class Filtering(QObject):
    """`row` with the chips stands under the bar while a filter is on; `changed` fires when another set is chosen."""

    changed = Signal()

    def __init__(self, page: QWidget, directory: Callable[[], Directory | None], memory: Memory) -> None:
        super().__init__(page)
        self._directory, self._memory = directory, memory
        self.filters = Filters()
        self.chips = Chips(limit=6)
        self.chooser = FilterChooser(page, directory)
        self.row = QWidget()
        column = QVBoxLayout(self.row)
        column.setContentsMargins(18, 0, 18, 8)
        column.addWidget(self.chips)
        self.row.hide()
        self.chips.removed.connect(lambda choice: self.choose(self.filters.without(choice)))
        self.chooser.changed.connect(self.choose)

    def recall(self, directory: Directory) -> None:
        """Put on what was on last time, as far as it still exists; tells nobody."""
        texts = self._memory.get(KEY, [])
        self.filters = recalled([text for text in texts if isinstance(text, str)], directory)
        self._show(directory)

    def choose(self, filters: Filters) -> None:
        """Put these on instead."""
        directory = self._directory()
        if directory is None:
            return
        self.filters = filters
        self._memory.put(KEY, list(remembered(filters, directory)))
        self._show(directory)
        self.changed.emit()

    def visible(self, cards: Iterable[SessionCard], directory: Directory) -> frozenset[int] | None:
        """Return the ids that are shown, or None while nothing narrows."""
        return self.filters.visible(cards, directory)

    def _show(self, directory: Directory) -> None:
        order = sorted(self.filters.chosen, key=lambda choice: (KINDS.index(choice[0]), str(choice[1])))
        self.chips.show_chips([Chip(choice, choice_word(choice, directory)) for choice in order])
        self.row.setVisible(bool(order))
        self.chooser.set_filters(self.filters)
